"""Acts on tasks: born from issued lines, received, reported, accepted or sent back, urged, extended."""

from datetime import date
from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act, on
from meeting.clock import local
from meeting.conclusions.models import Notice
from meeting.documents.models import File
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.permissions import Action, Role
from meeting.tasks.models import Task, TaskStep
from meeting.tasks.rules import TaskState, check_extension, check_open, check_report, check_reviewer, step


class TaskInput(ActInput):
    """Names a task."""

    task_id: int


class NoteInput(TaskInput):
    """A task and a few words, which may be left out."""

    text: str = ""


class ReportInput(TaskInput):
    """How far the unit is; `done` says that the result is there. `obstacle` tells what stands in the way."""

    progress_percent: int = Field(ge=0, le=100)
    text: str
    obstacle: str = ""
    done: bool = False
    file_id: int | None = None


class ReasonInput(TaskInput):
    """A task and why."""

    reason: str


class ExtendInput(ReasonInput):
    """The new due date and why."""

    due_on: date


@on(Event.NOTICE_ISSUED)
def assign(tx: Tx, told: Told) -> None:
    """Gives the task lines of an issued notice to their lead units, in the transaction that issues it."""
    notice = tx.get(Notice, told.facts["notice_id"])
    for line in notice.lines:
        if line.lead_unit_id is None:
            continue
        task = tx.add(
            Task(
                meeting_id=notice.meeting_id,
                notice_id=notice.id,
                line_id=line.id,
                text=line.text,
                lead_unit_id=line.lead_unit_id,
                leader_id=line.leader_id,
                product=line.product,
                due_on=line.due_on,
                first_due_on=line.due_on,
                assigned_at=tx.now,
                cooperating=list(line.cooperating),
            )
        )
        due = line.due_on.isoformat() if line.due_on else None
        tx.record(Event.TASK_ASSIGNED, task, task_id=task.id, unit_id=line.lead_unit_id, due_on=due)


@act("tasks.receive", Action.REPORT_TASK)
def receive(tx: Tx, wanted: TaskInput) -> dict[str, Any]:
    """The lead unit says that it has the task. Refused: `not_your_unit`, `task_received`. Recorded."""
    task = _own_task(tx, wanted.task_id)
    task.state = step("receive", TaskState(task.state))
    _note(tx, task, "received")
    tx.record(Event.TASK_RECEIVED, task, task_id=task.id)
    return {}


@act("tasks.report", Action.REPORT_TASK)
def report(tx: Tx, wanted: ReportInput) -> dict[str, Any]:
    """The lead unit reports progress, or with `done` the result, which then waits for acceptance.

    Refused: `not_your_unit`; `report_empty`; `task_reported` while a result waits; `task_accepted`. A result counts on
    the day it is reported. Recorded with percent and whether it is done, never with the text.
    """
    task = _own_task(tx, wanted.task_id)
    check_report(wanted.text, wanted.progress_percent)
    percent = 100 if wanted.done else wanted.progress_percent
    _check_proof(tx, wanted.file_id)
    task.state = step("report_done" if wanted.done else "report", TaskState(task.state))
    task.progress_percent = percent
    task.obstacle = "" if wanted.done else wanted.obstacle
    task.reported_by_id = tx.actor.person_id
    if wanted.done:
        task.reported_at = tx.now
        task.done_on = local(tx.now).date()
    _note(
        tx,
        task,
        "done" if wanted.done else "progress",
        text=wanted.text,
        obstacle=wanted.obstacle,
        progress_percent=percent,
        file_id=wanted.file_id,
    )
    tx.record(Event.TASK_REPORTED, task, task_id=task.id, progress_percent=percent, done=wanted.done)
    return {"state": task.state}


