"""Acts on the addresses that other systems are told at: given, changed, tried, taken away; a delivery sent again by hand."""

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting import config
from meeting.acts import ActInput, Tx, act
from meeting.entrance.sealing import seal
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.exchange import entry, reaching, telling
from meeting.exchange.models import Client, Webhook, WebhookDelivery
from meeting.exchange.rules import TEST
from meeting.permissions import Action

EventName = Literal[
    "meeting.issued",
    "meeting.changed",
    "meeting.postponed",
    "meeting.cancelled",
    "notice.issued",
    "resolution.issued",
    "task.assigned",
    "task.changed",
    "task.done",
    "task.overdue",
]
Secret = Annotated[str, Field(min_length=32, max_length=200)]


class NewWebhook(ActInput):
    """An address of a system, what it is told of, and the secret its receiver checks signatures with."""

    client_id: int
    url: Annotated[str, Field(min_length=8, max_length=1000)]
    events: Annotated[list[EventName], Field(min_length=1)]
    secret: Secret


class EditedWebhook(ActInput):
    """What an address is told of, and whether it is."""

    webhook_id: int
    events: Annotated[list[EventName], Field(min_length=1)]
    on: bool = True


class WebhookInput(ActInput):
    """One address."""

    webhook_id: int


class RenewedSecret(WebhookInput):
    """Another secret for an address."""

    secret: Secret


class DeliveryInput(ActInput):
    """One delivery."""

    delivery_id: int


@act("exchange.add_webhook", Action.KEEP_CLIENTS, keeps_digest=False)
def add_webhook(tx: Tx, wanted: NewWebhook) -> dict[str, Any]:
    """Gives a system an address that is told of what happens in the bodies it has rights in.

    The secret is kept sealed with a key that lies outside the store: the worker has to read it to sign with it. Refused:
    `webhook_address_bad`, `webhook_address_inside`. Recorded with the address, never the secret.
    """
    tx.require(Action.KEEP_CLIENTS)
    client = tx.get(Client, wanted.client_id)
    reaching.check_url(wanted.url, config.settings().webhook_hosts)
    fields = {"url": wanted.url, "events": sorted(set(wanted.events)), "secret": seal(wanted.secret)}
    made = tx.add(Webhook(client_id=client.id, created_at=tx.now, **fields))
    tx.record(Event.WEBHOOK_ADDED, None, client_id=client.id, webhook_id=made.id, url=made.url, events=made.events)
    return {"webhook_id": made.id}


@act("exchange.edit_webhook", Action.KEEP_CLIENTS)
def edit_webhook(tx: Tx, wanted: EditedWebhook) -> dict[str, Any]:
    """Changes what an address is told of, switches it off or on again. What waited when it was switched off by itself is not
    sent later by itself. The same again is harmless. Recorded.
    """
    tx.require(Action.KEEP_CLIENTS)
    row = _standing(tx, wanted.webhook_id)
    events = sorted(set(wanted.events))
    if row.events == events and row.on == wanted.on:
        tx.nothing_to_record("nothing changed")
        return {}
    row.events, row.on = events, wanted.on
    if wanted.on:
        row.switched_off_at = row.failing_since = None
    tx.record(Event.WEBHOOK_EDITED, None, client_id=row.client_id, webhook_id=row.id, events=events, on=wanted.on)
    return {}


@act("exchange.renew_secret", Action.KEEP_CLIENTS, keeps_digest=False)
def renew_secret(tx: Tx, wanted: RenewedSecret) -> dict[str, Any]:
    """Signs with another secret from the next delivery on. Recorded, never the secret."""
    tx.require(Action.KEEP_CLIENTS)
    row = _standing(tx, wanted.webhook_id)
    row.secret = seal(wanted.secret)
    tx.record(Event.WEBHOOK_EDITED, None, client_id=row.client_id, webhook_id=row.id, secret_renewed=True)
    return {}


@act("exchange.end_webhook", Action.KEEP_CLIENTS)
def end_webhook(tx: Tx, wanted: WebhookInput) -> dict[str, Any]:
    """Takes an address away; what still waited for it is dropped. Its deliveries stay readable. Recorded."""
    tx.require(Action.KEEP_CLIENTS)
    row = _standing(tx, wanted.webhook_id)
    row.on, row.ended_at = False, tx.now
    telling.drop_waiting(tx, row)
    tx.record(Event.WEBHOOK_ENDED, None, client_id=row.client_id, webhook_id=row.id)
    return {}


@act("exchange.send_test", Action.KEEP_CLIENTS)
def send_test(tx: Tx, wanted: WebhookInput) -> dict[str, Any]:
    """Sends a test to an address, signed like everything else; the answer stands in its log. Refused as `webhook_off`."""
    tx.require(Action.KEEP_CLIENTS)
    row = _standing(tx, wanted.webhook_id)
    _check_on(row)
    made = telling.put_in_line(tx, row, TEST, "")
    tx.nothing_to_record("a test tells of nothing; its delivery is its record")
    return {"delivery_id": made.id}


@act("exchange.resend", Action.KEEP_CLIENTS)
def resend(tx: Tx, wanted: DeliveryInput) -> dict[str, Any]:
    """Sends a delivery again, with the same key: a receiver that has it already drops it.

    Refused: `delivery_waiting` while it is still being tried, `webhook_off`. Recorded.
    """
    tx.require(Action.KEEP_CLIENTS)
    row = tx.get(WebhookDelivery, wanted.delivery_id)
    _check_on(row.webhook)
    if row.state == "waiting":
        raise Refused("delivery_waiting")
    row.state, row.attempts = "waiting", 0
    row.begun_at = row.next_at = tx.now
    telling.send_soon(tx, row)
    facts = {"client_id": row.webhook.client_id, "webhook_id": row.webhook_id, "delivery": row.key}
    tx.record(Event.WEBHOOK_RESENT, None, **facts)
    return {}


def _standing(tx: Tx, webhook_id: int) -> Webhook:
    row = tx.scalar(select(Webhook).where(Webhook.id == webhook_id, Webhook.ended_at.is_(None)))
    if row is None:
        raise Missing()
    return row


def _check_on(row: Webhook) -> None:
    entry.check(row.client)
    if not row.on:
        raise Refused("webhook_off")
