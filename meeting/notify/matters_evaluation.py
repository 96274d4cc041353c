"""What people may have to be reminded of in evaluations: a meeting that nobody has graded, on the last morning."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.evaluation.forms import last_day
from meeting.evaluation.models import MeetingGrade
from meeting.evaluation.rules import MEETING_OVER
from meeting.notify import queries
from meeting.notify.facts import about, address
from meeting.notify.matters import Matter, Offices, People
from meeting.notify.steps import Step
from meeting.permissions import Role

LONGEST = timedelta(days=90)  # no evaluation is open for longer


def all_of(session: Session, now: datetime) -> Iterator[Matter]:
    """Every meeting that is over and open without a verdict: its chair is told on the last morning, once."""
    offices = Offices(session, now)
    judged = select(MeetingGrade.meeting_id)
    wanted = select(Meeting).where(
        Meeting.state.in_(MEETING_OVER),
        Meeting.evaluation_state == "open",
        Meeting.closed_at > now - LONGEST,
        Meeting.id.not_in(judged),
    )
    for row in session.scalars(wanted).unique():
        ended, last = row.closed_at or row.starts_at, last_day(session, row)
        chairs: People = [row.chair_id] if row.chair_id else [*queries.holders(session, row.body_id, Role.CHAIR)]
        yield Matter(
            "evaluation",
            row.id,
            f"{last:%Y%m%d}",
            ended,
            [Step("last", offices.of(row.body).morning(last, clock.local(ended)))],
            row,
            f"{address(row)}/evaluation",
            {"": "evaluation_ends"},
            {"owner": chairs}.__getitem__,
            about(row),
        )
