"""The acts of the floor: ask, withdraw, call, start, stop, give more time, arrange the queue."""

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Item, Meeting, Participant
from meeting.errors import Forbidden, Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live.rules import check_in_session
from meeting.permissions import SYSTEM, Action
from meeting.speaking import queries, rules
from meeting.speaking.models import Floor


class AskInput(ActInput):
    """A wish to speak. `item_id` left out means the item being dealt with."""

    meeting_id: int
    item_id: int | None = None
    kind: Literal["speech", "debate", "explain", "order", "question"] = "speech"
    addressee_id: int | None = None
    subject: str = Field(default="", max_length=200)


class FloorInput(ActInput):
    """Names a request for the floor."""

    floor_id: int


class ExtendInput(FloorInput):
    """How many seconds more."""

    seconds: int = Field(default=60, ge=10, le=rules.LONGEST_EXTENSION_SECONDS)


class ReorderInput(ActInput):
    """The whole queue as the chair wants it, first speaker first."""

    meeting_id: int
    queue: Literal["speaking", "questioning"] = "speaking"
    floor_ids: list[int] = Field(max_length=500)


@act("speaking.ask", Action.ASK_FLOOR)
def ask(tx: Tx, wanted: AskInput) -> dict[str, Any]:
    """A participant asks for the floor and learns their position.

    Refused: `floor_closed`, `addressee_needed`, `addressee_unknown`, `already_asked`, `not_found` (an item of another
    meeting, or one a limited guest may not see).
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    item = _item(tx, meeting, wanted.item_id)
    tx.require(Action.ASK_FLOOR, item or meeting)
    queue = rules.queue_of(wanted.kind)
    waiting = queries.waiting(tx.reading, meeting.id, queue)
    own = [(each.kind, place) for place, each in enumerate(waiting, 1) if each.person_id == tx.actor.person_id]
    rules.check_ask(meeting.state, wanted.kind, own, addressee=wanted.addressee_id is not None)
    _check_addressee(tx, meeting, wanted.addressee_id)
    place = rules.place_for(wanted.kind, [each.waits for each in waiting])
    floor = tx.add(
        Floor(
            meeting_id=meeting.id,
            item_id=item.id if item else None,
            person_id=tx.actor.person_id,
            addressee_id=wanted.addressee_id,
            queue=queue,
            kind=wanted.kind,
            subject=wanted.subject,
            limit_seconds=queries.limits_of(meeting).of(wanted.kind),
            asked_at=tx.now,
        )
    )
    _set_places([*waiting[:place], floor, *waiting[place:]])
    facts = {"floor_id": floor.id, "item_id": floor.item_id, "kind": floor.kind, "subject": floor.subject}
    tx.record(Event.FLOOR_ASKED, meeting, **facts, addressee_id=floor.addressee_id)
    return {"floor_id": floor.id, "position": place + 1}


def _item(tx: Tx, meeting: Meeting, item_id: int | None) -> Item | None:
    if item_id is None and meeting.current_item_id is None:
        return None
    item = tx.get(Item, item_id or meeting.current_item_id)
    if item.meeting_id != meeting.id:
        raise Missing()
    if item.outside:
        raise Refused("item_held_outside")
    return item


def _check_addressee(tx: Tx, meeting: Meeting, person_id: int | None) -> None:
    if person_id is None:
        return
    invited = select(Participant.id).where(Participant.meeting_id == meeting.id, Participant.person_id == person_id)
    if tx.scalar(invited) is None:
        raise Refused("addressee_unknown")


def _set_places(queue: list[Floor]) -> None:
    for place, floor in enumerate(queue):
        floor.place = place


@act("speaking.withdraw", Action.ASK_FLOOR)
def withdraw(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """Takes one's own wish to speak back; the chair may take anybody's off the queue.

    Refused: `floor_state` once the speech runs or is over, `forbidden` for somebody else's.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.ASK_FLOOR, floor)
    if floor.person_id != tx.actor.person_id and not tx.may(Action.RUN_FLOOR, floor):
        raise Forbidden()
    floor.state = rules.step("withdraw", floor.state)
    tx.record(Event.FLOOR_WITHDRAWN, floor, floor_id=floor.id, person_id=floor.person_id)
    return {}


