"""Acts on given tasks: received, reported, accepted or sent back, urged, extended, transferred, cancelled."""

from datetime import date
from typing import Any

from pydantic import Field

from meeting.acts import Tx, act
from meeting.clock import local
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action, Role
from meeting.tasks.common import (
    NoteInput,
    ReasonInput,
    TaskInput,
    check_officer,
    current_unit,
    end_matters,
    hand_over,
    iso,
    kept_task,
    local_day,
    note,
    officer_for,
    own_file,
    own_task,
)
from meeting.tasks.models import Task, TaskChange, TaskStepFile
from meeting.tasks.obstacles import raise_one
from meeting.tasks.rules import (
    TaskState,
    check_files,
    check_new_due,
    check_report,
    check_reviewer,
    step,
)


class ReceiveInput(TaskInput):
    """The unit may name the one person who carries it out."""

    officer_id: int | None = None


class ReportInput(TaskInput):
    """How far the unit is; `done` says that the result is there. `obstacle` tells what stands in the way, `proposal` what to do
    about it. `file_id` is one more file. `back_reason`: why the progress is less than before."""

    progress_percent: int = Field(ge=0, le=100)
    text: str = Field(max_length=10_000)
    obstacle: str = Field("", max_length=5000)
    proposal: str = Field("", max_length=5000)
    done: bool = False
    file_id: int | None = None
    file_ids: list[int] = Field(default_factory=list, max_length=50)
    back_reason: str = Field("", max_length=2000)

    @property
    def files(self) -> list[int]:
        """All files, each once."""
        return list(dict.fromkeys([*self.file_ids, *([self.file_id] if self.file_id else [])]))


class ExtendInput(ReasonInput):
    """The new due date and why."""

    due_on: date


class TransferInput(ReasonInput):
    """To which unit and why; who carries it out there (else its head), and a new due date if there is one."""

    unit_id: int
    officer_id: int | None = None
    due_on: date | None = None


@act("tasks.receive", Action.REPORT_TASK)
def receive(tx: Tx, wanted: ReceiveInput) -> dict[str, Any]:
    """The lead unit says that it has the task, and may name who carries it out.

    Refused: `not_your_unit`, `task_received`, `officer_not_of_unit`. Recorded.
    """
    task = own_task(tx, wanted.task_id)
    task.state = step("receive", TaskState(task.state))
    if wanted.officer_id is not None:
        check_officer(tx, wanted.officer_id, task.lead_unit_id)
        task.officer_id = wanted.officer_id
    note(tx, task, "received")
    tx.record(Event.TASK_RECEIVED, task, task_id=task.id)
    return {}


@act("tasks.report", Action.REPORT_TASK)
def report(tx: Tx, wanted: ReportInput) -> dict[str, Any]:
    """The lead unit reports progress, or with `done` the result, which then waits for acceptance.

    Refused: `not_your_unit`; `report_empty`, `result_empty`; `progress_back` without a reason; `report_files`;
    `task_reported` while a result waits; `task_accepted`, `task_cancelled`, `task_draft`. A result counts on the day it is
    reported. Recorded with percent and whether it is done, never with the text.
    """
    task = own_task(tx, wanted.task_id)
    before = task.progress_percent
    check_report(wanted.text, wanted.progress_percent, before=before, done=wanted.done, back_reason=wanted.back_reason)
    check_files(len(wanted.files))
    for file_id in wanted.files:
        own_file(tx, file_id)
    percent = 100 if wanted.done else wanted.progress_percent
    task.state = step("report_done" if wanted.done else "report", TaskState(task.state))
    task.progress_percent = percent
    task.reported_by_id = tx.actor.person_id
    if wanted.done:
        task.reported_at = tx.now
        task.done_on = local(tx.now).date()
        end_matters(tx, task, "content", "unit")  # what was proposed about the work is over with it
    obstacle = "" if wanted.done else wanted.obstacle.strip()
    text = f"{wanted.text}\n{wanted.back_reason}" if percent < before and wanted.back_reason else wanted.text
    kind = "done" if wanted.done else "progress"
    made = note(tx, task, kind, text=text, obstacle=obstacle, progress_percent=percent)
    for file_id in wanted.files:
        tx.add(TaskStepFile(step_id=made.id, file_id=file_id))
    tx.record(Event.TASK_REPORTED, task, task_id=task.id, progress_percent=percent, done=wanted.done)
    if obstacle:
        raise_one(tx, task, obstacle, wanted.proposal)
    return {"state": task.state}


@act("tasks.accept", Action.REVIEW_TASK)
def accept(tx: Tx, wanted: NoteInput) -> dict[str, Any]:
    """Accepts the reported result and closes the task, with what was still asked or stood in the way.

    Refused: `task_not_reported`; `own_report`, `own_work`, `own_unit`: nobody accepts what is theirs. Recorded.
    """
    task = _reviewed(tx, wanted.task_id)
    task.state = step("accept", TaskState(task.state))
    task.accepted_at = tx.now
    task.accepted_by_id = tx.actor.person_id
    end_matters(tx, task)
    note(tx, task, "accepted", text=wanted.text)
    tx.record(Event.TASK_ACCEPTED, task, task_id=task.id, on_time=_on_time(task))
    return {"on_time": _on_time(task)}


