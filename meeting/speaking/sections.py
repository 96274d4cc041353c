"""What the speaking room adds to the live state: the queue, each person's own place, the objection to closing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.live.queries import iso, stand_ins
from meeting.live.state import Objection, View, mine, objects_to_close, section
from meeting.speaking import lines, order, queries, rules
from meeting.speaking.models import Floor


@section("speaking")
def speaking(view: View) -> dict[str, Any]:
    """Who speaks until when, who is called, who waits, by which rule; for the desk also how long each has spoken."""
    meeting, book = view.meeting, view.meeting.book
    spoken = queries.spoken(view.session, meeting.id)
    value: dict[str, Any] = {
        "rule": {
            "order": book.floor_order,
            "debate_first": book.debate_first,
            "turns_per_item": book.turns_per_item,
            "warn_seconds": book.warn_seconds,
        },
        "closed": queries.list_closed(view.session, meeting.id),
        **_queue(view, rules.FLOOR),
    }
    for line in value["queue"]:
        line["spoken_seconds"] = spoken.get(line["person"]["id"], (0, 0))[1]
    if view.audience == "desk":
        value["spoken"] = [{"person_id": person, "turns": turns, "seconds": s} for person, (turns, s) in spoken.items()]
    return value


def _queue(view: View, queue: str) -> dict[str, Any]:
    session, meeting = view.session, view.meeting
    scene = queries.scene(session, meeting)
    speaks, called = scene.speaks, scene.called
    waiting = [each for each in scene.queues[queue] if _seen(view, each)]
    ahead = order.seconds_ahead([each.limit_seconds for each in waiting], scene.ahead(queue))
    for_whom = stand_ins(session, meeting.id)
    warn = meeting.book.warn_seconds
    mine_now = speaks is not None and speaks.queue == queue and _seen(view, speaks)
    return {
        "current": lines.current(speaks, for_whom, warn, view.now) if speaks and mine_now else None,
        "called": lines.line(called, for_whom) if called and called.queue == queue and _seen(view, called) else None,
        "queue": [
            {**lines.line(each, for_whom), "ahead_seconds": seconds, "later": _later(meeting, each)}
            for each, seconds in zip(waiting, ahead, strict=True)
        ],
    }


def _seen(view: View, floor: Floor) -> bool:
    return view.item_ids is None or floor.item_id is None or floor.item_id in view.item_ids


def _later(meeting: Meeting, floor: Floor) -> bool:
    """Whether the request is for an item that comes later."""
    return meeting.current_item_id is not None and floor.item_id not in (None, meeting.current_item_id)


@mine("floor")
def my_place(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: my open requests with place and expected moment, what I am asked to write instead, what I have spoken so far."""
    scene = queries.scene(session, meeting)
    places = _places(scene)
    found: dict[int, dict[str, Any]] = {person: {"requests": [], "turns": 0, "seconds": 0, "to_write": []} for person in people}
    waiting = [floor for queue in scene.queues.values() for floor in queue]
    for floor in sorted([*waiting, *filter(None, (scene.called, scene.speaks))], key=lambda each: each.id):
        if floor.person_id in found:
            request = {"id": floor.id, "queue": floor.queue, "kind": floor.kind, "state": floor.state, "item_id": floor.item_id}
            found[floor.person_id]["requests"].append({**request, **places.get(floor.id, _NO_PLACE)})
    for floor in queries.to_write(session, meeting.id):
        if floor.person_id in found:
            wish = {"id": floor.id, "item_id": floor.item_id, "subject": floor.subject}
            found[floor.person_id]["to_write"].append(wish)
    for person, (turns, seconds) in queries.spoken(session, meeting.id).items():
        if person in found:
            found[person].update(turns=turns, seconds=seconds)
    return {person: {"floor": part} for person, part in found.items()}


_NO_PLACE: Mapping[str, Any] = {"position": None, "ahead_seconds": None, "expected_at": None}


def _places(scene: queries.Scene) -> dict[int, dict[str, Any]]:
    """Position and expected moment by request. While nobody speaks, or the clock stands, only the seconds ahead are known."""
    turn = scene.speaks.turn if scene.speaks else None
    free = turn.ends_at if turn else None
    places: dict[int, dict[str, Any]] = {}
    for name, queue in scene.queues.items():
        ahead = order.seconds_ahead([each.limit_seconds for each in queue], scene.ahead(name))
        for place, (floor, seconds) in enumerate(zip(queue, ahead, strict=True), 1):
            expected = iso(free + timedelta(seconds=seconds)) if free else None
            places[floor.id] = {"position": place, "ahead_seconds": seconds, "expected_at": expected}
    return places


@objects_to_close
def running_speech(session: Session, meeting: Meeting) -> list[Objection]:
    """A meeting cannot close in the middle of a speech."""
    speaks = queries.in_state(session, meeting.id, "speaking")
    return (
        [Objection("speech_running", {"name": speaks.person.called}, ("speaking.stop", {"floor_id": speaks.id}))]
        if speaks
        else []
    )
