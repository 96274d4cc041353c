"""The pages of rules and of the calendar: who sees them, and what they say."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from meeting import clock
from meeting.errors import Refused
from tests.counting import asked

Do = Callable[..., dict[str, Any]]
Council = Any
Client = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _monday(at: Callable[[datetime], None]) -> None:
    at(clock.at_local(date(2026, 11, 23), 8))


def words(client: Client, username: str, path: str, status: int = 200) -> str:
    heard = client(username).get(path)
    assert heard.status_code == status, (username, path)
    return heard.get_data(as_text=True)


@pytest.mark.parametrize("username", ["minh", "hung", "hoa", "van", "dung", "admin"])
def test_everybody_inside_reads_the_rules(client: Client, council: Council, username: str) -> None:
    text = words(client, username, f"/rules?body={council.body('UBND')}")

    assert "Phiên họp thường kỳ UBND" in text
    assert ("Thêm loại cuộc họp" in text) == (username in ("minh", "hung"))


def test_a_stranger_finds_no_rules(client: Client, council: Council) -> None:
    words(client, "khach", "/rules", 404)
    words(client, "khach", f"/rules/{council.type()}", 404)


def test_the_partys_rules_stay_in_the_party(client: Client, council: Council) -> None:
    kind = council.type("Đảng ủy")

    assert "Phiên họp thường kỳ Đảng ủy" in words(client, "lan", f"/rules/{kind}")
    for username in ("minh", "admin", "van"):
        words(client, username, f"/rules/{kind}", 404)
        words(client, username, f"/rules?body={council.body('Đảng ủy')}", 404)
        words(client, username, f"/rules/export.json?body={council.body('Đảng ủy')}", 404)


def test_a_rule_book_says_every_rule_with_its_source_and_mark(client: Client, council: Council, do: Do) -> None:
    kind = do("admin", "rulebook.install", body_id=council.body("HĐND"))["type_ids"]["standing"]

    text = words(client, "hoa", f"/rules/{kind}")

    for said in ("Điều 19", "Chưa kiểm chứng", "Đã đối chiếu", "Ít nhất 2/3 tổng số", "Nghị quyết 104/2025/UBTVQH15"):
        assert said in text, said


def test_the_history_tells_what_changed(client: Client, council: Council, do: Do) -> None:
    kind = council.type()
    made = do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", quorum="3/4")

    text = words(client, "minh", f"/rules/{kind}?book={made['book_id']}")

    assert "Ít nhất 3/4 tổng số" in text
    assert "Chưa đến ngày hiệu lực" in text
    assert "rulebook.withdraw_book" in text
    assert "rulebook.withdraw_book" not in words(client, "hoa", f"/rules/{kind}?book={made['book_id']}")


def test_the_form_is_only_for_who_may_change_the_rules(client: Client, council: Council) -> None:
    assert "rulebook.edit_book" in words(client, "minh", f"/rules/{council.type()}/edit")
    words(client, "hoa", f"/rules/{council.type()}/edit", 404)
    words(client, "minh", f"/rules/{council.type('Đảng ủy')}/edit", 404)


def test_only_bodies_that_elect_are_offered_to_choose_as_many_as_there_are_seats(client: Client, council: Council) -> None:
    committee = words(client, "minh", f"/rules/{council.type()}/edit")
    elected = words(client, "minh", f"/rules/{council.type('HĐND')}/edit")

    assert 'value="choose"' not in committee
    assert 'value="choose"' in elected
    assert 'name="electronic_votes"' in elected
    assert 'name="missing_names"' in committee


def test_the_calendar_names_holidays_and_what_was_set(client: Client, do: Do) -> None:
    do("minh", "rulebook.set_day", day="2026-11-27", works=False, name="Nghỉ bù")

    text = words(client, "minh", "/rules/calendar?year=2026")

    assert "Thứ Sáu 27/11/2026: Ngày nghỉ, Nghỉ bù" in text
    assert "Tết Nguyên Đán" in text
    assert 'data-act="rulebook.set_day"' in text
    assert 'data-act="rulebook.set_day"' not in words(client, "hoa", "/rules/calendar?year=2026")
    words(client, "minh", "/rules/calendar?year=1999", 404)


def send(client: Client, username: str, path: str, content: bytes, name: str, **form: str) -> str:
    browser = client(username)
    page = browser.get(path)
    if page.status_code != 200:
        return str(page.status_code)
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"file": (io.BytesIO(content), name), "csrf_token": token, **form}
    heard = browser.post(path, data=sent, content_type="multipart/form-data")
    assert heard.status_code == 200
    return heard.get_data(as_text=True)


def test_a_list_of_days_is_looked_at_line_by_line(client: Client) -> None:
    right = send(client, "minh", "/rules/calendar/import", "Ngày;Loại;Tên\r\n22/08/2026;làm bù;Bù\r\n".encode(), "x.csv")
    wrong = send(client, "minh", "/rules/calendar/import", "Ngày;Loại\r\n32/08/2026;làm\r\n".encode(), "x.csv")
    broken = send(client, "minh", "/rules/calendar/import", b"\xff\x00\x01", "x.csv")

    assert "Thứ Bảy, 22/08/2026" in right
    assert "“32/08/2026” không phải là ngày" in wrong
    assert 'role="alert"' in broken
    assert send(client, "hoa", "/rules/calendar/import", b"", "x.csv") == "404"


def test_a_file_of_rules_goes_from_one_body_to_another(client: Client, council: Council, do: Do) -> None:
    do("admin", "rulebook.install", body_id=council.body("UBND"))
    source = council.body("UBND")
    file = client("minh").get(f"/rules/export.json?body={source}").get_data()
    assert json.loads(file)["body_kind"] == "committee"
    do("minh", "rulebook.edit_book", type_id=council.type(), starts_on="2026-11-23", invite_days=7)

    text = send(client, "minh", f"/rules/import?body={source}", file, "r.json", starts_on="2027-01-01")

    assert "Bản mới" in text
    assert "Không đổi" in text
    refused = send(client, "minh", f"/rules/import?body={council.body('HĐND')}", file, "r.json")
    assert "Tệp không có quy định cho cơ quan loại này" in refused
    assert "không phải tệp quy định" in send(client, "minh", f"/rules/import?body={source}", b"[]", "r.json")


def test_the_sample_list_can_be_read_back(client: Client, do: Do) -> None:
    text = client("minh").get("/rules/calendar/sample.csv").get_data().decode("utf-8-sig")

    assert do("minh", "rulebook.import_days", csv=text)["problems"] == []


def test_a_refusal_code_is_known_in_words() -> None:
    for code in ("book_used", "book_begun", "book_unchanged", "type_exists", "days_problems"):
        assert Refused(code).sentence


def cost(client: Client, path: str) -> int:
    """How many queries a page asks."""
    browser = client("minh")
    browser.get(path)
    with asked() as statements:
        assert browser.get(path).status_code == 200
    return len(statements)


def test_more_kinds_and_versions_cost_no_more_queries(client: Client, council: Council, do: Do) -> None:
    kind = council.type()
    do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", invite_days=3)
    paths = (f"/rules?body={council.body('UBND')}", f"/rules/{kind}")
    few = [cost(client, path) for path in paths]

    do("admin", "rulebook.install", body_id=council.body("UBND"))
    for month in range(2, 9):
        do("minh", "rulebook.edit_book", type_id=kind, starts_on=f"2027-0{month}-01", invite_days=month + 2)

    assert [cost(client, path) for path in paths] == few


def test_an_administrator_adds_the_defaults_that_are_lacking(client: Client, council: Council, do: Do) -> None:
    path = f"/rules?body={council.body('UBND')}"
    assert "Họp giao ban tuần" in words(client, "admin", path)
    assert "rulebook.install" not in words(client, "minh", path)

    do("admin", "rulebook.install", body_id=council.body("UBND"))

    assert "rulebook.install" not in words(client, "admin", path)
