"""Acts by which a task comes to be: entered from a document of a body above or by the office itself, edited, assigned."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.conclusions.clears import codes, missing
from meeting.conclusions.models import NoticeLine
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import Body, Person
from meeting.permissions import Action
from meeting.tasks.common import TaskInput, check_officer, current_unit, give, kept_task, local_day, note, officer_of, own_file
from meeting.tasks.models import Task
from meeting.tasks.rules import TaskState, check_dates, check_source, check_units, step

Urgency = Literal["normal", "urgent", "very_urgent", "express"]
SOURCE = ("source_symbol", "source_issuer", "source_on", "source_file_id")
#: What may be changed after a task was given; all else takes a proposal, an extension, a transfer or another document.
ALWAYS = frozenset({"officer_id", "leader_id", "cooperating_unit_ids", "process", "is_key", "urgency"})


class EnterInput(ActInput):
    """A task that no meeting of ours gave: where it comes from, and the five clears as far as they are known."""

    body_id: int
    origin: Literal["superior", "own"]
    text: str = Field(min_length=1, max_length=10_000)
    lead_unit_id: int
    source_symbol: str = Field("", max_length=100)
    source_issuer: str = Field("", max_length=300)
    source_on: date | None = None
    source_file_id: int | None = None
    cooperating_unit_ids: list[int] = Field(default_factory=list, max_length=50)
    officer_id: int | None = None
    leader_id: int | None = None
    assigner_id: int | None = None
    due_on: date | None = None
    no_due: bool = False
    process: str = Field("", max_length=10_000)
    product: str = Field("", max_length=300)
    is_key: bool = False
    urgency: Urgency = "normal"
    assign: bool = False


class EditInput(TaskInput):
    """What is to change; what is left out stays, null empties."""

    text: str | None = Field(None, min_length=1, max_length=10_000)
    lead_unit_id: int | None = None
    source_symbol: str | None = Field(None, max_length=100)
    source_issuer: str | None = Field(None, max_length=300)
    source_on: date | None = None
    source_file_id: int | None = None
    cooperating_unit_ids: list[int] | None = Field(None, max_length=50)
    officer_id: int | None = None
    leader_id: int | None = None
    assigner_id: int | None = None
    due_on: date | None = None
    no_due: bool | None = None
    process: str | None = Field(None, max_length=10_000)
    product: str | None = Field(None, max_length=300)
    is_key: bool | None = None
    urgency: Urgency | None = None


@act("tasks.enter", Action.KEEP_TASKS)
def enter(tx: Tx, wanted: EnterInput) -> dict[str, Any]:
    """The office enters a task: from a document of a body above (number, issuer and date named, the file if there is one), or
    one the chair gives outside a meeting. It is a draft, with `assign` given at once.

    Refused: `source_incomplete`, `source_in_future`, `due_before_source`, `due_and_no_due`, `lead_cooperates`,
    `unit_retired`, `officer_not_of_unit`; with `assign`, `task_not_clear` with the clears that are missing. Recorded.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_TASKS, body)
    check_source(wanted.origin, wanted.source_symbol, wanted.source_issuer, wanted.source_on, local_day(tx))
    own_file(tx, wanted.source_file_id)
    plain = wanted.model_dump(exclude={"meeting_id", "cooperating_unit_ids", "assign", "assigner_id"})
    task = Task(
        **plain,
        assigner_id=wanted.assigner_id or tx.actor.person_id,
        state=TaskState.DRAFT,
        given=False,
        assigned_at=tx.now,
    )
    _check(tx, task, wanted.cooperating_unit_ids, {"lead_unit_id", "officer_id", "leader_id", "assigner_id"})
    task.cooperating = [current_unit(tx, unit) for unit in dict.fromkeys(wanted.cooperating_unit_ids)]
    tx.add(task)
    note(tx, task, "entered")
    tx.record(Event.TASK_ENTERED, task, task_id=task.id, origin=task.origin, symbol=task.source_symbol, body_id=body.id)
    if wanted.assign:
        _assign(tx, task)
    return {"task_id": task.id, "state": task.state}


