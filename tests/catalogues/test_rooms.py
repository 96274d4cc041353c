"""Rooms and their plans as acts: nothing is lost between two editors, nothing that is booked retires."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.catalogues import queries
from meeting.catalogues.models import Room
from meeting.catalogues.shapes import drawn
from meeting.database import reading
from meeting.errors import Refused
from meeting.journal import Entry
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
SMALL = drawn("long", rows=1, seats=2, heads=1, aisle=False).as_value()
LARGE = drawn("hall", rows=2, seats=4, heads=1, aisle=True).as_value()


def events(council: Council) -> list[str]:
    return council.all(select(Entry.event).where(Entry.event.like("catalogues.%")).order_by(Entry.id))


@pytest.fixture
def room(do: Do) -> int:
    """A room without a plan."""
    return int(do("minh", "catalogues.add_room", name="Phòng họp số 1", place="Tầng 2", capacity=24)["room_id"])


def test_a_room_is_added_corrected_and_told(council: Council, do: Do, room: int):
    do("minh", "catalogues.edit_room", room_id=room, name="Phòng họp A", capacity=30, equipment=" Máy chiếu \n\n micro  từng chỗ")
    do("minh", "catalogues.edit_room", room_id=room, name="Phòng họp A", capacity=30, equipment="Máy chiếu\nmicro từng chỗ")

    with reading() as session:
        kept = queries.room_of(session, room)
        assert (kept.name, kept.place, kept.capacity, kept.equipment) == ("Phòng họp A", "", 30, "Máy chiếu\nmicro từng chỗ")
    assert events(council) == ["catalogues.room_added", "catalogues.room_edited"]


def test_two_rooms_never_have_one_name(council: Council, do: Do, room: int):
    other = do("minh", "catalogues.add_room", name="Phòng họp số 2")["room_id"]

    with pytest.raises(Refused, match="room_exists"):
        do("minh", "catalogues.add_room", name="phong hop so 1")
    with pytest.raises(Refused, match="room_exists"):
        do("minh", "catalogues.edit_room", room_id=other, name="PHÒNG HỌP SỐ 1")


def test_a_room_out_of_use_is_offered_no_more_and_comes_back(council: Council, do: Do, room: int):
    do("minh", "catalogues.retire_room", room_id=room)
    do("minh", "catalogues.retire_room", room_id=room)
    with reading() as session:
        assert (queries.rooms_in_use(session), len(queries.rooms(session))) == ([], 1)
    for act, wanted in (("save_plan", {"version": 0, "plan": SMALL}), ("move_room", {"to": "up"})):
        with pytest.raises(Refused, match="room_retired"):
            do("minh", f"catalogues.{act}", room_id=room, **wanted)

    do("minh", "catalogues.restore_room", room_id=room)
    do("minh", "catalogues.restore_room", room_id=room)
    assert events(council)[1:] == ["catalogues.room_retired", "catalogues.room_restored"]


def test_a_room_in_which_a_meeting_is_still_to_come_does_not_retire(council: Council, do: Do, room: int):
    meeting = council.meeting(room_id=room)

    with pytest.raises(Refused, match="room_booked"):
        do("minh", "catalogues.retire_room", room_id=room)

    council.update(Meeting, meeting, state="held")
    do("minh", "catalogues.retire_room", room_id=room)


def test_rooms_are_offered_in_the_order_of_the_office(council: Council, do: Do, room: int):
    other = do("minh", "catalogues.add_room", name="Hội trường")["room_id"]

    do("minh", "catalogues.move_room", room_id=other, to="top")
    do("minh", "catalogues.move_room", room_id=other, to="up")

    with reading() as session:
        assert [each.id for each in queries.rooms_in_use(session)] == [other, room]
    assert events(council).count("catalogues.rooms_ordered") == 1


def test_a_plan_is_saved_as_a_whole_and_counted(council: Council, do: Do, room: int):
    assert do("minh", "catalogues.save_plan", room_id=room, version=0, plan=SMALL) == {"version": 1, "seats": 5}
    assert do("minh", "catalogues.save_plan", room_id=room, version=0, plan=SMALL) == {"version": 1, "seats": 5}  # the same again

    assert council.one(select(Room.plan)) == SMALL
    entry = council.one(select(Entry).where(Entry.event == "catalogues.room_plan_saved"))
    assert entry.facts == {"room_id": room, "name": "Phòng họp số 1", "version": 1, "seats": 5}


def test_the_second_of_two_editors_is_told_and_loses_nothing(council: Council, do: Do, ask: Callable[..., Any], room: int):
    do("minh", "catalogues.save_plan", room_id=room, version=0, plan=SMALL)

    refused = ask("admin", "catalogues.save_plan", room_id=room, version=0, plan=LARGE)

    assert refused.body["code"] == "plan_changed"
    facts = refused.body["facts"]
    assert (facts["name"], facts["version"], facts["plan"]) == ("Ông Tạ Quang Minh", 1, SMALL)
    assert council.one(select(Room.plan)) == SMALL
    assert do("admin", "catalogues.save_plan", room_id=room, version=1, plan=LARGE)["version"] == 2


def test_an_impossible_plan_is_refused(council: Council, do: Do, room: int):
    twice = {"rows": 1, "columns": 2, "cells": [{"row": 1, "column": 1, "kind": "seat", "label": "A1"}] * 2}

    with pytest.raises(Refused, match="plan_cell_twice"):
        do("minh", "catalogues.save_plan", room_id=room, version=0, plan=twice)
    with pytest.raises(Refused, match="malformed"):
        do("minh", "catalogues.save_plan", room_id=room, version=0, plan={"rows": 99, "columns": 1, "cells": []})


def test_rooms_come_from_a_list(council: Council, do: Do, room: int):
    text = "Phòng họp;Địa điểm;Sức chứa;Trang thiết bị\nphòng họp SỐ 1;;;\nHội trường;Tầng 3;nhiều;\nPhòng 3;Tầng 1;12;Tivi\n"

    tried = do("minh", "catalogues.import_list", kind="room", csv=text)
    assert [(each["line"], each["code"]) for each in tried["problems"]] == [(2, "room_exists"), (3, "row_capacity")]

    right = "Phòng họp;Sức chứa\nHội trường;120\nPhòng 3;12\n"
    assert do("minh", "catalogues.import_list", kind="room", csv=right, dry_run=False)["count"] == 2
    with reading() as session:
        assert [(each.name, each.capacity) for each in queries.rooms_in_use(session)][1:] == [
            ("Hội trường", 120),
            ("Phòng 3", 12),
        ]
