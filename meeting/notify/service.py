"""Acts of telling people: notifications are seen; deliveries are begun, reported, held, tried again, sent again by hand."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from meeting import clock, config
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.notify import queries, wishes
from meeting.notify.channels import states
from meeting.notify.models import Delivery, Notification, PushDevice
from meeting.notify.quiet import free_at
from meeting.notify.rules import FAILURES, next_try
from meeting.notify.still import still_wanted
from meeting.notify.telling import enqueue
from meeting.permissions import Action
from meeting.rulebook.calendar import work_calendar

KEPT = "the message keeps its own attempts"


class SeenInput(ActInput):
    """Which notifications were seen; none named: all of one's own."""

    notification_ids: list[int] | None = None


@act("notify.mark_seen", Action.READ_NOTICES)
def mark_seen(tx: Tx, wanted: SeenInput) -> dict[str, Any]:
    """Marks one's own notifications as seen. Others' are not touched. Calling twice is harmless; no journal entry."""
    tx.require(Action.READ_NOTICES)
    tx.nothing_to_record("that somebody read a notification stands on the notification itself")
    own = update(Notification).where(Notification.person_id == tx.actor.person_id, Notification.seen_at.is_(None))
    if wanted.notification_ids is not None:
        own = own.where(Notification.id.in_(wanted.notification_ids))
    done = tx.execute(own.values(seen_at=tx.now))
    return {"seen": int(getattr(done, "rowcount", 0))}


class DeliveryInput(ActInput):
    """One message on one channel."""

    delivery_id: int


@act("notify.send_again", Action.PREPARE_MEETING)
def send_again(tx: Tx, wanted: DeliveryInput) -> dict[str, Any]:
    """Sends a failed message once more, to the address that stands in the list of people now.

    Refused as `mail_not_failed`, `mail_off`, `channel_off`, `device_ended`. No journal entry: the message keeps its attempts.
    """
    row = tx.get(Delivery, wanted.delivery_id)
    tx.require(Action.PREPARE_MEETING, row)
    if row.state not in FAILURES:
        raise Refused("mail_not_failed")
    ready = states(config.settings())[row.channel]
    if not ready.works:
        raise Refused("mail_off") if row.channel == "mail" else Refused("channel_off", missing=" ".join(ready.remarks))
    if row.device is not None and row.device.ended_at is not None:
        raise Refused("device_ended")
    tx.nothing_to_record(KEPT)
    if row.channel != "push":
        row.address = queries.address_of(tx.reading, row.notification.person_id, row.channel)
    if not row.address:
        row.state = "no_address"
        return {"state": row.state}
    row.state, row.next_try_at = "waiting", None
    enqueue(tx, [(row.channel, row.id)])
    return {"state": row.state}


class BeginInput(ActInput):
    """A short message about to be sent, in so many parts."""

    delivery_id: int
    parts: int


@act("notify.begin", Action.SEND_NOTICES)
def begin(tx: Tx, wanted: BeginInput) -> dict[str, Any]:
    """The worker asks whether it may send a short message now; `go` tells. It is marked first, so that a message whose sending
    is cut off by a crash is not sent a second time by itself: it becomes `unsure` and is listed.

    When the body's daily limit is used up the message is held until the next morning.
    """
    tx.require(Action.SEND_NOTICES)
    tx.nothing_to_record(KEPT)
    row = tx.get(Delivery, wanted.delivery_id)
    if row.state == "sending":
        row.state, row.attempts = "unsure", row.attempts + 1
        return {"go": False}
    if row.state != "waiting":
        return {"go": False}
    row.parts = wanted.parts
    body_id = row.of_body
    settings = wishes.settings_of(tx.reading, body_id)
    if states(config.settings())["sms"].works and queries.sms_today(tx.reading, body_id or 0) + wanted.parts > settings.sms_daily:
        row.state, row.error, row.next_try_at = "held", "sms_used_up", _next_morning(tx, settings)
        return {"go": False}
    row.state = "sending"
    return {"go": True}


def _next_morning(tx: Tx, settings: Any) -> datetime:
    tomorrow = (clock.local(tx.now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return free_at(tomorrow, [wishes.quiet_of(settings)], work_calendar(tx.reading, tomorrow.year))


class OutcomeInput(ActInput):
    """What became of one attempt; an empty error means that the other side took it.

    `logged`: there is no gateway, it was only written down. `gone`: the device has ended its subscription.
    """

    delivery_id: int
    error: str = ""
    permanent: bool = False
    logged: bool = False
    gone: bool = False


@act("notify.delivered", Action.SEND_NOTICES)
def delivered(tx: Tx, wanted: OutcomeInput) -> dict[str, Any]:
    """The worker reports an attempt: sent, or failed and why. What may pass by itself is tried again, at most five times."""
    tx.require(Action.SEND_NOTICES)
    tx.nothing_to_record(KEPT)
    row = tx.get(Delivery, wanted.delivery_id)
    row.attempts += 1
    row.error = wanted.error[:2000]
    if not wanted.error:
        row.state, row.sent_at, row.next_try_at = "logged" if wanted.logged else "sent", tx.now, None
    else:
        row.state = "failed"
        row.next_try_at = None if wanted.permanent or wanted.gone else next_try(row.attempts, tx.now)
    if row.device is not None:
        _mark_device(tx, row.device, wanted)
    return {"state": row.state}


def _mark_device(tx: Tx, device: PushDevice, wanted: OutcomeInput) -> None:
    if wanted.gone:
        device.ended_at, device.ended_because = tx.now, wanted.error[:300]
    elif not wanted.error:
        device.last_sent_at = tx.now


class RetryInput(ActInput):
    """Nothing to say."""


@act("notify.retry", Action.SEND_NOTICES)
def retry(tx: Tx, _wanted: RetryInput) -> dict[str, Any]:
    """Puts messages back on the list whose next attempt is due or whose quiet hours are over. Done by the worker every minute.

    A held or failed reminder of something that was done meanwhile is dropped instead of sent.
    """
    tx.require(Action.SEND_NOTICES)
    tx.nothing_to_record(KEPT)
    due = queries.due_deliveries(tx.reading, tx.now)
    again = [row for row in due if still_wanted(tx.reading, row.notification)]
    for row in due:
        row.state, row.next_try_at = ("waiting" if row in again else "dropped"), None
    enqueue(tx, [(row.channel, row.id) for row in again])
    return {"again": len(again)}
