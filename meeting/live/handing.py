"""The acts of handing over: the chair lets a deputy preside over the meeting or an item, and takes it back.

`Meeting.presider_id` says who presides instead of the chair and is kept right here: when something is handed over or back,
at each item, when a deputy leaves, when the meeting is adjourned or closed. The rights of that seat move with it at once.
"""

from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import Tx, act, on
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.ordering import nodes_of
from meeting.agenda.panels import goes_with_item
from meeting.errors import Forbidden, Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live import presiding, rules
from meeting.live.ahead import chain_of
from meeting.live.models import Attendance, Handover
from meeting.live.presiding import Deputy, Handed
from meeting.live.service import MeetingInput
from meeting.organization.models import Person
from meeting.permissions import SYSTEM, Action, Role


class PartInput(MeetingInput):
    """The whole meeting, or one item of it."""

    item_id: int | None = None


class HandOverInput(PartInput):
    """Who is to preside, and why if that should be said."""

    to_id: int
    reason: str = Field(default="", max_length=500)


@act("live.hand_over", Action.HAND_OVER)
def hand_over(tx: Tx, wanted: HandOverInput) -> dict[str, Any]:
    """The chair lets somebody preside over the meeting or an item, from now on or once the item comes; rights move at once.

    A deputy may hand on what they were given. What was handed over for the same before ends. Refused: `check_in_closed`
    (before the issue, after the close), `forbidden` (a deputy for something else), `not_found`, `item_is_over`,
    `item_set_aside`, `item_held_outside`, and of the deputy `deputy_is_chair`, `deputy_not_invited`, `deputy_no_member`,
    `deputy_not_here`, `deputy_presides`. Records to whom, for what and why, and who presides now.
    """
    meeting = _meeting(tx, wanted)
    rules.check_check_in(meeting.state)
    item = _item(tx, meeting, wanted.item_id)
    handed = active(tx, meeting.id)
    _check_own(tx, meeting, handed, wanted.item_id)
    same = [each for each in handed if each.item_id == wanted.item_id]
    deputy = _deputy(tx, meeting, wanted.to_id)
    presiding.check_deputy(deputy, presides=any(each.to_id == wanted.to_id for each in same))
    for each in same:
        each.ended_at = tx.now
    row = Handover(meeting_id=meeting.id, item_id=wanted.item_id, to_id=wanted.to_id, reason=wanted.reason, at=tx.now)
    row.from_id = tx.actor.person_id
    tx.add(row)
    facts = {"to_id": wanted.to_id, "name": deputy.name, "reason": wanted.reason, **_facts(item)}
    tx.record(Event.HANDED_OVER, meeting, handover_id=row.id, **facts)
    _settle(tx, meeting)
    return {"handover_id": row.id, "presides": meeting.presider_id == wanted.to_id}


@act("live.take_back", Action.HAND_OVER)
def take_back(tx: Tx, wanted: PartInput) -> dict[str, Any]:
    """The chair presides again over the meeting or the item; a deputy gives back what they were given.

    Refused: `nothing_handed`, `forbidden` (another's, by a deputy). Records from whom and who presides now.
    """
    meeting = _meeting(tx, wanted)
    found = [each for each in active(tx, meeting.id) if each.item_id == wanted.item_id]
    if not found:
        raise Refused("nothing_handed")
    if not _chairs(tx, meeting) and any(each.to_id != tx.actor.person_id for each in found):
        raise Forbidden()
    for each in found:
        _end(tx, meeting, each, "taken_back" if each.to_id != tx.actor.person_id else "given_back")
    _settle(tx, meeting)
    return {}


def active(tx: Tx, meeting_id: int) -> list[Handover]:
    """What is handed over now, the oldest first."""
    wanted = select(Handover).where(Handover.meeting_id == meeting_id, Handover.ended_at.is_(None))
    return list(tx.scalars(wanted.order_by(Handover.id)))


def keep_right(tx: Tx, meeting: Meeting) -> None:
    """Lets what holds now fall back to the chair where its deputy is no longer here, and settles who presides."""
    handed = active(tx, meeting.id)
    if not handed and meeting.presider_id is None:
        return
    chain = _chain(tx, meeting)
    for each in handed:
        if (each.item_id is None or each.item_id in chain) and not _able(_deputy(tx, meeting, each.to_id)):
            with tx.acting_as(SYSTEM):
                _end(tx, meeting, each, "left")
    _settle(tx, meeting)


@on(Event.LEFT, Event.ATTENDANCE_CORRECTED, Event.ATTENDANCE_MARKED, Event.PARTICIPANTS_SET, Event.ITEM_STARTED)
def deputy_may_be_gone(tx: Tx, told: Told) -> None:
    """Somebody left, or another item is called, which may be handed to somebody else."""
    keep_right(tx, tx.get(Meeting, told.chain))


