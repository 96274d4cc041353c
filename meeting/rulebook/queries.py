"""Reads of rule books: which one holds on a day, and what is due when by it."""

from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.errors import Missing
from meeting.organization.models import Body
from meeting.permissions import ALLOWED, Action, Actor, allows
from meeting.rulebook import schedule
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.days import Own
from meeting.rulebook.deadlines import Notice, due_at
from meeting.rulebook.models import CalendarDay, MeetingType, RuleBook
from meeting.rulebook.schedule import Due
from meeting.rulebook.values import values_of


def book_on(session: Session, type_id: int, day: date) -> RuleBook:
    """The book in force on a day; before the first one, the first."""
    books = list(session.scalars(select(RuleBook).where(RuleBook.type_id == type_id).order_by(RuleBook.starts_on)))
    begun = [each for each in books if each.starts_on <= day]
    return begun[-1] if begun else books[0]


def programme_due_at(session: Session, book: RuleBook, starts_at: datetime) -> datetime:
    """When the programme has to lie before whoever approves it."""
    return _due(session, book, starts_at, Notice(book.programme_days, book.programme_unit))


def papers_due_at(session: Session, book: RuleBook, starts_at: datetime) -> datetime:
    """When papers of a meeting under this book are due."""
    return _due(session, book, starts_at, Notice(book.papers_due_days, book.papers_due_unit))


def invitation_due_at(session: Session, book: RuleBook, starts_at: datetime) -> datetime:
    """When the invitation to a meeting under this book has to be out."""
    return _due(session, book, starts_at, Notice(book.invite_days, book.invite_unit))


def _due(session: Session, book: RuleBook, starts_at: datetime, notice: Notice) -> datetime:
    local = clock.local(starts_at)
    return due_at(local, notice, work_calendar(session, local.year), closing_time(book.type.body))


def closing_time(body: Body) -> time:
    """When the body's office closes: due days end then."""
    return time.fromisoformat(body.closes_at)


def types_for(session: Session, actor: Actor) -> list[MeetingType]:
    """The kinds of meetings of the bodies for which this person prepares meetings, with their books."""
    bodies = actor.bodies_as(*ALLOWED[Action.PREPARE_MEETING])
    wanted = select(MeetingType).where(MeetingType.body_id.in_(bodies), MeetingType.retired_on.is_(None))
    with_books = wanted.options(joinedload(MeetingType.body), joinedload(MeetingType.books))
    return list(session.scalars(with_books.order_by(MeetingType.body_id, MeetingType.id)).unique())


def due_table(session: Session, book: RuleBook, starts_at: datetime, ends_at: datetime | None = None) -> list[Due]:
    """All that is due for a meeting under a book, the earliest first."""
    return schedule.due_table(
        values_of(book),
        clock.local(starts_at),
        lambda year: work_calendar(session, year),
        closing_time(book.type.body),
        clock.local(ends_at) if ends_at else None,
    )


def readable_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose rules this person may read. An administrator reads all but the Party's, which stay inside the Party."""
    mine = actor.bodies_as(*ALLOWED[Action.READ_RULES])
    found = session.scalars(select(Body).where(Body.retired_on.is_(None), Body.practice_of_id.is_(None)).order_by(Body.id))
    return [body for body in found if body.id in mine or (actor.is_admin and not body.is_party) or actor.system]


def kinds_of(session: Session, body_id: int) -> list[MeetingType]:
    """All kinds of meetings of a body with their books, those in use first."""
    wanted = select(MeetingType).where(MeetingType.body_id == body_id)
    found = session.scalars(wanted.options(joinedload(MeetingType.body), joinedload(MeetingType.books))).unique()
    return sorted(found, key=lambda each: (each.retired_on is not None, each.id))


def kind_of(session: Session, actor: Actor, type_id: int) -> MeetingType:
    """One kind of meeting with its books. Missing for who may not read its body's rules."""
    wanted = select(MeetingType).where(MeetingType.id == type_id)
    found = session.scalars(wanted.options(joinedload(MeetingType.body), joinedload(MeetingType.books))).unique().first()
    if found is None or found.body_id not in {body.id for body in readable_bodies(session, actor)}:
        raise Missing()
    return found


def may_manage(actor: Actor, body: Body) -> bool:
    """Whether this person may change the rules of the body."""
    return allows(Action.MANAGE_RULES, actor.roles_in(body.id))


def own_days(session: Session, year: int) -> dict[date, Own]:
    """What was set here for days of a year."""
    wanted = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return {row.day: Own(row.works, row.name, row.source) for row in session.scalars(wanted.order_by(CalendarDay.day))}
