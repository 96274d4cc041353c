"""The acts of those who want the floor, and of the desk for them: ask, withdraw, write instead of speaking."""

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Item, Meeting, Participant
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.organization.models import Person
from meeting.permissions import Action
from meeting.speaking import queries, rules
from meeting.speaking.models import Floor


class AskInput(ActInput):
    """A wish to speak. `item_id` left out means the item being dealt with; `person_id` names somebody else for whom the desk
    asks; `answers_id` the question that a debate follows up.
    """

    meeting_id: int
    item_id: int | None = None
    kind: Literal["speech", "debate", "explain", "order", "question"] = "speech"
    addressee_id: int | None = None
    subject: str = Field(default="", max_length=200)
    person_id: int | None = None
    answers_id: int | None = None


class FloorInput(ActInput):
    """Names a request for the floor."""

    floor_id: int


@act("speaking.ask", Action.ASK_FLOOR)
def ask(tx: Tx, wanted: AskInput) -> dict[str, Any]:
    """A participant asks for the floor and learns their position; the desk may ask for somebody who raised a hand.

    Refused: `floor_closed`, `list_closed` (but for points of order), `turns_used`, `already_asked`, `addressee_needed`,
    `addressee_unknown`, `answers_nothing`, `not_found` (an item of another meeting, or one a limited guest may not see).
    For somebody else: `forbidden`, `not_seated`, `has_asked`; a closed list and used turns do not hold the desk back.
    Recorded with the item, the kind, the subject (of a question none) and who entered it.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    item = _item(tx, meeting, wanted.item_id)
    person_id = wanted.person_id or tx.actor.person_id
    other = person_id != tx.actor.person_id
    tx.require(Action.ENTER_FLOOR if other else Action.ASK_FLOOR, item or meeting)
    if item and item.outside:
        raise Refused("item_held_outside")
    if other:
        _check_seated(tx, meeting, person_id, item)
    queue = rules.QUESTIONING if wanted.answers_id is not None else rules.queue_of(wanted.kind)
    _check(tx, meeting, item, wanted, person_id, queue)
    floor = tx.add(
        Floor(
            meeting_id=meeting.id,
            item_id=item.id if item else None,
            person_id=person_id,
            addressee_id=wanted.addressee_id,
            queue=queue,
            kind=wanted.kind,
            subject=wanted.subject,
            limit_seconds=queries.limits_of(meeting).of(wanted.kind),
            asked_at=tx.now,
            entered_by_id=tx.actor.person_id if other else None,
            answers_id=wanted.answers_id,
        )
    )
    facts = {"floor_id": floor.id, "item_id": floor.item_id, "kind": floor.kind, "subject": _told(floor), "queue": queue}
    facts |= {"addressee_id": floor.addressee_id, "answers_id": floor.answers_id, "person_id": person_id}
    tx.record(Event.FLOOR_ASKED, meeting, **facts, entered_by=floor.entered_by_id)
    waiting = queries.order_of(tx.reading, meeting, queue)
    return {"floor_id": floor.id, "position": waiting.index(floor.id) + 1 if floor.id in waiting else len(waiting) + 1}


def _told(floor: Floor) -> str:
    """What the journal says it is about: what a question says is not told before it is put."""
    return "" if floor.kind == "question" else floor.subject


def _item(tx: Tx, meeting: Meeting, item_id: int | None) -> Item | None:
    if item_id is None and meeting.current_item_id is None:
        return None
    item = tx.get(Item, item_id or meeting.current_item_id)
    if item.meeting_id != meeting.id:
        raise Missing()
    return item


def _check(tx: Tx, meeting: Meeting, item: Item | None, wanted: AskInput, person_id: int, queue: str) -> None:
    """Whether this person may ask now. Questions have rules of their own, which the room of questioning adds."""
    if wanted.answers_id is not None:
        _check_answered(tx, meeting, wanted)
    addressee = wanted.addressee_id is not None
    if queue == rules.QUESTIONING:
        rules.check_ask(meeting.state, wanted.kind, [], addressee=addressee)
        _check_addressee(tx, meeting, wanted.addressee_id)
        return
    _check_addressee(tx, meeting, wanted.addressee_id)
    item_id = item.id if item else None
    own = _own(tx, meeting, queue, person_id, item_id)
    if person_id != tx.actor.person_id:
        _check_for_other(tx, meeting, wanted.kind, own, person_id)
        return
    taken = queries.turns(tx.reading, meeting.id).get((person_id, item_id), 0)
    rules.check_ask(
        meeting.state,
        wanted.kind,
        own,
        closed=queries.list_closed(tx.reading, meeting.id),
        turns=taken + queries.turn_now(tx.reading, meeting.id, person_id, item_id),
        most=meeting.book.turns_per_item,
    )


def _own(tx: Tx, meeting: Meeting, queue: str, person_id: int, item_id: int | None) -> list[tuple[str, int]]:
    """What somebody waits for already: kind and position."""
    own = {each.id: each.kind for each in queries.waits_of(tx.reading, meeting.id, queue, person_id, item_id)}
    if not own:
        return []
    return [(own[each], place) for place, each in enumerate(queries.order_of(tx.reading, meeting, queue), 1) if each in own]


def _check_for_other(tx: Tx, meeting: Meeting, kind: str, own: list[tuple[str, int]], person_id: int) -> None:
    try:
        rules.check_ask(meeting.state, kind, own)
    except Refused as refused:
        if refused.code != "already_asked":
            raise
        raise Refused("has_asked", name=tx.get(Person, person_id).called, **refused.facts) from refused


def _check_answered(tx: Tx, meeting: Meeting, wanted: AskInput) -> None:
    question = tx.find(Floor, wanted.answers_id)
    if question is None or question.meeting_id != meeting.id or question.kind != "question" or wanted.kind != "debate":
        raise Refused("answers_nothing")


def _check_addressee(tx: Tx, meeting: Meeting, person_id: int | None) -> None:
    if person_id is None:
        return
    invited = select(Participant.id).where(Participant.meeting_id == meeting.id, Participant.person_id == person_id)
    if tx.scalar(invited) is None:
        raise Refused("addressee_unknown")


def _check_seated(tx: Tx, meeting: Meeting, person_id: int, item: Item | None) -> None:
    """The floor is asked for those who take part in the meeting, a limited guest on his items: `not_seated`."""
    invited = tx.scalar(select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == person_id))
    if invited is None and person_id != meeting.chair_id:
        raise Refused("not_seated")
    if invited is not None and invited.item_ids and (item is None or item.id not in invited.item_ids):
        raise Refused("not_seated")


@act("speaking.withdraw", Action.ASK_FLOOR)
def withdraw(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """Takes one's own wish to speak back; who runs the floor may take anybody's off, the desk those that it entered.

    Also says that a statement handed to writing will not be written. Refused: `floor_state` once the speech runs or is over,
    `forbidden` for somebody else's. Recorded with whose wish it was.
    """
    floor = tx.get(Floor, wanted.floor_id)
    if floor.person_id == tx.actor.person_id:
        tx.require(Action.ASK_FLOOR, floor)
    elif floor.entered_by_id is None or not tx.may(Action.ENTER_FLOOR, floor):
        tx.require(Action.RUN_FLOOR, floor)
    else:
        tx.require(Action.ENTER_FLOOR, floor)
    if floor.written and floor.stopped_at is None and floor.state == "done":
        floor.state, floor.stopped_at = "withdrawn", tx.now
    else:
        floor.state = rules.step("withdraw", floor.state)
    tx.record(Event.FLOOR_WITHDRAWN, floor, floor_id=floor.id, person_id=floor.person_id, queue=floor.queue)
    return {}


@act("speaking.to_writing", Action.ASK_FLOOR)
def to_writing(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """A wish to speak is handed to writing: by the person, or by the chair when time is short.

    The person is asked on their screen to write it as an opinion on the item, until they have; the minutes tell both.
    Refused: `floor_state` once the speech runs or is over, `forbidden`. Handing over twice is harmless.
    """
    floor = tx.get(Floor, wanted.floor_id)
    own = floor.person_id == tx.actor.person_id
    tx.require(Action.ASK_FLOOR if own else Action.RUN_FLOOR, floor)
    if floor.written:
        tx.nothing_to_record("it has been handed to writing already")
        return {}
    floor.state, floor.written, floor.place = rules.step("to_writing", floor.state), True, 0
    floor.queued_at = tx.now  # since when it waits to be written
    facts = {"floor_id": floor.id, "person_id": floor.person_id, "name": floor.person.called, "item_id": floor.item_id}
    tx.record(Event.HANDED_TO_WRITING, floor, **facts, kind=floor.kind, queue=floor.queue, subject=_told(floor))
    return {}


@on(Event.OPINION_POSTED)
def written_now(tx: Tx, told: Told) -> None:
    """Who writes an opinion on the item has done what the chair handed to writing."""
    for floor in queries.to_write(tx.reading, told.chain):
        if floor.person_id == told.actor_id and floor.item_id == told.facts["item_id"]:
            floor.stopped_at = tx.now
