"""What the speaking room adds to the live state: the queue, the questions, each person's own place, the objection to closing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.live.queries import iso, person_brief, stand_ins
from meeting.live.state import Objection, View, mine, objects_to_close, section
from meeting.speaking import queries, rules
from meeting.speaking.models import Floor


@section("speaking")
def speaking(view: View) -> dict[str, Any]:
    """Who speaks until when, who is called, who waits; for the desk also how long each has spoken."""
    value = _queue(view, rules.FLOOR)
    if view.audience == "desk":
        spoken = queries.spoken(view.session, view.meeting.id)
        value["spoken"] = [{"person_id": person, "turns": turns, "seconds": s} for person, (turns, s) in spoken.items()]
    return value


@section("questioning")
def questioning(view: View) -> dict[str, Any]:
    """The same for questions, each with whom it is put to. `group`: the item under questioning, when one is."""
    current = view.meeting.current_item_id
    group = None if current is None or (view.item_ids is not None and current not in view.item_ids) else current
    return {"group": group, **_queue(view, rules.QUESTIONING)}


def _queue(view: View, queue: str) -> dict[str, Any]:
    session, meeting_id = view.session, view.meeting.id
    speaks = queries.in_state(session, meeting_id, "speaking")
    called = queries.in_state(session, meeting_id, "called")
    waiting = [each for each in queries.waiting(session, meeting_id, queue) if _seen(view, each)]
    ahead = rules.seconds_ahead([each.limit_seconds for each in waiting])
    for_whom = stand_ins(session, meeting_id)
    lines = [{**_line(each, for_whom), "ahead_seconds": seconds} for each, seconds in zip(waiting, ahead, strict=True)]
    return {
        "current": _current(speaks, for_whom) if speaks and speaks.queue == queue and _seen(view, speaks) else None,
        "called": _line(called, for_whom) if called and called.queue == queue and _seen(view, called) else None,
        "queue": lines,
    }


def _seen(view: View, floor: Floor) -> bool:
    return view.item_ids is None or floor.item_id is None or floor.item_id in view.item_ids


def _line(floor: Floor, for_whom: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": floor.id,
        "person": person_brief(floor.person),
        "stands_for": for_whom.get(floor.person_id),
        "kind": floor.kind,
        "subject": floor.subject,
        "addressee": person_brief(floor.addressee),
        "item_id": floor.item_id,
        "asked_at": iso(floor.asked_at),
        "seconds": floor.limit_seconds,
    }


def _current(floor: Floor, for_whom: Mapping[int, str]) -> dict[str, Any]:
    begun = floor.started_at
    ends = rules.ends_at(begun, floor.limit_seconds) if begun else None
    return {**_line(floor, for_whom), "started_at": iso(begun), "ends_at": iso(ends)}


@mine("floor")
def my_place(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: my open requests with my place in the queue, and what I have spoken so far."""
    places = {
        floor.id: place
        for queue in (rules.FLOOR, rules.QUESTIONING)
        for place, floor in enumerate(queries.waiting(session, meeting.id, queue), 1)
    }
    spoken = queries.spoken(session, meeting.id)
    found: dict[int, dict[str, Any]] = {person: {"requests": [], "turns": 0, "seconds": 0} for person in people}
    for floor in queries.open_of(session, meeting.id, people):
        if floor.state == "waiting" and floor.id not in places:
            continue
        request = {"id": floor.id, "queue": floor.queue, "kind": floor.kind, "state": floor.state}
        found[floor.person_id]["requests"].append({**request, "position": places.get(floor.id)})
    for person, (turns, seconds) in spoken.items():
        if person in found:
            found[person].update(turns=turns, seconds=seconds)
    return {person: {"floor": part} for person, part in found.items()}


@objects_to_close
def running_speech(session: Session, meeting: Meeting) -> list[Objection]:
    """A meeting cannot close in the middle of a speech."""
    speaks = queries.in_state(session, meeting.id, "speaking")
    return [Objection("speech_running", {"name": speaks.person.called})] if speaks else []
