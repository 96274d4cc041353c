"""A list of days off and worked days from a table: every line is checked, every problem is told with its line. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from meeting.errors import N_, declare
from meeting.organization.names import folded
from meeting.organization.rows import Rows
from meeting.rulebook.days import FIRST_YEAR, LAST_YEAR

HEADINGS = {  # the folded heading of a column → the field it fills
    "day": ("day", "date", "ngay"),
    "works": ("kind", "works", "loai", "loai ngay", "nghi/lam", "nghi hay lam"),
    "name": ("name", "note", "ten", "ten ngay", "ghi chu", "noi dung"),
    "source": ("source", "decision", "can cu", "van ban", "quyet dinh"),
}
OFF_WORDS = ("nghi", "nghi bu", "nghi le", "ngay nghi", "ngay nghi bu", "off", "no")
WORKED_WORDS = ("lam", "lam bu", "di lam", "lam viec", "ngay lam viec", "ngay lam bu", "worked", "work", "works", "yes")
FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")

declare(
    {
        "day_row_columns": N_("The heading needs the columns “Ngày” and “Loại” (nghỉ or làm bù)."),
        "day_row_none": N_("The list has a heading but no days."),
        "day_row_date": N_("“%(value)s” is not a date such as 31/08/2026."),
        "day_row_year": N_("The calendar reaches from %(first)s to %(last)s: “%(value)s” lies outside."),
        "day_row_kind": N_("“%(value)s” is neither “nghỉ” nor “làm bù”."),
        "day_row_twice": N_("The day %(value)s already stands in line %(first)s."),
    }
)


@dataclass(frozen=True)
class NewDay:
    """One day of the list."""

    line: int
    day: date
    works: bool
    name: str
    source: str


@dataclass(frozen=True)
class Problem:
    """What is wrong in one line (the heading is line 1)."""

    line: int
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


def read_days(rows: Rows) -> tuple[list[NewDay], list[Problem]]:
    """The days of a list and every problem, in order of lines. Empty lines are passed over."""
    columns = _columns(rows[0]) if rows else {}
    if not {"day", "works"} <= set(columns):
        return [], [Problem(1, "day_row_columns")]
    lines = [(number, row) for number, row in enumerate(rows[1:], 2) if any(row)]
    if not lines:
        return [], [Problem(1, "day_row_none")]
    found: list[NewDay] = []
    problems: list[Problem] = []
    seen: dict[date, int] = {}
    for number, row in lines:
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
        day, works = _date(cells["day"]), _works(cells["works"])
        problem = _problem(number, cells, day, works, seen)
        if problem:
            problems.append(problem)
        elif day and works is not None:
            seen[day] = number
            found.append(NewDay(number, day, works, cells.get("name", "")[:300], cells.get("source", "")[:2000]))
    return found, problems


def _problem(line: int, cells: dict[str, str], day: date | None, works: bool | None, seen: dict[date, int]) -> Problem | None:
    if day is None:
        return Problem(line, "day_row_date", {"value": cells["day"]})
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Problem(line, "day_row_year", {"value": cells["day"], "first": FIRST_YEAR, "last": LAST_YEAR})
    if works is None:
        return Problem(line, "day_row_kind", {"value": cells["works"]})
    if day in seen:
        return Problem(line, "day_row_twice", {"value": day.isoformat(), "first": seen[day]})
    return None


def _columns(heading: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        plain = folded(cell).strip(" *:")
        for name, words in HEADINGS.items():
            if plain in words:
                found.setdefault(name, place)
    return found


def _date(text: str) -> date | None:
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day of the calendar has no zone
        except ValueError:
            continue
    return None


def _works(text: str) -> bool | None:
    plain = folded(text).strip()
    if plain in WORKED_WORDS:
        return True
    return False if plain in OFF_WORDS else None
