"""Telling people: one notification each, and the deliveries by the channels that the body and the person want."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from meeting import clock, config, jobs
from meeting.acts import Tx
from meeting.agenda.models import Meeting
from meeting.notify import wishes
from meeting.notify.channels import states
from meeting.notify.kinds import KINDS
from meeting.notify.models import Delivery, Notification
from meeting.notify.quiet import free_at, urgent
from meeting.notify.wishes import Wishes
from meeting.organization.models import Body
from meeting.rulebook.calendar import work_calendar

JOBS = {"mail": "notify.mail", "sms": "notify.sms", "push": "notify.push"}
OWN_TOO = frozenset({"meeting_issued", "tried_out"})  # whoever acts is told too


def tell(
    tx: Tx,
    people: Iterable[int | None],
    kind: str,
    url: str,
    meeting_id: int | None = None,
    once: str = "",
    body_id: int | None = None,
    **facts: Any,
) -> int:
    """Tells people something, in the application and by the channels that the body's matrix and each person's own wishes
    choose for this kind. In quiet hours mail, SMS and push are held back, except for urgent changes.

    Each person is told once, whoever acts is not told of the own act (invitations excepted). With `once` a person who was
    told before under this name is left out. `body_id`: the body that tells, where no meeting does.
    Returns how many were told. Made inside the act that is the reason: nobody is
    told what was not saved.
    """
    quiet = set() if kind in OWN_TOO else {tx.actor.person_id}
    wanted = sorted({person for person in people if person} - quiet)
    if once:
        known = set(tx.scalars(select(Notification.once).where(Notification.once.in_([f"{once}:{each}" for each in wanted]))))
        wanted = [each for each in wanted if f"{once}:{each}" not in known]
    if not wanted:
        return 0
    meeting = tx.find(Meeting, meeting_id)
    wish = wishes.of(tx.reading, wanted, meeting, KINDS[kind], body_id)
    told = [each for each in wanted if wish.channels(each)]
    if told:
        made = _notify(tx, told, wish, kind, url, meeting, once, facts, body_id)
        if meeting is None or meeting.body.practice_of_id is None:  # nothing of a practice leaves the application
            _deliver(tx, made, wish, kind, meeting, facts, meeting.body_id if meeting is not None else body_id)
    return len(told)


def _notify(
    tx: Tx,
    people: list[int],
    wish: Wishes,
    kind: str,
    url: str,
    meeting: Meeting | None,
    once: str,
    facts: Mapping[str, Any],
    body_id: int | None = None,
) -> dict[int, int]:
    """Makes the notifications; answers their ids by person."""
    closed = {"closed": True} if meeting is not None and meeting.closed else {}
    body = meeting.body if meeting is not None else tx.find(Body, body_id)
    form = {"form": body.address_form} if body is not None else {}
    rows = [
        {
            "person_id": person,
            "meeting_id": meeting.id if meeting else None,
            "kind": kind,
            "facts": {**facts, **form, **closed, "honorific": wish.people[person].honorific},
            "url": url,
            "once": f"{once}:{person}" if once else None,
            "inbox": "inbox" in wish.channels(person),
            "created_at": tx.now,
        }
        for person in people
    ]
    made = insert(Notification).returning(Notification.id, Notification.person_id)
    return {row.person_id: row.id for row in tx.execute(made, rows)}


def _deliver(
    tx: Tx,
    notifications: dict[int, int],
    wish: Wishes,
    kind: str,
    meeting: Meeting | None,
    facts: Mapping[str, Any],
    body_id: int | None,
) -> None:
    """Puts what leaves the application on the list; one job for each channel sends it."""
    now = clock.local(tx.now)
    through = urgent(KINDS[kind].group, _starts(meeting, facts), tx.now)
    calendar = work_calendar(tx.reading, now.year)
    free: dict[tuple[Any, ...], datetime] = {}
    rows: list[dict[str, Any]] = []
    for person, notification_id in notifications.items():
        quiets = wish.quiets(person)
        if quiets not in free:
            free[quiets] = now if through else free_at(now, quiets, calendar)
        for found in _addresses(wish, person):
            held = found.address != "" and free[quiets] > now
            rows.append(
                {
                    "notification_id": notification_id,
                    "meeting_id": meeting.id if meeting else None,
                    "body_id": body_id,
                    "channel": found.channel,
                    "address": found.address,
                    "device_id": found.device_id,
                    "state": "held" if held else "waiting" if found.address else "no_address",
                    "next_try_at": free[quiets] if held else None,
                    "created_at": tx.now,
                }
            )
    if rows:
        made = tx.execute(insert(Delivery).returning(Delivery.id, Delivery.channel, Delivery.state), rows)
        enqueue(tx, [(row.channel, row.id) for row in made if row.state == "waiting"])


def enqueue(tx: Tx, deliveries: Iterable[tuple[str, int]]) -> None:
    """One job for each channel that has something to send."""
    by_channel: dict[str, list[int]] = {}
    for channel, delivery_id in deliveries:
        by_channel.setdefault(channel, []).append(delivery_id)
    for channel, ids in by_channel.items():
        jobs.enqueue(tx, JOBS[channel], deliveries=ids)


@dataclass(frozen=True)
class Address:
    """Where one channel reaches a person; an empty address: it would, but none is on file."""

    channel: str
    address: str
    device_id: int | None = None


def _addresses(wish: Wishes, person: int) -> list[Address]:
    """Where to send. Without a mail server there are no mails; without a gateway only numbers on file are written down."""
    channels, on_file = wish.channels(person), wish.people[person]
    ready = states(config.settings())
    found = []
    if "mail" in channels and ready["mail"].works:
        found.append(Address("mail", on_file.email))
    if "sms" in channels and (ready["sms"].works or on_file.phone):
        found.append(Address("sms", on_file.phone))
    if "push" in channels and ready["push"].works:
        found += [Address("push", f"{name} ({number})", number) for number, name in wish.devices.get(person, [])]
    return found


def _starts(meeting: Meeting | None, facts: Mapping[str, Any]) -> list[datetime]:
    """When the meeting begins and, if it was moved, when it was to begin."""
    starts = [meeting.starts_at] if meeting is not None else []
    return starts + ([datetime.fromisoformat(facts["was_at"])] if facts.get("was_at") else [])
