"""What becomes of tasks when documents are issued, corrected, replaced or withdrawn, in the same transaction."""

from sqlalchemy import select

from meeting.acts import Tx, on
from meeting.conclusions.clears import missing
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.events import Event
from meeting.journal import Told
from meeting.tasks.common import give, hand_over, head_of, iso, note, officer_of
from meeting.tasks.models import Task
from meeting.tasks.rules import CLOSED_STATES, TaskState
from meeting.tasks.service import call_off

#: What a line says about its task besides its words.
FIELDS = ("leader_id", "process", "product")


@on(Event.NOTICE_ISSUED)
def bear(tx: Tx, told: Told) -> None:
    """Each line with a lead unit becomes a task: given at once when all five clears are filled, else a draft. A line that carries
    on one of an earlier document goes on with that line's task."""
    issued = tx.get(Instrument, told.facts["notice_id"])
    for line in issued.lines:
        if line.lead_unit_id is not None and _task_of(tx, line.id) is None and not _carried(tx, line.carries_id, line):
            _make(tx, issued, line)


@on(Event.NOTICE_CORRECTED, Event.NOTICE_REPLACED)
def go_on(tx: Tx, told: Told) -> None:
    """Tasks of carried lines go on with the new words, date and unit. When a document is replaced, the other open tasks of the
    old one are cancelled."""
    old = tx.get(Instrument, told.facts["notice_id"])
    for before, after in dict(told.facts.get("carried") or {}).items():
        _carried(tx, int(before), tx.get(NoticeLine, int(after)))
    if told.event == Event.NOTICE_REPLACED:
        _call_off_rest(tx, old, f"thay thế bởi {told.facts.get('symbol') or 'văn bản khác'}")


@on(Event.NOTICE_WITHDRAWN)
def end(tx: Tx, told: Told) -> None:
    """The open tasks of a withdrawn document are cancelled."""
    old = tx.get(Instrument, told.facts["notice_id"])
    by = f" theo {told.facts['symbol']}" if told.facts.get("symbol") else ""
    _call_off_rest(tx, old, f"{_called(old)} bị thu hồi{by}")


def _make(tx: Tx, issued: Instrument, line: NoticeLine) -> None:
    """One task of an issued line."""
    assert line.lead_unit_id is not None
    task = tx.add(
        Task(
            body_id=issued.meeting.body_id,
            meeting_id=issued.meeting_id,
            notice_id=issued.id,
            line_id=line.id,
            text=line.text,
            lead_unit_id=line.lead_unit_id,
            officer_id=officer_of(line),
            due_on=line.due_on,
            no_due=line.no_due,
            first_due_on=line.due_on,
            assigner_id=issued.approved_by_id or issued.meeting.chair_id,
            state=TaskState.DRAFT,
            given=False,
            assigned_at=tx.now,
            cooperating=list(line.cooperating),
            **{name: getattr(line, name) for name in FIELDS},
        )
    )
    lacks = missing(task)
    if not lacks:
        give(tx, task)
        return
    names = [clear.value for clear in lacks]
    tx.record(Event.TASK_ENTERED, task, task_id=task.id, origin="line", symbol=task.source, body_id=task.body_id, missing=names)


def _task_of(tx: Tx, line_id: int) -> Task | None:
    return tx.scalar(select(Task).where(Task.line_id == line_id))


def _task_behind(tx: Tx, line_id: int | None) -> Task | None:
    """The task of a line, or of the line that it corrected."""
    while line_id is not None:
        task = _task_of(tx, line_id)
        if task is not None:
            return task
        line = tx.find(NoticeLine, line_id)
        line_id = line.carries_id if line is not None else None
    return None


def _carried(tx: Tx, before: int | None, line: NoticeLine) -> bool:
    """Whether a line goes on with the task of an earlier line. A replacement then is that task's document; a correction only
    changes what it says, the corrected document stays its own."""
    task = _task_behind(tx, before)
    if line.lead_unit_id is None:  # it gives nothing to do any more
        return False
    if task is None or task.state == TaskState.CANCELLED or _task_of(tx, line.id) is not None:
        return task is not None and task.line_id == line.id
    if task.state == TaskState.ACCEPTED:
        return True  # what is done is done
    _take_up(tx, task, line)
    return True


def _take_up(tx: Tx, task: Task, line: NoticeLine) -> None:
    """The task goes on under the new document, with what the new line says."""
    text_before, due_before = task.text, task.due_on
    if line.notice.relation != "corrects":
        task.line_id, task.notice_id, task.meeting_id = line.id, line.notice_id, line.notice.meeting_id
    task.text = line.text
    if line.due_on is not None or line.no_due:
        task.due_on, task.no_due = line.due_on, line.no_due
    for name in FIELDS:
        setattr(task, name, getattr(line, name) or getattr(task, name))
    if line.lead_unit_id == task.lead_unit_id:
        task.officer_id = officer_of(line) or task.officer_id
    task.cooperating = list(line.cooperating)
    tx.flush()
    tx.reading.expire(task, ["notice", "meeting"])
    changed = {"text_before": text_before if text_before != task.text else ""}
    dates = {"due_before": due_before, "due_after": task.due_on} if due_before != task.due_on else {}
    note(tx, task, "carried", text=_called(line.notice), **changed, **dates)
    if line.lead_unit_id is not None and line.lead_unit_id != task.lead_unit_id:
        _move(tx, task, line)
    if task.state == TaskState.DRAFT and not missing(task):
        give(tx, task)
    facts = {"task_id": task.id, "line_id": line.id, "before": iso(due_before), "after": iso(task.due_on)}
    tx.record(Event.TASK_EDITED, task, carried=True, **facts)


def _move(tx: Tx, task: Task, line: NoticeLine) -> None:
    """The new document names another unit."""
    assert line.lead_unit is not None
    if not task.given:
        task.lead_unit_id, task.officer_id = line.lead_unit.id, officer_of(line)
        tx.flush()
        tx.reading.expire(task, ["lead_unit", "officer"])
        return
    officer_id = officer_of(line) or head_of(tx.reading, line.lead_unit.id)  # the document counts: nothing is refused here
    hand_over(tx, task, line.lead_unit, officer_id, _called(line.notice))


def _call_off_rest(tx: Tx, old: Instrument, reason: str) -> None:
    wanted = select(Task).where(Task.notice_id == old.id, Task.state.not_in(CLOSED_STATES)).order_by(Task.id)
    for task in list(tx.scalars(wanted).unique()):
        call_off(tx, task, reason)


def _called(instrument: Instrument | None) -> str:
    """Number and symbol of a document."""
    return instrument.number.symbol if instrument is not None and instrument.number is not None else "văn bản khác"