@on(Event.ITEM_SET_ASIDE, Event.ITEM_RESTORED)
def item_may_be_gone(tx: Tx, told: Told) -> None:
    """The current item was put off: what was handed over for it alone holds no longer."""
    _settle(tx, tx.get(Meeting, told.chain))


#: What ends handing over, and the word for it in the journal.
ENDS = {
    Event.MEETING_ADJOURNED: "adjourned",
    Event.MEETING_CLOSED: "closed",
    Event.MEETING_POSTPONED: "postponed",
    Event.MEETING_CANCELLED: "cancelled",
}


@on(*ENDS)
def falls_back(tx: Tx, told: Told) -> None:
    """After an adjournment the chair presides again, but for items still to come; otherwise all has ended."""
    meeting = tx.get(Meeting, told.chain)
    everything = told.event is not Event.MEETING_ADJOURNED
    chain = _chain(tx, meeting)
    with tx.acting_as(SYSTEM):
        for each in active(tx, meeting.id):
            if everything or each.item_id is None or each.item_id in chain:
                _end(tx, meeting, each, ENDS[told.event])
        _settle(tx, meeting)


@goes_with_item
def drop(tx: Tx, item: Item) -> None:
    """An item that is removed before it was called takes what was handed over for it along."""
    for each in tx.scalars(select(Handover).where(Handover.item_id == item.id)).all():
        tx.delete(each)


def _meeting(tx: Tx, wanted: PartInput) -> Meeting:
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.HAND_OVER, meeting)
    return meeting


def _item(tx: Tx, meeting: Meeting, item_id: int | None) -> Item | None:
    if item_id is None:
        return None
    item = tx.get(Item, item_id)
    if item.meeting_id != meeting.id:
        raise Missing()
    if item.outside:
        raise Refused("item_held_outside")
    presiding.check_item_ahead(item.state, item.title)
    return item


def _chairs(tx: Tx, meeting: Meeting) -> bool:
    """Whether the actor chairs this meeting. A Tổ is chaired by its own head alone, not by the chair of the whole council."""
    if meeting.sitting == "group" and meeting.chair_id is not None:
        return tx.actor.person_id == meeting.chair_id
    return Role.CHAIR in meeting.hats_of(tx.actor, tx.reading)


def _check_own(tx: Tx, meeting: Meeting, handed: list[Handover], item_id: int | None) -> None:
    """A deputy hands on only what they were given: everything, or their item."""
    if _chairs(tx, meeting):
        return
    mine = [each.item_id for each in handed if each.to_id == tx.actor.person_id]
    if None not in mine and item_id not in mine:
        raise Forbidden()


def _deputy(tx: Tx, meeting: Meeting, person_id: int) -> Deputy:
    person = tx.get(Person, person_id)
    seat = tx.scalar(select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == person_id))
    kept = tx.scalar(select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.person_id == person_id))
    return Deputy(
        name=person.called,
        invited=seat is not None,
        voting=seat is not None and seat.voting,
        presidium=seat is not None and seat.presidium,
        here=kept is not None and kept.presence in rules.HERE,
        chair=person_id == meeting.chair_id,
    )


def _able(deputy: Deputy) -> bool:
    return deputy.here and deputy.invited and (deputy.voting or deputy.presidium)


def _chain(tx: Tx, meeting: Meeting) -> list[int]:
    return chain_of(nodes_of(tx, meeting.id), meeting.current_item_id)


def _facts(item: Item | None) -> dict[str, Any]:
    return {"item_id": item.id, "label": item.label, "title": item.title} if item else {"item_id": None}


def _end(tx: Tx, meeting: Meeting, row: Handover, why: str) -> None:
    row.ended_at = tx.now
    facts = _facts(tx.find(Item, row.item_id))
    tx.record(Event.HANDED_BACK, meeting, handover_id=row.id, to_id=row.to_id, name=row.to.called, why=why, **facts)


def _settle(tx: Tx, meeting: Meeting) -> None:
    """Makes the one preside whose turn it is. Recorded when it is somebody else than before."""
    tx.flush()
    handed = [Handed(each.to_id, each.item_id, each.id) for each in active(tx, meeting.id)]
    held = presiding.holding(handed, _chain(tx, meeting)) if handed else None
    before, after = meeting.presider_id, held.to_id if held else None
    if before == after:
        return
    meeting.presider_id = after
    person = tx.find(Person, after or meeting.chair_id)
    facts = {"person_id": person.id if person else None, "name": person.called if person else ""}
    facts |= _facts(tx.find(Item, held.item_id) if held else None)
    tx.record(Event.PRESIDER_CHANGED, meeting, deputy=after is not None, before=before or meeting.chair_id, **facts)
