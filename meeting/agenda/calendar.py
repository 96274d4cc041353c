"""The Vietnamese work calendar of a year and its neighbours, from the `holidays` package: days off and make-up Saturdays."""

from functools import lru_cache

import holidays

from meeting.agenda.deadlines import WorkCalendar


@lru_cache(maxsize=16)
def vietnamese_calendar(year: int) -> WorkCalendar:
    """Days off and worked weekends around a year (the years before and after too, because due days reach over New Year)."""
    found = holidays.country_holidays("VN", years=range(year - 1, year + 2))
    return WorkCalendar(off=frozenset(found), worked=frozenset(found.weekend_workdays))
