"""The acts of a practice: begin, lay its paper, end."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, or_, select

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda.models import Item, Meeting, Participant
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.events import Event
from meeting.jobs import enqueue
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import Body, Membership, Unit
from meeting.permissions import SYSTEM, Action, Role
from meeting.practice import erasing, rules
from meeting.practice.inputs import BeginPractice, LayPaper, OnePractice
from meeting.practice.models import Practice
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.rulebook.queries import book_on
from meeting.voting.inputs import PrepareInput

LAY_PAPER = "practice.lay_paper"


@act("practice.begin", Action.PRACTISE)
def begin(tx: Tx, wanted: BeginPractice) -> dict[str, Any]:
    """Begins a practice of a body: its people find a meeting of their own on the start page and try everything by the ordinary
    screens. Nothing of it leaves the application, is found, counted, numbered or published, and all of it is erased at the end.

    Refused: `practice_of_practice`, `practice_runs`, `practice_without_rules`, `practice_without_members`. Recorded as
    `practice.held` with the body, by the system: no names.
    """
    of = tx.get(Body, wanted.body_id)
    tx.require(Action.PRACTISE, of)
    held = _held_in(tx, of)
    types = tx.scalars(select(MeetingType).where(MeetingType.body_id == of.id, MeetingType.retired_on.is_(None))).all()
    runs = tx.scalar(select(Practice.id).where(Practice.of_id == of.id)) is not None
    members = {person for person, role in held if role is Role.MEMBER}
    is_practice = of.practice_of_id is not None
    rules.check_begin(of.name, is_practice=is_practice, runs=runs, kinds=len(types), members=len(members))
    body = _body_like(tx, of)
    for person, role in held:
        values = {"role": role.value, "starts_on": clock.today(), "practice": True}
        tx.add(Membership(person_id=person, body_id=body.id, **values))
    meeting = _meeting(tx, body, book_on(tx.reading, types[0].id, clock.today()), rules.chair_among(held, tx.actor.person_id))
    _programme(tx, meeting, body, sorted(members))
    row = tx.add(Practice(of_id=of.id, body_id=body.id, meeting_id=meeting.id, begun_at=tx.now))
    enqueue(tx, LAY_PAPER, practice_id=row.id)
    with tx.acting_as(SYSTEM):
        tx.record(Event.PRACTICE_HELD, None, body_id=of.id)
    return {"practice_id": row.id, "meeting_id": meeting.id}


def _held_in(tx: Tx, of: Body) -> list[tuple[int, Role]]:
    """Who holds which role in a body today, of those that come along."""
    today = clock.today()
    lasting = or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
    wanted = select(Membership).where(Membership.body_id == of.id, Membership.starts_on <= today, lasting)
    return sorted({(row.person_id, Role(row.role)) for row in tx.scalars(wanted) if Role(row.role) in rules.ROLES})


def _body_like(tx: Tx, of: Body) -> Body:
    """A body of the same kind for the practice alone."""
    names = {"name": rules.name_of(of.name), "short_name": rules.name_of(of.short_name), "symbol_code": f"TD{of.id}"}
    kept = {name: getattr(of, name) for name in ("kind", "parent_name", "place", "term", "term_started_on", "address_form")}
    return tx.add(Body(**kept, **names, opens_at=of.opens_at, closes_at=of.closes_at, practice_of_id=of.id))


def _meeting(tx: Tx, body: Body, like: RuleBook, chair_id: int | None) -> Meeting:
    """The meeting, issued, under rules like those of the body; only that everything can be tried on a tablet is added, and
    that three people are enough: a practice waits for nobody."""
    kind = tx.add(MeetingType(body_id=body.id, code="practice", name=rules.TITLE))
    left_out = {"id", "type_id", "starts_on", "ends_on"}
    same = {column.key: getattr(like, column.key) for column in RuleBook.__table__.columns if column.key not in left_out}
    ways = {"approver": "none", "notice_required": False, "check_in": "self", "closed": False, "quorum": "0"}
    book = tx.add(RuleBook(type_id=kind.id, starts_on=clock.today(), **{**same, **ways}))
    return tx.add(
        Meeting(
            body_id=body.id,
            type_id=kind.id,
            book_id=book.id,
            title=rules.TITLE,
            place=rules.PLACE,
            state="issued",
            starts_at=tx.now,
            ends_at=tx.now + rules.MEETS,
            chair_id=chair_id,
            secretary_id=tx.actor.person_id,
            issued_at=tx.now,
            created_at=tx.now,
            created_by=tx.actor.person_id,
        )
    )


def _programme(tx: Tx, meeting: Meeting, body: Body, members: list[int]) -> None:
    """The members invited, the programme, and the questions that will be voted on."""
    for person in members:
        tx.add(Participant(meeting_id=meeting.id, person_id=person, voting=True, invited_at=tx.now))
    items = [
        tx.add(Item(meeting_id=meeting.id, position=at, title=each.title, kind=each.kind, minutes_planned=each.minutes))
        for at, each in enumerate(rules.PROGRAMME, 1)
    ]
    tx.flush()
    desk = replace(tx.actor, roles=tx.actor.roles | {(body.id, Role.SECRETARY)}, practice=tx.actor.practice | {body.id})
    with tx.acting_as(desk):
        for question in rules.QUESTIONS:
            asked = PrepareInput(item_id=items[question.item].id, title=question.title, kind=question.kind)
            tx.call("voting.prepare", asked)


@act("practice.lay_paper", Action.READ_OUT_DOCUMENT)
def lay_paper(tx: Tx, wanted: LayPaper) -> dict[str, Any]:
    """Lays the paper that the system made before those who practise. Harmless when it lies there; nothing is recorded."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("nothing of a practice is told")
    row, file = tx.get(Practice, wanted.practice_id), tx.get(File, wanted.file_id)
    unit = tx.scalar(select(Unit).order_by(Unit.id).limit(1))
    laid = tx.scalar(select(func.count()).select_from(Requirement).where(Requirement.meeting_id == row.meeting_id))
    if unit is None or laid:
        return {}
    item = tx.scalar(select(Item.id).where(Item.meeting_id == row.meeting_id, Item.position == 2))
    by = row.meeting.created_by
    first = {"first_received_at": tx.now, "first_late_minutes": 0, "asked_by": by, "asked_at": tx.now, "due_at": tx.now}
    owed = tx.add(
        Requirement(
            meeting_id=row.meeting_id,
            item_id=item,
            unit_id=unit.id,
            what=rules.PAPER,
            state="accepted",
            published_at=tx.now,
            **first,
        )
    )
    received = {"received_at": tx.now, "late_minutes": 0, "due_at": tx.now, "sent_by": by, "published_at": tx.now}
    decided = {"state": "accepted", "decided_at": tx.now, "decided_by": by}
    tx.add(Submission(requirement_id=owed.id, number=1, file_id=file.id, **received, **decided))
    tx.touch(row.meeting_id)
    return {}


@act("practice.end", Action.PRACTISE)
def end(tx: Tx, wanted: OnePractice) -> dict[str, Any]:
    """Ends a practice and erases everything of it: every row of its body and its meeting, what people wrote there, its part of
    the journal, its files. Recorded as `practice.erased` with the body, by the system: no names.
    """
    row = tx.get(Practice, wanted.practice_id)
    tx.require(Action.PRACTISE, row.of)
    return _end(tx, row)


@act("practice.end_over", Action.READ_OUT_DOCUMENT)
def end_over(tx: Tx, wanted: OnePractice) -> dict[str, Any]:
    """The same by the worker for a practice that began a day ago. Recorded as `practice.erased`."""
    tx.require(Action.READ_OUT_DOCUMENT)
    row = tx.get(Practice, wanted.practice_id)
    if not rules.is_over(row.begun_at, tx.now):
        raise Missing()
    return _end(tx, row)


def _end(tx: Tx, row: Practice) -> dict[str, Any]:
    with tx.acting_as(SYSTEM):  # before the chain goes: the numbers of the journal never come again, for who follows it by them
        tx.record(Event.PRACTICE_ERASED, None, body_id=row.of_id)
    erasing.erase(tx, row)
    return {}
