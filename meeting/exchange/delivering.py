"""The worker tells other systems: one signed request a delivery, tried again with growing pauses, never by the web process."""

import json
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from meeting import clock, config, jobs
from meeting.acts import ActInput, Tx, act
from meeting.database import reading as reads
from meeting.entrance.sealing import unseal
from meeting.errors import Refused
from meeting.events import Event
from meeting.exchange import entry, reaching, reading, rules, shapes, telling
from meeting.exchange.models import Webhook, WebhookDelivery
from meeting.jobs import Job
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

LEASE = timedelta(minutes=2)  # so long nobody else tries a delivery that is being tried
AT_ONCE = 200
WORDS = 300  # letters kept of an answer
PATHS = {"meeting": "meetings", "notice": "notices", "task": "tasks"}


class DeliveryInput(ActInput):
    """One delivery."""

    delivery_id: int


class EndInput(DeliveryInput):
    """What became of one try: the status of the answer, 0 when there was none, and its first letters."""

    status: Annotated[int, Field(ge=0, le=999)]
    answer: str = ""


@act("exchange.begin_delivery", Action.SEND_WEBHOOKS, keeps_digest=False)
def begin_delivery(tx: Tx, wanted: DeliveryInput) -> dict[str, Any]:
    """The system takes a delivery into its hands for two minutes. `go: false` when it is not its turn: somebody else tries it,
    it is not due yet, or an earlier one of the same subject is still to be taken. What may no longer be told is dropped.
    """
    tx.require(Action.SEND_WEBHOOKS)
    tx.nothing_to_record("deliveries are their own record")
    row = tx.get(WebhookDelivery, wanted.delivery_id)
    if row.state != "waiting" or row.next_at > tx.now or _waits_for_earlier(tx, row):
        return {"go": False}
    if not _may_go(tx, row):
        row.state, row.answer = "dropped", "client_right_missing"
        return {"go": False}
    row.attempts, row.tried_at, row.next_at = row.attempts + 1, tx.now, tx.now + LEASE
    return {"go": True}


def _waits_for_earlier(tx: Tx, row: WebhookDelivery) -> bool:
    same = WebhookDelivery.webhook_id == row.webhook_id, WebhookDelivery.subject == row.subject
    earlier = select(WebhookDelivery.id).where(*same, WebhookDelivery.state == "waiting", WebhookDelivery.id < row.id)
    return bool(row.subject) and tx.scalar(earlier.limit(1)) is not None


def _may_go(tx: Tx, row: WebhookDelivery) -> bool:
    """Whether the address is on and its system may still know of the subject: asked at every try."""
    hook = row.webhook
    try:
        entry.check(hook.client)
    except Refused:
        return False
    if not hook.on or hook.ended_at is not None:
        return False
    return row.type == rules.TEST or reading.sees(tx.reading, entry.caller_of(hook.client), row.subject)


@act("exchange.end_delivery", Action.SEND_WEBHOOKS)
def end_delivery(tx: Tx, wanted: EndInput) -> dict[str, Any]:
    """The system notes what became of a try: taken, to be tried again, or given up after three days.

    An address that has failed for three days without one success is switched off by itself; that is recorded, and the
    administrators are told.
    """
    tx.require(Action.SEND_WEBHOOKS)
    tx.nothing_to_record("deliveries are their own record")
    row = tx.get(WebhookDelivery, wanted.delivery_id)
    if row.state != "waiting":
        return {"state": row.state}
    row.status, row.answer = wanted.status, wanted.answer[:WORDS]
    if rules.taken(wanted.status):
        _taken(tx, row)
    else:
        _failed(tx, row)
    return {"state": row.state}


def _taken(tx: Tx, row: WebhookDelivery) -> None:
    row.state = "taken"
    row.webhook.failing_since, row.webhook.succeeded_at = None, tx.now
    _let_next_go(tx, row)


def _let_next_go(tx: Tx, row: WebhookDelivery) -> None:
    """What waited for it goes at once."""
    tx.flush()
    same = WebhookDelivery.webhook_id == row.webhook_id, WebhookDelivery.subject == row.subject
    waiting = select(WebhookDelivery).where(*same, WebhookDelivery.state == "waiting", WebhookDelivery.id > row.id)
    following = tx.scalar(waiting.order_by(WebhookDelivery.id).limit(1))
    if row.subject and following is not None:
        telling.send_soon(tx, following)


