"""What people may have to be reminded of after a meeting: the notice it owes, the resolution that has to be sent up."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.conclusions import due
from meeting.conclusions.models import Instrument
from meeting.notify import queries
from meeting.notify.facts import about
from meeting.notify.matters import Matter, Offices, People
from meeting.notify.reactions_documents import document_facts, page_of
from meeting.notify.steps import Office, Step
from meeting.notify.still import stamp
from meeting.permissions import Role
from meeting.rulebook.models import RuleBook

UP_DAYS = 3  # before a resolution has to be sent up


def all_of(session: Session, now: datetime) -> Iterator[Matter]:
    """Notices that are owed and resolutions that go up, each with its steps."""
    offices = Offices(session, now)
    yield from _owed(session, now, offices)
    yield from _up(session, now, offices)


def owed_steps(due_on: date, like: datetime, office: Office) -> list[Step]:
    """The secretary is reminded on the morning of the due day; on the first morning after it also the Chánh Văn phòng. Pure."""
    last = datetime.combine(due_on, office.closes, like.tzinfo)
    return [Step("due", office.morning(due_on, like)), Step("overdue", office.next_opening(last), "office")]


def up_steps(due_on: date, like: datetime, office: Office) -> list[Step]:
    """The office is reminded some days before, and on the morning of the due day. Pure."""
    early = office.morning(due_on - timedelta(days=UP_DAYS), like)
    return [Step("soon", early, "office"), Step("due", office.morning(due_on, like), "office")]


def _owed(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    wanted = (
        select(Meeting)
        .join(Meeting.book)
        .where(RuleBook.notice_required, Meeting.state.in_(("held", "archived")))
        .where(Meeting.notice_state.in_(("none_yet", "draft")))
    )
    today = clock.local(now).date()
    for each in due.owed(session, session.scalars(wanted).unique(), today):
        meeting, last = each.meeting, each.timing.due_on
        if last is None:
            continue
        yield Matter(
            "notice_owed",
            meeting.id,
            stamp(last),
            meeting.closed_at or meeting.starts_at,
            owed_steps(last, clock.local(now), offices.of(meeting.body)),
            meeting,
            "/notices",
            {"overdue": "notice_overdue", "": "notice_due"},
            partial(_who_owes, session, meeting),
            {**about(meeting), "due_on": last.isoformat()},
        )


def _who_owes(session: Session, meeting: Meeting, whom: str) -> People:
    chiefs: People = [*queries.holders(session, meeting.body_id, Role.CHIEF)]
    secretary: People = [meeting.secretary_id] if meeting.secretary_id else []
    return [*secretary, *chiefs] if whom == "office" or not secretary else secretary


def _up(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    wanted = select(Instrument).where(
        Instrument.sent_up_due_on.is_not(None), Instrument.sent_up_at.is_(None), Instrument.withdrawn_at.is_(None)
    )
    for row in session.scalars(wanted).unique():
        assert row.sent_up_due_on is not None
        assert row.number is not None
        body = row.meeting.body
        yield Matter(
            "send_up",
            row.id,
            stamp(row.sent_up_due_on),
            row.issued_at or now,
            up_steps(row.sent_up_due_on, clock.local(now), offices.of(body)),
            row.meeting,
            page_of(row),
            {"": "send_up_due"},
            partial(_office_of, session, body.id),
            {**document_facts(row), "symbol": row.number.symbol, "due_on": row.sent_up_due_on.isoformat()},
        )


def _office_of(session: Session, body_id: int, _whom: str) -> People:
    return [*queries.holders(session, body_id, Role.CLERK), *queries.holders(session, body_id, Role.CHIEF)]
