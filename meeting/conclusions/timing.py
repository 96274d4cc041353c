"""Pure rules of time: by when a meeting's notice ought to be out, and whether it waits, is overdue, came in time or late."""

from dataclasses import dataclass
from datetime import date

from meeting.rulebook.deadlines import WorkCalendar
from meeting.rulebook.schedule import days_after

SOON_DAYS = 1


@dataclass(frozen=True)
class Timing:
    """How a meeting stands with its notice. `days`: late or overdue by so many days; while it waits, days that are left."""

    state: str  # optional, not_required, waiting, overdue, in_time, late
    due_on: date | None = None
    days: int = 0

    @property
    def is_open(self) -> bool:
        """Whether a notice still has to come, or the decision to do without."""
        return self.state in ("optional", "waiting", "overdue")

    @property
    def is_soon(self) -> bool:
        """Whether it is due today or tomorrow."""
        return self.state == "waiting" and self.days <= SOON_DAYS


@dataclass(frozen=True)
class NoticeRule:
    """What the rule book says of notices: whether one must follow, and within how many days of which kind."""

    required: bool
    days: int
    unit: str = "calendar"


def due_on(held_on: date, rule: NoticeRule, calendar: WorkCalendar) -> date:
    """The last day on which the notice is in time. The day of the meeting's end is not counted.

    UBND: after every session (NĐ 315/2025, Điều 25.7b), which names no number of days; 3 is the default, as the province has it.
    """
    return days_after(held_on, rule.days, rule.unit, calendar)


def timing(
    held_on: date,
    rule: NoticeRule,
    calendar: WorkCalendar,
    today: date,
    issued_on: date | None = None,
    *,
    waived: bool = False,
) -> Timing:
    """How a meeting stands. `issued_on`: of the first notice that is still in force; `waived`: decided to do without.

    A session that must have a notice cannot be waived: without one it stays open and counts as overdue. Where a notice is
    optional ("nếu có", NĐ 315/2025, Điều 29.10) nothing is overdue, but one that was issued is still in time or late.
    """
    due = due_on(held_on, rule, calendar)
    if issued_on is not None:
        return Timing("in_time", due) if issued_on <= due else Timing("late", due, (issued_on - due).days)
    if not rule.required:
        return Timing("not_required") if waived else Timing("optional")
    if today > due:
        return Timing("overdue", due, (today - due).days)
    return Timing("waiting", due, (due - today).days)