@act("tasks.accept", Action.REVIEW_TASK)
def accept(tx: Tx, wanted: NoteInput) -> dict[str, Any]:
    """Accepts the reported result and closes the task.

    Refused: `task_not_reported`; `own_report`, `own_unit`: nobody accepts what is theirs. Recorded.
    """
    task = _reviewed(tx, wanted.task_id)
    task.state = step("accept", TaskState(task.state))
    task.accepted_at = tx.now
    _note(tx, task, "accepted", text=wanted.text)
    tx.record(Event.TASK_ACCEPTED, task, task_id=task.id, on_time=_on_time(task))
    return {"on_time": _on_time(task)}


@act("tasks.send_back", Action.REVIEW_TASK)
def send_back(tx: Tx, wanted: ReasonInput) -> dict[str, Any]:
    """Returns a result that is not good enough; the due date stays. Refused as `tasks.accept`, and `reason_needed`."""
    task = _reviewed(tx, wanted.task_id)
    after = step("send_back", TaskState(task.state))
    if not wanted.reason:
        raise Refused("reason_needed")
    task.state = after
    task.reported_at = task.done_on = None
    _note(tx, task, "sent_back", text=wanted.reason)
    tx.record(Event.TASK_SENT_BACK, task, task_id=task.id, reason=wanted.reason)
    return {}


@act("tasks.urge", Action.REVIEW_TASK)
def urge(tx: Tx, wanted: NoteInput) -> dict[str, Any]:
    """Urges the lead unit; every urging is kept. Refused: `task_accepted`. Recorded, and told to the unit."""
    task = tx.get(Task, wanted.task_id)
    tx.require(Action.REVIEW_TASK, task)
    check_open(TaskState(task.state))
    _note(tx, task, "urged", text=wanted.text)
    tx.record(Event.TASK_URGED, task, task_id=task.id)
    return {}


@act("tasks.extend", Action.REVIEW_TASK)
def extend(tx: Tx, wanted: ExtendInput) -> dict[str, Any]:
    """Gives the unit more time, with a reason; the date before stays on file.

    Refused: `extension_not_later`, `reason_needed`, `task_accepted`. Recorded with both dates.
    """
    task = tx.get(Task, wanted.task_id)
    tx.require(Action.REVIEW_TASK, task)
    check_open(TaskState(task.state))
    check_extension(task.due_on, wanted.due_on)
    if not wanted.reason:
        raise Refused("reason_needed")
    before = task.due_on
    task.due_on = wanted.due_on
    _note(tx, task, "extended", text=wanted.reason, due_before=before, due_after=wanted.due_on)
    was = before.isoformat() if before else None
    tx.record(Event.TASK_EXTENDED, task, task_id=task.id, before=was, after=wanted.due_on.isoformat())
    return {}


def _own_task(tx: Tx, task_id: int) -> Task:
    """The task, for somebody of its lead unit."""
    task = tx.get(Task, task_id)
    tx.require(Action.REPORT_TASK, task)
    if tx.actor.unit_id != task.lead_unit_id:
        raise Refused("not_your_unit")
    return task


def _check_proof(tx: Tx, file_id: int | None) -> None:
    """A proof is a file that the reporting person sent; others' files are not known here."""
    if file_id is not None and tx.get(File, file_id).uploaded_by != tx.actor.person_id:
        raise Missing()


def _reviewed(tx: Tx, task_id: int) -> Task:
    """The task, for somebody who may judge its result."""
    task = tx.get(Task, task_id)
    hats = tx.require(Action.REVIEW_TASK, task)
    check_reviewer(task.reported_by_id, tx.actor.person_id, task.lead_unit_id, tx.actor.unit_id, presides=Role.CHAIR in hats)
    return task


def _note(tx: Tx, task: Task, kind: str, **values: Any) -> None:
    tx.add(TaskStep(task_id=task.id, kind=kind, at=tx.now, by_id=tx.actor.person_id, **values))


def _on_time(task: Task) -> bool:
    return task.due_on is None or (task.done_on is not None and task.done_on <= task.due_on)
