"""The board: tasks grouped by what they ask for, and figures beside them. Pure, over rows already read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meeting.organization.models import Unit
from meeting.tasks.models import Task
from meeting.tasks.rules import TaskState, Timeliness

#: The groups of the board in their order.
GROUPS = ("overdue", "due_soon", "reported", "on_track", "done")

#: So many completed tasks are listed, the last ones; older ones are found by search and in reports.
DONE_SHOWN = 30


@dataclass(frozen=True)
class Group:
    """Tasks that ask for the same attention."""

    key: str
    tasks: Sequence[Task]


@dataclass(frozen=True)
class UnitLoad:
    """How a unit's open tasks stand."""

    unit: Unit
    overdue: int
    due_soon: int
    rest: int

    @property
    def total(self) -> int:
        """All open tasks of the unit."""
        return self.overdue + self.due_soon + self.rest


@dataclass(frozen=True)
class Board:
    """What the board's page shows."""

    groups: Sequence[Group]
    counts: dict[str, int]  # of all groups, whatever the filter
    loads: Sequence[UnitLoad]
    open_total: int
    on_time: int
    late: int
    unit: Unit | None
    state: str

    @property
    def most(self) -> int:
        """The largest load, which the bars are measured against."""
        return max((load.total for load in self.loads), default=0)

    @property
    def share(self) -> int:
        """Percent of accepted tasks that were in time."""
        done = self.on_time + self.late
        return round(100 * self.on_time / done) if done else 0


def board_of(tasks: Sequence[Task], unit_id: int | None, state: str, today: date) -> Board:
    """The board of these tasks; the filters narrow the list, never the figures beside it."""
    counts = dict.fromkeys(GROUPS, 0)
    for task in tasks:
        counts[group_of(task, today)] += 1
    shown = [task for task in tasks if unit_id in (None, task.lead_unit_id)]
    groups = [group for group in grouped(shown, today) if state in ("", group.key)]
    on_time, late = done_figures(tasks)
    unit = next((task.lead_unit for task in tasks if task.lead_unit_id == unit_id), None)
    return Board(groups, counts, by_unit(tasks, today), len(tasks) - counts["done"], on_time, late, unit, state)


def grouped(tasks: Sequence[Task], today: date) -> list[Group]:
    """Overdue, due soon, waiting for acceptance, under way, done (the last ones); empty groups left out."""
    found: dict[str, list[Task]] = {key: [] for key in GROUPS}
    for task in tasks:
        found[group_of(task, today)].append(task)
    found["done"] = sorted(found["done"], key=lambda task: task.accepted_at or task.assigned_at, reverse=True)[:DONE_SHOWN]
    return [Group(key, rows) for key, rows in found.items() if rows]


def group_of(task: Task, today: date) -> str:
    """Which group of the board a task belongs to."""
    if task.state == TaskState.ACCEPTED:
        return "done"
    if task.state == TaskState.REPORTED:
        return "reported"
    says = task.timeliness(today)
    return says.value if says in (Timeliness.OVERDUE, Timeliness.DUE_SOON) else "on_track"


def by_unit(tasks: Sequence[Task], today: date) -> list[UnitLoad]:
    """Open tasks by lead unit, the most first."""
    loads: dict[int, list[Task]] = {}
    for task in tasks:
        if task.state != TaskState.ACCEPTED:
            loads.setdefault(task.lead_unit_id, []).append(task)
    rows = [_load(each, today) for each in loads.values()]
    return sorted(rows, key=lambda row: (-row.total, row.unit.name))


def _load(tasks: Sequence[Task], today: date) -> UnitLoad:
    groups = [group_of(task, today) for task in tasks]
    overdue, soon = groups.count("overdue"), groups.count("due_soon")
    return UnitLoad(tasks[0].lead_unit, overdue, soon, len(groups) - overdue - soon)


def done_figures(tasks: Sequence[Task]) -> tuple[int, int]:
    """How many accepted results were in time, and how many late."""
    done = [task for task in tasks if task.state == TaskState.ACCEPTED]
    late = sum(1 for task in done if task.due_on and task.done_on and task.done_on > task.due_on)
    return len(done) - late, late
