"""A table that comes from outside, read by its heading: which column is which field, and what is wrong in which line."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meeting.errors import N_, declare
from meeting.organization.names import folded
from meeting.organization.rows import Rows

declare(
    {
        "row_column_missing": N_("The heading lacks the column “%(heading)s”."),
        "row_empty": N_("The file has a heading but no lines."),
        "row_name_missing": N_("The name is missing."),
        "row_name_long": N_("The name has more than %(most)s characters."),
        "row_too_wide": N_("The line has more cells than the heading."),
    }
)


@dataclass(frozen=True)
class Problem:
    """What is wrong in one line. The line number is that of the file, the heading being line 1."""

    line: int
    field: str
    code: str
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)

    def as_value(self) -> dict[str, Any]:
        """As it is answered by an import."""
        return dataclasses.asdict(self)


class Reading:
    """Goes through a table line by line and keeps what was found wrong. `heading`: the needed column as sample lists write it."""

    def __init__(self, rows: Rows, headings: Mapping[str, tuple[str, ...]], needed: str, heading: str) -> None:
        self.problems: list[Problem] = []
        self.columns = columns_of(rows[0], headings) if rows else {}
        self.width = len(rows[0]) if rows else 0
        self.lines = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
        if needed not in self.columns:
            self.wrong(1, needed, "row_column_missing", heading=heading)
            self.lines = []
        elif not self.lines:
            self.wrong(1, needed, "row_empty")

    def wrong(self, line: int, column: str, code: str, **facts: Any) -> None:
        """Keeps one problem."""
        self.problems.append(Problem(line, column, code, facts))

    def cells(self, line: int, row: list[str]) -> dict[str, str]:
        """The line's cells by field; cells past the heading are a problem."""
        if any(row[self.width :]):
            self.wrong(line, "", "row_too_wide")
        return {name: row[place] if place < len(row) else "" for name, place in self.columns.items()}


def columns_of(heading: list[str], headings: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Which field stands in which column; `headings`: the folded words by which each field is known."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        plain = folded(cell).strip(" *:")
        for name, words in headings.items():
            if plain in words:
                found.setdefault(name, place)
    return found
