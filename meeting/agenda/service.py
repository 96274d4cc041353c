"""Acts on a meeting as a whole: make it from its type, change it, put the types of a body in place."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda import queries
from meeting.agenda.inputs import CreateInput, EditInput, NewItem
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.rules import after_change, check_editable, check_kind
from meeting.errors import Missing, Refused
from meeting.journal import Event
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Action, Role
from meeting.rulebook.deadlines import Span
from meeting.rulebook.models import MeetingType
from meeting.rulebook.queries import book_on


@act("agenda.create", Action.PREPARE_MEETING)
def create(tx: Tx, wanted: CreateInput) -> dict[str, Any]:
    """Makes a draft meeting from a type: its members are on the list, its chair and secretary are those of the body.

    The type's rules (days of notice, quorum, majority, choices) go with it. Refused as `type_retired`, `unknown_type`,
    `ends_before_start`, `unknown_kind`, `person_retired`, `unit_retired`. Clashes of time are told, never refused. Records
    the creation with title, type, time and place.
    """
    meeting_type = _type_of(tx, wanted)
    tx.require(Action.PREPARE_MEETING, meeting_type.body)
    if meeting_type.retired_on:
        raise Refused("type_retired")
    check_span(wanted.starts_at, wanted.ends_at)
    book = book_on(tx.reading, meeting_type.id, clock.local(wanted.starts_at).date())
    meeting = tx.add(
        Meeting(
            body_id=meeting_type.body_id,
            type_id=meeting_type.id,
            book_id=book.id,
            closed=book.closed,
            title=wanted.title,
            place=wanted.place,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            chair_id=wanted.chair_id or _holder(tx, meeting_type.body_id, Role.CHAIR),
            secretary_id=wanted.secretary_id or _own_secretary(tx, meeting_type.body_id),
            urgent=wanted.urgent,
            created_at=tx.now,
            created_by=tx.actor.person_id,
        )
    )
    people = _invite_all(tx, meeting, wanted.guests)
    items = add_items(tx, meeting, wanted.items)
    tx.record(
        Event.MEETING_CREATED,
        meeting,
        title=meeting.title,
        type=meeting_type.name,
        starts_at=meeting.starts_at.isoformat(),
        place=meeting.place,
        people=len(people),
        items=len(items),
    )
    return {"meeting_id": meeting.id, "item_ids": items, **told_clashes(tx, meeting)}


def _type_of(tx: Tx, wanted: CreateInput) -> MeetingType:
    if wanted.type_id is not None:
        return tx.get(MeetingType, wanted.type_id)
    body = tx.scalar(select(Body).where(Body.short_name == (wanted.body or "")))
    if body is None:
        raise Missing()
    tx.require(Action.PREPARE_MEETING, body)
    named = select(MeetingType).where(MeetingType.body_id == body.id, MeetingType.retired_on.is_(None)).order_by(MeetingType.id)
    found = tx.scalar(named.where(MeetingType.code == wanted.type) if wanted.type else named)
    if found is None:
        raise Refused("unknown_type")
    return found


def _holder(tx: Tx, body_id: int, role: Role) -> int | None:
    people = queries.members_of(tx.reading, body_id, clock.today(), role)
    return people[0].id if people else None


def _own_secretary(tx: Tx, body_id: int) -> int | None:
    """Whoever makes the meeting keeps it, when that is a secretary of the body."""
    keepers = {Role.SECRETARY, Role.CHIEF}
    if tx.actor.person_id and keepers & tx.actor.roles_in(body_id):
        return tx.actor.person_id
    return _holder(tx, body_id, Role.SECRETARY)


def _invite_all(tx: Tx, meeting: Meeting, guests: Sequence[int]) -> list[int]:
    """Members of the body vote; the chair and the secretary, where they are not members, and guests do not."""
    members = [each.id for each in queries.members_of(tx.reading, meeting.body_id, clock.local(meeting.starts_at).date())]
    others = [each for each in (meeting.chair_id, meeting.secretary_id) if each]
    for guest in guests:
        check_person(tx, guest)
    people = {**dict.fromkeys([*others, *guests], False), **dict.fromkeys(members, True)}
    rows = [{"meeting_id": meeting.id, "person_id": each, "voting": voting} for each, voting in people.items()]
    if rows:
        tx.execute(insert(Participant), rows)
    return list(people)


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
    """Puts items on the programme from a position on, in their order; returns their ids."""
    ids = []
    for position, item in enumerate(items, first):
        check_kind(item.kind)
        check_unit(tx, item.unit_id)
        check_person(tx, item.presenter_id)
        values = item.model_dump(exclude={"position", "meeting_id"})
        ids.append(tx.add(Item(meeting_id=meeting.id, position=position, **values)).id)
    return ids


def told_clashes(tx: Tx, meeting: Meeting) -> dict[str, Any]:
    """What else is on at the time of a meeting, as part of an answer: it warns and refuses nothing."""
    people = list(tx.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id)))
    found = queries.clashes(tx.reading, Span(meeting.starts_at, meeting.ends_at), meeting.place, people, meeting.id)
    return {"clashes": {"place_taken": found.place_taken, "people": list(found.people)}}


@act("agenda.edit", Action.PREPARE_MEETING)
def edit(tx: Tx, wanted: EditInput) -> dict[str, Any]:
    """Changes title, time, place, chair, secretary or urgency. When only the start moves, the length stays.

    A new time of an issued meeting asks everybody again, because the answers were for the old one (NĐ 315/2025 Điều 23.3d:
    a change of time is told at once). Refused as `programme_with_chair`, `meeting_begun`, `ends_before_start`,
    `person_retired`. Records what changed, from what to what; calling again with the same values changes nothing.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    check_editable(meeting.state)
    changed = _changes(meeting, wanted)
    if not changed:
        tx.nothing_to_record("nothing is different")
        return {"changed": [], **told_clashes(tx, meeting)}
    check_person(tx, changed.get("chair_id"))
    check_person(tx, changed.get("secretary_id"))
    before = {name: _plain(getattr(meeting, name)) for name in changed}
    for name, value in changed.items():
        setattr(meeting, name, value)
    check_span(meeting.starts_at, meeting.ends_at)
    _seat(tx, meeting, changed)
    follow_book(tx, meeting)
    change_programme(meeting)
    if meeting.state == "issued" and "starts_at" in changed:
        ask_again(tx, meeting)
    after = {name: _plain(value) for name, value in changed.items()}
    tx.record(Event.MEETING_EDITED, meeting, before=before, after=after, issued=meeting.state == "issued")
    return {"changed": sorted(changed), **told_clashes(tx, meeting)}


def _changes(meeting: Meeting, wanted: EditInput) -> dict[str, Any]:
    given = wanted.model_dump(exclude_unset=True, exclude={"meeting_id"})
    needed = {"title", "starts_at", "place", "urgent"}
    given = {name: value for name, value in given.items() if value is not None or name not in needed}
    if "starts_at" in given and "ends_at" not in given and meeting.ends_at:
        given["ends_at"] = meeting.ends_at + (given["starts_at"] - meeting.starts_at)
    return {name: value for name, value in given.items() if value != getattr(meeting, name)}


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
    """Until its issue a meeting follows the rules in force on its day."""
    if meeting.issued_at is None:
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
