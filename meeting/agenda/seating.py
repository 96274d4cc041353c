"""Acts on the seats of a meeting. The room's plan is copied once; a room that changes later moves nobody by itself."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete, select

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda import seating_queries
from meeting.agenda.inputs import MeetingInput
from meeting.agenda.models import Meeting
from meeting.agenda.seating_models import Seat, Seating
from meeting.agenda.seating_rules import Change, Invited, applied, arranged, carried, check_open
from meeting.catalogues.models import Room
from meeting.catalogues.plans import plan_of
from meeting.catalogues.queries import position_names
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.permissions import Action


class TakePlan(ActInput):
    """A meeting, and the room whose plan it takes (empty: the room of the meeting)."""

    meeting_id: int
    room_id: int | None = None


@act("agenda.take_plan", Action.PREPARE_MEETING)
def take_plan(tx: Tx, wanted: TakePlan) -> dict[str, Any]:
    """Copies the plan of the room as it is now for this meeting; seats whose label it still has stay as they were.

    Answers who lost their seat (`without`). Refused: `seating_over`, `seating_no_room`, `plan_empty`, `room_retired`. Recorded:
    SEATING_PLAN_TAKEN with the people who stand without a seat now; the same plan again changes nothing.
    """
    meeting = _open(tx, wanted.meeting_id)
    room = _room(tx, meeting, wanted.room_id)
    seating, seats = _seating(tx, meeting), _seats(tx, meeting)
    if seating is not None and (seating.room_id, seating.room_version) == (room.id, room.plan_version):
        tx.nothing_to_record("the meeting has this plan already")
        return {"seats": len(plan_of(room.plan).seats), "without": []}
    kept = carried(plan_of(room.plan), seats)
    without = sorted(set(seats.values()) - set(kept.values()))
    _copy(tx, meeting, seating, room)
    _write(tx, meeting, kept)
    tx.record(Event.SEATING_PLAN_TAKEN, meeting, room_id=room.id, room=room.name, version=room.plan_version, without=without)
    return {"seats": len(plan_of(room.plan).seats), "without": without}


def _open(tx: Tx, meeting_id: int) -> Meeting:
    meeting = tx.get(Meeting, meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    check_open(meeting.state)
    return meeting


def _room(tx: Tx, meeting: Meeting, room_id: int | None) -> Room:
    chosen = room_id or meeting.room_id
    if chosen is None:
        raise Refused("seating_no_room")
    room = tx.get(Room, chosen)
    if room.retired_on is not None:
        raise Refused("room_retired", name=room.name)
    if not plan_of(room.plan).seats:
        raise Refused("plan_empty")
    return room


def _seating(tx: Tx, meeting: Meeting) -> Seating | None:
    return tx.scalar(select(Seating).where(Seating.meeting_id == meeting.id))


def _seats(tx: Tx, meeting: Meeting) -> dict[str, int]:
    return {seat.label: seat.person_id for seat in tx.scalars(select(Seat).where(Seat.meeting_id == meeting.id))}


def _copy(tx: Tx, meeting: Meeting, seating: Seating | None, room: Room) -> Seating:
    if seating is None:
        seating = Seating(meeting_id=meeting.id, room_id=room.id, room_version=0, plan={}, taken_at=tx.now)
    assert room.plan is not None
    seating.room_id, seating.room_version, seating.plan, seating.taken_at = room.id, room.plan_version, room.plan, tx.now
    return tx.add(seating)


def _laid_out(tx: Tx, meeting: Meeting) -> Seating:
    """The plan of the meeting; taken from its room when seats are assigned for the first time."""
    found = _seating(tx, meeting)
    if found is not None:
        return found
    room = _room(tx, meeting, None)
    seating = _copy(tx, meeting, None, room)
    tx.record(Event.SEATING_PLAN_TAKEN, meeting, room_id=room.id, room=room.name, version=room.plan_version, without=[])
    return seating


def _write(tx: Tx, meeting: Meeting, after: dict[str, int]) -> None:
    """Puts the seats as they are to be: all that differ go first, so that no two people meet on one seat on the way."""
    rows = {seat.label: seat for seat in tx.scalars(select(Seat).where(Seat.meeting_id == meeting.id))}
    for label, row in rows.items():
        if after.get(label) != row.person_id:
            tx.delete(row)
    for label, person in after.items():
        if label not in rows or rows[label].person_id != person:
            tx.add(Seat(meeting_id=meeting.id, label=label, person_id=person))


class SeatChange(BaseModel):
    """One seat: who is to sit there (null: nobody), and who sat there when it was decided (0: nobody; absent: not said)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    label: str = Field(max_length=8)
    person_id: int | None = None
    was: int | None = None


