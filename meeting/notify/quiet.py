"""Quiet hours: when mail, SMS and push are held back, and until when. Moments are local. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from meeting.rulebook.deadlines import WorkCalendar

URGENT_WITHIN = timedelta(hours=24)  # a change of a meeting so near goes through at any hour


@dataclass(frozen=True)
class Quiet:
    """From when to when nobody is disturbed, every day; with `days_off` also all of a day that is not worked."""

    starts: time = time(21, 0)
    ends: time = time(6, 0)
    days_off: bool = True

    def until(self, moment: datetime, calendar: WorkCalendar) -> datetime:
        """When this quiet time ends that a moment lies in; the moment itself when it lies in none."""
        if self.days_off and not calendar.works(moment.date()):
            return _at(moment + timedelta(days=1), time(0))
        clock = moment.time()
        if self.starts < self.ends:
            return _at(moment, self.ends) if self.starts <= clock < self.ends else moment
        if self.starts > self.ends and clock >= self.starts:
            return _at(moment + timedelta(days=1), self.ends)
        return _at(moment, self.ends) if self.starts > self.ends and clock < self.ends else moment


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, day.tzinfo)


def free_at(moment: datetime, quiets: Iterable[Quiet], calendar: WorkCalendar) -> datetime:
    """The first moment from now on that is quiet for nobody concerned. After a month of quiet it goes out all the same."""
    chosen, limit = list(quiets), moment + timedelta(days=31)
    free = moment
    while free < limit:
        later = max((quiet.until(free, calendar) for quiet in chosen), default=free)
        if later == free:
            break
        free = later
    return free


def urgent(group: str, starts: Iterable[datetime], now: datetime) -> bool:
    """Whether a message may break into quiet hours: a meeting that begins, or was to begin, within a day was changed."""
    return group == "changes" and any(now - URGENT_WITHIN / 4 <= start <= now + URGENT_WITHIN for start in starts)
