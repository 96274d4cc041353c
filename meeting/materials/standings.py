"""The board of what units owe: which rows stand under which filter, and each unit against what it was asked. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from meeting.errors import N_
from meeting.materials.rules import Counts, counts, standing

#: The filters and the standings each of them lets through.
FILTERS: dict[str, frozenset[str]] = {
    "": frozenset({"submitted", "overdue", "returned", "open", "accepted"}),
    "review": frozenset({"submitted"}),
    "missing": frozenset({"open", "overdue", "returned"}),
    "overdue": frozenset({"overdue"}),
    "late": frozenset(),  # received late or overdue: see `Light.is_late`
    "accepted": frozenset({"accepted"}),
    "waived": frozenset({"waived"}),
}
FILTER_NAMES = {
    "": N_("All"),
    "review": N_("To review"),
    "missing": N_("Missing"),
    "overdue": N_("Overdue"),
    "late": N_("Late"),
    "accepted": N_("Accepted"),
    "waived": N_("No longer asked for"),
}
#: What the chair said of a late paper, on the board.
DECISION_NAMES = {
    "accepted": N_("taken though late"),
    "postponed": N_("item put off"),
    "read_out": N_("to be read out"),
    "refused": N_("refused"),
}
#: What the office has to do first, then what is missing, then the rest.
ORDER = ("submitted", "overdue", "returned", "open", "accepted", "waived")


@dataclass(frozen=True)
class Light:
    """What the board must know of every requirement, also of those on other pages."""

    id: int
    unit_id: int
    unit: str
    item_id: int | None
    what: str
    state: str
    due_at: datetime
    first_late_minutes: int | None
    standing: str
    preparing: bool

    @property
    def is_late(self) -> bool:
        """Whether it came late or has not come in time."""
        return self.standing == "overdue" or bool(self.first_late_minutes)


def passes(row: Light, chosen: str) -> bool:
    """Whether a row stands under a filter; an unknown filter is that of all."""
    if chosen == "late":
        return row.is_late and row.standing != "waived"
    return row.standing in FILTERS.get(chosen, FILTERS[""])


def in_order(rows: Iterable[Light]) -> list[Light]:
    """What waits for the office first, then what is missing, the longest overdue first."""
    return sorted(rows, key=lambda row: (ORDER.index(row.standing), row.due_at, row.id))


def light(facts: Sequence[object], now: datetime) -> Light:
    """One row of the store: id, unit, its name, item, what, state, due time, lateness of the first receipt."""
    key, unit_id, unit, item_id, what, state, due_at, late = facts
    assert isinstance(state, str)
    assert isinstance(due_at, datetime)
    stands = standing(state, due_at, now)
    return Light(
        int(str(key)),
        int(str(unit_id)),
        str(unit),
        None if item_id is None else int(str(item_id)),
        str(what),
        state,
        due_at,
        None if late is None else int(str(late)),
        stands,
        state in ("preparing", "with_head"),
    )


@dataclass(frozen=True)
class UnitRow:
    """One unit against all that it was asked for in a meeting."""

    unit_id: int
    unit: str
    papers: list[Light]
    counts: Counts

    @property
    def next_due_at(self) -> datetime | None:
        """When the next thing that is still missing is due; the longest overdue first."""
        missing = [paper.due_at for paper in self.papers if passes(paper, "missing")]
        return min(missing, default=None)

    @property
    def missing(self) -> int:
        """How many papers it still owes."""
        return sum(passes(paper, "missing") for paper in self.papers)


def by_unit(rows: Iterable[Light]) -> list[UnitRow]:
    """The units, those with something overdue first, then those that owe most, then by name."""
    found: dict[int, list[Light]] = {}
    for row in rows:
        if row.standing != "waived":
            found.setdefault(row.unit_id, []).append(row)
    units = [UnitRow(key, papers[0].unit, in_order(papers), counted(papers)) for key, papers in found.items()]
    return sorted(units, key=lambda unit: (-unit.counts.overdue, -unit.missing, unit.unit))


def counted(rows: Iterable[Light]) -> Counts:
    """The figures above the board."""
    return counts([(row.standing, row.first_late_minutes) for row in rows])
