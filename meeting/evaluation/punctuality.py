"""The punctuality ledger: how each unit kept its days for papers. Pure; recorded by the system, never judged.

The first time a paper was handed in counts; a new version after a return does not make it late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from meeting.evaluation.rules import percent
from meeting.materials.rules import late_minutes

RANKED_FROM = 3  # units asked for fewer papers are listed without a rank


@dataclass(frozen=True)
class Asked:
    """One paper that a unit was asked for."""

    unit: str
    due_at: datetime
    first_at: datetime | None  # when it was first handed in; None: never
    returned: int = 0  # how often it was sent back


@dataclass(frozen=True)
class UnitLedger:
    """One unit's line."""

    unit: str
    asked: int
    on_time: int
    late: int
    missing: int
    returned: int
    late_minutes: int  # on average over the late ones
    rank: int | None = None

    @property
    def on_time_percent(self) -> int | None:
        """Share handed in by the due time, of those that were due."""
        return percent(self.on_time, self.asked)


def ledger(papers: Iterable[Asked], now: datetime) -> list[UnitLedger]:
    """The units in the order of their ranks, unranked ones last; ties share a rank.

    Papers that are not there and whose time has not come do not count.
    """
    by_unit: dict[str, list[Asked]] = {}
    for paper in papers:
        if paper.first_at is not None or paper.due_at < now:
            by_unit.setdefault(paper.unit, []).append(paper)
    lines = [_line(unit, found) for unit, found in by_unit.items()]
    return _ranked(lines)


def _line(unit: str, papers: Sequence[Asked]) -> UnitLedger:
    late = [late_minutes(p.first_at, p.due_at) for p in papers if p.first_at is not None and p.first_at > p.due_at]
    missing = sum(paper.first_at is None for paper in papers)
    return UnitLedger(
        unit=unit,
        asked=len(papers),
        on_time=len(papers) - len(late) - missing,
        late=len(late),
        missing=missing,
        returned=sum(paper.returned for paper in papers),
        late_minutes=sum(late) // len(late) if late else 0,
    )


def _ranked(lines: Sequence[UnitLedger]) -> list[UnitLedger]:
    def share(line: UnitLedger) -> int:
        return line.on_time_percent or 0

    ranked = sorted((line for line in lines if line.asked >= RANKED_FROM), key=lambda line: (-share(line), line.unit))
    placed = []
    for line in ranked:
        better = sum(share(other) > share(line) for other in ranked)
        placed.append(UnitLedger(**{**vars(line), "rank": better + 1}))
    unranked = sorted((line for line in lines if line.asked < RANKED_FROM), key=lambda line: line.unit)
    return [*placed, *unranked]
