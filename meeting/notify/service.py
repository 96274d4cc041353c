"""Acts of telling people: notifications are made, seen, mailed, tried again."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select, update

from meeting import config, jobs
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.notify import queries
from meeting.notify.models import Delivery, Notification
from meeting.notify.rules import KINDS, next_try
from meeting.permissions import Action


def tell(
    tx: Tx,
    people: Iterable[int | None],
    kind: str,
    url: str,
    meeting_id: int | None = None,
    once: str = "",
    **facts: Any,
) -> int:
    """Tells people something, in the application and, where mail is set up and the kind asks for it, by mail.

    Each person is told once, whoever acts is not told of the own act (invitations excepted). With `once` a person who was
    told before under this name is left out. Returns how many were told. Made inside the act that is the reason: nobody is
    told what was not saved.
    """
    quiet = set() if kind == "meeting_issued" else {tx.actor.person_id}
    wanted = sorted({person for person in people if person} - quiet)
    if once:
        known = set(tx.scalars(select(Notification.once).where(Notification.once.in_([f"{once}:{each}" for each in wanted]))))
        wanted = [each for each in wanted if f"{once}:{each}" not in known]
    if not wanted:
        return 0
    rows = [
        {
            "person_id": person,
            "meeting_id": meeting_id,
            "kind": kind,
            "facts": facts,
            "url": url,
            "once": f"{once}:{person}" if once else None,
            "created_at": tx.now,
        }
        for person in wanted
    ]
    made = insert(Notification).returning(Notification.id, Notification.person_id)
    _mail(tx, kind, meeting_id, {row.person_id: row.id for row in tx.execute(made, rows)})
    return len(wanted)


def _mail(tx: Tx, kind: str, meeting_id: int | None, notifications: dict[int, int]) -> None:
    """Puts the mails of new notifications on the list; one job sends them all."""
    if not (config.settings().smtp_url and KINDS[kind].mail):
        return
    known = queries.addresses(tx.reading, notifications)
    rows = [
        {
            "notification_id": notification_id,
            "meeting_id": meeting_id,
            "address": known.get(person, ""),
            "state": "waiting" if known.get(person) else "no_address",
            "created_at": tx.now,
        }
        for person, notification_id in notifications.items()
    ]
    made = tx.execute(insert(Delivery).returning(Delivery.id, Delivery.state), rows)
    waiting = [row.id for row in made if row.state == "waiting"]
    if waiting:
        jobs.enqueue(tx, "notify.mail", deliveries=waiting)


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
    """One mail."""

    delivery_id: int


@act("notify.send_again", Action.PREPARE_MEETING)
def send_again(tx: Tx, wanted: DeliveryInput) -> dict[str, Any]:
    """Sends a failed mail once more, to the address that stands in the list of people now.

    Refused as `mail_not_failed`, `mail_off`. No journal entry: the mail itself keeps its attempts.
    """
    mail = tx.get(Delivery, wanted.delivery_id)
    tx.require(Action.PREPARE_MEETING, mail)
    if mail.state not in ("failed", "no_address"):
        raise Refused("mail_not_failed")
    if not config.settings().smtp_url:
        raise Refused("mail_off")
    tx.nothing_to_record("the mail keeps its own attempts")
    mail.address = queries.addresses(tx.reading, [mail.notification.person_id]).get(mail.notification.person_id, "")
    if not mail.address:
        mail.state = "no_address"
        return {"state": mail.state}
    mail.state, mail.next_try_at = "waiting", None
    jobs.enqueue(tx, "notify.mail", deliveries=[mail.id])
    return {"state": mail.state}


class OutcomeInput(ActInput):
    """What became of one attempt to send a mail; an empty error means that the server took it."""

    delivery_id: int
    error: str = ""
    permanent: bool = False


@act("notify.delivered", Action.SEND_NOTICES)
def delivered(tx: Tx, wanted: OutcomeInput) -> dict[str, Any]:
    """The worker reports an attempt: sent, or failed and why. What may pass by itself is tried again, at most five times."""
    tx.require(Action.SEND_NOTICES)
    tx.nothing_to_record("the mail keeps its own attempts")
    mail = tx.get(Delivery, wanted.delivery_id)
    mail.attempts += 1
    mail.error = wanted.error[:2000]
    if not wanted.error:
        mail.state, mail.sent_at, mail.next_try_at = "sent", tx.now, None
    else:
        mail.state = "failed"
        mail.next_try_at = None if wanted.permanent else next_try(mail.attempts, tx.now)
    return {"state": mail.state}


class RetryInput(ActInput):
    """Nothing to say."""


@act("notify.retry", Action.SEND_NOTICES)
def retry(tx: Tx, _wanted: RetryInput) -> dict[str, Any]:
    """Puts failed mails whose next attempt is due back on the list. Done by the worker every minute."""
    tx.require(Action.SEND_NOTICES)
    tx.nothing_to_record("the mail keeps its own attempts")
    due = queries.to_try_again(tx.reading, tx.now)
    if due:
        tx.execute(update(Delivery).where(Delivery.id.in_(due)).values(state="waiting", next_try_at=None))
        jobs.enqueue(tx, "notify.mail", deliveries=due)
    return {"again": len(due)}
