"""What people may have to be reminded of after questioning: promises and answers in writing, due soon or overdue."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.notify import queries, steps
from meeting.notify.matters import Matter, Offices, People
from meeting.notify.reactions_questioning import promise_facts, question_facts
from meeting.notify.steps import Office, Step
from meeting.notify.still import stamp
from meeting.questioning.models import Inquiry, Promise
from meeting.questioning.rules import SOON_DAYS

PROMISE_KINDS = {"overdue": "promise_overdue", "": "promise_due_soon"}
WRITTEN_KINDS = {"overdue": "written_overdue", "": "written_due_soon"}


def all_of(session: Session, now: datetime) -> Iterator[Matter]:
    """Everything of questioning that may be due, each with its steps."""
    offices = Offices(session, now)
    yield from promises(session, now, offices)
    yield from answers(session, now, offices)


def steps_of(due_on: date, now: datetime, office: Office) -> list[Step]:
    """A week before the day, three days before it, and on the morning after."""
    morning = partial(office.morning, like=now)
    days = [(f"before{days}", due_on - timedelta(days=days)) for days in (SOON_DAYS, steps.TASK_SOON_DAYS)]
    return [*(Step(key, morning(day)) for key, day in days), Step("overdue", morning(due_on + timedelta(days=1)))]


def promises(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Promises due soon or overdue: whoever promised, and the people of the unit."""
    until = clock.local(now).date() + timedelta(days=SOON_DAYS)
    for promise in session.scalars(select(Promise).where(Promise.state == "open", Promise.due_on <= until)):
        yield Matter(
            "promise",
            promise.id,
            stamp(promise.due_on),
            promise.made_at,
            steps_of(promise.due_on, clock.local(now), offices.of(promise.body)),
            promise.meeting,
            f"/promises/{promise.id}",
            PROMISE_KINDS,
            partial(_who_keeps, session, promise),
            promise_facts(promise),
        )


def _who_keeps(session: Session, promise: Promise, _whom: str) -> People:
    unit = queries.unit_people(session, promise.body_id, promise.unit_id) if promise.unit_id else []
    return [promise.person_id, *unit]


def answers(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Answers in writing due soon or overdue: whoever was asked."""
    until = clock.local(now).date() + timedelta(days=SOON_DAYS)
    due = select(Inquiry).where(
        Inquiry.answered_on.is_(None), Inquiry.written_due_on.is_not(None), Inquiry.written_due_on <= until
    )
    for inquiry in session.scalars(due):
        assert inquiry.written_due_on
        floor = inquiry.floor
        yield Matter(
            "written",
            inquiry.floor_id,
            stamp(inquiry.written_due_on),
            inquiry.written_since or floor.asked_at,
            steps_of(inquiry.written_due_on, clock.local(now), offices.of(floor.meeting.body)),
            floor.meeting,
            "/promises?view=written",
            WRITTEN_KINDS,
            {"owner": [floor.addressee_id]}.__getitem__,
            {**question_facts(floor), "due_on": inquiry.written_due_on.isoformat()},
        )
