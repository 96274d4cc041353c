"""What the pages of this room show: the inbox by day, one's own channels, a body's channels, what became of messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock, config
from meeting.errors import N_, Forbidden, Missing
from meeting.notify import queries, short, vapid, wishes
from meeting.notify.channels import Channel, states
from meeting.notify.kinds import KINDS
from meeting.notify.matrix import CHANNEL_ICONS, CHANNELS, DEFAULTS, GROUPS, OBLIGATORY, OWN_GROUPS, ROLES, in_order
from meeting.notify.models import Delivery, Notification, PersonChannels, PersonChoice, PushDevice
from meeting.organization.models import Body
from meeting.permissions import Action, Actor, allows

EXAMPLE = N_("Mr Tran Van Example: Invitation: Regular session of December. 08:00, 10/12/2026, Meeting room 1. Please answer.")

#: What became of a message: words, tone and icon.
STATE_WORDS: dict[str, tuple[str, str, str]] = {
    "waiting": (N_("Being sent"), "primary", "clock"),
    "sending": (N_("Being sent"), "primary", "clock"),
    "held": (N_("Held back"), "", "clock-pause"),
    "sent": (N_("Sent"), "agree", "check"),
    "logged": (N_("Written down, not sent"), "warn", "message-circle-off"),
    "failed": (N_("Not delivered"), "oppose", "alert-circle"),
    "no_address": (N_("No address"), "warn", "user-x"),
    "unsure": (N_("Perhaps sent"), "warn", "help-circle"),
    "dropped": (N_("No longer needed"), "", "check"),
}


#: What was reminded of, and at which step.
SUBJECTS = {
    "papers": N_("A paper owed"),
    "answer": N_("Invitations not answered"),
    "programme": N_("A programme to approve"),
    "head": N_("A paper with the head of the unit"),
    "absence": N_("An absence to decide on"),
    "task": N_("A task"),
    "task_result": N_("A result to accept"),
    "task_change": N_("A proposal on a task"),
    "task_receipt": N_("A task not received"),
}
STEPS = {
    "before": N_("before it is due"),
    "due": N_("at the due time"),
    "overdue": N_("after the due time"),
    "head": N_("to the head of the unit"),
    "soon": N_("before it is due"),
    "leader": N_("to the leader in charge"),
    "waiting-1": N_("after waiting"),
    "waiting-2": N_("after waiting, also to the office"),
    "answer-1": N_("before the meeting"),
    "answer-2": N_("before the meeting"),
}


@dataclass(frozen=True)
class Cell:
    """One box of a matrix: on or off, and whether it may be tapped."""

    channel: str
    on: bool
    locked: bool = False


@dataclass(frozen=True)
class Row:
    """One group of messages with its boxes."""

    group: str
    label: str
    cells: Sequence[Cell]


def by_day(mine: Sequence[Notification]) -> list[tuple[date, list[Notification]]]:
    """Notifications by the local day on which they came, the newest first."""
    return [(day, list(rows)) for day, rows in groupby(mine, key=lambda each: clock.local(each.created_at).date())]


def inbox(session: Session, actor: Actor) -> dict[str, Any]:
    """One's own notifications by day, with the groups that occur."""
    mine = queries.mine(session, actor)
    present = {KINDS[each.kind].group for each in mine if each.kind in KINDS}
    return {
        "days": by_day(mine),
        "today": clock.today(),
        "kinds": KINDS,
        "groups": [(key, label) for key, label in GROUPS.items() if key in present],
        "unseen": queries.count_unseen(session, actor),
        "newest": mine[0].id if mine else 0,
    }


def own_rows(session: Session, actor: Actor) -> list[Row]:
    """One's own matrix: what the bodies open, less what one switched off."""
    chosen = select(PersonChoice).where(PersonChoice.person_id == actor.person_id)
    off = {each.group: set(each.switched_off.split()) for each in session.scalars(chosen)}
    rows = []
    for group, label in GROUPS.items():
        open_, mine = wishes.open_to(session, actor, group), off.get(group, set())
        cells = [
            Cell(channel, channel in open_ - mine or _bound(group, channel), channel not in open_ or _bound(group, channel))
            for channel in CHANNELS
        ]
        rows.append(Row(group, label, cells))
    return rows


def _bound(group: str, channel: str) -> bool:
    return channel == "inbox" and group in OBLIGATORY


