"""The year's days as an office works them: weekends, holidays, days off, make-up days. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from meeting.errors import N_, declare
from meeting.rulebook.deadlines import SATURDAY, WorkCalendar

FIRST_YEAR, LAST_YEAR = 2020, 2045
KINDS = ("work", "weekend", "holiday", "off", "worked")
LABELS = {
    "work": N_("Working day"),
    "weekend": N_("Weekend"),
    "holiday": N_("Holiday"),
    "off": N_("Day off"),
    "worked": N_("Worked in lieu"),
}

#: Holidays of the `holidays` package whose law we have not read: 24 November (Ngày Văn hóa các dân tộc Việt Nam), from 2026 on.
UNVERIFIED = frozenset({(11, 24)})

declare(
    {
        "day_out_of_range": N_("The calendar reaches from %(first)s to %(last)s."),
        "day_not_set": N_("Nothing was set for %(day)s here: it is as the country's calendar has it."),
        "days_problems": N_("The list has %(count)s problems. Nothing was taken over."),
    }
)


@dataclass(frozen=True)
class Own:
    """What was set for a day here."""

    works: bool
    name: str = ""
    source: str = ""


@dataclass(frozen=True)
class Day:
    """One day of the grid. `own`: it was set here; `name`: the holiday or the note; not `verified`: by a law nobody has read."""

    day: date
    kind: str
    name: str = ""
    source: str = ""
    own: bool = False
    verified: bool = True

    @property
    def works(self) -> bool:
        """Whether it is worked."""
        return self.kind in ("work", "worked")


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven days from Monday on; None where the week reaches into another month."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]


def day_of(day: date, country: WorkCalendar, names: Mapping[date, str], own: Mapping[date, Own]) -> Day:
    """What a day is: what was set here goes before the country's calendar."""
    mine = own.get(day)
    if mine:
        return Day(day, "worked" if mine.works else "off", mine.name, mine.source, own=True)
    if day in country.worked:
        return Day(day, "worked", names.get(day, ""))
    if day in country.off:
        return Day(day, "holiday", names.get(day, ""), verified=(day.month, day.day) not in UNVERIFIED)
    return Day(day, "weekend" if day.weekday() >= SATURDAY else "work")


def year_grid(year: int, country: WorkCalendar, names: Mapping[date, str], own: Mapping[date, Own]) -> list[Month]:
    """The twelve months of a year."""
    return [_month(year, number, country, names, own) for number in range(1, 13)]


def _month(year: int, number: int, country: WorkCalendar, names: Mapping[date, str], own: Mapping[date, Own]) -> Month:
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    cells: list[Day | None] = [None] * first.weekday()
    cells += [day_of(first + timedelta(days=each), country, names, own) for each in range(last.day)]
    cells += [None] * (-len(cells) % 7)
    return Month(number, tuple(tuple(cells[each : each + 7]) for each in range(0, len(cells), 7)))


def is_ordinary(day: date, works: bool, country: WorkCalendar) -> bool:
    """Whether setting a day so says only what the country's calendar says already."""
    return country.works(day) == works
