"""The act that changes a meeting, and what the acts of this room share: checks of people and units, items, rooms, clashes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda.clashes import clashes_of
from meeting.agenda.inputs import EditInput, NewItem
from meeting.agenda.models import FurtherPresenter, Item, Meeting, Participant
from meeting.agenda.ordering import renumber
from meeting.agenda.rules import after_change, check_editable, check_kind, check_link, check_room
from meeting.agenda.versions import keep
from meeting.catalogues.models import Room
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import Person, Unit
from meeting.permissions import Action
from meeting.rulebook.queries import book_on

IN_PROGRAMME = {"title", "starts_at", "ends_at", "place", "form", "chair_id"}  # what a programme says of the meeting itself


def check_person(tx: Tx, person_id: int | None) -> Person | None:
    """The person, who must still be on file. Refused as `person_retired`; nobody for None."""
    if person_id is None:
        return None
    person = tx.get(Person, person_id)
    if person.retired_on:
        raise Refused("person_retired", name=person.called)
    return person


def check_unit(tx: Tx, unit_id: int | None) -> Unit | None:
    """The unit, which must still exist. Refused as `unit_retired`; none for None."""
    if unit_id is None:
        return None
    unit = tx.get(Unit, unit_id)
    if unit.retired_on:
        raise Refused("unit_retired", name=unit.name)
    return unit


def check_span(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refused as `ends_before_start`."""
    if ends_at is not None and ends_at <= starts_at:
        raise Refused("ends_before_start")


def add_items(tx: Tx, meeting: Meeting, items: Sequence[NewItem], first: int = 1) -> list[int]:
    """Puts items at the end of the programme in their order, each as deep as it says; returns their ids."""
    ids: list[int] = []
    above: list[int] = []  # the last item of each level
    for position, item in enumerate(items, first):
        check_kind(item.kind)
        check_unit(tx, item.unit_id)
        above = above[: item.depth]
        values = item.model_dump(include={"title", "kind", "unit_id", "minutes_planned", "outside"})
        row = tx.add(Item(meeting_id=meeting.id, position=position, parent_id=above[-1] if above else None, **values))
        set_presenters(tx, row, item.presenter_ids if item.presenter_ids is not None else [item.presenter_id])
        above.append(row.id)
        ids.append(row.id)
    if ids:
        renumber(tx, meeting.id)
    return ids


def set_presenters(tx: Tx, item: Item, people: Sequence[int | None]) -> None:
    """Who presents an item, the first one first. Refused as `person_retired`."""
    wanted = list(dict.fromkeys(each for each in people if each is not None))
    for person_id in wanted:
        check_person(tx, person_id)
    item.presenter_id = wanted[0] if wanted else None
    item.further = [FurtherPresenter(person_id=person_id, rank=rank) for rank, person_id in enumerate(wanted[1:], 1)]
    tx.flush()


def settle_place(tx: Tx, meeting: Meeting, shared_reason: str) -> None:
    """The room of a meeting: still in use, free then or shared for a reason, and its name as the place if none was given.

    Refused as `room_not_used`, `room_taken`.
    """
    if meeting.room_id is None:
        return
    room = tx.get(Room, meeting.room_id)
    if room.retired_on:
        raise Refused("room_not_used", room=room.name)
    meeting.place = meeting.place or ", ".join(filter(None, (room.name, room.place)))
    found = clashes_of(tx.reading, meeting)
    check_room(room.name, taken=found.room_taken, shared_reason=shared_reason)


def told_clashes(tx: Tx, meeting: Meeting) -> dict[str, Any]:
    """What else is on at the time of a meeting, as part of an answer: it warns and refuses nothing."""
    return {"clashes": clashes_of(tx.reading, meeting).told()}


