"""The act that makes a meeting: from its type, from a template, or like an earlier one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda import links, pieces, queries
from meeting.agenda.inputs import CreateInput
from meeting.agenda.models import Meeting, MeetingTemplate, Participant
from meeting.agenda.panels import PIECES
from meeting.agenda.rules import check_link, check_same_body
from meeting.agenda.service import add_items, check_person, check_span, settle_place, told_clashes
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Body
from meeting.permissions import Action, Role
from meeting.rulebook.models import MeetingType
from meeting.rulebook.queries import book_on


@act("agenda.create", Action.PREPARE_MEETING)
def create(tx: Tx, wanted: CreateInput) -> dict[str, Any]:
    """Makes a draft meeting from a type: its members are on the list, its chair and secretary are those of the body.

    The rule book in force on its day goes with it. From a template or an earlier meeting come the pieces named. Refused as
    `type_retired`, `body_retired`, `unknown_type`, `ends_before_start`, `unknown_kind`, `person_retired`, `unit_retired`,
    `room_taken` (without a reason for sharing it), `room_not_used`, `link_form`, `template_retired`. Other clashes are told,
    never refused. Records the creation with title, type, time, place and what it was made from.
    """
    meeting_type = _type_of(tx, wanted)
    tx.require(Action.PREPARE_MEETING, meeting_type.body)
    if meeting_type.retired_on:
        raise Refused("type_retired")
    if meeting_type.body.retired_on:
        raise Refused("body_retired", name=meeting_type.body.name)
    check_span(wanted.starts_at, wanted.ends_at)
    check_link(wanted.link)
    taken = _brought(tx, wanted, meeting_type.body_id)
    book = book_on(tx.reading, meeting_type.id, clock.local(wanted.starts_at).date())
    meeting = tx.add(
        Meeting(
            body_id=meeting_type.body_id,
            type_id=meeting_type.id,
            book_id=book.id,
            closed=book.closed if wanted.closed is None else wanted.closed,
            title=wanted.title,
            place=wanted.place,
            room_id=wanted.room_id,
            shared_reason=wanted.shared_reason if wanted.room_id else "",
            form=wanted.form,
            link=wanted.link,
            copied_from_id=wanted.copied_from_id,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            chair_id=wanted.chair_id or _holder(tx, meeting_type.body_id, Role.CHAIR),
            secretary_id=wanted.secretary_id or _own_secretary(tx, meeting_type.body_id),
            urgent=wanted.urgent,
            created_at=tx.now,
            created_by=tx.actor.person_id,
        )
    )
    settle_place(tx, meeting, wanted.shared_reason)
    people = _invite_all(tx, meeting, wanted.guests)
    items = pieces.give(tx, meeting, taken)
    if wanted.template_id is None:
        _go_on(tx, meeting, items)
    items += add_items(tx, meeting, wanted.items, len(items) + 1)
    tx.record(
        Event.MEETING_CREATED,
        meeting,
        title=meeting.title,
        type=meeting_type.name,
        starts_at=meeting.starts_at.isoformat(),
        place=meeting.place,
        people=len(people),
        items=len(items),
        template_id=wanted.template_id,
        copied_from_id=wanted.copied_from_id,
    )
    return {"meeting_id": meeting.id, "item_ids": items, **told_clashes(tx, meeting)}


def _type_of(tx: Tx, wanted: CreateInput) -> MeetingType:
    """The type named, or that of the template or the earlier meeting."""
    if wanted.type_id is not None:
        return tx.get(MeetingType, wanted.type_id)
    if wanted.template_id is not None:
        return tx.get(MeetingTemplate, wanted.template_id).type
    if wanted.copied_from_id is not None:
        return tx.get(Meeting, wanted.copied_from_id).type
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
    if meeting.book.voters == "invited":  # Thường trực, a committee, the chair's own meetings: who is invited decides who counts
        members = [each for each in members if each == meeting.chair_id]
    others = [each for each in (meeting.chair_id, meeting.secretary_id) if each]
    for guest in guests:
        check_person(tx, guest)
    people = {**dict.fromkeys([*others, *guests], False), **dict.fromkeys(members, True)}
    rows = [{"meeting_id": meeting.id, "person_id": each, "voting": voting} for each, voting in people.items()]
    if rows:
        tx.execute(insert(Participant), rows)
    return list(people)


def _go_on(tx: Tx, meeting: Meeting, items: Sequence[int]) -> None:
    """Items copied from another meeting are the same matters; those of a template are not."""
    if meeting.copied_from_id is not None and items:
        source = tx.get(Meeting, meeting.copied_from_id)
        links.copied(tx, meeting, pieces.kept(source), items)


def _brought(tx: Tx, wanted: CreateInput, body_id: int) -> dict[str, Any]:
    """What comes along, only from what the actor may prepare, and never from one body to another."""
    if wanted.template_id is not None:
        template = tx.get(MeetingTemplate, wanted.template_id)
        tx.require(Action.PREPARE_MEETING, template)
        check_same_body(template.body_id, body_id)
        if template.retired_on:
            raise Refused("template_retired", name=template.name)
        return {key: value for key, value in template.pieces.items() if wanted.bring is None or key in wanted.bring}
    if wanted.copied_from_id is not None:
        source = tx.scalar(
            select(Meeting)
            .where(Meeting.id == wanted.copied_from_id)
            .options(selectinload(Meeting.items), selectinload(Meeting.participants))
        )
        if source is None:
            raise Missing()
        tx.require(Action.PREPARE_MEETING, source)
        check_same_body(source.body_id, body_id)
        return pieces.take(tx.reading, source, PIECES if wanted.bring is None else wanted.bring)
    return {}
