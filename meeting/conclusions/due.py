"""Which meetings still owe their notice, by when, and how late: the rules of `timing` on the meetings on file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.conclusions.models import Notice
from meeting.conclusions.relations import REPLACES
from meeting.conclusions.timing import NoticeRule, Timing, timing
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.deadlines import WorkCalendar
from meeting.rulebook.models import RuleBook


@dataclass(frozen=True)
class Owed:
    """A meeting that is over and still waits for its notice, with its time."""

    meeting: Meeting
    timing: Timing
    drafts: bool = False  # whether who asks may begin it


def held_on(meeting: Meeting) -> date:
    """The day a meeting ended, from which the days of its notice are counted."""
    return local(meeting.closed_at or meeting.opened_at or meeting.starts_at).date()


def rule_of(book: RuleBook) -> NoticeRule:
    """What a rule book says of notices."""
    return NoticeRule(book.notice_required, book.notice_days, book.notice_unit)


def first_issued(session: Session, meetings: Iterable[int]) -> dict[int, date]:
    """By meeting the day of its first notice that is still in force; replaced ones count: they came when they came."""
    wanted = (
        select(Notice.meeting_id, func.min(Notice.issued_on))
        .where(Notice.meeting_id.in_(list(meetings)), Notice.state == "issued", Notice.withdrawn_at.is_(None))
        .where(Notice.relation.in_(("", REPLACES)))
        .group_by(Notice.meeting_id)
    )
    return {meeting_id: day for meeting_id, day in session.execute(wanted) if day is not None}


def timings(session: Session, meetings: Iterable[Meeting], today: date) -> dict[int, Timing]:
    """How each of these meetings stands with its notice; the store is asked once, however many they are."""
    rows = list(meetings)
    issued = first_issued(session, [row.id for row in rows])
    calendars: dict[int, WorkCalendar] = {}
    found = {}
    for row in rows:
        day = held_on(row)
        if day.year not in calendars:
            calendars[day.year] = work_calendar(session, day.year)
        waived = row.notice_state == "not_required"
        found[row.id] = timing(day, rule_of(row.book), calendars[day.year], today, issued.get(row.id), waived=waived)
    return found


def timing_of(session: Session, meeting: Meeting, today: date) -> Timing:
    """How one meeting stands with its notice."""
    return timings(session, [meeting], today)[meeting.id]


def owed(session: Session, meetings: Iterable[Meeting], today: date) -> list[Owed]:
    """Of these meetings those that still wait: overdue first, the longest overdue at the head; then by due day; optional last."""
    rows = list(meetings)
    known = timings(session, rows, today)
    waiting = [Owed(row, known[row.id]) for row in rows if known[row.id].is_open]
    order = {"overdue": 0, "waiting": 1, "optional": 2}
    return sorted(waiting, key=lambda each: (order[each.timing.state], each.timing.due_on or date.max, each.meeting.id))
