"""Pure rules of recurring meetings: on which days they fall, from the first one and a pattern.

UBND and Thường trực HĐND meet monthly (NĐ 315/2025 Điều 22.1; NQ 104/2025 Điều 19), the leaders brief each other weekly
(NĐ 315/2025 Điều 26). What happens on a day off is the body's own choice.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from meeting.errors import N_, Refused, declare

MOST = 60  # meetings in one series: five years of months, a good year of weeks
LAST = 5  # a fifth Monday is taken as the last one, because not every month has five
WEEK = 7

#: How often; the order is that of the choice on the form.
EVERY = {
    "week": N_("Every week on the same weekday"),
    "month_weekday": N_("Every month on the same weekday (for example the first Monday)"),
    "month_last_weekday": N_("Every month on the last such weekday"),
    "month_day": N_("Every month on the same day"),
}
#: What happens when a date is a day off.
HOLIDAY = {
    "next": N_("Move to the next working day"),
    "previous": N_("Move to the working day before"),
    "skip": N_("Leave that meeting out"),
    "keep": N_("Keep the day"),
}

declare(
    {
        "series_endless": N_("Say until which day, or how many meetings."),
        "series_too_long": N_("At most %(most)s meetings can be planned at once."),
        "series_empty": N_("No further meeting falls into this time."),
        "series_unknown": N_("This meeting belongs to no series."),
    }
)


@dataclass(frozen=True)
class Pattern:
    """How meetings follow each other: until a day, or so many of them, the first included."""

    every: str = "week"
    interval: int = 1  # every so many weeks or months
    holiday: str = "next"
    until: date | None = None
    count: int | None = None


def dates(first: date, pattern: Pattern, works: Callable[[date], bool]) -> list[date]:
    """The days after the first one on which the series meets.

    Refused as `series_endless` without an end, `series_too_long` beyond the limit, `series_empty` when nothing follows.
    """
    if pattern.until is None and pattern.count is None:
        raise Refused("series_endless")
    if pattern.count is not None and pattern.count > MOST:
        raise Refused("series_too_long", most=MOST)
    found: list[date] = []
    for number, planned in enumerate(_planned(first, pattern), 1):
        if (pattern.count is not None and number >= pattern.count) or (pattern.until is not None and planned > pattern.until):
            break
        if number > MOST:
            raise Refused("series_too_long", most=MOST)
        day = on_working_day(planned, pattern.holiday, works)
        if day is not None and day > first and day not in found:
            found.append(day)
    if not found:
        raise Refused("series_empty")
    return found


def on_working_day(day: date, holiday: str, works: Callable[[date], bool]) -> date | None:
    """The day on which a meeting planned for a day off is held; None: it is left out. A working day stays."""
    if holiday == "keep" or works(day):
        return day
    if holiday == "skip":
        return None
    step = timedelta(days=1 if holiday == "next" else -1)
    while not works(day):
        day += step
    return day


def _planned(first: date, pattern: Pattern) -> Iterator[date]:
    """The days by the pattern alone, after the first."""
    number = pattern.interval
    while True:
        if pattern.every == "week":
            yield first + timedelta(days=WEEK * number)
        else:
            yield _in_month(first, pattern.every, *_month_after(first, number))
        number += pattern.interval


def _month_after(first: date, months: int) -> tuple[int, int]:
    years, month = divmod(first.month - 1 + months, 12)
    return first.year + years, month + 1


def _in_month(first: date, every: str, year: int, month: int) -> date:
    length = monthrange(year, month)[1]
    if every == "month_day":  # the 31st is the last day where there is none
        return date(year, month, min(first.day, length))
    nth = LAST if every == "month_last_weekday" else nth_weekday(first)
    earliest = date(year, month, 1)
    day = earliest + timedelta(days=(first.weekday() - earliest.weekday()) % WEEK)
    day += timedelta(days=WEEK * (nth - 1))
    return day if day.month == month else day - timedelta(days=WEEK)


def nth_weekday(day: date) -> int:
    """The how manieth of its weekday in its month a day is; a fifth one is the last."""
    return (day.day - 1) // WEEK + 1


def title_on(title: str, before: date, after: date) -> str:
    """A title that names its month, week or year names the right one on another day: "tháng 11/2026" becomes "tháng 12/2026"."""
    weeks = (before.isocalendar().week, after.isocalendar().week)
    for word, (one, other) in {"tháng": (before.month, after.month), "tuần": weeks, "năm": (before.year, after.year)}.items():
        title = re.sub(rf"({word} (?:thứ )?)0?{one}(?!\d)", rf"\g<1>{other}", title, flags=re.IGNORECASE)
    return re.sub(rf"(?<=tháng {after.month}[/-]){before.year}", str(after.year), title, flags=re.IGNORECASE)
