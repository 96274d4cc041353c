"""Reads of tasks, always limited to what the actor may see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Meeting
from meeting.clock import today
from meeting.conclusions.models import Instrument
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.permissions import Action, Actor, Role, allows
from meeting.tasks.filters import Filter as Filter  # noqa: PLC0414 - part of this module's own words
from meeting.tasks.models import Task, TaskChange, TaskObstacle, TaskStep, TaskStepFile
from meeting.tasks.possible import Steps as Steps  # noqa: PLC0414
from meeting.tasks.possible import steps_for as steps_for  # noqa: PLC0414
from meeting.tasks.rules import OPEN_STATES, TaskState
from meeting.tasks.visible import BODY_ROLES as BODY_ROLES  # noqa: PLC0414
from meeting.tasks.visible import is_with
from meeting.tasks.visible import visible_to as visible_to  # noqa: PLC0414

_SOURCE = joinedload(Task.notice).joinedload(Instrument.number)


def filtered(actor: Actor, wanted: Filter) -> Select[Task]:
    """The tasks the actor may see and asks for, by due date (those without one last)."""
    found = visible_to(actor).where(*wanted.conditions(today())).options(_SOURCE)
    return found.order_by(Task.due_on.is_(None), Task.due_on, Task.id)


def part_of(session: Session, actor: Actor, wanted: Filter, size: int, start: int = 0) -> list[Task]:
    """So many of them, and one more when there are more."""
    return list(session.scalars(filtered(actor, wanted).offset(start).limit(size + 1)).unique())


def visible_tasks(session: Session, actor: Actor, unit_id: int | None = None, state: str = "") -> list[Task]:
    """All tasks the actor may see, of a unit and in a state (or group) when asked."""
    return list(session.scalars(filtered(actor, Filter(unit=unit_id, state=state))).unique())


def readable_task(session: Session, actor: Actor, task_id: int) -> Task:
    """One task for somebody who may read it, else `Missing`."""
    task = session.scalars(select(Task).where(Task.id == task_id).options(_SOURCE)).unique().one_or_none()
    if task is None or not allows(Action.READ_TASKS, task.hats_of(actor, session)):
        raise Missing()
    return task


def seen_until(session: Session, task: Task, actor: Actor) -> datetime | None:
    """Up to when somebody reads what happened, who knows of the task only because their unit led it before; None: all of it."""
    subject = task.meeting or task.body
    if allows(Action.READ_TASKS, subject.hats_of(actor, session) - {Role.OFFICER, Role.HEAD, Role.GUEST}):
        return None
    if task.hats_of_concerned(actor):
        return None
    return max((former.until for former in task.former_units if former.unit_id == actor.unit_id), default=None)


def steps_of(session: Session, task: Task, actor: Actor | None = None) -> list[TaskStep]:
    """What happened to a task, newest first, as far as the actor may know."""
    wanted = select(TaskStep).where(TaskStep.task_id == task.id).order_by(TaskStep.id.desc())
    until = seen_until(session, task, actor) if actor is not None else None
    return list(session.scalars(wanted.where(TaskStep.at <= until) if until is not None else wanted))


def changes_of(session: Session, task: Task, actor: Actor | None = None) -> list[TaskChange]:
    """What was proposed, newest first, as far as the actor may know."""
    wanted = select(TaskChange).where(TaskChange.task_id == task.id).order_by(TaskChange.id.desc())
    people = joinedload(TaskChange.asked_by), joinedload(TaskChange.decided_by), joinedload(TaskChange.wanted_unit)
    until = seen_until(session, task, actor) if actor is not None else None
    known = wanted.where(TaskChange.asked_at <= until) if until is not None else wanted
    return list(session.scalars(known.options(*people)))


def obstacles_of(session: Session, task: Task, actor: Actor | None = None) -> list[TaskObstacle]:
    """What stands or stood in the way: the unsettled first, the newest first."""
    wanted = select(TaskObstacle).where(TaskObstacle.task_id == task.id)
    people = joinedload(TaskObstacle.raised_by), joinedload(TaskObstacle.settled_by)
    until = seen_until(session, task, actor) if actor is not None else None
    known = wanted.where(TaskObstacle.raised_at <= until) if until is not None else wanted
    order = TaskObstacle.settled_at.is_not(None), TaskObstacle.id.desc()
    return list(session.scalars(known.order_by(*order).options(*people)))


def files_of(session: Session, steps: Sequence[TaskStep]) -> dict[int, list[File]]:
    """The files that came with steps, by step; also the single one of older reports."""
    found: dict[int, list[File]] = {}
    ids = [step.id for step in steps]
    wanted = select(TaskStepFile.step_id, File).join(File, File.id == TaskStepFile.file_id)
    for step_id, file in session.execute(wanted.where(TaskStepFile.step_id.in_(ids)).order_by(File.id)):
        found.setdefault(step_id, []).append(file)
    alone = {step.file_id: step.id for step in steps if step.file_id and step.id not in found}
    if alone:
        for file in session.scalars(select(File).where(File.id.in_(alone))):
            found[alone[file.id]] = [file]
    return found


def proofs_of(session: Session, steps: Sequence[TaskStep]) -> dict[int, File]:
    """The files that reports brought, by id."""
    return {file.id: file for files in files_of(session, steps).values() for file in files}


@opens
def place_of_proof(session: Session, actor: Actor, file: File) -> Place | None:
    """A file of a report is opened by whoever may read that step, the document a task comes from by whoever may read the task."""
    brought = select(TaskStepFile.step_id).where(TaskStepFile.file_id == file.id)
    wanted = select(Task, TaskStep.at).join(TaskStep, TaskStep.task_id == Task.id)
    rows = session.execute(wanted.where(or_(TaskStep.file_id == file.id, TaskStep.id.in_(brought)))).unique()
    for task, at in rows:
        if allows(Action.READ_TASKS, task.hats_of(actor, session)):
            until = seen_until(session, task, actor)
            if until is None or at <= until:
                return _place(file.name, task)
    for task in session.scalars(select(Task).where(Task.source_file_id == file.id)).unique():
        if allows(Action.READ_TASKS, task.hats_of(actor, session)):
            return _place(task.source_symbol or file.name, task)
    return None


def _place(title: str, task: Task) -> Place:
    return Place(title=title, detail=task.text, back=f"/tasks/{task.id}", meeting_id=task.meeting_id)


def tasks_of_meeting(session: Session, actor: Actor, meeting_id: int) -> list[Task]:
    """The tasks of one meeting as far as the actor may see them."""
    return list(session.scalars(filtered(actor, Filter(meeting=meeting_id))).unique())


def waiting_for(session: Session, actor: Actor) -> list[Task]:
    """What asks something of this person: open tasks of their unit, results and proposals that wait where they decide."""
    return list(session.scalars(_waiting(actor).order_by(Task.due_on.is_(None), Task.due_on, Task.id)).unique())


def waiting_count(session: Session, actor: Actor) -> int:
    """How many they are, in one query."""
    found = _waiting(actor).with_only_columns(func.count(Task.id.distinct())).order_by(None)
    return session.scalar(found) or 0


def _waiting(actor: Actor) -> Select[Task]:
    person = actor.person_id
    bodies = actor.bodies_as(Role.CHAIR, Role.SECRETARY, Role.CHIEF)
    decides = or_(Meeting.chair_id == person, Meeting.secretary_id == person, Task.body_id.in_(bodies))
    reports = and_(is_with(actor), Task.given, Task.state.in_(OPEN_STATES))
    result = and_(Task.state == TaskState.REPORTED, Task.reported_by_id.is_distinct_from(person))
    asked = select(TaskChange.task_id).where(TaskChange.state == "asked", TaskChange.asked_by_id != person)
    proposed = and_(Task.id.in_(asked), Task.state.in_(OPEN_STATES | {TaskState.REPORTED}))
    unassigned = Task.state == TaskState.DRAFT
    return visible_to(actor).where(or_(reports, and_(decides, or_(result, proposed, unassigned))))
