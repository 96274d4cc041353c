"""The punctuality ledger: how each unit kept its days for papers. Pure; recorded by the system, never judged.

The first time a paper was received counts, against the due time in force then: a new version after a return does not make it
late, and a due time moved afterwards changes nothing. Every figure is the number of the papers behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from meeting.errors import N_
from meeting.evaluation.numbers import Share
from meeting.evaluation.rules import MET, NOT_MET, percent

RANKED_FROM = 3  # units asked for fewer papers are listed without a rank

#: The figures of a line and what they are called.
FIGURES = {
    "asked": N_("Papers asked for"),
    "on_time": N_("On time"),
    "late": N_("Late"),
    "missing": N_("Not sent"),
    "returned": N_("Returned"),
    "granted": N_("More time granted"),
    "graded": N_("Graded"),
    "not_met": N_("Not meeting the requirements"),
}


@dataclass(frozen=True)
class Asked:
    """One paper that a unit was asked for, as it stands in the records."""

    unit_id: int
    unit: str
    due_at: datetime  # in force now
    first_at: datetime | None  # when it was first received; None: never
    late_minutes: int | None = None  # of the first receipt, as recorded then
    returned: int = 0  # how often it was sent back
    granted: int = 0  # how often more time was given
    verdict: str = ""  # of the chair: met, not_met; empty: not graded
    requirement_id: int = 0

    def is_due(self, now: datetime) -> bool:
        """Whether it counts: it came, or its time has passed."""
        return self.first_at is not None or self.due_at < now

    @property
    def standing(self) -> str:
        """on_time, late or missing."""
        if self.first_at is None:
            return "missing"
        return "late" if self.late_minutes else "on_time"

    def counts_in(self, figure: str) -> bool:
        """Whether this paper is part of the evidence of a figure."""
        if figure in ("returned", "granted"):
            return bool(getattr(self, figure))
        if figure == "graded":
            return self.verdict in (MET, NOT_MET)
        if figure == "not_met":
            return self.verdict == NOT_MET
        return figure == "asked" or self.standing == figure


@dataclass(frozen=True)
class UnitLedger:
    """One unit's line."""

    unit_id: int
    unit: str
    asked: int
    on_time: int
    late: int
    missing: int
    returned: int  # papers that were sent back at least once
    granted: int
    graded: int
    not_met: int
    late_minutes: int  # on average over the late ones
    late_minutes_in_all: int
    rank: int | None = None

    @property
    def on_time_share(self) -> Share:
        """Received by the due time, of those that were due; the rank follows the exact share."""
        return Share(self.on_time, self.asked)

    @property
    def met_share(self) -> Share:
        """Graded papers that met the requirements."""
        return Share(self.graded - self.not_met, self.graded)

    @property
    def on_time_percent(self) -> int | None:
        """Share received by the due time, of those that were due."""
        return percent(self.on_time, self.asked)

    @property
    def met_percent(self) -> int | None:
        """Share of the graded papers that met the requirements; None while none is graded."""
        return percent(self.graded - self.not_met, self.graded)


def ledger(papers: Iterable[Asked], now: datetime) -> list[UnitLedger]:
    """The units in the order of their ranks, unranked ones last; ties share a rank.

    Papers that are not there and whose time has not come do not count.
    """
    by_unit: dict[str, list[Asked]] = {}
    for paper in papers:
        if paper.is_due(now):
            by_unit.setdefault(paper.unit, []).append(paper)
    return _ranked([_line(unit, found) for unit, found in by_unit.items()])


def evidence(papers: Iterable[Asked], figure: str, now: datetime) -> list[Asked]:
    """The papers behind one figure of a unit, the latest first, then those that never came, then by due time."""
    found = [paper for paper in papers if paper.is_due(now) and paper.counts_in(figure)]
    return sorted(found, key=lambda paper: (-(paper.late_minutes or 0), paper.first_at is not None, paper.due_at))


def _line(unit: str, papers: Sequence[Asked]) -> UnitLedger:
    late = [paper.late_minutes or 0 for paper in papers if paper.standing == "late"]
    counted = {figure: sum(paper.counts_in(figure) for paper in papers) for figure in FIGURES}
    return UnitLedger(
        unit_id=papers[0].unit_id,
        unit=unit,
        late_minutes=sum(late) // len(late) if late else 0,
        late_minutes_in_all=sum(late),
        **counted,
    )


def _ranked(lines: Sequence[UnitLedger]) -> list[UnitLedger]:
    def share(line: UnitLedger) -> Fraction:
        return line.on_time_share.fraction or Fraction(0)

    ranked = sorted((line for line in lines if line.asked >= RANKED_FROM), key=lambda line: (-share(line), line.unit))
    placed = [replace(line, rank=1 + sum(share(other) > share(line) for other in ranked)) for line in ranked]
    unranked = sorted((line for line in lines if line.asked < RANKED_FROM), key=lambda line: line.unit)
    return [*placed, *unranked]
