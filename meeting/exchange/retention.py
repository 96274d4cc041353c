"""How long calls and deliveries are kept: a setting of the installation, and the only way in which a line is ever deleted."""

from datetime import timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.database import setting
from meeting.errors import Refused
from meeting.events import Event
from meeting.exchange.models import ApiCall, WebhookDelivery
from meeting.jobs import every
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

KEEP = "keep_api_calls_days"
USUAL_DAYS = 365
LEAST_DAYS = 30
STEP = 2000  # lines deleted in one transaction


def keep_days(session: Session) -> int:
    """For how many days a call and an ended delivery are kept."""
    return int(setting(session, KEEP) or USUAL_DAYS)


class KeepCalls(ActInput):
    """For how many days."""

    days: int = Field(le=36_500)


@act("exchange.keep_calls", Action.KEEP_RETENTION)
def keep_calls(tx: Tx, wanted: KeepCalls) -> dict[str, Any]:
    """Sets for how many days calls of other systems are kept; the worker removes older ones within the hour.

    The same number again is harmless. Refused: `calls_kept_too_short` below 30 days. Recorded with the number before.
    """
    tx.require(Action.KEEP_RETENTION)
    if wanted.days < LEAST_DAYS:
        raise Refused("calls_kept_too_short", least=LEAST_DAYS)
    before = keep_days(tx.reading)
    if before == wanted.days:
        tx.nothing_to_record("they are kept so long already")
        return {}
    tx.keep_setting(KEEP, str(wanted.days))
    tx.record(Event.CALLS_KEPT_FOR, None, days=wanted.days, before=before)
    return {}


class PruneCalls(ActInput):
    """Nothing to say: the setting says how long they are kept."""


@act("exchange.prune_calls", Action.SEND_WEBHOOKS)
def prune_calls(tx: Tx, _wanted: PruneCalls) -> dict[str, Any]:
    """Removes the oldest calls and ended deliveries that are older than the setting keeps them, some thousand at a time.

    Only the system does this. Recorded: CALLS_PRUNED with the time of the first and the last call and how many they were.
    """
    tx.require(Action.SEND_WEBHOOKS)
    days = keep_days(tx.reading)
    before = tx.now - timedelta(days=days)
    calls = select(ApiCall.id, ApiCall.at).where(ApiCall.at < before).order_by(ApiCall.at, ApiCall.id).limit(STEP)
    over = WebhookDelivery.occurred_at < before, WebhookDelivery.state != "waiting"
    told = select(WebhookDelivery.id).where(*over).order_by(WebhookDelivery.id).limit(STEP)
    rows = [(row.id, row.at) for row in tx.execute(calls)]
    deliveries = list(tx.scalars(told))
    if not rows and not deliveries:
        tx.nothing_to_record("nothing is that old")
        return {"removed": 0, "more": False}
    tx.execute(delete(ApiCall).where(ApiCall.id.in_([number for number, _ in rows])))
    tx.execute(delete(WebhookDelivery).where(WebhookDelivery.id.in_(deliveries)))
    span = {"first_at": rows[0][1].isoformat(), "last_at": rows[-1][1].isoformat()} if rows else {}
    tx.record(Event.CALLS_PRUNED, None, count=len(rows), deliveries=len(deliveries), kept_days=days, **span)
    return {"removed": len(rows) + len(deliveries), "more": STEP in (len(rows), len(deliveries))}


@every(3600)
def prune() -> None:
    """The worker removes what is old, step by step."""
    while perform(SYSTEM, "exchange.prune_calls", {})["more"]:
        pass
