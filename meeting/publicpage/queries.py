"""Reads of the public page: only what was released, only the columns the public may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from meeting.agenda.models import Meeting
from meeting.clock import at_local, local
from meeting.conclusions.models import Instrument
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.organization.models import Body, OfficialNumber, Unit
from meeting.publicpage.rules import Shown, slug_of, state_of
from meeting.tasks.models import Task

#: Meetings that went on behind closed doors after something of them was shown, or whose tasks went to such a one; practices.
CLOSED = select(Meeting.id).where(
    or_(Meeting.closed, Meeting.body_id.in_(select(Body.id).where(Body.practice_of_id.is_not(None))))
)
RELEASED = and_(
    Task.released_at.is_not(None),
    Task.public_text != "",
    Task.state.not_in(("draft", "cancelled")),
    or_(Task.meeting_id.is_(None), Task.meeting_id.not_in(CLOSED)),
)
PUBLISHED: ColumnElement[bool] = and_(
    Instrument.published_at.is_not(None), Instrument.state == "issued", Instrument.meeting_id.not_in(CLOSED)
)


@dataclass(frozen=True)
class PublicBody:
    """A body that shows something."""

    id: int
    name: str
    slug: str


@dataclass(frozen=True)
class Paper:
    """A published document."""

    id: int
    kind: str
    symbol: str
    abstract: str
    issued_on: date
    published_at: datetime
    code: str | None
    has_file: bool
    withdrawn_on: date | None
    replaced_on: date | None
    corrected_on: date | None
    about: str  # the symbol of an earlier published document it is about
    relation: str


def bodies(session: Session) -> list[PublicBody]:
    """The bodies that show a task or a document."""
    with_tasks = select(Task.body_id).where(RELEASED)
    with_papers = select(Meeting.body_id).join(Instrument, Instrument.meeting_id == Meeting.id).where(PUBLISHED)
    shown = (Body.id.in_(with_tasks) | Body.id.in_(with_papers)) & Body.practice_of_id.is_(None)
    wanted = select(Body.id, Body.name, Body.short_name).where(shown)
    found: list[PublicBody] = []
    for key, name, short in session.execute(wanted.order_by(Body.id)):
        slug = slug_of(short) or str(key)
        taken = slug in {each.slug for each in found}
        found.append(PublicBody(key, name, f"{slug}-{key}" if taken else slug))
    return found


def body_of(session: Session, slug: str) -> PublicBody:
    """The body of an address; Missing when it shows nothing, as if it were not there."""
    found = next((each for each in bodies(session) if each.slug == slug), None)
    if found is None:
        raise Missing()
    return found


def tasks(session: Session, body_id: int, today: date) -> list[Shown]:
    """The released tasks of a body."""
    wanted = select(
        Task.id,
        Task.public_text,
        Task.public_result,
        Unit.name,
        Task.state,
        Task.due_on,
        Task.done_on,
        Task.assigned_at,
        Task.released_at,
    ).join(Unit, Unit.id == Task.lead_unit_id)
    found = []
    for key, text, result, unit, state, due_on, done_on, given_at, released_at in session.execute(
        wanted.where(RELEASED, Task.body_id == body_id)
    ):
        done = state == "accepted"
        assert released_at is not None
        month = (due_on or local(given_at).date()).replace(day=1)
        told = state_of(done, due_on, done_on, today)
        shown_on = local(released_at).date()
        found.append(Shown(key, text, result, unit, told, due_on, done_on if done else None, month, shown_on))
    return found


def papers(session: Session, body_id: int) -> list[Paper]:
    """The published documents of a body, the last issued first. One that was withdrawn stays, with its mark."""
    earlier, its_number = aliased(Instrument), aliased(OfficialNumber)
    wanted = (
        select(Instrument, OfficialNumber.symbol, File.state, its_number.symbol)
        .join(Meeting, Meeting.id == Instrument.meeting_id)
        .join(OfficialNumber, OfficialNumber.id == Instrument.number_id)
        .outerjoin(File, File.id == Instrument.document_id)
        .outerjoin(earlier, and_(earlier.id == Instrument.about_id, earlier.published_at.is_not(None)))
        .outerjoin(its_number, its_number.id == earlier.number_id)
        .where(PUBLISHED, Meeting.body_id == body_id)
        .order_by(Instrument.issued_on.desc(), Instrument.id.desc())
    )
    return [_paper(*row) for row in session.execute(wanted).unique()]


def _paper(found: Instrument, symbol: str, file_state: str | None, about: str | None) -> Paper:
    assert found.issued_on is not None
    assert found.published_at is not None
    return Paper(
        id=found.id,
        kind=found.kind,
        symbol=symbol,
        abstract=found.abstract,
        issued_on=found.issued_on,
        published_at=found.published_at,
        code=found.verify_code,
        has_file=file_state not in (None, "refused", "failed"),
        withdrawn_on=_day(found.withdrawn_at),
        replaced_on=_day(found.replaced_at),
        corrected_on=_day(found.corrected_at),
        about=about or "",
        relation=found.relation if about else "",
    )


def _day(moment: datetime | None) -> date | None:
    return local(moment).date() if moment else None


def file_of(session: Session, paper_id: int) -> tuple[File, str]:
    """The PDF of a published document and its symbol; Missing while it is not published, or again not."""
    wanted = (
        select(File, OfficialNumber.symbol)
        .join(Instrument, Instrument.document_id == File.id)
        .join(OfficialNumber, OfficialNumber.id == Instrument.number_id)
        .where(PUBLISHED, Instrument.id == paper_id)
    )
    row = session.execute(wanted).first()
    if row is None or row[0].was_refused:
        raise Missing()
    return row[0], row[1]


def newest(shown: Sequence[Shown], published: Sequence[Paper]) -> datetime | None:
    """When something was shown last, for feeds."""
    days = [each.published_at for each in published]
    days += [local_noon(each.released_on) for each in shown]
    return max(days, default=None)


def local_noon(day: date) -> datetime:
    """A moment on a day, for formats that want one."""
    return at_local(day, 12)
