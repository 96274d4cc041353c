"""Help from the seat: one open call a person, the desk sees where, one goes, either ends it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, database
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import state
from tests.conftest import Council, Program
from tests.rollcall.test_sheets import seated

Do = Callable[..., dict[str, Any]]


def joined(council: Council, username: str, meeting: int) -> dict[str, Any]:
    with database.reading() as session:
        return state.joined(session, meeting, council.actor(username))


def test_call_goes_to_the_desk_with_the_seat_and_comes_back_with_who_comes(council: Council, do: Do) -> None:
    meeting = council.meeting()
    seated(council, meeting, hoa="A1")

    call = do("hoa", "rollcall.call_help", meeting_id=meeting, kind="sound", note="Micro rè")["call_id"]
    before = joined(council, "hoa", meeting)
    do("minh", "rollcall.take_help", call_id=call)
    (line,) = joined(council, "minh", meeting)["state"]["help"]
    after = joined(council, "hoa", meeting)

    assert (line["person"]["name"], line["seat"], line["kind"], line["note"]) == ("Ông Phan Thị Hoa", "A1", "sound", "Micro rè")
    assert line["taken_by"]["name"] == "Ông Tạ Quang Minh"
    assert before["state"]["help"] is None
    mine = after["me"]["help"]
    assert (before["me"]["help"]["taken"], mine["taken"], mine["by"]) == (False, True, "Ông Tạ Quang Minh")
    assert joined(council, "tuan", meeting)["me"]["help"] is None


def test_one_open_call_a_person(council: Council, do: Do) -> None:
    meeting = council.meeting()
    call = do("hoa", "rollcall.call_help", meeting_id=meeting)["call_id"]

    with pytest.raises(Refused, match="help_called"):
        do("hoa", "rollcall.call_help", meeting_id=meeting, kind="paper")
    do("hoa", "rollcall.end_help", call_id=call)
    do("hoa", "rollcall.end_help", call_id=call)
    do("hoa", "rollcall.call_help", meeting_id=meeting, kind="paper")

    events = council.all(select(Entry.event).where(Entry.chain == meeting))
    assert events == ["rollcall.help_called", "rollcall.help_ended", "rollcall.help_called"]


def test_one_colleague_goes_and_the_other_is_told(council: Council, do: Do) -> None:
    meeting = council.meeting()
    call = do("hoa", "rollcall.call_help", meeting_id=meeting)["call_id"]
    do("van", "rollcall.take_help", call_id=call)
    do("van", "rollcall.take_help", call_id=call)

    with pytest.raises(Refused) as refused:
        do("minh", "rollcall.take_help", call_id=call)
    assert (refused.value.code, refused.value.facts["name"]) == ("help_taken", "Ông Lương Thúy Vân")
    do("minh", "rollcall.end_help", call_id=call)
    with pytest.raises(Refused, match="help_over"):
        do("minh", "rollcall.take_help", call_id=call)


def test_only_the_seated_call_and_only_the_office_comes(council: Council, do: Do, api: Callable[[str], Program]) -> None:
    meeting = council.meeting()
    status, answer = api("hoa").act("rollcall.call_help", meeting_id=meeting)
    call = answer["call_id"]

    assert status == 200
    for who, code in (("tuan", "forbidden"), ("khach", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, "rollcall.take_help", call_id=call)
        with pytest.raises(Refused, match=code):
            do(who, "rollcall.end_help", call_id=call)
    with pytest.raises(Refused, match="forbidden"):
        do("van", "rollcall.call_help", meeting_id=meeting)
    with pytest.raises(Refused, match="not_found"):
        do("khach", "rollcall.call_help", meeting_id=meeting)
    assert api("van").get(f"/meetings/{meeting}/help")[1]["data"][0]["id"] == call
    assert api("hoa").get(f"/meetings/{meeting}/help")[0] == 403


def test_calls_end_with_the_meeting_and_none_begins_after(council: Council, do: Do) -> None:
    meeting = council.meeting()
    do("hung", "live.open", meeting_id=meeting)
    do("hoa", "rollcall.call_help", meeting_id=meeting)
    do("hung", "live.close", meeting_id=meeting)

    assert joined(council, "minh", meeting)["state"]["help"] == []
    with pytest.raises(Refused, match="check_in_closed"):
        do("hoa", "rollcall.call_help", meeting_id=meeting)


def test_calls_end_when_the_meeting_is_adjourned(council: Council, do: Do) -> None:
    meeting = council.meeting()
    do("hung", "live.open", meeting_id=meeting)
    do("hoa", "rollcall.call_help", meeting_id=meeting)
    do("hung", "live.adjourn", meeting_id=meeting, resumes_at=(clock.now() + timedelta(days=2)).isoformat(), reason="Hết giờ")

    assert joined(council, "minh", meeting)["state"]["help"] == []
