"""The periods of reports: this month, this quarter, so many months of a year, a year. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meeting.errors import N_


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included. `label` is a message id with its facts."""

    key: str
    since: date
    until: date
    label: str = ""

    @property
    def facts(self) -> dict[str, int]:
        """What fills the label."""
        quarter = (self.since.month - 1) // 3 + 1
        return {"year": self.since.year, "month": self.since.month, "months": self.until.month, "quarter": quarter}


def _month_end(day: date) -> date:
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)


def offered(today: date, years: Sequence[int]) -> list[Period]:
    """The periods to choose from: this month, this quarter, the year so far, then whole past years, newest first."""
    month = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [
        Period("year", date(today.year, 1, 1), today, N_("Year %(year)s so far")),
        Period("quarter", quarter, _month_end(date(today.year, quarter.month + 2, 1)), N_("Quarter %(quarter)s of %(year)s")),
        Period("month", month, _month_end(month), N_("Month %(month)s of %(year)s")),
        *(Period(str(y), date(y, 1, 1), date(y, 12, 31), N_("Year %(year)s")) for y in years if y < today.year),
    ]


OWN = N_("Own period")


def chosen(key: str, since: date | None, until: date | None, today: date, years: Sequence[int]) -> Period:
    """The period asked for: by its key, or from day to day; the year so far when neither makes sense."""
    choices = offered(today, years)
    if since or until:
        end = until or today
        start = since or date(end.year, 1, 1)
        start, end = min(start, end), max(start, end)
        return next((p for p in choices if (p.since, p.until) == (start, end)), Period("own", start, end, OWN))
    return next((period for period in choices if period.key == key), choices[0])


_FIGURE = re.compile(r"(\d+|không có|\bno\b|\bnone\b)")


def emphasised(sentence: str) -> list[tuple[str, bool]]:
    """A sentence in pieces, its figures marked, so that the eye finds them."""
    return [(piece, bool(_FIGURE.fullmatch(piece))) for piece in _FIGURE.split(sentence) if piece]
