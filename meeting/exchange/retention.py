"""How long calls and deliveries are kept: a setting of the installation, and the only way in which a line is ever deleted."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from meeting import keeping
from meeting.acts import Tx, act
from meeting.events import Event
from meeting.exchange.models import ApiCall, WebhookDelivery
from meeting.jobs import every
from meeting.keeping import KeepFor, Prune, Term, remove_oldest, span, step_by_step
from meeting.permissions import Action

TERM = Term("keep_api_calls_days", 365, 30, "calls_kept_too_short", Event.CALLS_KEPT_FOR)


@act("exchange.keep_calls", Action.KEEP_RETENTION)
def keep_calls(tx: Tx, wanted: KeepFor) -> dict[str, Any]:
    """Sets for how many days calls of other systems are kept; the worker removes older ones within the hour.

    The same number again is harmless. Refused: `calls_kept_too_short` below 30 days. Recorded with the number before.
    """
    tx.require(Action.KEEP_RETENTION)
    return TERM.keep(tx, wanted.days)


@act("exchange.prune_calls", Action.SEND_WEBHOOKS)
def prune_calls(tx: Tx, _wanted: Prune) -> dict[str, Any]:
    """Removes the oldest calls and ended deliveries that are older than the setting keeps them, some thousand at a time.

    Only the system does this. Recorded: CALLS_PRUNED with the time of the first and the last call and how many they were.
    """
    tx.require(Action.SEND_WEBHOOKS)
    days = TERM.days(tx.reading)
    before = tx.now - timedelta(days=days)
    over = WebhookDelivery.occurred_at < before, WebhookDelivery.state != "waiting"
    deliveries = list(tx.scalars(select(WebhookDelivery.id).where(*over).order_by(WebhookDelivery.id).limit(keeping.STEP)))
    times = remove_oldest(tx, ApiCall, before)
    if not times and not deliveries:
        tx.nothing_to_record("nothing is that old")
        return {"removed": 0, "more": False}
    tx.execute(delete(WebhookDelivery).where(WebhookDelivery.id.in_(deliveries)))
    tx.record(Event.CALLS_PRUNED, None, count=len(times), deliveries=len(deliveries), kept_days=days, **span(times))
    return {"removed": len(times) + len(deliveries), "more": keeping.STEP in (len(times), len(deliveries))}


@every(3600)
def prune() -> None:
    """The worker removes what is old, step by step."""
    step_by_step("exchange.prune_calls")