@act("tasks.edit", Action.KEEP_TASKS)
def edit(tx: Tx, wanted: EditInput) -> dict[str, Any]:
    """Changes a task: everything of one that was entered and not given yet; of a line only what the document left open; of a
    given one who does it, who is in charge, who helps, how, and how urgent it is.

    Refused: `task_fixed`, `stands_in_document`, `task_accepted`, `task_cancelled`, and what `tasks.enter` refuses. Recorded
    with the names of what changed; the same again changes nothing.
    """
    task = kept_task(tx, wanted.task_id, own=True)
    step("edit", TaskState(task.state))
    values = {name: getattr(wanted, name) for name in wanted.model_fields_set - {"task_id", "meeting_id"}}
    changed = {name for name, value in values.items() if value != _now(task, name)}
    if task.state != TaskState.DRAFT and not changed <= ALWAYS:
        raise Refused("task_fixed")
    if task.state == TaskState.DRAFT and changed & _in_document(tx, task):
        raise Refused("stands_in_document")
    if not changed:
        tx.nothing_to_record("nothing changes")
        return {"changed": []}
    _fill(tx, task, {name: values[name] for name in changed})
    if task.state != TaskState.DRAFT:
        note(tx, task, "edited", text=", ".join(sorted(changed)))
    tx.record(Event.TASK_EDITED, task, task_id=task.id, changed=sorted(changed))
    return {"changed": sorted(changed), "missing": [clear.value for clear in missing(task)]}


@act("tasks.assign", Action.KEEP_TASKS)
def assign(tx: Tx, wanted: TaskInput) -> dict[str, Any]:
    """Gives a draft to its unit: all five clears are filled (NĐ 315/2025 Điều 2.4: one unit and one person lead).

    Refused: `task_not_clear` with what is missing, `officer_not_of_unit`, `unit_retired`, `task_assigned`. Recorded, and told
    to the unit.
    """
    task = kept_task(tx, wanted.task_id, own=True)
    _assign(tx, task)
    return {"state": task.state}


def _assign(tx: Tx, task: Task) -> None:
    step("assign", TaskState(task.state))
    if lacks := missing(task):
        raise Refused("task_not_clear", missing=codes(lacks))
    current_unit(tx, task.lead_unit_id)
    check_officer(tx, task.officer_id, task.lead_unit_id)
    task.assigner_id = task.assigner_id or tx.actor.person_id
    note(tx, task, "assigned")
    give(tx, task)


def _check(tx: Tx, task: Task, cooperating: list[int], fresh: set[str]) -> None:
    """What a task may be; units and people are looked up where they are `fresh`."""
    check_dates(task.due_on, task.no_due, task.source_on)
    check_units(task.lead_unit_id, cooperating)
    if "lead_unit_id" in fresh:
        current_unit(tx, task.lead_unit_id)
    if {"lead_unit_id", "officer_id"} & fresh:
        check_officer(tx, task.officer_id, task.lead_unit_id)
    for name in {"leader_id", "assigner_id"} & fresh:
        if getattr(task, name) is not None:
            tx.get(Person, getattr(task, name))


def _now(task: Task, name: str) -> Any:
    """How a field stands."""
    return [unit.id for unit in task.cooperating] if name == "cooperating_unit_ids" else getattr(task, name)


def _fill(tx: Tx, task: Task, values: dict[str, Any]) -> None:
    """Writes what changed and asks the rules of the whole."""
    helpers = values.pop("cooperating_unit_ids", None)
    if values.get("source_file_id") is not None:
        own_file(tx, values["source_file_id"])
    if values.get("lead_unit_id", 0) is None:
        raise Refused("task_not_clear", missing=["clear_person"])
    empty = {"text": task.text, "no_due": False, "is_key": False, "urgency": "normal"}
    for name, value in values.items():
        setattr(task, name, empty.get(name, "" if isinstance(getattr(task, name), str) else None) if value is None else value)
    if helpers is not None:
        task.cooperating = [current_unit(tx, unit) for unit in dict.fromkeys(helpers)]
    if set(values) & set(SOURCE):
        check_source(task.origin, task.source_symbol, task.source_issuer, task.source_on, local_day(tx))
    _check(tx, task, [unit.id for unit in task.cooperating], set(values))
    tx.flush()


def _in_document(tx: Tx, task: Task) -> set[str]:
    """What the issued line says: it is not changed here. Its gaps are filled here."""
    line = tx.find(NoticeLine, task.line_id)
    if line is None:
        return set()
    stands = {"text", *SOURCE}
    says = {
        "lead_unit_id": line.lead_unit_id is not None,
        "officer_id": officer_of(line) is not None,
        "leader_id": line.leader_id is not None,
        "cooperating_unit_ids": bool(line.cooperating),
        "process": bool(line.process.strip()),
        "product": bool(line.product.strip()),
        "due_on": line.due_on is not None or line.no_due,
        "no_due": line.due_on is not None or line.no_due,
    }
    return stands | {name for name, said in says.items() if said}
