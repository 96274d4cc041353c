"""What happens is put in line for the addresses of other systems: in the same transaction, so that nothing is forgotten."""

import secrets
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from meeting import clock, jobs
from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.conclusions.models import Instrument
from meeting.events import Event
from meeting.exchange import entry, reading
from meeting.exchange.models import Client, Webhook, WebhookDelivery
from meeting.exchange.rules import EVENTS
from meeting.journal import Told
from meeting.permissions import SYSTEM, Action
from meeting.tasks.models import Task
from meeting.tasks.rules import OPEN_STATES
from meeting.writer import perform

MEETINGS = {
    Event.MEETING_ISSUED: "meeting.issued",
    Event.PROGRAMME_HANDED_OUT: "meeting.changed",
    Event.MEETING_POSTPONED: "meeting.postponed",
    Event.MEETING_CANCELLED: "meeting.cancelled",
}
TASKS = {
    Event.TASK_ASSIGNED: "task.assigned",
    Event.TASK_EDITED: "task.changed",
    Event.TASK_EXTENDED: "task.changed",
    Event.TASK_TRANSFERRED: "task.changed",
    Event.TASK_SENT_BACK: "task.changed",
    Event.TASK_CANCELLED: "task.changed",
    Event.TASK_ACCEPTED: "task.done",
}
OVERDUE_LOOKED_BACK = timedelta(days=14)


@on(*MEETINGS)
def tell_of_meeting(tx: Tx, entry_: Told) -> None:
    """A meeting that other systems may know of was issued, changed, put off or called off."""
    tell(tx, MEETINGS[entry_.event], f"meeting-{entry_.chain}", lambda: tx.get(Meeting, entry_.chain).body_id)


@on(Event.NOTICE_ISSUED)
def tell_of_document(tx: Tx, entry_: Told) -> None:
    """A document was issued: a notice of conclusions, or a resolution or decision."""
    number = entry_.facts["notice_id"]
    kind = "resolution.issued" if entry_.facts.get("family") == "decision" else "notice.issued"
    tell(tx, kind, f"notice-{number}", lambda: tx.get(Instrument, number).meeting.body_id)


@on(*TASKS)
def tell_of_task(tx: Tx, entry_: Told) -> None:
    """A task was given, changed or done. Drafts are not told: nobody outside the office may know of them."""
    number = entry_.facts.get("task_id")
    if number is not None:
        tell(tx, TASKS[entry_.event], f"task-{number}", lambda: tx.get(Task, number).body_id)


def tell(tx: Tx, kind: str, subject: str, body_of: Any) -> None:
    """Puts it in line for every address that asked for it and may know of it now."""
    listening = [each for each in _listening(tx) if kind in each.events]
    if not listening:
        return
    tx.flush()
    body_id = body_of()
    for row in listening:
        caller = entry.caller_of(row.client)
        if caller.may(EVENTS[kind][0], body_id) and reading.sees(tx.reading, caller, subject):
            put_in_line(tx, row, kind, subject)


def _listening(tx: Tx) -> list[Webhook]:
    wanted = select(Webhook).join(Client, Client.id == Webhook.client_id)
    return list(tx.scalars(wanted.where(Webhook.on, Webhook.ended_at.is_(None), Client.on).order_by(Webhook.id)).unique())


def put_in_line(tx: Tx, row: Webhook, kind: str, subject: str) -> WebhookDelivery:
    """One more delivery for an address, sent by the worker as soon as it can."""
    made = tx.add(
        WebhookDelivery(
            webhook_id=row.id,
            key=secrets.token_hex(16),
            type=kind,
            subject=subject,
            occurred_at=tx.now,
            begun_at=tx.now,
            next_at=tx.now,
        )
    )
    send_soon(tx, made)
    return made


def send_soon(tx: Tx, row: WebhookDelivery) -> None:
    """Tells the worker of a delivery."""
    jobs.enqueue(tx, "exchange.deliver", delivery_id=row.id)


def drop_waiting(tx: Tx, row: Webhook, state: str = "dropped") -> None:
    """What waits for an address is not sent any more."""
    waiting = WebhookDelivery.webhook_id == row.id, WebhookDelivery.state == "waiting"
    tx.execute(update(WebhookDelivery).where(*waiting).values(state=state))


class NoInput(ActInput):
    """Nothing to say."""


@act("exchange.tell_overdue", Action.SEND_WEBHOOKS)
def tell_overdue(tx: Tx, _wanted: NoInput) -> dict[str, Any]:
    """The system puts tasks in line that became overdue since an address is there: each once for each due day."""
    tx.require(Action.SEND_WEBHOOKS)
    tx.nothing_to_record("that a day has passed is no act; the deliveries are their own record")
    today = clock.local(tx.now).date()
    told = 0
    for row in [each for each in _listening(tx) if "task.overdue" in each.events]:
        caller = entry.caller_of(row.client)
        for task in _overdue(tx, row, today):
            subject = f"task-{task.id}"
            if caller.may("tasks", task.body_id) and reading.sees(tx.reading, caller, subject) and not _known(tx, row, task):
                put_in_line(tx, row, "task.overdue", subject)
                told += 1
    return {"told": told}


def _overdue(tx: Tx, row: Webhook, today: date) -> list[Task]:
    since = max(clock.local(row.created_at).date(), today - OVERDUE_LOOKED_BACK)
    late = Task.due_on < today, Task.due_on >= since, Task.state.in_(OPEN_STATES), Task.given
    return list(tx.scalars(select(Task).where(*late).order_by(Task.id)).unique())


def _known(tx: Tx, row: Webhook, task: Task) -> bool:
    """Whether the address was told so already after the day it is due now."""
    assert task.due_on is not None
    told = select(WebhookDelivery.id).where(
        WebhookDelivery.webhook_id == row.id,
        WebhookDelivery.subject == f"task-{task.id}",
        WebhookDelivery.type == "task.overdue",
        WebhookDelivery.occurred_at >= clock.at_local(task.due_on),
    )
    return tx.scalar(told.limit(1)) is not None


@jobs.every(900)
def look_for_overdue() -> None:
    """The worker looks every quarter of an hour."""
    perform(SYSTEM, "exchange.tell_overdue", {})
