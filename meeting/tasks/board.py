"""The board: tasks in columns by state, in lists by what they ask for, whose they are or where they come from. Pure."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meeting.clock import local
from meeting.errors import N_
from meeting.organization.names import name_key
from meeting.tasks.listing import Asked, Row
from meeting.tasks.rules import TaskState

#: The groups of the list by due date in their order.
GROUPS = ("overdue", "due_soon", "reported", "on_track", "draft", "done", "cancelled")

#: The columns of the board: what is still to be given, given, under way, waiting, done.
COLUMNS: dict[str, tuple[str, ...]] = {
    "draft": ("draft",),
    "assigned": ("assigned", "received"),
    "in_progress": ("in_progress",),
    "reported": ("reported",),
    "done": ("accepted",),
}

IN_COLUMN = 40  # cards in a column; the rest is one link away
IN_LIST = 100  # rows on a page of a list
DONE_SHOWN = 30  # completed tasks in lists that are not about them: the last ones


@dataclass(frozen=True)
class Group:
    """Tasks under one head; `total` counts those too that stand on other pages."""

    key: Any
    name: str
    tasks: Sequence[Row]
    total: int
    overdue: int = 0


@dataclass(frozen=True)
class Column:
    """One state of the board."""

    key: str
    tasks: Sequence[Row]
    total: int
    overdue: int
    due_soon: int


@dataclass(frozen=True)
class Load:
    """How a unit's open tasks stand."""

    unit_id: int
    name: str
    overdue: int
    due_soon: int
    rest: int

    @property
    def total(self) -> int:
        """All open tasks of the unit."""
        return self.overdue + self.due_soon + self.rest


@dataclass(frozen=True)
class Board:
    """What the page shows."""

    columns: Sequence[Column]
    groups: Sequence[Group]
    counts: dict[str, int]  # of all that fit the filters, whatever the state asked for
    loads: Sequence[Load]
    open_total: int
    sources: int  # documents and meetings the open ones come from
    on_time: int
    late: int
    found: int  # tasks in the list, on all its pages
    pages: int

    @property
    def most(self) -> int:
        """The largest load, which the bars are measured against."""
        return max((load.total for load in self.loads), default=0)

    @property
    def share(self) -> int:
        """Percent of accepted tasks that were in time."""
        done = self.on_time + self.late
        return round(100 * self.on_time / done) if done else 0


