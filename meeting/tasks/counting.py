"""How tasks are counted for a period: new, carried over, done in time, done late, overdue, in progress. Pure.

The grammar is that of the reports of one-stop offices: received anew + carried over from before = all that the period had to
deal with; of these so many were done (in time, late), the rest is overdue or still within its time at the end of the period.
What came after the last day of the period (results, extensions, cancellations) is left out, so a report on the past stays the
same; only the acceptance of a result that was reported in the period makes it count as done there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Place(StrEnum):
    """Where a task stands at the end of a period; each task of the period stands in exactly one place."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    IN_PROGRESS = "in_progress"
    CANCELLED = "cancelled"


class Extension(NamedTuple):
    """A due date that was moved on a day."""

    on: date
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Life:
    """The days of one task. `due_on` is the one in force at the end of the period (`due_at` finds it).

    `done_on`: the day of the result that was accepted. `waits_since`: the day of a result that still waits for acceptance; it
    is no completed task yet, but it is not overdue either when it came in time.
    """

    assigned_on: date
    due_on: date | None = None
    done_on: date | None = None
    cancelled_on: date | None = None
    waits_since: date | None = None


@dataclass(frozen=True)
class TaskFigures:
    """The figures of a period. `total` = new + carried = done + overdue + in_progress; cancelled ones stand beside."""

    new: int = 0
    carried: int = 0
    done_on_time: int = 0
    done_late: int = 0
    overdue: int = 0
    in_progress: int = 0  # within their time, or without a due date; among them `waiting`
    waiting: int = 0  # reported as completed in time and not judged yet
    cancelled: int = 0  # in the period; not in the total

    @property
    def total(self) -> int:
        """All that the period had to deal with."""
        return self.new + self.carried

    @property
    def done(self) -> int:
        """All that was completed in the period."""
        return self.done_on_time + self.done_late


def belongs(life: Life, starts: date, ends: date) -> bool:
    """Whether a task was to be dealt with in the period: given by its end, and not over before its beginning."""
    over = min((day for day in (life.done_on, life.cancelled_on) if day is not None), default=None)
    return life.assigned_on <= ends and (over is None or over >= starts)


def is_new(life: Life, starts: date) -> bool:
    """Whether it was given in the period; else it was carried over."""
    return life.assigned_on >= starts


def place(life: Life, ends: date) -> Place:
    """Where a task of the period stands at its end."""
    if life.cancelled_on is not None and life.cancelled_on <= ends:
        return Place.CANCELLED
    if life.done_on is not None and life.done_on <= ends:
        late = life.due_on is not None and life.done_on > life.due_on
        return Place.DONE_LATE if late else Place.DONE_ON_TIME
    if life.due_on is None or life.due_on >= ends or _waits_in_time(life, ends):
        return Place.IN_PROGRESS
    return Place.OVERDUE


def figures(lives: Iterable[Life], starts: date, ends: date) -> TaskFigures:
    """The figures of a period, both days included."""
    mine = [life for life in lives if belongs(life, starts, ends)]
    places = [place(life, ends) for life in mine]
    alive = [life for life, where in zip(mine, places, strict=True) if where is not Place.CANCELLED]
    new = sum(is_new(life, starts) for life in alive)
    return TaskFigures(
        new=new,
        carried=len(alive) - new,
        done_on_time=places.count(Place.DONE_ON_TIME),
        done_late=places.count(Place.DONE_LATE),
        overdue=places.count(Place.OVERDUE),
        in_progress=places.count(Place.IN_PROGRESS),
        waiting=sum(where is Place.IN_PROGRESS and _waits_in_time(life, ends) for life, where in zip(mine, places, strict=True)),
        cancelled=places.count(Place.CANCELLED),
    )


def due_at(due_on: date | None, extensions: Sequence[Extension], day: date) -> date | None:
    """The due date that was in force at the end of a day, from today's and the extensions in any order."""
    for extension in sorted(extensions, key=lambda each: each.on, reverse=True):
        if extension.on <= day:
            break
        due_on = extension.before
    return due_on


def _waits_in_time(life: Life, ends: date) -> bool:
    since = life.waits_since
    return since is not None and since <= ends and (life.due_on is None or since <= life.due_on)