class AssignSeats(ActInput):
    """Changes of seats that are made at once."""

    meeting_id: int
    seats: list[SeatChange] = Field(max_length=900)


@act("agenda.assign_seats", Action.PREPARE_MEETING)
def assign_seats(tx: Tx, wanted: AssignSeats) -> dict[str, Any]:
    """Gives people seats, moves them, lets two change places, or clears seats; the plan is taken when the meeting has none.

    Refused: `seating_over`, `seating_no_room`, `plan_empty`, and by `seating_rules.applied` (`seat_taken`, `person_seated`,
    `seat_changed` when another editor was quicker …). Recorded: SEATS_ASSIGNED with each seat before and after; nothing changed,
    nothing recorded.
    """
    meeting = _open(tx, wanted.meeting_id)
    seating, before = _laid_out(tx, meeting), _seats(tx, meeting)
    names = {each.id: each.name for each in _invited(tx, meeting)}
    labels = {cell.label for cell in plan_of(seating.plan).seats}
    changes = [Change(each.label, each.person_id, each.was) for each in wanted.seats]
    return _settle(tx, meeting, Event.SEATS_ASSIGNED, before, applied(labels, before, changes, names))


class ArrangeSeats(ActInput):
    """A meeting; `keep`: who sits already stays there."""

    meeting_id: int
    keep: bool = False


@act("agenda.arrange_seats", Action.PREPARE_MEETING)
def arrange_seats(tx: Tx, wanted: ArrangeSeats) -> dict[str, Any]:
    """Seats everybody: the chair in front, the others by rank of office and given name, guests apart; the absent get no seat.

    Answers the people for whom no seat was left (`without`). Refused: `seating_over`, `seating_no_room`, `plan_empty`. Recorded:
    SEATS_ARRANGED with each seat that changed.
    """
    meeting = _open(tx, wanted.meeting_id)
    seating, before = _laid_out(tx, meeting), _seats(tx, meeting)
    people = _invited(tx, meeting)
    after = arranged(plan_of(seating.plan), people, position_names(tx.reading), before if wanted.keep else {})
    without = [each.id for each in people if not each.absent and each.id not in set(after.values())]
    return {**_settle(tx, meeting, Event.SEATS_ARRANGED, before, after), "without": without}


@act("agenda.clear_seats", Action.PREPARE_MEETING)
def clear_seats(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Takes everybody off the seats; the plan stays. Refused: `seating_over`. Recorded: SEATS_CLEARED with who sat where."""
    meeting = _open(tx, wanted.meeting_id)
    return _settle(tx, meeting, Event.SEATS_CLEARED, _seats(tx, meeting), {})


def _settle(tx: Tx, meeting: Meeting, event: Event, before: dict[str, int], after: dict[str, int]) -> dict[str, Any]:
    changed = sorted(label for label in before.keys() | after.keys() if before.get(label) != after.get(label))
    if changed:
        _write(tx, meeting, after)
        facts = {label: [before.get(label), after.get(label)] for label in changed}
        tx.record(event, meeting, seats=facts, issued=not meeting.is_private)
    else:
        tx.nothing_to_record("everybody sits there already")
    return {"changed": changed, "seated": len(after)}


def _invited(tx: Tx, meeting: Meeting) -> list[Invited]:
    return seating_queries.invited(tx.reading, meeting)


@on(Event.SUBSTITUTE_CONSENTED, Event.SUBSTITUTE_WITHDRAWN)
def hand_over(tx: Tx, told: Told) -> None:
    """A substitute sits where the member would have sat; when the substitution ends the member has the seat again."""
    member, substitute = told.facts["person_id"], told.facts["substitute_id"]
    leaves, comes = (member, substitute) if told.event == Event.SUBSTITUTE_CONSENTED else (substitute, member)
    seats = {seat.person_id: seat for seat in tx.scalars(select(Seat).where(Seat.meeting_id == told.chain))}
    if leaves not in seats:
        return
    if comes in seats:
        tx.delete(seats[leaves])
    else:
        seats[leaves].person_id = comes


@on(Event.PARTICIPANTS_SET)
def free_seats(tx: Tx, told: Told) -> None:
    """Who is taken off the list of a meeting leaves the seat too."""
    if told.facts["removed"]:
        gone = delete(Seat).where(Seat.meeting_id == told.chain, Seat.person_id.in_(told.facts["removed"]))
        tx.execute(gone)
