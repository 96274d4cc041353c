"""What a report consists of: sentences, charts, tables. Pure.

The page, the spreadsheet, the document and the PDF are all made of it, so they cannot tell different figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meeting.evaluation.numbers import Share
from meeting.evaluation.periods import Period


@dataclass(frozen=True)
class Said:
    """A message id with its facts: told in the reader's language."""

    id: str
    facts: dict[str, Any] = field(default_factory=dict)


Value = int | float | str | date | Share | Said | None


@dataclass(frozen=True)
class Cell:
    """One value, where it leads, and how it is to be read (`warn`, `oppose`)."""

    value: Value
    link: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading and, where several belong together, the heading above them."""

    label: str
    kind: str = "number"  # text, number, share, date, words
    group: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under columns; `foot` sums them up."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell] = ()
    note: str = ""
    empty: str = ""  # what is said where there is no row


@dataclass(frozen=True)
class Series:
    """The values of one thing over the labels of a chart. `tone`: all, notice, agree, warn, oppose, quiet."""

    label: str
    values: Sequence[int]
    tone: str = "notice"


@dataclass(frozen=True)
class Chart:
    """`columns`: one series before the other, the second a part of the first. `bars`: lying, each a share of its whole, with the
    count beside; the tones are those of the labels."""

    key: str
    title: str
    kind: str
    labels: Sequence[str | Said]
    series: Sequence[Series]
    tones: Sequence[str] = ()
    links: Sequence[str] = ()

    def shares(self) -> list[Share]:
        """Of lying bars: the part and its whole, of each label."""
        part, whole = self.series
        return [Share(*each) for each in zip(part.values, whole.values, strict=True)]

    @property
    def top(self) -> int:
        """The largest value."""
        return max((value for each in self.series for value in each.values), default=0)


@dataclass(frozen=True)
class Report:
    """A whole report. Sentences are written out in the language it was made in."""

    kind: str
    title: str
    period: Period
    opening: str  # "Từ 01/01/2026 đến 30/09/2026"
    sentences: Sequence[str]
    tables: Sequence[Table]
    charts: Sequence[Chart] = ()
    further: Sequence[str] = ()  # sentences that follow those on the meetings

    def table(self, key: str) -> Table:
        """One of its tables."""
        return next(table for table in self.tables if table.key == key)


def figure(value: int, link: str = "", tone: str = "") -> Cell:
    """A number that leads to what is behind it. Behind none there is nothing; a tone is for what is there."""
    return Cell(value, link if value else "", tone if value else "")


def texts(values: Iterable[str]) -> list[Cell]:
    """Cells of words."""
    return [Cell(value) for value in values]
