"""What several acts on tasks share: the task for those who report and for those who keep it, units and people, the history."""

from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx
from meeting.clock import local, today
from meeting.conclusions.models import NoticeLine
from meeting.documents.models import File
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Membership, Person, Unit
from meeting.permissions import Action, Role
from meeting.tasks.models import Task, TaskChange, TaskFormerUnit, TaskObstacle, TaskStep
from meeting.tasks.rules import TaskState, check_decider


class TaskInput(ActInput):
    """Names a task."""

    task_id: int


class NoteInput(TaskInput):
    """A task and a few words, which may be left out."""

    text: str = ""


class ReasonInput(TaskInput):
    """A task and why."""

    reason: str


def own_task(tx: Tx, task_id: int) -> Task:
    """The task, for somebody of its lead unit or the one person who carries it out."""
    task = tx.get(Task, task_id)
    tx.require(Action.REPORT_TASK, task)
    if not task.is_with(tx.actor):
        raise Refused("not_your_unit")
    return task


def kept_task(tx: Tx, task_id: int, action: Action = Action.KEEP_TASKS, *, own: bool = False) -> Task:
    """The task, for the office or the chair; unless `own`, nobody decides for their own unit without presiding, nor on what
    they carry out themselves."""
    task = tx.get(Task, task_id)
    hats = tx.require(action, task)
    if task.given and not own:
        presides = Role.CHAIR in hats
        check_decider(tx.actor.person_id, task.lead_unit_id, tx.actor.unit_id, presides, task.officer_id)
    return task


def note(tx: Tx, task: Task, kind: str, **values: Any) -> TaskStep:
    """One thing that happened, in the history of the task."""
    return tx.add(TaskStep(task_id=task.id, kind=kind, at=tx.now, by_id=tx.actor.person_id, **values))


def iso(day: date | None) -> str | None:
    """A day as the journal keeps it."""
    return day.isoformat() if day else None


def local_day(tx: Tx) -> date:
    """The local day of this act."""
    return local(tx.now).date()


def current_unit(tx: Tx, unit_id: int) -> Unit:
    """A unit that can be given something to do. Refused: `unit_retired`."""
    unit = tx.get(Unit, unit_id)
    if unit.retired_on is not None and unit.retired_on <= local_day(tx):
        raise Refused("unit_retired", name=unit.name)
    return unit


def check_officer(tx: Tx, officer_id: int | None, unit_id: int | None) -> None:
    """Who carries out a task belongs to the unit that leads it (`officer_not_of_unit`)."""
    if officer_id is not None and tx.get(Person, officer_id).unit_id != unit_id:
        raise Refused("officer_not_of_unit")


def officer_of(line: NoticeLine) -> int | None:
    """Who a line names to carry it out, if that person is of the unit that leads it: else nobody could report."""
    named = line.officer is not None and line.officer.unit_id == line.lead_unit_id
    return line.officer_id if named else None


def head_of(session: Session, unit_id: int) -> int | None:
    """The head of a unit, whichever body it serves; the one who is so longest."""
    day = today()
    wanted = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Person.unit_id == unit_id,
            Person.retired_on.is_(None),
            Membership.role == Role.HEAD,
            Membership.starts_on <= day,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= day),
        )
        .order_by(Membership.starts_on, Membership.id)
    )
    return session.scalar(wanted.limit(1))


def own_file(tx: Tx, file_id: int | None) -> None:
    """A file that the acting person sent; others' files are not known here."""
    if file_id is not None and tx.get(File, file_id).uploaded_by != tx.actor.person_id:
        raise Missing()


def end_matters(tx: Tx, task: Task, *kinds: str) -> None:
    """What was asked and what stood in the way is over with the task (or only proposals of some kinds are)."""
    for change in tx.scalars(TaskChange.waiting(task.id, *kinds)):
        change.state, change.decided_at, change.decided_by_id = "withdrawn", tx.now, tx.actor.person_id
    if kinds:
        return
    for obstacle in tx.scalars(TaskObstacle.standing(task.id)):
        obstacle.settled_at, obstacle.settled_by_id = tx.now, tx.actor.person_id
    task.obstacle = ""


def newest_obstacle(tx: Tx, task: Task) -> str:
    """What stands in the way now, as the lists show it."""
    tx.flush()
    newest = tx.scalar(TaskObstacle.standing(task.id).limit(1))
    return newest.text if newest is not None else ""


def give(tx: Tx, task: Task) -> None:
    """The task is its unit's from now on."""
    task.state, task.given = TaskState.ASSIGNED, True
    task.assigned_at, task.first_due_on = tx.now, task.due_on
    tx.record(Event.TASK_ASSIGNED, task, task_id=task.id, unit_id=task.lead_unit_id, due_on=iso(task.due_on))


def officer_for(tx: Tx, officer_id: int | None, unit_id: int) -> int:
    """Who carries a task out in the unit that takes it over: the one named, else its head.

    Refused: `officer_not_of_unit`, `officer_needed`.
    """
    check_officer(tx, officer_id, unit_id)
    found = officer_id or head_of(tx.reading, unit_id)
    if found is None:
        raise Refused("officer_needed")
    return found


def hand_over(tx: Tx, task: Task, unit: Unit, officer_id: int | None, reason: str, due_on: date | None = None) -> None:
    """Another unit leads from now on; the one before reads what happened so far, and what it proposed is over.

    The dates stay unless a new one is given.
    """
    before, due_before = task.lead_unit_id, task.due_on
    tx.add(TaskFormerUnit(task_id=task.id, unit_id=before, until=tx.now))
    end_matters(tx, task, "time", "content", "unit")
    task.state = TaskState.ASSIGNED
    task.reported_at = task.done_on = None
    task.cooperating = [each for each in task.cooperating if each.id != unit.id]
    task.lead_unit_id, task.officer_id = unit.id, officer_id
    task.due_on, task.no_due = due_on or due_before, task.no_due and due_on is None
    moved = {"due_before": due_before, "due_after": due_on} if due_on is not None and due_on != due_before else {}
    note(tx, task, "transferred", text=reason, unit_before_id=before, unit_after_id=unit.id, **moved)
    tx.flush()
    tx.reading.expire(task)
    facts = {"task_id": task.id, "before": before, "unit_id": unit.id, "due_on": iso(task.due_on), "reason": reason}
    tx.record(Event.TASK_TRANSFERRED, task, **facts)
