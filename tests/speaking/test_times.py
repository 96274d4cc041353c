"""Speaking time by person, unit and item, as sums, as JSON, as a spreadsheet and on the meeting page."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from meeting.agenda.models import Meeting
from meeting.speaking.times import Speech, totals
from tests.conftest import MORNING, Council, Program
from tests.speaking.conftest import HOA, TUAN

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]


def speech(person: int, seconds: int, unit: str = "Kinh tế", item: int | None = 1, limit: int = 100) -> Speech:
    return Speech(person, f"Người {person}", unit, item, "speech", seconds, limit)


def test_sums_tell_turns_seconds_and_time_over() -> None:
    said = [speech(1, 90), speech(2, 130, "Văn phòng"), speech(1, 150, item=2), speech(3, 10, "Văn phòng", None)]

    people = totals(said, lambda each: each.person_id)
    assert [(each.key, each.turns, each.seconds, each.over_seconds, each.longest) for each in people] == [
        (1, 2, 240, 50, 150),
        (2, 1, 130, 30, 130),
        (3, 1, 10, 0, 10),
    ]
    units = totals(said, lambda each: each.unit)
    assert [(each.key, each.seconds, each.speakers) for each in units] == [("Kinh tế", 240, 1), ("Văn phòng", 140, 2)]
    assert totals([], lambda each: each.item_id) == []


@pytest.fixture
def spoken(do: Do, at: At, meeting: int) -> int:
    """Hoa spoke for 500 seconds of 420, Tuấn for 45; returns Hoa's speech."""
    at(MORNING)
    floors = []
    for who, seconds in (("hoa", 500), ("tuan", 45)):
        floors.append(int(do(who, "speaking.ask", meeting_id=meeting, subject=f"Ý kiến của {who}")["floor_id"]))
        do("hung", "speaking.start", floor_id=floors[-1])
        at(MORNING + timedelta(seconds=seconds))
        do("hung", "speaking.stop", floor_id=floors[-1])
        at(MORNING)
    return floors[0]


def test_programs_read_speaking_time(council: Council, api: Callable[[str], Program], meeting: int, spoken: int) -> None:
    status, body = api("tuan").get(f"/meetings/{meeting}/speaking-time")

    assert (status, body["turns"], body["seconds"]) == (200, 2, 545)
    assert [(row["person"]["name"], row["seconds"], row["over_seconds"]) for row in body["people"]] == [
        (HOA, 500, 80),
        (TUAN, 45, 0),
    ]
    assert [(row["item_id"], row["turns"], row["speakers"]) for row in body["items"]] == [(council.items(meeting)[0], 2, 2)]
    assert api("khach").get(f"/meetings/{meeting}/speaking-time")[0] == 404


def test_guest_of_one_item_reads_the_speeches_on_it_only(
    council: Council, api: Callable[[str], Program], meeting: int, spoken: int
) -> None:
    council.invite(meeting, "khach", item_ids=[council.items(meeting)[1]])

    assert api("khach").get(f"/meetings/{meeting}/speaking-time")[1]["turns"] == 0


def test_grades_are_told_to_the_chair_only(do: Do, api: Callable[[str], Program], meeting: int, spoken: int) -> None:
    do("hung", "speaking.grade", floor_id=spoken, grade="good")

    assert api("hung").get(f"/meetings/{meeting}/speeches")[1]["data"][0]["grade"] == "good"
    for other in ("minh", "hoa"):
        assert "grade" not in api(other).get(f"/meetings/{meeting}/speeches")[1]["data"][0]


def test_chair_and_secretary_take_the_spreadsheet(client: Callable[[str], FlaskClient], meeting: int, spoken: int) -> None:
    answer = client("minh").get(f"/meetings/{meeting}/speaking-time.xlsx")

    book = load_workbook(io.BytesIO(answer.data))
    assert len(book.sheetnames) == 4
    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=4)]
    assert [(row[0], row[2], row[3], row[4]) for row in first] == [(HOA, 1, 8.3, 1.3), (TUAN, 1, 0.8, 0)]
    assert client("hoa").get(f"/meetings/{meeting}/speaking-time.xlsx").status_code == 403
    assert client("khach").get(f"/meetings/{meeting}/speaking-time.xlsx").status_code == 404


def test_tab_of_the_meeting_page_shows_time_and_lets_the_chair_grade(
    client: Callable[[str], FlaskClient], meeting: int, spoken: int
) -> None:
    address = f"/meetings/{meeting}?tab=speeches"

    chair, member = client("hung").get(address).text, client("hoa").get(address).text

    assert "08:20" in chair
    assert "08:20" in member
    assert 'data-act="speaking.grade"' in chair
    assert "speaking.grade" not in member
    assert "speaking-time.xlsx" not in member


def test_nothing_was_said_yet(client: Callable[[str], FlaskClient], meeting: int) -> None:
    page = client("hung").get(f"/meetings/{meeting}?tab=speeches")

    assert page.status_code == 200
    assert "Chưa có ai phát biểu" in page.text


def test_a_title_like_a_formula_stays_a_title(
    council: Council, do: Do, meeting: int, client: Callable[[str], FlaskClient]
) -> None:
    council.update(Meeting, meeting, title="=1+1")

    book = load_workbook(io.BytesIO(client("minh").get(f"/meetings/{meeting}/speaking-time.xlsx").data))

    assert {sheet["A1"].data_type for sheet in book.worksheets} == {"s"}
