"""The periods of reports: a month, a quarter, half a year, a year, this year so far, from any day to any day. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meeting.errors import N_

GROUPS = {"year": N_("Years"), "half": N_("Half years"), "quarter": N_("Quarters"), "month": N_("Months")}
_KEY = re.compile(r"^(\d{4})(?:-(?:(H)([12])|(Q)([1-4])|(\d{2})))?$")


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included. `label` is a message id with its facts."""

    key: str
    since: date
    until: date
    label: str = ""
    group: str = ""

    @property
    def facts(self) -> dict[str, int]:
        """What fills the label."""
        quarter = (self.since.month - 1) // 3 + 1
        return {"year": self.since.year, "month": self.since.month, "quarter": quarter}

    @property
    def year_before(self) -> "Period":
        """The same days a year earlier (cùng kỳ năm trước)."""
        return Period("own", _a_year_before(self.since), _a_year_before(self.until, last=True), OWN)

    @property
    def cumulative(self) -> "Period | None":
        """From the year's first day to the end of the period (lũy kế); None where the period begins there itself."""
        first = date(self.until.year, 1, 1)
        return None if self.since <= first else Period("own", first, self.until, OWN)

    def month_of(self, first: date) -> "Period":
        """The days of a month that lie in the period."""
        return Period("own", max(first, self.since), min(_month_end(first), self.until), OWN)


OWN = N_("Own period")


def _a_year_before(day: date, last: bool = False) -> date:
    """The day a year earlier. The last day of February stays the last one, whichever it is."""
    year = day.year - 1
    if (day.month, day.day) == (2, 29) or (last and day == _month_end(day)):
        return _month_end(date(year, day.month, 1))
    return day.replace(year=year)


def _month_end(day: date) -> date:
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    return date(year, first, 1), _month_end(date(year, first + count - 1, 1))


def named(key: str) -> Period | None:
    """The period of a key: 2026, 2026-H1, 2026-Q3, 2026-09. None when there is no such period."""
    found = _KEY.match(key)
    if found is None or not 1900 <= int(found[1]) <= 2999:
        return None
    year = int(found[1])
    if found[2]:
        label = N_("First half of %(year)s") if found[3] == "1" else N_("Second half of %(year)s")
        return Period(key, *_months(year, 6 * int(found[3]) - 5, 6), label, "half")
    if found[4]:
        return Period(key, *_months(year, 3 * int(found[5]) - 2, 3), N_("Quarter %(quarter)s of %(year)s"), "quarter")
    if found[6]:
        month = int(found[6])
        return Period(key, *_months(year, month, 1), N_("Month %(month)s of %(year)s"), "month") if 1 <= month <= 12 else None
    return Period(key, *_months(year, 1, 12), N_("Year %(year)s"), "year")


def offered(today: date, years: Sequence[int]) -> list[Period]:
    """The periods to choose from: the year so far and past years; halves, quarters, months of this and the last year. Newest
    first, none that has not begun."""
    recent = (today.year, *(year for year in years if year == today.year - 1))
    keys = [
        *(str(year) for year in years if year < today.year),
        *(f"{year}-H{half}" for year in recent for half in (2, 1)),
        *(f"{year}-Q{quarter}" for year in recent for quarter in (4, 3, 2, 1)),
        *(f"{year}-{month:02d}" for year in recent for month in range(12, 0, -1)),
    ]
    found = (named(key) for key in keys)
    return [_this_year(today), *(period for period in found if period and period.since <= today)]


def _this_year(today: date) -> Period:
    return Period("year", date(today.year, 1, 1), today, N_("Year %(year)s so far"), "year")


def chosen(key: str, since: date | None, until: date | None, today: date, years: Sequence[int]) -> Period:
    """The period asked for: by its key, or from day to day; the year so far when neither makes sense."""
    choices = offered(today, years)
    if since or until:
        end = until or today
        start = since or date(end.year, 1, 1)
        start, end = min(start, end), max(start, end)
        return next((p for p in choices if (p.since, p.until) == (start, end)), Period("own", start, end, OWN))
    current = {"month": f"{today:%Y-%m}", "quarter": f"{today.year}-Q{(today.month - 1) // 3 + 1}"}
    return named(current.get(key, key)) or choices[0]


_FIGURE = re.compile(r"(\d[\d.]*(?:/\d[\d.]*)?(?:,\d+)?%?|không có|\bno\b|\bnone\b)")


def emphasised(sentence: str) -> list[tuple[str, bool]]:
    """A sentence in pieces, its figures marked, so that the eye finds them."""
    return [(piece, bool(_FIGURE.fullmatch(piece))) for piece in _FIGURE.split(sentence) if piece]
