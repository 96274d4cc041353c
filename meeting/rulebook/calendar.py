"""The work calendar: holidays of the law and make-up Saturdays from the `holidays` package, then the office's own days."""

from datetime import date
from functools import lru_cache

import holidays
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.rulebook.deadlines import WorkCalendar
from meeting.rulebook.models import CalendarDay


@lru_cache(maxsize=16)
def vietnamese_calendar(year: int) -> WorkCalendar:
    """Days off and worked weekends around a year (the years before and after too, because due days reach over New Year)."""
    found = holidays.country_holidays("VN", years=range(year - 1, year + 2))
    return WorkCalendar(off=frozenset(found), worked=frozenset(found.weekend_workdays))


@lru_cache(maxsize=32)
def holiday_names(year: int, language: str = "vi") -> dict[date, str]:
    """What the holidays of a year are called."""
    spoken = {"vi": "vi", "en": "en_US"}[language]
    return {day: name for day, name in holidays.country_holidays("VN", years=year, language=spoken).items() if day.year == year}


def work_calendar(session: Session, year: int) -> WorkCalendar:
    """The calendar around a year as it is worked here: the country's, changed by the days that were entered."""
    around = select(CalendarDay).where(CalendarDay.day.between(date(year - 1, 1, 1), date(year + 1, 12, 31)))
    own = {each.day: each.works for each in session.scalars(around)}
    country = vietnamese_calendar(year)
    worked = {day for day, works in own.items() if works}
    return WorkCalendar(
        off=(country.off | {day for day, works in own.items() if not works}) - worked,
        worked=(country.worked - set(own)) | worked,
    )
