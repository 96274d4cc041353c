"""Short messages: letters, parts, cutting between words; numbers; how people are addressed."""

import pytest

from meeting.errors import Refused
from meeting.notify.salutation import called, you
from meeting.notify.short import in_gsm, length, message, parts, phone_number, without_marks


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Kính mời đồng chí dự Kỳ họp thứ 5", "Kinh moi dong chi du Ky hop thu 5"),
        ("ĐẶNG THỊ ƯƠNG", "DANG THI UONG"),
        ("Hoà – “khoẻ” … 100 %", 'Hoa - "khoe" ... 100 %'),
        ("ho\u0323p", "hop"),  # decomposed
        ("日本", "??"),
    ],
)
def test_marks_are_taken_off_so_that_160_characters_fit(text: str, bare: str) -> None:
    assert without_marks(text) == bare
    assert in_gsm(bare)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),  # of the extension: two characters each
        ("[" * 81, 2),
        ("ắ" * 70, 1),
        ("ắ" * 71, 2),
        ("ắ" * 134, 2),
        ("ắ" * 135, 3),
        ("", 1),
    ],
)
def test_parts_are_counted_as_networks_count_them(text: str, number: int) -> None:
    assert parts(text) == number


def test_letters_beyond_the_first_plane_take_two() -> None:
    assert length("𝄞ắ") == 3


WORDS = "Ông Lê Anh Tuấn: Giấy mời: Phiên họp thường kỳ tháng 12 năm 2026 của Ủy ban nhân dân phường. " * 6
LINK = "https://hop.example/meetings/12"


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_long_message_is_cut_between_words_and_keeps_its_link(marks: bool, most: int) -> None:
    written = message(WORDS, LINK, marks, most)

    assert parts(written) <= most
    assert written.endswith(f"... {LINK}")
    kept = written.removesuffix(f"... {LINK}")
    whole = WORDS if marks else without_marks(WORDS)
    assert whole.startswith(kept)
    assert whole[len(kept)] in " ,;:.-"  # never in the middle of a word


def test_a_message_that_fits_is_sent_whole() -> None:
    assert message("Hoãn họp", LINK) == f"Hoan hop {LINK}"
    assert message("Hoãn  họp", marks=True) == "Hoãn họp"


@pytest.mark.parametrize(
    "written", ["0912345678", "+84 912 345 678", "84912345678", "0084912345678", "0912.345.678", "(0912) 345-678"]
)
def test_a_number_is_read_however_it_is_written(written: str) -> None:
    assert phone_number(written) == "+84912345678"


@pytest.mark.parametrize("written", ["", "113", "không có", "09123", "+1 202 555 0100 99", "0912345678; 0987654321"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        phone_number(written)

    assert refused.value.code == "phone_unusable"


@pytest.mark.parametrize(
    ("honorific", "form", "name", "word"),
    [
        ("Bà", "ong_ba", "Bà Phan Thị Hoa", "Bà"),
        ("", "ong_ba", "Ông/Bà Phan Thị Hoa", "Ông/Bà"),
        ("Bà", "dong_chi", "Đồng chí Phan Thị Hoa", "đồng chí"),
    ],
)
def test_people_are_addressed_as_the_body_does(honorific: str, form: str, name: str, word: str) -> None:
    assert called("Phan Thị Hoa", honorific, form) == name
    assert you(honorific, form, "vi") == word
    assert you(honorific, form, "en") == "you"
