"""The tasks that reports count, by the grammar of the one-stop offices' reports, and the tasks behind each figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from meeting import clock
from meeting.errors import N_
from meeting.evaluation.numbers import Share, number
from meeting.organization.models import Body, Person, Unit
from meeting.tasks.counting import Extension, Life, Place, TaskFigures, belongs, due_at, figures, is_new, place
from meeting.tasks.models import Task, TaskStep
from meeting.tasks.monthly import MOVES
from meeting.tasks.rules import TaskState

#: The figures of tasks and what they are called.
LABELS: Mapping[str, str] = {
    "new": N_("New tasks"),
    "carried": N_("Carried over"),
    "total": N_("Tasks in all"),
    "done_on_time": N_("Done in time"),
    "done_late": N_("Done late"),
    "overdue": N_("Overdue and not done"),
    "in_progress": N_("In progress within their time"),
    "fallen_due": N_("Done or overdue"),
    "past_due": N_("Past their day"),
    "waiting": N_("Reported and not judged yet"),
    "cancelled": N_("Cancelled in the period"),
}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as reports count it."""

    task_id: int
    body: str
    unit_id: int
    unit: str
    leader_id: int | None
    leader: str
    text: str
    life: Life


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are counted. A period that is not over is counted until today."""

    starts: date
    ends: date


def span(since: date, until: date, today: date) -> Span:
    """The days of a period that have come."""
    return Span(since, max(min(until, today), since))


def _alive(life: Life, days: Span) -> bool:
    return place(life, days.ends) is not Place.CANCELLED


def _at(*places: Place) -> Callable[[Life, Span], bool]:
    return lambda life, days: place(life, days.ends) in places


def _waits(life: Life, days: Span) -> bool:
    return figures([life], days.starts, days.ends).waiting > 0


_TESTS: Mapping[str, Callable[[Life, Span], bool]] = {
    "new": lambda life, days: _alive(life, days) and is_new(life, days.starts),
    "carried": lambda life, days: _alive(life, days) and not is_new(life, days.starts),
    "total": _alive,
    "done_on_time": _at(Place.DONE_ON_TIME),
    "done_late": _at(Place.DONE_LATE),
    "overdue": _at(Place.OVERDUE),
    "in_progress": _at(Place.IN_PROGRESS),
    "fallen_due": _at(Place.DONE_ON_TIME, Place.DONE_LATE, Place.OVERDUE),
    "past_due": _at(Place.DONE_LATE, Place.OVERDUE),
    "waiting": _waits,
    "cancelled": _at(Place.CANCELLED),
}


def behind(rows: Iterable[TaskRow], figure: str, days: Span) -> list[TaskRow]:
    """The tasks behind a figure, by due date, those without one last."""
    found = [row for row in rows if belongs(row.life, days.starts, days.ends) and _TESTS[figure](row.life, days)]
    return sorted(found, key=lambda row: (row.life.due_on is None, row.life.due_on or date.max, row.task_id))


def counted(rows: Iterable[TaskRow], days: Span) -> TaskFigures:
    """The figures of some tasks."""
    return figures((row.life for row in rows), days.starts, days.ends)


def fallen_due(found: TaskFigures) -> int:
    """What is measured: done, or overdue and not done."""
    return found.done + found.overdue


def on_time(found: TaskFigures) -> Share:
    """Done in time, of all that was done or overdue."""
    return Share(found.done_on_time, fallen_due(found))


def past_due(found: TaskFigures) -> Share:
    """Done late or overdue and not done, of all that was done or overdue."""
    return Share(found.done_late + found.overdue, fallen_due(found))


def sentence(name: str, found: TaskFigures, language: str = "vi") -> str:
    """The sentence on tasks: "nhận mới …, kỳ trước chuyển sang …; đúng hạn n/N (%), quá hạn n/N (%); còn trong hạn …"."""
    if not found.total:
        return f"{name} had no tasks." if language == "en" else f"{name} không có nhiệm vụ nào."
    return _english(name, found) if language == "en" else _vietnamese(name, found)


def _vietnamese(name: str, found: TaskFigures) -> str:
    def of(count: int) -> str:
        return f"{number(count)} nhiệm vụ" if count else "không có nhiệm vụ"

    parts = [f"{name} nhận mới {of(found.new)}, kỳ trước chuyển sang {of(found.carried)}"]
    if fallen_due(found):
        parts.append(f"hoàn thành đúng hạn {on_time(found).text()}, quá hạn {past_due(found).text()}")
    parts.append(f"đang thực hiện còn trong hạn {of(found.in_progress)}")
    return "; ".join(parts) + "."


def _english(name: str, found: TaskFigures) -> str:
    def of(count: int) -> str:
        return f"{number(count, 'en')} tasks" if count else "no tasks"

    parts = [f"{name} received {of(found.new)} and had {of(found.carried)} carried over"]
    if fallen_due(found):
        parts.append(f"done in time {on_time(found).text('en')}, past their day {past_due(found).text('en')}")
    parts.append(f"in progress within their time {of(found.in_progress)}")
    return "; ".join(parts) + "."


def tasks(session: Session, bodies: Sequence[Body], days: Span, unit_id: int | None = None) -> list[TaskRow]:
    """The tasks of some bodies that the period had to deal with; of one unit when asked. Two queries."""
    names = {body.id: body.short_name for body in bodies}
    leader, until = aliased(Person), clock.at_local(days.ends + timedelta(days=1))
    columns = (Task.id, Task.body_id, Task.lead_unit_id, Unit.name.label("unit"), Task.leader_id, leader.full_name, Task.text)
    state = (Task.state, Task.assigned_at, Task.due_on, Task.done_on, Task.cancelled_at)
    wanted = (
        select(*columns, *state)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(leader, leader.id == Task.leader_id)
        .where(Task.body_id.in_(list(names)), Task.given, Task.state != "draft", Task.assigned_at < until)
    )
    if unit_id is not None:
        wanted = wanted.where(Task.lead_unit_id == unit_id)
    moved = _extensions(session, days.ends)
    found = [
        TaskRow(row.id, names[row.body_id], row.lead_unit_id, row.unit, row.leader_id, row.full_name or "", row.text, life)
        for row in session.execute(wanted)
        for life in (_life(row, moved.get(row.id, []), days.ends),)
    ]
    return [row for row in found if belongs(row.life, days.starts, days.ends)]


def _life(row: object, moved: Sequence[Extension], ends: date) -> Life:
    state, done_on, cancelled_at = row.state, row.done_on, row.cancelled_at  # type: ignore[attr-defined]
    return Life(
        assigned_on=clock.local(row.assigned_at).date(),  # type: ignore[attr-defined]
        due_on=due_at(row.due_on, moved, ends),  # type: ignore[attr-defined]
        done_on=done_on if state == TaskState.ACCEPTED else None,
        cancelled_on=clock.local(cancelled_at).date() if cancelled_at and state == "cancelled" else None,
        waits_since=done_on if state == TaskState.REPORTED else None,
    )


def _extensions(session: Session, ends: date) -> dict[int, list[Extension]]:
    """Due dates that were moved after the end of the period, by task: they did not hold then."""
    after = clock.at_local(ends + timedelta(days=1))
    wanted = select(TaskStep.task_id, TaskStep.at, TaskStep.due_before, TaskStep.due_after).where(
        TaskStep.kind.in_(MOVES), TaskStep.due_before.is_distinct_from(TaskStep.due_after), TaskStep.at >= after
    )
    found: dict[int, list[Extension]] = {}
    for task_id, at, before, new in session.execute(wanted):
        found.setdefault(task_id, []).append(Extension(clock.local(at).date(), before, new))
    return found