def board_of(tasks: Sequence[Row], asked: Asked, today: date) -> Board:
    """The board of these tasks; the state asked for narrows the list, never the figures beside it."""
    meant = [task for task in tasks if asked.matches(task)]
    shown = [task for task in meant if asked.of_state(task, today)]
    groups = grouped(shown, asked, today) if asked.view != "board" else []
    found = sum(group.total for group in groups)
    open_ones = [task for task in meant if task.is_open]
    on_time, late = done_figures(meant)
    return Board(
        columns=columns(shown, today) if asked.view == "board" else [],
        groups=page_of(groups, asked.page),
        counts=counts(meant, today),
        loads=by_unit(meant, today),
        open_total=len(open_ones),
        sources=len({task.symbol or task.id for task in open_ones}),
        on_time=on_time,
        late=late,
        found=found,
        pages=max(1, -(-found // IN_LIST)),
    )


def counts(tasks: Sequence[Row], today: date) -> dict[str, int]:
    """How many stand how: the groups, and what waits for an answer."""
    found = dict.fromkeys((*GROUPS, "asked", "obstacle"), 0)
    for task in tasks:
        found[task.standing(today)] += 1
        found["asked"] += task.asked and task.is_open
        found["obstacle"] += task.obstacle and task.is_open
    return found


def columns(tasks: Sequence[Row], today: date) -> list[Column]:
    """The five columns, each by due date; what is done stands with the last first."""
    made = []
    for key, states in COLUMNS.items():
        inside = [task for task in tasks if task.state in states]
        if key == "done":
            inside.sort(key=_done_last, reverse=True)
        stands = [task.standing(today) for task in inside]
        made.append(Column(key, inside[:IN_COLUMN], len(inside), stands.count("overdue"), stands.count("due_soon")))
    return made


def grouped(tasks: Sequence[Row], asked: Asked, today: date) -> list[Group]:
    """The list under its heads: by due date, unit, leader, meeting or month."""
    if asked.view == "due":
        return _by_standing(tasks, asked, today)
    key, order = LISTS[asked.view]
    inside = tasks if asked.state else [*(task for task in tasks if task.is_open), *_last_done(tasks)]
    found: dict[Hashable, list[Row]] = {}
    names: dict[Hashable, str] = {}
    for task in inside:
        head, name = key(task)
        found.setdefault(head, []).append(task)
        names[head] = name
    heads = sorted(found, key=lambda head: order(found[head], names[head]))
    return [_group(head, names[head], found[head], today) for head in heads]


def _by_standing(tasks: Sequence[Row], asked: Asked, today: date) -> list[Group]:
    found: dict[str, list[Row]] = {key: [] for key in GROUPS}
    for task in tasks:
        found[task.standing(today)].append(task)
    found["done"].sort(key=_done_last, reverse=True)
    if asked.state != "done":
        found["done"] = found["done"][:DONE_SHOWN]
    return [_group(key, "", inside, today) for key, inside in found.items() if inside]


def _last_done(tasks: Sequence[Row]) -> list[Row]:
    done = [task for task in tasks if not task.is_open and task.state != "cancelled"]
    return sorted(done, key=_done_last, reverse=True)[:DONE_SHOWN]


def _done_last(task: Row) -> Any:
    return task.accepted_at or task.assigned_at


def _group(head: Hashable, name: str, tasks: Sequence[Row], today: date) -> Group:
    late = sum(task.standing(today) == "overdue" for task in tasks)
    return Group(head, name, tasks, len(tasks), late)


def _month(task: Row) -> tuple[Hashable, str]:
    return (f"{task.due_on:%Y-%m}", f"{task.due_on:%m/%Y}") if task.due_on else ("", "")


def _meeting(task: Row) -> tuple[Hashable, str]:
    if task.meeting_id is None:
        return ("", task.symbol), task.symbol
    return task.meeting_id, task.meeting


def _newest_first(tasks: Sequence[Row], _name: str) -> Any:
    return -max(local(task.met_at or task.assigned_at).timestamp() for task in tasks)


#: How a list finds the head of a task, and in what order the heads stand.
LISTS: dict[str, tuple[Callable[[Row], tuple[Hashable, str]], Callable[[Sequence[Row], str], Any]]] = {
    "unit": (lambda task: (task.lead_unit_id, task.unit), lambda _tasks, name: name),
    "leader": (lambda task: (task.leader_id, task.leader), lambda tasks, name: (not name, name_key(name))),
    "meeting": (_meeting, _newest_first),
    "month": (_month, lambda tasks, _name: _month(tasks[0])[0] or "9999"),
}


def page_of(groups: Sequence[Group], page: int) -> list[Group]:
    """The groups on one page of the list; a group that runs over keeps its head and its count on each."""
    first, kept, seen = (page - 1) * IN_LIST, [], 0
    for group in groups:
        inside = group.tasks[max(0, first - seen) : max(0, first + IN_LIST - seen)]
        seen += group.total
        if inside:
            kept.append(Group(group.key, group.name, inside, group.total, group.overdue))
    return kept


def by_unit(tasks: Sequence[Row], today: date) -> list[Load]:
    """Open tasks by lead unit, the most first."""
    loads: dict[int, list[Row]] = {}
    for task in tasks:
        if task.is_open:
            loads.setdefault(task.lead_unit_id, []).append(task)
    rows = [_load(each, today) for each in loads.values()]
    return sorted(rows, key=lambda row: (-row.total, row.name))


def _load(tasks: Sequence[Row], today: date) -> Load:
    stands = [task.standing(today) for task in tasks]
    overdue, soon = stands.count("overdue"), stands.count("due_soon")
    return Load(tasks[0].lead_unit_id, tasks[0].unit, overdue, soon, len(stands) - overdue - soon)


def done_figures(tasks: Sequence[Row]) -> tuple[int, int]:
    """How many accepted results were in time, and how many late."""
    done = [task for task in tasks if task.state == TaskState.ACCEPTED]
    late = sum(1 for task in done if task.due_on and task.done_on and task.done_on > task.due_on)
    return len(done) - late, late


VIEW_NAMES = {
    "board": N_("By state"),
    "due": N_("By due date"),
    "unit": N_("By unit"),
    "leader": N_("By leader"),
    "meeting": N_("By meeting"),
    "month": N_("By month"),
}
