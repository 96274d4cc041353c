"""The attendance sheet, the table, the cards and the codes."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from meeting import database, jobs
from meeting.agenda.models import Item
from meeting.agenda.models import Meeting as MeetingRow
from meeting.agenda.seating_models import Seat, Seating
from meeting.catalogues.models import Room
from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.errors import Refused
from meeting.live import codes
from meeting.rollcall import cards, qr, sheets
from tests.conftest import MORNING, Council, Program

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]
Browser = Callable[[str], FlaskClient]

PLAN = {
    "rows": 1,
    "columns": 3,
    "cells": [{"row": 1, "column": n, "kind": "seat", "label": f"A{n}"} for n in (1, 2, 3)],
}


def seated(council: Council, meeting: int, **seats: str) -> None:
    """Lays out three seats; `hoa="A1"` puts Hoa there."""
    (room,) = council.write(Room(name=f"Phòng họp {meeting}", plan=PLAN, plan_version=1))
    council.write(Seating(meeting_id=meeting, room_id=room, room_version=1, plan=PLAN, taken_at=MORNING))
    council.write(*(Seat(meeting_id=meeting, label=label, person_id=council.person(who)) for who, label in seats.items()))


def held(council: Council, do: Do, at: At) -> int:
    """A meeting that was held: Hoa late with a break, Tuấn excused, Hùng from the beginning, a guest."""
    at(MORNING)
    meeting = council.meeting(starts_at=MORNING)
    council.invite(meeting, "khach")
    do("tuan", "agenda.reply", meeting_id=meeting, reply="declined", reason="=HYPERLINK(1)")
    do("van", "live.mark", meeting_id=meeting, people=[council.person("hung")], presence="present")
    do("khach", "live.check_in", meeting_id=meeting)
    council.update(MeetingRow, meeting, state="in_session", opened_at=MORNING)
    at(MORNING + timedelta(minutes=30))
    do("hoa", "live.check_in", meeting_id=meeting)
    at(MORNING + timedelta(minutes=60))
    do("hoa", "live.leave", meeting_id=meeting)
    at(MORNING + timedelta(minutes=90))
    do("hoa", "live.check_in", meeting_id=meeting)
    at(MORNING + timedelta(minutes=120))
    do("hung", "live.close", meeting_id=meeting)
    return meeting


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        return re.sub(r"\s+", " ", " ".join(page.get_text() for page in opened))


def test_sheet_names_everybody_in_their_group_with_totals_and_quorum(council: Council, do: Do, at: At, client: Browser) -> None:
    meeting = held(council, do, at)

    answer = client("minh").get(f"/meetings/{meeting}/attendance.pdf")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    words = text_of(answer.data)
    assert "BẢNG ĐIỂM DANH" in words
    assert "đến muộn; vắng từ 09:00 đến 09:30; tự điểm danh" in words
    assert "Thành viên vắng có lý do (1)" in words
    assert "Khách mời có mặt (1)" in words
    assert "Tổng số thành viên: 3; có mặt: 2 (trong đó đến muộn 1); vắng có lý do: 1; vắng không có lý do: 0" in words
    assert "Khi kết thúc có mặt 2/3 thành viên: đủ điều kiện tiến hành (ít nhất hai phần ba tổng số thành viên" in words
    assert "CHỦ TỌA" in words
    assert "THƯ KÝ" in words


def test_table_takes_no_text_for_a_formula(council: Council, do: Do, at: At, client: Browser) -> None:
    meeting = held(council, do, at)

    answer = client("van").get(f"/meetings/{meeting}/attendance.xlsx")

    book = load_workbook(io.BytesIO(answer.data))
    cells = [str(cell.value) for row in book["Điểm danh"].iter_rows() for cell in row if cell.value is not None]
    assert "'=HYPERLINK(1)" in cells
    assert all(cell.data_type != "f" for row in book["Điểm danh"].iter_rows() for cell in row)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "  =1", "\t=1", "\r=1", "|x", "%x"])
def test_formulas_are_defused_wherever_they_hide(text: str) -> None:
    assert harmless(text).startswith("'")


def test_sheet_of_one_item_counts_who_was_there_then(council: Council, do: Do, at: At, client: Browser) -> None:
    meeting = held(council, do, at)
    first = council.items(meeting)[0]
    council.update(Item, first, started_at=MORNING, ended_at=MORNING + timedelta(minutes=20), state="done")

    words = text_of(client("minh").get(f"/meetings/{meeting}/attendance.pdf?item={first}").data)

    assert "Nội dung 1: Nội dung 1" in words
    assert "Thành viên có mặt (1)" in words
    assert "lúc ít nhất có mặt 1 thành viên: có lúc không đủ điều kiện tiến hành" in words
    assert client("minh").get(f"/meetings/{meeting}/attendance.pdf?item={first + 1}").status_code == 404


def test_sheets_are_for_the_chair_and_the_office(council: Council, client: Browser) -> None:
    meeting = council.meeting()

    for path in ("attendance.pdf", "attendance.xlsx", "seat-cards.pdf", "hall-code.svg"):
        assert client("hoa").get(f"/meetings/{meeting}/{path}").status_code == 403, path
        assert client("khach").get(f"/meetings/{meeting}/{path}").status_code == 404, path
    assert client("hung").get(f"/meetings/{meeting}/attendance.pdf").status_code == 200


def test_cards_are_made_by_the_worker_one_for_each_seat_and_for_who_has_none(council: Council, do: Do, client: Browser) -> None:
    meeting = council.meeting()
    seated(council, meeting, hoa="A1")

    do("van", "rollcall.make_cards", meeting_id=meeting, base="https://hop.example.vn")
    with pytest.raises(Refused, match="cards_being_made"):
        do("minh", "rollcall.make_cards", meeting_id=meeting)
    waiting = client("van").get(f"/api/v1/meetings/{meeting}/seat-cards").json
    jobs.run_waiting()
    ready = client("van").get(f"/api/v1/meetings/{meeting}/seat-cards").json

    assert (waiting["state"], waiting["address"]) == ("waiting", None)
    assert ready["state"] == "done"
    words = text_of(client("van").get(ready["address"]).data)
    assert words.count("Quét để điểm danh") == 5  # three seats, two people without
    assert "Phan Thị Hoa" in words
    with database.reading() as session:
        made = cards.cards_of(session, session.get_one(MeetingRow, meeting))
    assert codes.read(made[0].code, meeting) == codes.Read(meeting, label="A1")
    assert codes.read(made[-1].code, meeting).person_id in {council.person("hung"), council.person("tuan")}


def test_cards_are_for_the_office(council: Council, do: Do) -> None:
    meeting = council.meeting()

    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "rollcall.make_cards", meeting_id=meeting)
    with pytest.raises(Refused, match="not_found"):
        do("khach", "rollcall.make_cards", meeting_id=meeting)
    with pytest.raises(Refused, match="malformed"):
        do("van", "rollcall.make_cards", meeting_id=meeting, base="javascript:alert(1)//")


def test_picture_of_a_code_is_an_svg_without_script(council: Council) -> None:
    drawn = qr.svg(qr.address(1, codes.seat_code(1, "A1"), "https://hop.example.vn"))

    assert drawn.startswith("<svg")
    assert "script" not in drawn


def test_big_screen_gets_a_code_that_changes(council: Council, at: At, api: Callable[[str], Program]) -> None:
    meeting = council.meeting()
    at(MORNING)
    status, first = api("minh").get(f"/meetings/{meeting}/hall-code")
    at(MORNING + timedelta(minutes=4))
    _, second = api("minh").get(f"/meetings/{meeting}/hall-code")

    assert status == 200
    assert first["code"] != second["code"]
    assert first["address"].endswith(f"/meetings/{meeting}/seat/{first['code']}")
    assert api("hoa").get(f"/meetings/{meeting}/hall-code")[0] == 403


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_rest_until_another_day_is_nobodys_absence(council: Council, do: Do, at: At, goes_on: bool) -> None:
    """Whoever went home with everybody, and came when it went on, was neither away nor gone early."""
    at(MORNING)
    meeting = council.meeting(starts_at=MORNING)
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=meeting)
    do("hung", "live.open", meeting_id=meeting)
    at(MORNING + timedelta(hours=1))
    do("tuan", "live.leave", meeting_id=meeting)
    rested = MORNING + timedelta(hours=2)
    at(rested)
    next_day = MORNING + timedelta(days=1)
    do("hung", "live.adjourn", meeting_id=meeting, resumes_at=next_day.isoformat(), reason="Hết giờ")
    at(next_day)
    if goes_on:
        for who in ("hung", "hoa", "tuan"):
            do(who, "live.check_in", meeting_id=meeting)
        do("hung", "live.resume", meeting_id=meeting)
    do("hung", "live.close", meeting_id=meeting)

    with database.reading() as session:
        found = sheets.roll(session, session.get_one(MeetingRow, meeting))

    said = {row[0]: row[3] for row in found.came}
    assert (said["Ông Phan Thị Hoa"], said["Ông Đỗ Mạnh Hùng"]) == ("tự điểm danh", "tự điểm danh")
    assert said["Ông Lê Anh Tuấn"].startswith("vắng từ 09:00 đến 08:00" if goes_on else "về sớm lúc 09:00")
    assert found.left == (0 if goes_on else 1)
    told = "Khi kết thúc có mặt 3/3" if goes_on else f"Trước khi tạm dừng lúc {local(rested):%H:%M ngày %d/%m/%Y} có mặt 2/3"
    assert found.quorum.startswith(f"{told} thành viên: đủ điều kiện")