@act("tasks.send_back", Action.REVIEW_TASK)
def send_back(tx: Tx, wanted: ReasonInput) -> dict[str, Any]:
    """Returns a result that is not good enough; the due date stays. Refused as `tasks.accept`, and `reason_needed`."""
    task = _reviewed(tx, wanted.task_id)
    after = step("send_back", TaskState(task.state))
    _check_reason(wanted.reason)
    task.state = after
    task.reported_at = task.done_on = None
    note(tx, task, "sent_back", text=wanted.reason)
    tx.record(Event.TASK_SENT_BACK, task, task_id=task.id, reason=wanted.reason)
    return {}


@act("tasks.urge", Action.REVIEW_TASK)
def urge(tx: Tx, wanted: NoteInput) -> dict[str, Any]:
    """Urges the lead unit by every channel; each urging is kept with who, when and what.

    Refused: `task_reported` (then it is ours to judge), `task_accepted`, `task_cancelled`, `task_draft`. Recorded.
    """
    task = kept_task(tx, wanted.task_id, Action.REVIEW_TASK, own=True)
    step("urge", TaskState(task.state))
    note(tx, task, "urged", text=wanted.text)
    tx.record(Event.TASK_URGED, task, task_id=task.id)
    return {}


@act("tasks.extend", Action.REVIEW_TASK)
def extend(tx: Tx, wanted: ExtendInput) -> dict[str, Any]:
    """Gives the unit more time, with a reason; the date before stays on file. Time that was asked for is granted with it.

    Refused: `extension_not_later`, `extension_past`, `reason_needed`, `own_unit`, `task_accepted`, `task_cancelled`,
    `task_draft`. Recorded with both dates.
    """
    task = kept_task(tx, wanted.task_id, Action.REVIEW_TASK)
    step("extend", TaskState(task.state))
    check_new_due(TaskState(task.state), task.due_on, wanted.due_on, local_day(tx))
    _check_reason(wanted.reason)
    for change in tx.scalars(TaskChange.waiting(task.id, "time")):
        change.state, change.answer = "granted", wanted.reason
        change.decided_at, change.decided_by_id = tx.now, tx.actor.person_id
    move_due(tx, task, wanted.due_on, wanted.reason)
    return {}


@act("tasks.transfer", Action.KEEP_TASKS)
def transfer(tx: Tx, wanted: TransferInput) -> dict[str, Any]:
    """Gives the task to another unit, which has to receive it; the unit before reads what happened up to now. The clock and the
    due date stay unless a new one is given.

    Refused: `same_unit`, `unit_retired`, `officer_not_of_unit`, `officer_needed`, `reason_needed`, `own_unit`, `task_draft`,
    `task_reported`, `task_accepted`, `task_cancelled`; `extension_not_later`, `extension_past`. Recorded with both units
    and the reason.
    """
    task = kept_task(tx, wanted.task_id)
    step("transfer", TaskState(task.state))
    if wanted.unit_id == task.lead_unit_id:
        raise Refused("same_unit")
    _check_reason(wanted.reason)
    if wanted.due_on is not None and wanted.due_on != task.due_on:
        check_new_due(TaskState(task.state), task.due_on, wanted.due_on, local_day(tx))
    unit = current_unit(tx, wanted.unit_id)
    hand_over(tx, task, unit, officer_for(tx, wanted.officer_id, unit.id), wanted.reason, wanted.due_on)
    return {}


@act("tasks.cancel", Action.KEEP_TASKS)
def cancel(tx: Tx, wanted: ReasonInput) -> dict[str, Any]:
    """Ends a task that is no longer wanted, with the reason; only before its result is accepted.

    Refused: `reason_needed`, `own_unit`, `task_accepted`, `task_cancelled`. Recorded, and told to the unit.
    """
    task = kept_task(tx, wanted.task_id)
    step("cancel", TaskState(task.state))
    _check_reason(wanted.reason)
    call_off(tx, task, wanted.reason)
    return {}


def call_off(tx: Tx, task: Task, reason: str) -> None:
    """Ends a task, also when the document it comes from is replaced or withdrawn."""
    task.state = step("cancel", TaskState(task.state))
    task.cancelled_at, task.cancel_reason = tx.now, reason
    end_matters(tx, task)
    note(tx, task, "cancelled", text=reason)
    tx.record(Event.TASK_CANCELLED, task, task_id=task.id, reason=reason, given=task.given)


def move_due(tx: Tx, task: Task, due_on: date, reason: str) -> None:
    """Another due date; the one before is kept, the first one never changes."""
    before = task.due_on
    task.due_on, task.no_due = due_on, False
    note(tx, task, "extended", text=reason, due_before=before, due_after=due_on)
    tx.record(Event.TASK_EXTENDED, task, task_id=task.id, before=iso(before), after=due_on.isoformat())


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_needed")


def _reviewed(tx: Tx, task_id: int) -> Task:
    """The task, for somebody who may judge its result."""
    task = tx.get(Task, task_id)
    hats = tx.require(Action.REVIEW_TASK, task)
    presides, unit = Role.CHAIR in hats, tx.actor.unit_id
    check_reviewer(task.reported_by_id, tx.actor.person_id, task.lead_unit_id, unit, presides, task.officer_id)
    return task


def _on_time(task: Task) -> bool:
    return task.due_on is None or (task.done_on is not None and task.done_on <= task.due_on)
