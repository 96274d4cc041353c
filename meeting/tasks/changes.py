"""Proposals of the unit to change its task (kiến nghị thay đổi): more time, other words, another unit; and the answer."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.tasks.common import TaskInput, current_unit, hand_over, kept_task, local_day, note, officer_for, own_task
from meeting.tasks.models import Task, TaskChange
from meeting.tasks.rules import (
    TaskState,
    check_new_due,
    check_none_waits,
    check_rewording,
    check_time_asked,
    check_undecided,
    step,
)
from meeting.tasks.service import move_due


class ProposeInput(TaskInput):
    """What is proposed (one of date, words, unit, by the kind) and why."""

    kind: Literal["time", "content", "unit"]
    text: str = Field(max_length=5000)
    due_on: date | None = None
    wanted_text: str = Field("", max_length=10_000)
    unit_id: int | None = None


class AskTimeInput(TaskInput):
    """Until when, and why."""

    due_on: date
    text: str = Field(max_length=5000)


class ChangeInput(ActInput):
    """Names a proposal."""

    change_id: int


class DecideInput(ChangeInput):
    """The answer; another date, other words or another unit than was asked for may be given."""

    granted: bool
    answer: str = Field("", max_length=5000)
    due_on: date | None = None
    wanted_text: str = Field("", max_length=10_000)
    unit_id: int | None = None
    officer_id: int | None = None


@act("tasks.propose_change", Action.REPORT_TASK)
def propose_change(tx: Tx, wanted: ProposeInput) -> dict[str, Any]:
    """The lead unit proposes to change its task instead of taking it as it is: more time, other words, another unit.

    One proposal of a kind waits at a time (`change_waits`). Refused: `not_your_unit`, `reason_needed`, `change_incomplete`,
    `task_no_due`, `extension_not_later`, `extension_past`, `text_same`, `same_unit`, `unit_retired`, `task_draft`,
    `task_reported`, `task_accepted`, `task_cancelled`. Recorded, and told to the office and the leader in charge.
    """
    task = own_task(tx, wanted.task_id)
    step("propose", TaskState(task.state))
    if not wanted.text.strip():
        raise Refused("reason_needed")
    check_none_waits(wanted.kind, [each.kind for each in tx.scalars(TaskChange.waiting(task.id))])
    asked = _asked(tx, task, wanted)
    change = tx.add(
        TaskChange(task_id=task.id, kind=wanted.kind, text=wanted.text, asked_at=tx.now, asked_by_id=tx.actor.person_id, **asked)
    )
    note(tx, task, "asked", text=wanted.text, due_after=asked.get("wanted_due_on"), unit_after_id=asked.get("wanted_unit_id"))
    tx.record(Event.TASK_CHANGE_ASKED, task, task_id=task.id, change_id=change.id, kind=change.kind)
    return {"change_id": change.id}


@act("tasks.ask_time", Action.REPORT_TASK)
def ask_time(tx: Tx, wanted: AskTimeInput) -> dict[str, Any]:
    """The lead unit asks for more time: `tasks.propose_change` of the kind `time`, refused and recorded as that."""
    asked = ProposeInput(task_id=wanted.task_id, kind="time", text=wanted.text, due_on=wanted.due_on)
    return tx.call("tasks.propose_change", asked)


@act("tasks.withdraw_change", Action.REPORT_TASK)
def withdraw_change(tx: Tx, wanted: ChangeInput) -> dict[str, Any]:
    """Whoever made a proposal takes it back. Refused: `not_your_proposal`, `change_decided`. Recorded."""
    change = tx.get(TaskChange, wanted.change_id)
    tx.require(Action.REPORT_TASK, change)
    if change.asked_by_id != tx.actor.person_id:
        raise Refused("not_your_proposal")
    _close(tx, change, "withdrawn", "")
    task = change.task
    note(tx, task, "taken_back", text=change.text)
    facts = {"task_id": task.id, "change_id": change.id, "kind": change.kind, "state": change.state}
    tx.record(Event.TASK_CHANGE_DECIDED, task, **facts)
    return {}


@act("tasks.decide_change", Action.KEEP_TASKS)
def decide_change(tx: Tx, wanted: DecideInput) -> dict[str, Any]:
    """The office or the chair grants or refuses a proposal. Granted time moves the due date (the old one is kept, the first one
    never changes); granted words replace the old ones, which stay in the history; a granted unit takes the task over.

    Refused: `change_decided`, `own_proposal`, `own_unit`, `own_work`, `answer_needed` (a refusal says why), and what an
    extension or a transfer refuses. Recorded, and told to the unit.
    """
    change = tx.get(TaskChange, wanted.change_id)
    task = kept_task(tx, change.task_id)
    check_undecided(change.state)
    if change.asked_by_id == tx.actor.person_id:
        raise Refused("own_proposal")
    if not wanted.granted and not wanted.answer.strip():
        raise Refused("answer_needed")
    _close(tx, change, "granted" if wanted.granted else "refused", wanted.answer)
    facts = {"task_id": task.id, "change_id": change.id, "kind": change.kind, "state": change.state}
    if wanted.granted:
        {"time": _give_time, "content": _reword, "unit": _give_away}[change.kind](tx, task, change, wanted)
    else:
        note(tx, task, "refused", text=wanted.answer)
    tx.record(Event.TASK_CHANGE_DECIDED, task, **facts)
    return {"state": change.state}


def _asked(tx: Tx, task: Task, wanted: ProposeInput) -> dict[str, Any]:
    """What is wanted, by the kind."""
    if wanted.kind == "content":
        check_rewording(task.text, wanted.wanted_text)
        return {"wanted_text": wanted.wanted_text.strip()}
    if wanted.kind == "time":
        if wanted.due_on is None:
            raise Refused("change_incomplete")
        check_time_asked(task.due_on, wanted.due_on, local_day(tx))
        return {"wanted_due_on": wanted.due_on}
    if wanted.unit_id is None:
        raise Refused("change_incomplete")
    if wanted.unit_id == task.lead_unit_id:
        raise Refused("same_unit")
    return {"wanted_unit_id": current_unit(tx, wanted.unit_id).id}


def _close(tx: Tx, change: TaskChange, state: str, answer: str) -> None:
    check_undecided(change.state)
    change.state, change.answer = state, answer
    change.decided_at, change.decided_by_id = tx.now, tx.actor.person_id
    tx.flush()


def _give_time(tx: Tx, task: Task, change: TaskChange, wanted: DecideInput) -> None:
    due_on = wanted.due_on or change.wanted_due_on
    assert due_on is not None
    step("extend", TaskState(task.state))
    check_new_due(TaskState(task.state), task.due_on, due_on, local_day(tx))
    move_due(tx, task, due_on, wanted.answer or change.text)


def _reword(tx: Tx, task: Task, change: TaskChange, wanted: DecideInput) -> None:
    step("reword", TaskState(task.state))
    text = wanted.wanted_text.strip() or change.wanted_text
    check_rewording(task.text, text)
    before, task.text = task.text, text
    note(tx, task, "reworded", text=wanted.answer, text_before=before)


def _give_away(tx: Tx, task: Task, change: TaskChange, wanted: DecideInput) -> None:
    step("transfer", TaskState(task.state))
    unit_id = wanted.unit_id or change.wanted_unit_id
    if unit_id == task.lead_unit_id:
        raise Refused("same_unit")
    unit = current_unit(tx, unit_id or 0)
    hand_over(tx, task, unit, officer_for(tx, wanted.officer_id, unit.id), wanted.answer or change.text)