def _failed(tx: Tx, row: WebhookDelivery) -> None:
    hook = row.webhook
    again = rules.next_try(row.attempts, row.begun_at, tx.now) if row.type != rules.TEST else None
    if again is None:
        row.state = "failed"
        _let_next_go(tx, row)
    else:
        row.next_at = again
    if row.type == rules.TEST:
        return
    hook.failing_since = hook.failing_since or tx.now
    if hook.on and tx.now - hook.failing_since >= rules.GIVE_UP_AFTER:
        _switch_off(tx, hook)


def _switch_off(tx: Tx, hook: Webhook) -> None:
    hook.on, hook.switched_off_at = False, tx.now
    tx.flush()
    telling.drop_waiting(tx, hook, "failed")
    tx.record(Event.WEBHOOK_SWITCHED_OFF, None, client_id=hook.client_id, webhook_id=hook.id, name=hook.client.name)


def content(row: WebhookDelivery) -> bytes:
    """The body that is sent: what happened and where to read it, nothing of the thing itself."""
    kind, _, number = row.subject.partition("-")
    told: dict[str, Any] = {"id": row.key, "type": row.type, "occurred_at": shapes.moment(row.occurred_at)}
    told["subject"] = {"kind": kind, "id": int(number)} if number else None
    told["link"] = shapes.link(f"/{PATHS[kind]}/{number}") if number else shapes.link("/")
    return json.dumps(told, ensure_ascii=False).encode()


def headers(row: WebhookDelivery, secret: str, body: bytes) -> dict[str, str]:
    """What goes along: the key of the delivery, what it tells of, and the signature of this try."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Hop-khong-giay",
        "X-HKG-Delivery": row.key,
        "X-HKG-Event": row.type,
        "X-HKG-Signature": rules.signature(secret, int(clock.now().timestamp()), body),
    }


@jobs.job("exchange.deliver", lane="outside")
def deliver(delivery_id: int) -> None:
    """Tries one delivery once. Run twice it does nothing the second time: the row says whose turn it is."""
    if not perform(SYSTEM, "exchange.begin_delivery", {"delivery_id": delivery_id})["go"]:
        return
    heard = _sent(delivery_id)
    perform(SYSTEM, "exchange.end_delivery", {"delivery_id": delivery_id, "status": heard.status, "answer": heard.text})


def _sent(delivery_id: int) -> reaching.Answer:
    with reads() as session:
        row = session.get_one(WebhookDelivery, delivery_id)
        url, sealed, body = row.webhook.url, row.webhook.secret, content(row)
        try:
            more = headers(row, unseal(sealed), body)
        except Refused:
            return reaching.Answer(0, "secret_unreadable")
    return reaching.post(url, body, more, config.settings().webhook_hosts)


class NoInput(ActInput):
    """Nothing to say."""


@act("exchange.send_due", Action.SEND_WEBHOOKS)
def send_due(tx: Tx, _wanted: NoInput) -> dict[str, Any]:
    """The system gives deliveries to the worker whose time has come, also those a worker that was killed had in its hands."""
    tx.require(Action.SEND_WEBHOOKS)
    tx.nothing_to_record("deliveries are their own record")
    earlier = aliased(WebhookDelivery)
    blocked = exists().where(
        earlier.webhook_id == WebhookDelivery.webhook_id,
        earlier.subject == WebhookDelivery.subject,
        WebhookDelivery.subject != "",
        earlier.state == "waiting",
        earlier.id < WebhookDelivery.id,
    )
    due = WebhookDelivery.state == "waiting", WebhookDelivery.next_at <= tx.now, ~blocked
    rows = list(tx.scalars(select(WebhookDelivery).where(*due).order_by(WebhookDelivery.id).limit(AT_ONCE)).unique())
    asked = {each.arguments.get("delivery_id") for each in tx.scalars(_open_jobs())} if rows else set()
    for row in rows:
        if row.id not in asked:
            telling.send_soon(tx, row)
    return {"sent": len(rows)}


def _open_jobs() -> Any:
    return select(Job).where(Job.kind == "exchange.deliver", Job.state.in_(("waiting", "running")))


@jobs.every(20)
def look_for_due() -> None:
    """The worker looks three times a minute; nothing is written where nothing waits."""
    with reads() as session:
        due = WebhookDelivery.state == "waiting", WebhookDelivery.next_at <= clock.now()
        if session.scalar(select(WebhookDelivery.id).where(*due).limit(1)) is None:
            return
    perform(SYSTEM, "exchange.send_due", {})
