"""When each step of holding a meeting was done, and until when it was due, from what the system recorded. Set queries only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.models import Minutes, Notice
from meeting.conclusions.relations import REPLACES
from meeting.evaluation.iso import ANCHORS, BY_BOOK, Result, Step, Taken, judge
from meeting.evaluation.models import MeetingGrade
from meeting.evaluation.report_rows import Calendars, took_place
from meeting.events import Event
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import Body
from meeting.rulebook.deadlines import Notice as Lead
from meeting.rulebook.deadlines import due_at
from meeting.rulebook.models import RuleBook
from meeting.rulebook.schedule import days_after
from meeting.tasks.models import Task

Moments = dict[int, datetime]
Versions = Sequence[tuple[date, tuple[Step, ...]]]  # of a procedure, oldest first


@dataclass
class Recorded:
    """What was recorded of many meetings, by meeting."""

    submitted: Moments = field(default_factory=dict)
    approved: Moments = field(default_factory=dict)
    asked: Moments = field(default_factory=dict)
    checks: dict[int, Taken] = field(default_factory=dict)
    replied: Moments = field(default_factory=dict)
    minutes: Moments = field(default_factory=dict)
    noticed: Moments = field(default_factory=dict)
    tasks: Moments = field(default_factory=dict)
    graded: Moments = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """One meeting with its steps."""

    meeting_id: int
    title: str
    body: str
    held_on: date
    urgent: bool
    results: tuple[Result, ...]


def of_meetings(
    session: Session, body: Body, since: date, until: date, procedures: Versions, meeting_id: int = 0
) -> list[Judged]:
    """The meetings of a body in a period, each by the version of the procedure of its day; only one of them when asked."""
    conditions: tuple[ColumnElement[bool], ...] = took_place([body.id], since, until)
    if meeting_id:
        conditions = (Meeting.id == meeting_id,)
    recorded, calendars, now = _recorded(session, conditions), Calendars(session), clock.now()
    rows = session.execute(_columns().where(*conditions).order_by(Meeting.starts_at, Meeting.id))
    closes = time.fromisoformat(body.closes_at)
    found = []
    for row in rows:
        held_on = clock.local(row.opened_at or row.starts_at).date()
        steps = steps_on(procedures, held_on)
        one = _One(row, recorded, calendars, closes)
        results = tuple(judge(step, one.taken(step), now, row.urgent) for step in steps)
        found.append(Judged(row.id, row.title, body.short_name, held_on, row.urgent, results))
    return found


def steps_on(procedures: Versions, day: date) -> tuple[Step, ...]:
    """The steps in force on a day: of the latest version that had begun, else of the first one. Versions come oldest first."""
    begun = [steps for starts_on, steps in procedures if starts_on <= day]
    return begun[-1] if begun else procedures[0][1]


def _columns() -> Any:
    of, book = Meeting, RuleBook
    moments = (of.created_at, of.starts_at, of.ends_at, of.issued_at, of.opened_at, of.closed_at)
    lead = (book.programme_days, book.programme_unit, book.invite_days, book.invite_unit, book.approver)
    notice = (book.notice_required, book.notice_days, book.notice_unit)
    return select(of.id, of.title, of.urgent, *moments, *lead, *notice).join(book, book.id == of.book_id)


#: Where the time of a step stands: in a column of the meeting, or among what was recorded of it.
OWN_COLUMNS = {"create": "created_at", "invite": "issued_at", "open": "opened_at", "hold": "closed_at"}
FOUND_IN = {
    "propose": "submitted",
    "programme": "submitted",
    "approve": "approved",
    "request": "asked",
    "replies": "replied",
    "minutes": "minutes",
    "notice": "noticed",
    "tasks": "tasks",
    "evaluate": "graded",
}


@dataclass(frozen=True)
class _One:
    """One meeting: how its steps were taken."""

    row: Any
    recorded: Recorded
    calendars: Calendars
    closes: time

    def taken(self, step: Step) -> Taken:
        """When a step was done, and until when it was due."""
        if step.key == "check":
            return self.recorded.checks.get(self.row.id, Taken(expected=False))
        done = self._done(step.key)
        return Taken(self._due(step), done, self._expected(step, done))

    def _done(self, key: str) -> datetime | None:
        if key in OWN_COLUMNS:
            found: datetime | None = getattr(self.row, OWN_COLUMNS[key])
            return found
        moments: Moments = getattr(self.recorded, FOUND_IN[key]) if key in FOUND_IN else {}
        return moments.get(self.row.id)

    def _expected(self, step: Step, done: datetime | None) -> bool:
        row = self.row
        if step.key in ("approve", "programme", "propose"):
            return row.approver != "none" or done is not None
        if step.key == "notice":
            return bool(row.notice_required) or done is not None
        if step.key == "tasks":
            return done is not None
        return True

    def _due(self, step: Step) -> datetime | None:
        anchor, row = ANCHORS.get(step.key), self.row
        days, unit = self._norm(step)
        if anchor is None or days is None:
            return None
        if anchor == "before":
            starts = clock.local(row.starts_at)
            return due_at(starts, Lead(days, unit), self.calendars.of(starts.year), self.closes)
        issued = self.recorded.noticed.get(row.id)
        moments = {"starts": row.starts_at, "ends": row.ends_at, "closed": row.closed_at, "noticed": issued}
        since = moments[anchor]
        return self._after(since, days, unit) if since else None

    def _norm(self, step: Step) -> tuple[int | None, str]:
        if step.rule == BY_BOOK:
            row = self.row
            known = {"invite": (row.invite_days, row.invite_unit), "notice": (row.notice_days, row.notice_unit)}
            programme = (row.programme_days, row.programme_unit) if row.programme_days else (None, "")
            return known.get(step.key, programme)
        return (step.norm, step.unit) if step.rule else (None, "")

    def _after(self, since: datetime, number: int, unit: str) -> datetime:
        if unit == "minutes":
            return since + timedelta(minutes=number)
        local = clock.local(since)
        last = days_after(local.date(), number, unit, self.calendars.of(local.year))
        return datetime.combine(last, time(23, 59, 59), local.tzinfo)


def _recorded(session: Session, conditions: Sequence[ColumnElement[bool]]) -> Recorded:
    of = select(Meeting.id).where(*conditions)
    found = Recorded(
        submitted=_journal(session, Event.PROGRAMME_SUBMITTED, conditions),
        approved=_journal(session, Event.PROGRAMME_APPROVED, conditions),
        checks=_checks(session, conditions),
    )
    first: dict[str, tuple[Any, Any, Any]] = {
        "asked": (Requirement.meeting_id, func.min(Requirement.asked_at), Requirement.meeting_id),
        "replied": (Participant.meeting_id, func.max(Participant.replied_at), Participant.meeting_id),
        "minutes": (Minutes.meeting_id, func.min(Minutes.signed_at), Minutes.meeting_id),
        "tasks": (Task.meeting_id, func.min(Task.assigned_at), Task.meeting_id),
        "graded": (MeetingGrade.meeting_id, func.min(MeetingGrade.graded_at), MeetingGrade.meeting_id),
    }
    for name, (key, moment, group) in first.items():
        wanted = select(key, moment).where(key.in_(of)).group_by(group)
        rows = session.execute(wanted.where(Task.given) if key is Task.meeting_id else wanted)
        setattr(found, name, {row[0]: row[1] for row in rows if row[1] is not None})
    issued = select(Notice.meeting_id, func.min(Notice.issued_at), func.min(Notice.issued_on)).where(
        Notice.meeting_id.in_(of), Notice.state == "issued", Notice.withdrawn_at.is_(None), Notice.relation.in_(("", REPLACES))
    )
    rows = session.execute(issued.group_by(Notice.meeting_id))
    found.noticed = {meeting_id: _dated(at, day) for meeting_id, at, day in rows if day is not None}
    return found


def _dated(at: datetime | None, day: date) -> datetime:
    """The printed date of a paper counts, at the time of day it was issued."""
    moment = clock.at_local(day)
    return datetime.combine(day, clock.local(at).time(), moment.tzinfo) if at else moment


def _journal(session: Session, event: Event, conditions: Sequence[ColumnElement[bool]]) -> Moments:
    """The last time something was recorded of each meeting."""
    wanted = (
        select(Entry.chain, func.max(Entry.at))
        .join(Meeting, Meeting.id == Entry.chain)
        .where(Entry.event == event.value, *conditions)
        .group_by(Entry.chain)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def _checks(session: Session, conditions: Sequence[ColumnElement[bool]]) -> dict[int, Taken]:
    """The answer to a dossier that was the latest against its time, of each meeting; its reason where one was written."""
    wanted = (
        select(Requirement.meeting_id, Submission.answer_due_at, Submission.decided_at, Requirement.late_decision_reason)
        .join(Requirement, Requirement.id == Submission.requirement_id)
        .join(Meeting, Meeting.id == Requirement.meeting_id)
        .where(Submission.answer_due_at.is_not(None), Submission.state != "replaced", *conditions)
    )
    now = clock.now()
    worst: dict[int, tuple[timedelta, Taken]] = {}
    for meeting_id, due, decided, reason in session.execute(wanted):
        if due is None:
            continue
        behind: timedelta = (decided or now) - due
        if meeting_id not in worst or behind > worst[meeting_id][0]:
            worst[meeting_id] = (behind, Taken(due, decided, reason=reason or ""))
    return {meeting_id: taken for meeting_id, (_, taken) in worst.items()}
