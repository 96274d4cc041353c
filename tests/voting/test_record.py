"""The voting record of members: open and published votes only, one's own for all, others' for chair, office and inspectors."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from meeting import clock, database
from meeting.voting import record
from meeting.voting.models import Question
from tests.conftest import Council, Program
from tests.counting import asked
from tests.voting.conftest import Chamber

Room = Callable[..., Chamber]
Browser = Callable[[str], FlaskClient]
Api = Callable[[str], Program]


@pytest.fixture
def chamber(room: Room) -> Chamber:
    """Three votes: one open and published, one secret, one open but not published."""
    found = room(crowd=3)
    first = found.open("open", title="Dự toán ngân sách")
    found.cast(first, lan="for", hoa="for", tuan="against", **{found.crowd[0]: "for"})
    found.finish(first)
    secret = found.open("secret", title="Nhân sự kín")
    for name in ("lan", "hoa", "tuan", *found.crowd):
        found.cast(secret, **{name: "against"})
    found.finish(secret)
    last = found.open("open", title="Chưa công bố")
    found.cast(last, hoa="against")
    found.do("lan", "voting.close", question_id=last)
    return found


def test_a_member_sees_the_own_open_votes_and_no_secret_one(chamber: Chamber, client: Browser) -> None:
    page = client("tuan").get("/voting-record").get_data(as_text=True)

    assert "Dự toán ngân sách" in page
    assert "Không tán thành" in page
    assert "Nhân sự kín" not in page
    assert "Chưa công bố" not in page


def test_who_gave_no_ballot_is_said_so(chamber: Chamber, api: Api) -> None:
    silent = chamber.crowd[1]
    status, found = api("minh").get(f"/voting-record?person={chamber.council.person(silent)}")

    assert status == 200
    assert [(each["title"], each["mark"]) for each in found["data"]] == [("Dự toán ngân sách", "silent")]
    assert found["sums"] == {"silent": 1}


def test_others_are_read_by_chair_office_and_inspector_of_the_body(chamber: Chamber, api: Api, client: Browser) -> None:
    hoa = chamber.council.person("hoa")

    for name, code in {
        "lan": 200,
        "minh": 200,
        "van": 200,
        "hoa": 200,
        "tuan": 404,
        "hung": 404,
        "dung": 404,
        "khach": 404,
    }.items():
        assert api(name).get(f"/voting-record?person={hoa}")[0] == code, name
        assert client(name).get(f"/voting-record?person={hoa}").status_code == code, name
    assert api("minh").get("/voting-record?person=9999")[0] == 404


def test_the_overview_counts_each_member(chamber: Chamber, api: Api, client: Browser) -> None:
    status, found = api("lan").get("/voting-record/members")

    assert status == 200
    marks = {each["person"]["name"]: (each["asked"], each["given"], each["marks"]) for each in found["data"]}
    assert marks["Ông Lê Anh Tuấn"] == (1, 1, {"against": 1})
    assert marks["Bà Đại Biểu 001"] == (1, 0, {"silent": 1})
    assert api("hoa").get("/voting-record/members")[0] == 403
    assert client("hoa").get("/voting-record/members").status_code == 403
    page = client("minh").get("/voting-record").get_data(as_text=True)  # has none of her own: sees the members
    assert "Lê Anh Tuấn" in page


def test_a_period_and_a_body_limit_the_record(chamber: Chamber, api: Api) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()

    assert api("tuan").get(f"/voting-record?from={tomorrow}&to={tomorrow}")[1]["data"] == []
    assert api("tuan").get("/voting-record?body=UBND")[1]["data"] == []
    assert len(api("tuan").get("/voting-record?body=HĐND")[1]["data"]) == 1
    assert len(api("tuan").get("/voting-record?from=x")[1]["data"]) == 1
    assert api("minh").get("/voting-record/members?body=UBND")[1]["data"] == []


def test_the_record_as_a_table(chamber: Chamber, client: Browser) -> None:
    own = load_workbook(io.BytesIO(client("tuan").get("/voting-record.xlsx").data))["Lịch sử biểu quyết"]
    everybody = load_workbook(io.BytesIO(client("minh").get("/voting-record/members.xlsx").data))["Thống kê biểu quyết"]

    assert [cell.value for cell in own[5]][3:6] == ["Dự toán ngân sách", None, "Không tán thành"]
    assert own.max_row == 5
    assert everybody.max_row == 3 + 6
    assert {cell.number_format for cell in everybody["J"][3:]} == {"0.00%"}
    assert client("hoa").get("/voting-record/members.xlsx").status_code == 403
    assert client("tuan").get(f"/voting-record.xlsx?person={chamber.council.person('hoa')}").status_code == 404


def test_papers_with_lines_give_a_line_each_and_what_was_picked(room: Room, council: Council) -> None:
    chamber = room(crowd=2)
    lines = [{"title": "Phương án A"}, {"title": "Phương án B"}]
    for form, marks in (("paper", {0: "for", 1: "against"}), ("alternatives", {1: "for"})):
        question = chamber.open("open", form=form, title=form, lines=lines)
        with database.reading() as session:
            ids = [line.id for line in session.get_one(Question, question).lines]
        for name in ("lan", "hoa", "tuan", *chamber.crowd):
            chosen = {str(ids[place]): mark for place, mark in marks.items()}
            chamber.do(name, "voting.cast", question_id=question, choices=chosen)
        chamber.finish(question)

    with database.reading() as session:
        wanted = record.Wanted(clock.today(), clock.today())
        found = record.votes_of(session, wanted, [council.person("hoa")])[council.person("hoa")]
        sums = {each.person.id: each.marks for each in record.overview(session, wanted)}

    assert [(each.title, each.line, each.mark, each.passed) for each in found] == [
        ("alternatives", "Phương án B", "for", True),
        ("paper", "Phương án A", "for", True),
        ("paper", "Phương án B", "against", False),
    ]
    assert sums[council.person("hoa")] == {"for": 2, "against": 1}


def test_the_record_is_read_with_few_queries(chamber: Chamber, council: Council) -> None:
    with database.reading() as session, asked() as statements:
        record.overview(session, record.Wanted(clock.today(), clock.today()))

    assert len(statements) <= 8
