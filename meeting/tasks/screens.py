"""What the page of one task shows: the five clears, what waits for an answer, and the one step that comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.clock import local, today
from meeting.conclusions import clears
from meeting.documents.models import File
from meeting.organization.models import Membership, Person, Unit
from meeting.permissions import Action, Actor, Role, allows
from meeting.tasks import queries
from meeting.tasks.models import Task, TaskChange, TaskReview

UNIT_STEPS = ("receive", "report")


@dataclass(frozen=True)
class Shown:
    """One of the five clears as the page shows it."""

    label: str
    filled: bool
    text: str


def task_page(session: Session, actor: Actor, task: Task) -> dict[str, Any]:
    """All that the page of one task needs."""
    hats = task.hats_of(actor, session)
    can = queries.steps_for(session, actor, task)
    steps = queries.steps_of(session, task, actor)
    changes = queries.changes_of(session, task, actor)
    obstacles = queries.obstacles_of(session, task, actor)
    open_changes = [each for each in changes if each.state == "asked"]
    open_obstacles = [each for each in obstacles if each.settled_at is None]
    days = today()
    return {
        "task": task,
        "can": can,
        "next": next_step(can, bool(open_changes), bool(open_obstacles), task.timeliness(days) == "overdue"),
        "steps": steps,
        "result": next((step for step in steps if step.kind == "done"), None) if task.state in ("reported", "accepted") else None,
        "files": queries.files_of(session, steps),
        "changes": changes,
        "open_changes": open_changes,
        "obstacles": obstacles,
        "open_obstacles": open_obstacles,
        "answered": answered(changes),
        "reviews": reviews_of(session, task) if allows(Action.READ_TASKS, hats) else [],
        "clears": clears_of(task),
        "units": units(session) if can.transfer or can.decide or can.propose else [],
        "people": people_of_units(session) if can.transfer or can.receive or can.decide else [],
        "source_file": session.get(File, task.source_file_id) if task.source_file_id else None,
        "notice_readable": _notice_readable(session, actor, task),
        "meeting_readable": task.meeting is not None and allows(Action.READ_MEETING, task.meeting.hats_of(actor, session)),
        "may_release": allows(Action.RELEASE_TASKS, hats) and task.state not in ("draft", "cancelled"),
        "is_head": Role.HEAD in hats,
        "told": told(task, days),
        "today": days,
    }


def next_step(can: Any, proposed: bool, hindered: bool, overdue: bool) -> str:
    """The one step drawn as the solid button; empty when the reader only reads or waits."""
    order = (
        ("accept", can.review),
        ("assign", can.assign and not can.missing),
        ("edit", can.edit and bool(can.missing)),
        ("decide", bool(can.decide) and proposed),
        ("settle", can.settle and hindered),
        ("receive", can.receive),
        ("report", can.report),
        ("urge", can.urge and overdue),
    )
    return next((name for name, true in order if true), "")


def clears_of(task: Task) -> list[Shown]:
    """Person, work, process, responsibility, result, each with what stands for it."""
    lacking = clears.missing(task)
    who = [task.lead_unit.name, *([task.officer.called] if task.officer else [])]
    words = {
        clears.Clear.PERSON: ", ".join(who),
        clears.Clear.WORK: task.text,
        clears.Clear.PROCESS: task.process,
        clears.Clear.RESPONSIBILITY: task.leader.called if task.leader else "",
        clears.Clear.RESULT: task.product,
    }
    return [Shown(clears.LABELS[clear], clear not in lacking, words[clear]) for clear in clears.Clear]


def answered(changes: Sequence[TaskChange]) -> list[TaskChange]:
    """Proposals that were decided, the last first."""
    return [each for each in changes if each.state in ("granted", "refused")]


def reviews_of(session: Session, task: Task) -> list[TaskReview]:
    """What the leaders said on it in their monthly reviews, newest first."""
    wanted = select(TaskReview).where(TaskReview.task_id == task.id).order_by(TaskReview.month.desc())
    return list(session.scalars(wanted))


def told(task: Task, day: date) -> dict[str, Any]:
    """Dates as the side of the page shows them: when it was given, when it was first due."""
    return {
        "given_on": local(task.assigned_at).date(),
        "moved": bool(task.first_due_on and task.first_due_on != task.due_on),
        "late": task.due_on is not None and task.due_on < day and task.state not in ("accepted", "cancelled", "reported"),
    }


def _notice_readable(session: Session, actor: Actor, task: Task) -> bool:
    return task.notice is not None and allows(Action.READ_CONCLUSIONS, task.notice.hats_of(actor, session))


def units(session: Session) -> list[Unit]:
    """Units that can be given something to do."""
    return list(session.scalars(select(Unit).where(Unit.retired_on.is_(None)).order_by(Unit.name)))


@dataclass(frozen=True)
class Worker:
    """Somebody of a unit who can be named as the person who carries a task out."""

    id: int
    name: str
    unit_id: int
    unit: str
    is_head: bool


def people_of_units(session: Session) -> list[Worker]:
    """Everybody who belongs to a unit, by unit, its head first."""
    heads = set(session.scalars(select(Membership.person_id).where(Membership.role == Role.HEAD, Membership.ends_on.is_(None))))
    wanted = select(Person.id, Person.full_name, Unit.id, Unit.name).join(Unit, Unit.id == Person.unit_id)
    found = session.execute(wanted.where(Person.retired_on.is_(None), Unit.retired_on.is_(None)))
    workers = [Worker(key, name, unit_id, unit, key in heads) for key, name, unit_id, unit in found]
    return sorted(workers, key=lambda each: (each.unit, not each.is_head, each.name.split()[-1:], each.name))
