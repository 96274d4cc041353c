"""Pure rules of time: working days, due times of papers and invitations, clash of times.

Days are counted back from the day of the meeting, which itself is never counted. "Ngày làm việc" are working days; a plain
number of days ("15 ngày", "20 ngày") means calendar days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

OFFICE_CLOSES = time(17, 0)  # a due day ends with office hours
HALF_DAY = timedelta(hours=4)  # taken as the length of a meeting whose end was not planned
SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. `off`: public holidays and compensatory days off; `worked`: make-up Saturdays and Sundays."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether offices work that day (Bộ luật Lao động 2019, Điều 112: holidays; swaps are decided each year)."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off


@dataclass(frozen=True)
class Notice:
    """A time before a meeting: a number of `working` or `calendar` days."""

    days: int
    unit: str = "working"


def working_days_before(held_on: date, days: int, calendar: WorkCalendar) -> date:
    """The working day that lies so many working days before the meeting. 0 gives the day of the meeting itself."""
    day = held_on
    while days > 0:
        day -= timedelta(days=1)
        days -= calendar.works(day)
    return day


def due_on(held_on: date, notice: Notice, calendar: WorkCalendar) -> date:
    """The last day on which something is in time (NĐ 315/2025 Điều 23.3: working days; NQ 104/2025 Điều 6, 12: days)."""
    if notice.unit == "working":
        return working_days_before(held_on, notice.days, calendar)
    return held_on - timedelta(days=notice.days)


def due_at(starts_at: datetime, notice: Notice, calendar: WorkCalendar, closes: time = OFFICE_CLOSES) -> datetime:
    """The last moment in time, in the zone of `starts_at` (local): office closing on the due day, never after the start."""
    if notice.days <= 0:
        return starts_at
    closing = datetime.combine(due_on(starts_at.date(), notice, calendar), closes, starts_at.tzinfo)
    return min(closing, starts_at)


@dataclass(frozen=True)
class Span:
    """When something takes place; without a planned end half a day is assumed."""

    starts_at: datetime
    ends_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """The planned or assumed end."""
        return self.ends_at or self.starts_at + HALF_DAY


def clash(one: Span, other: Span) -> bool:
    """Whether two meetings overlap. One that begins when the other ends does not."""
    return one.starts_at < other.until and other.starts_at < one.until


def item_times(starts_at: datetime, minutes: Iterable[int]) -> list[datetime]:
    """When each item of a programme is expected to begin, from the planned minutes of those before it."""
    times, at = [], starts_at
    for planned in minutes:
        times.append(at)
        at += timedelta(minutes=planned)
    return times
