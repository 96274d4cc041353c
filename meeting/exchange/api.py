"""What programs of the administrator read: the systems, their calls, what they were told, calendars."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.exchange import queries
from meeting.exchange.models import ApiCall, BodyFeed, Client, WebhookDelivery
from meeting.exchange.shapes import moment
from meeting.exchange.views import wanted_calls
from meeting.permissions import Actor
from meeting.web.api import paged, resource

MOST_LISTED = 5000


@resource("/clients", "Other systems that may read, for the administrator")
def clients(session: Session, actor: Actor) -> dict[str, Any]:
    """By name, with how much they asked in the last seven days."""
    return paged(queries.clients(session, actor), _listed)


def _listed(row: queries.Listed) -> dict[str, Any]:
    return {**_client(row.client), "standing": row.standing, "calls": row.calls, "last_at": moment(row.last_at)}


def _client(client: Client) -> dict[str, Any]:
    return {
        "id": client.id,
        "name": client.name,
        "contact": client.contact,
        "purpose": client.purpose,
        "on": client.on,
        "valid_until": client.valid_until.isoformat() if client.valid_until else None,
        "addresses": client.addresses,
        "per_minute": client.per_minute,
    }


@resource("/clients/<int:client_id>", "One system: keys (never the key itself), rights, addresses that are told")
def client(session: Session, actor: Actor, client_id: int) -> dict[str, Any]:
    """Rights are bodies and kinds."""
    found = queries.client_of(session, actor, client_id)
    return {
        **_client(found),
        "standing": queries.standing_of(found),
        "keys": [
            {"id": key.id, "ending": key.ending, "created_at": moment(key.created_at), "ends_at": moment(key.ends_at)}
            for key in queries.keys_of(found)
        ],
        "rights": [{"body_id": right.body_id, "kind": right.kind} for right in found.rights],
        "webhooks": [
            {
                "id": hook.id,
                "url": hook.url,
                "events": hook.events,
                "on": hook.on,
                "failing_since": moment(hook.failing_since),
                "switched_off_at": moment(hook.switched_off_at),
            }
            for hook in queries.webhooks_of(found)
        ],
    }


@resource(
    "/clients/<int:client_id>/calls",
    "What a system asked, the newest first",
    since="first day",
    until="last day",
    outcome="good or refused",
    read="part of the path",
    address="beginning of an address",
)
def client_calls(session: Session, actor: Actor, client_id: int) -> dict[str, Any]:
    """At most 5,000 lines back; ask by days for earlier ones."""
    return paged(queries.calls(session, actor, client_id, wanted_calls(), MOST_LISTED), _call)


def _call(row: ApiCall) -> dict[str, Any]:
    return {"at": moment(row.at), "address": row.address, "path": row.path, "status": row.status, "ms": row.ms}


@resource("/clients/<int:client_id>/deliveries", "What a system was told, the newest first")
def client_deliveries(session: Session, actor: Actor, client_id: int) -> dict[str, Any]:
    """At most 1,000 back."""
    return paged(queries.deliveries(session, actor, client_id, 1000), _delivery)


def _delivery(row: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": row.id,
        "key": row.key,
        "webhook_id": row.webhook_id,
        "type": row.type,
        "subject": row.subject,
        "occurred_at": moment(row.occurred_at),
        "state": row.state,
        "attempts": row.attempts,
        "next_at": moment(row.next_at) if row.state == "waiting" else None,
        "status": row.status,
        "answer": row.answer,
    }


@resource("/calendar-feeds", "Calendar addresses of bodies for other systems (never the address itself)")
def calendar_feeds(session: Session, actor: Actor) -> dict[str, Any]:
    """Those that stand."""
    return paged(queries.feeds(session, actor), _feed)


def _feed(row: BodyFeed) -> dict[str, Any]:
    return {
        "id": row.id,
        "body_id": row.body_id,
        "kind": row.kind,
        "name": row.name,
        "created_at": moment(row.created_at),
        "read_at": moment(row.read_at),
    }