@act("agenda.edit", Action.PREPARE_MEETING)
def edit(tx: Tx, wanted: EditInput) -> dict[str, Any]:
    """Changes title, time, place, form, chair, secretary or urgency. When only the start moves, the length stays.

    A new time of an issued meeting asks everybody again, because the answers were for the old one; time, place and form are
    told at once as a new version of the programme, changes of items wait for theirs (NĐ 315/2025 Điều 23.3d). Refused as
    `programme_with_chair`, `meeting_begun`, `ends_before_start`, `person_retired`, `room_taken`, `room_not_used`,
    `link_form`. Records what changed, from what to what; calling again with the same values changes nothing.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    check_editable(meeting.state)
    changed = changes_of(meeting, wanted)
    if not changed:
        tx.nothing_to_record("nothing is different")
        return {"changed": [], **told_clashes(tx, meeting)}
    before = {name: _plain(getattr(meeting, name)) for name in changed}
    _apply(tx, meeting, changed)
    follow_book(tx, meeting)
    change_programme(meeting)
    issued = meeting.state == "issued"
    if issued and "starts_at" in changed:
        ask_again(tx, meeting)
    told = keep(tx, meeting, wanted.why, head_only=True) if issued and set(changed) & IN_PROGRAMME else []
    after = {name: _plain(getattr(meeting, name)) for name in changed}
    version = meeting.programme_version
    facts = [each.as_facts() for each in told]
    tx.record(Event.MEETING_EDITED, meeting, before=before, after=after, issued=issued, version=version, changes=facts)
    return {"changed": sorted(changed), **told_clashes(tx, meeting)}


def _apply(tx: Tx, meeting: Meeting, changed: dict[str, Any]) -> None:
    """Puts the new values in, each checked."""
    check_person(tx, changed.get("chair_id"))
    check_person(tx, changed.get("secretary_id"))
    check_link(changed.get("link", ""))
    for name, value in changed.items():
        setattr(meeting, name, value)
    check_span(meeting.starts_at, meeting.ends_at)
    if changed.keys() & {"room_id", "starts_at", "ends_at", "shared_reason"}:
        settle_place(tx, meeting, meeting.shared_reason)
    _seat(tx, meeting, changed)


def changes_of(meeting: Meeting, wanted: EditInput) -> dict[str, Any]:
    """What an edit would change, by name."""
    given = wanted.model_dump(exclude_unset=True, exclude={"meeting_id", "why"})
    optional = {"ends_at", "room_id", "chair_id", "secretary_id"}
    given = {name: value for name, value in given.items() if value is not None or name in optional}
    if "starts_at" in given and "ends_at" not in given and meeting.ends_at:
        given["ends_at"] = meeting.ends_at + (given["starts_at"] - meeting.starts_at)
    if "room_id" in given and given["room_id"] != meeting.room_id and "place" not in given:
        given["place"] = ""  # the new room's name, unless another place is named
    changed = {name: value for name, value in given.items() if value != getattr(meeting, name)}
    if changed.keys() & {"room_id", "starts_at", "ends_at"} and "shared_reason" not in given and meeting.shared_reason:
        changed["shared_reason"] = ""  # a reason holds for the room and time for which it was given
    return changed


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _seat(tx: Tx, meeting: Meeting, changed: dict[str, Any]) -> None:
    """A new chair or secretary is on the list too."""
    for person_id in (changed.get("chair_id"), changed.get("secretary_id")):
        present = select(Participant.id).where(Participant.meeting_id == meeting.id, Participant.person_id == person_id)
        if person_id and tx.scalar(present) is None:
            invited_at = tx.now if meeting.state == "issued" else None
            tx.add(Participant(meeting_id=meeting.id, person_id=person_id, voting=False, invited_at=invited_at))


def follow_book(tx: Tx, meeting: Meeting) -> None:
    """Until its issue, and again while it is put off, a meeting follows the rules in force on its day."""
    if meeting.issued_at is None or meeting.state == "postponed":
        meeting.book_id = book_on(tx.reading, meeting.type_id, clock.local(meeting.starts_at).date()).id


def change_programme(meeting: Meeting) -> None:
    """After a change: an approved programme goes back to draft where its type demands approval."""
    meeting.state = after_change(meeting.state, meeting.book.needs_approval)


def ask_again(tx: Tx, meeting: Meeting) -> None:
    """Takes back all answers to an invitation: everybody is asked anew."""
    fresh = {"reply": "none", "reason": "", "replied_at": None, "seen_at": None, "invited_at": tx.now}
    tx.execute(update(Participant).where(Participant.meeting_id == meeting.id).values(**fresh))


def moved_end(meeting: Meeting, starts_at: datetime, ends_at: datetime | None) -> datetime | None:
    """The end after a move: the one given, else the same length as before."""
    if ends_at is not None or meeting.ends_at is None:
        return ends_at
    length: timedelta = meeting.ends_at - meeting.starts_at
    return starts_at + length
