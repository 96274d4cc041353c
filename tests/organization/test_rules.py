"""Names, passwords, terms: pure rules with tables of cases."""

from datetime import date

import pytest

from meeting.errors import Refused
from meeting.organization import rules
from meeting.organization.names import folded, free_username, name_key, nfc, username_of


def test_people_stand_in_the_order_of_their_given_names() -> None:
    people = ["Lê Tùng", "Vũ Trâm", "Đỗ Thắng", "An Nguyên", "Hồ Liêm", "Mạc Hòa", "Cao Dân", "Tạ Cúc"]

    given = [name.split()[-1] for name in sorted(people, key=name_key)]

    assert given == ["Cúc", "Dân", "Hòa", "Liêm", "Nguyên", "Thắng", "Trâm", "Tùng"]


def test_letters_and_tones_follow_the_vietnamese_alphabet() -> None:
    letters = ["A Ân", "A Ăn", "A An", "A Đan", "A Dan", "A Ơn", "A Ôn", "A On", "A Ưu", "A Uu", "A Ên", "A En"]
    tones = ["A Lạ", "A Lá", "A Lã", "A Lả", "A Là", "A La"]

    assert sorted(letters, key=name_key) == [
        "A An", "A Ăn", "A Ân", "A Dan", "A Đan", "A En", "A Ên", "A On", "A Ôn", "A Ơn", "A Uu", "A Ưu",
    ]  # fmt: skip
    assert sorted(tones, key=name_key) == ["A La", "A Là", "A Lả", "A Lã", "A Lá", "A Lạ"]


def test_same_given_names_are_parted_by_family_name_and_then_the_middle() -> None:
    people = ["Trần Thị Hoa", "Bùi Văn Hoa", "Trần Ái Hoa"]

    assert sorted(people, key=name_key) == ["Bùi Văn Hoa", "Trần Ái Hoa", "Trần Thị Hoa"]


def test_both_placements_of_a_tone_are_one_name() -> None:
    assert name_key("Lê Hoà") == name_key("Lê Hòa")


def test_names_are_stored_composed_and_without_stray_spaces() -> None:
    assert nfc("\ufeffVu\u0303  Thi\u0323 \u00a0Lan ") == "Vũ Thị Lan"


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Vũ Thị Mai Lan", "lan.vtm"),
        ("Đỗ Mạnh Hùng", "hung.dm"),
        ("Nguyễn Ðức", "duc.n"),
        ("Hòa", "hoa"),
        ("  ", ""),
    ],
)
def test_user_names_are_made_of_plain_letters(name: str, username: str) -> None:
    assert username_of(name.replace("Ð", "Đ")) == username


def test_a_taken_user_name_gets_the_next_number() -> None:
    assert free_username("Vũ Thị Mai Lan", {"lan.vtm", "lan.vtm2"}) == "lan.vtm3"


def test_search_ignores_marks() -> None:
    assert folded("Đỗ Mạnh HÙNG") == "do manh hung"


@pytest.mark.parametrize("password", ["con trâu xanh gặm cỏ", "Xanh-lá-2026-bến", "hoa sen nở sớm"])
def test_a_long_password_of_ones_own_is_good(password: str) -> None:
    rules.check_password(password, "lan.vtm", "Vũ Thị Mai Lan")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn quá", "password_short"),
        ("aaaaaaaaaaaa", "password_easy"),
        ("1234567890", "password_easy"),
        ("vuthimailan", "password_own_name"),
        ("VuThiMaiLan1", "password_own_name"),
        ("password12", "password_easy"),
        ("matkhau123", "password_easy"),
    ],
)
def test_an_easy_password_is_refused(password: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_password(password, "lan.vtm", "Vũ Thị Mai Lan")

    assert refused.value.code == code


@pytest.mark.parametrize("username", ["lan", "lan.vtm", "nguyen-2", "a1"])
def test_plain_user_names_are_good(username: str) -> None:
    rules.check_username(username)


@pytest.mark.parametrize("username", ["Lan", "lân", "1lan", "l", "lan vtm", "lan@x", ""])
def test_other_user_names_are_refused(username: str) -> None:
    with pytest.raises(Refused, match="username_form"):
        rules.check_username(username)


@pytest.mark.parametrize(
    ("email", "phone", "code"),
    [
        ("lan@giangbien", "", "email_form"),
        ("lan giangbien.vn", "", "email_form"),
        ("a@b@c.vn", "", "email_form"),
        ("", "số máy", "phone_form"),
        ("", "12", "phone_form"),
    ],
)
def test_contacts_that_cannot_be_used_are_refused(email: str, phone: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rules.check_contacts(email, phone)


def test_first_and_last_day_belong_to_a_term() -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)

    assert [rules.holds_on(day, first, last) for day in (date(2025, 12, 31), first, last, date(2026, 7, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert rules.holds_on(date(2036, 1, 1), first, None)


def test_a_term_cannot_end_before_it_begins() -> None:
    with pytest.raises(Refused, match="term_ends_before_start"):
        rules.check_term(date(2026, 1, 2), date(2026, 1, 1))


def test_the_last_administrator_stays() -> None:
    with pytest.raises(Refused, match="last_administrator"):
        rules.check_administrators([7], leaving=7)
    rules.check_administrators([7, 8], leaving=7)
