"""What is known of presence on the live screens: counts for all, names and seats for the desk, calls for help, one's own part."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.live import queries as live
from meeting.live import rules
from meeting.live.queries import iso, person_brief
from meeting.live.state import View, mine, section
from meeting.rollcall import queries
from meeting.rollcall.models import HelpCall


@section("attendance")
def attendance(view: View) -> dict[str, Any]:
    """How many are here and whether they are enough, now and at the current item; names for the desk and the hall only."""
    found = live.quorum(view.session, view.meeting)
    item = queries.at_item(view.session, view.meeting)
    hidden = item is not None and view.item_ids is not None and item["id"] not in view.item_ids
    value: dict[str, Any] = {
        "present": found.present,
        "total": found.total,
        **asdict(queries.tally(view.session, view.meeting)),
        "item": None if hidden else item,
        "quorum": {"met": found.met, "need": found.need, "rule": found.rules["vi"], "rules": found.rules},
    }
    if not view.names_shown:
        return value
    lines = queries.lines(view.session, view.meeting)
    if view.audience == "desk":
        value["people"] = lines
    else:
        open_now = view.meeting.state in rules.CHECK_IN_STATES
        value["door"] = f"/meetings/{view.meeting.id}/hall-code.svg" if open_now else None
        value["people"] = [{key: line[key] for key in ("id", "name", "presence", "voting")} for line in lines]
    return value


@mine("attendance")
def my_attendance(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: am I invited, with a vote, am I here, may I check in and how, where is my seat. One query for all."""
    rows = {row.person_id: row for row in queries.standings(session, meeting, people)}
    ways = _ways(meeting)
    return {person: {"attendance": _mine(rows.get(person), meeting, ways)} for person in people}


def _ways(meeting: Meeting) -> dict[str, Any]:
    """How one may check in: from elsewhere, in the room, and whether the room asks for the code at the seat."""
    return {
        "remote": meeting.form != "in_person" and meeting.book.remote != "none",
        "room": meeting.form != "online",
        "code": meeting.form != "online" and meeting.book.check_in == "code",
    }


def _mine(row: Any, meeting: Meeting, ways: dict[str, Any]) -> dict[str, Any] | None:
    if row is None:
        return None
    presence = rules.presence_of(row.presence, row.reply, row.absence)
    return {
        "presence": presence,
        "voting": row.voting,
        "arrived_at": iso(row.arrived_at),
        "may_check_in": meeting.state in rules.CHECK_IN_STATES and presence not in rules.HERE,
        "counts": row.voting and presence in rules.counted(meeting.book.remote),
        **ways,
        "seat": row.label,
    }


@section("help")
def help_calls(view: View) -> list[dict[str, Any]] | None:
    """Who calls for help, from which seat, and who goes: for the desk only."""
    if view.audience != "desk":
        return None
    calls = queries.open_calls(view.session, view.meeting.id)
    seats = queries.seats_of(view.session, view.meeting.id, [call.person_id for call in calls]) if calls else {}
    return [call_line(call, seats.get(call.person_id)) for call in calls]


def call_line(call: HelpCall, seat: str | None) -> dict[str, Any]:
    """One call on the wire."""
    return {
        "id": call.id,
        "person": person_brief(call.person),
        "seat": seat,
        "kind": call.kind,
        "note": call.note,
        "at": iso(call.at),
        "taken_by": person_brief(call.taken_by),
    }


@mine("help")
def my_help(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: the open call, and who comes. One query for all."""
    calls = {call.person_id: call for call in queries.open_calls(session, meeting.id)}
    return {person: {"help": _my_call(calls.get(person))} for person in people}


def _my_call(call: HelpCall | None) -> dict[str, Any] | None:
    if call is None:
        return None
    by = call.taken_by.called if call.taken_by else None
    return {"id": call.id, "kind": call.kind, "at": iso(call.at), "taken": call.taken_at is not None, "by": by}