@act("speaking.call", Action.RUN_FLOOR)
def call(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """The chair gives the floor: everyone sees who is invited. Whoever was called before and has not begun waits again.

    Refused: `not_in_session`, `floor_state`.
    """
    floor = _running(tx, wanted)
    before = queries.in_state(tx.reading, floor.meeting_id, "called")
    floor_state = rules.step("call", floor.state)
    if before is not None:
        before.state, before.called_at = "waiting", None
        tx.flush()
    floor.state, floor.called_at = floor_state, tx.now
    tx.record(Event.SPEAKER_CALLED, floor, floor_id=floor.id, person_id=floor.person_id, name=floor.person.called)
    return {}


def _running(tx: Tx, wanted: FloorInput) -> Floor:
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.RUN_FLOOR, floor)
    check_in_session(floor.meeting.state)
    return floor


@act("speaking.start", Action.RUN_FLOOR)
def start(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """The speech begins and its time runs on all screens. One person speaks at a time.

    Refused: `not_in_session`, `floor_state`, `someone_speaks` with the name.
    """
    floor = _running(tx, wanted)
    floor_state = rules.step("start", floor.state)
    speaking = queries.in_state(tx.reading, floor.meeting_id, "speaking")
    if speaking is not None:
        raise Refused("someone_speaks", name=speaking.person.called)
    floor.state, floor.started_at = floor_state, tx.now
    floor.item_id = floor.meeting.current_item_id or floor.item_id
    facts = {"floor_id": floor.id, "person_id": floor.person_id, "name": floor.person.called, "item_id": floor.item_id}
    tx.record(Event.SPEECH_STARTED, floor, **facts, kind=floor.kind, limit_seconds=floor.limit_seconds)
    return {}


@act("speaking.stop", Action.RUN_FLOOR)
def stop(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """The speech ends; what was really spoken is kept in seconds. Refused as `floor_state` when it does not run."""
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.RUN_FLOOR, floor)
    _stop(tx, floor)
    return {}


def _stop(tx: Tx, floor: Floor) -> None:
    floor.state = rules.step("stop", floor.state)
    floor.stopped_at = tx.now
    begun = floor.started_at or tx.now
    floor.seconds = max(0, round((tx.now - begun).total_seconds()))
    over = max(0, floor.seconds - floor.limit_seconds)
    facts = {"floor_id": floor.id, "person_id": floor.person_id, "name": floor.person.called, "item_id": floor.item_id}
    tx.record(Event.SPEECH_STOPPED, floor, **facts, kind=floor.kind, seconds=floor.seconds, over_seconds=over)


@act("speaking.extend", Action.RUN_FLOOR)
def extend(tx: Tx, wanted: ExtendInput) -> dict[str, Any]:
    """The chair gives the speaker more time. Refused as `floor_state` when the speech does not run."""
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.RUN_FLOOR, floor)
    rules.step("extend", floor.state)
    floor.limit_seconds += wanted.seconds
    tx.record(Event.SPEECH_EXTENDED, floor, floor_id=floor.id, person_id=floor.person_id, seconds=wanted.seconds)
    return {}


@act("speaking.reorder", Action.RUN_FLOOR)
def reorder(tx: Tx, wanted: ReorderInput) -> dict[str, Any]:
    """The chair arranges a queue. Refused as `order_incomplete` when somebody came or went meanwhile."""
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.RUN_FLOOR, meeting)
    waiting = {each.id: each for each in queries.waiting(tx.reading, meeting.id, wanted.queue)}
    arranged = rules.arranged(list(waiting), wanted.floor_ids)
    if arranged == list(waiting):
        tx.nothing_to_record("the queue stands in this order already")
        return {}
    _set_places([waiting[each] for each in arranged])
    tx.record(Event.QUEUE_REORDERED, meeting, queue=wanted.queue, floor_ids=arranged)
    return {}


@on(Event.MEETING_PAUSED, Event.ITEM_STARTED)
def end_speech(tx: Tx, told: Told) -> None:
    """When the meeting rests or turns to another item, a running speech ends and whoever was called waits again."""
    called = queries.in_state(tx.reading, told.chain, "called")
    if called is not None:
        called.state, called.called_at = "waiting", None
    speaking = queries.in_state(tx.reading, told.chain, "speaking")
    if speaking is not None:
        with tx.acting_as(SYSTEM):
            _stop(tx, speaking)
    tx.flush()