def devices_of(session: Session, actor: Actor) -> list[PushDevice]:
    """One's own devices, those that ended last."""
    mine = select(PushDevice).where(PushDevice.person_id == actor.person_id)
    return list(session.scalars(mine.order_by(PushDevice.ended_at.is_not(None), PushDevice.id.desc()).limit(20)))


def own(session: Session, actor: Actor) -> dict[str, Any]:
    """The page of one's own channels."""
    ready = states(config.settings())
    return {
        "rows": own_rows(session, actor),
        "channels": CHANNELS,
        "icons": CHANNEL_ICONS,
        "ready": ready,
        "devices": devices_of(session, actor),
        "quiet": session.get(PersonChannels, actor.person_id),
        "address": {channel: queries.address_of(session, actor.person_id, channel) for channel in ("mail", "sms")},
        "key": vapid.public_key() if ready["push"].works else "",
        "bodies": bodies_set_by(session, actor),
        "body_quiet": [wishes.settings_of(session, body) for body in sorted({body for body, _ in actor.roles})],
    }


def bodies_set_by(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose channels one may set."""
    bodies = session.scalars(select(Body).where(Body.retired_on.is_(None), Body.practice_of_id.is_(None)).order_by(Body.id))
    return [body for body in bodies if allows(Action.SET_CHANNELS, body.hats_of(actor, session))]


def body_to_set(session: Session, actor: Actor, body_id: int) -> Body:
    """A body whose channels one may set. Missing for those who have no role there, Forbidden for others."""
    body = session.get(Body, body_id)
    hats = body.hats_of(actor, session) if body is not None else frozenset()
    if body is None or not hats:
        raise Missing()
    if not allows(Action.SET_CHANNELS, hats):
        raise Forbidden()
    return body


def body_rows(session: Session, body_id: int, role: str) -> list[Row]:
    """A body's matrix for one role."""
    chosen = wishes.choices_of_body(session, body_id)
    return [
        Row(
            group,
            label,
            [
                Cell(channel, channel in chosen.get((group, role), DEFAULTS[group, role]), _bound(group, channel))
                for channel in CHANNELS
            ],
        )
        for group, label in GROUPS.items()
        if group not in OWN_GROUPS
    ]


def of_body(session: Session, actor: Actor, body_id: int, role: str, example: str) -> dict[str, Any]:
    """The page of a body's channels."""
    body = body_to_set(session, actor, body_id)
    role = role if role in ROLES else "member"
    found = wishes.settings_of(session, body.id)
    written = short.message(example, marks=found.sms_marks, most_parts=found.sms_parts)
    return {
        "body": body,
        "bodies": bodies_set_by(session, actor),
        "role": role,
        "roles": ROLES,
        "rows": body_rows(session, body.id, role),
        "channels": CHANNELS,
        "icons": CHANNEL_ICONS,
        "ready": states(config.settings()),
        "settings": found,
        "example": {"text": written, "length": short.length(written), "parts": short.parts(written)},
        "sms_used": queries.sms_today(session, body.id),
        "failed": queries.failed_of_body(session, body.id),
        "state_words": STATE_WORDS,
    }


def of_meeting(session: Session, meeting_id: int) -> dict[str, Any]:
    """Who got what of a meeting by which channel: each notification with what became of it, the newest first."""
    rows = queries.deliveries_of(session, meeting_id)
    counts = {state: sum(each.state == state for each in rows) for state in STATE_WORDS}
    ways: dict[int, list[Delivery]] = {}
    for each in reversed(rows):
        ways.setdefault(each.notification_id, []).append(each)
    return {
        "told": [(each, ways.get(each.id, [])) for each in queries.told_of(session, meeting_id)],
        "counts": counts,
        "ready": states(config.settings()),
        "state_words": STATE_WORDS,
        "icons": CHANNEL_ICONS,
        "channels": CHANNELS,
        "reminders": queries.reminders_of(session, meeting_id),
        "subjects": SUBJECTS,
        "steps": STEPS,
    }


def wire(channel: Channel) -> dict[str, Any]:
    """A channel for programs."""
    return {"channel": channel.key, "works": channel.works, "missing": list(channel.remarks)}


def as_value(rows: Sequence[Row]) -> dict[str, list[str]]:
    """A matrix for programs: the channels that are on, by group."""
    return {row.group: in_order([cell.channel for cell in row.cells if cell.on]) for row in rows}
