"""What other programs read of this room."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock, config
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.notify import queries, screens, wishes
from meeting.notify.answers import NotificationLine, Notifications, Unseen
from meeting.notify.channels import states
from meeting.notify.kinds import KINDS
from meeting.notify.matrix import ROLES
from meeting.notify.models import Delivery, Notification, PersonChannels, PushDevice, Reminder
from meeting.notify.settings import DAYS
from meeting.notify.wording import text_of, title_of
from meeting.permissions import Action, Actor, allows
from meeting.web.api import page_of, paged, resource
from meeting.web.doors import language

KEPT_SETTINGS = (
    "quiet_starts",
    "quiet_ends",
    "quiet_days_off",
    "sms_marks",
    "sms_parts",
    "sms_daily",
    "head_after",
    "head_unit",
    "task_again_days",
    "task_leader_days",
    "task_result_days",
)


@resource("/notifications", "One's own notifications, the newest first", limit="at most 200", cursor="from `next`")
def notifications(session: Session, actor: Actor) -> Notifications:
    """Title and text in the reader's language."""
    spoken = language()
    return {
        **page_of(queries.mine(session, actor), lambda each: line(each, spoken)),
        "unseen": queries.count_unseen(session, actor),
    }


def line(each: Notification, spoken: str) -> NotificationLine:
    """A notification."""
    return {
        "id": each.id,
        "kind": each.kind,
        "group": KINDS[each.kind].group,
        "title": title_of(each.kind, each.facts, spoken),
        "text": text_of(each.kind, each.facts, spoken),
        "url": each.url,
        "meeting_id": each.meeting_id,
        "created_at": clock.local(each.created_at).isoformat(),
        "seen_at": clock.local(each.seen_at).isoformat() if each.seen_at else None,
    }


@resource("/notifications/unseen", "How many of one's own notifications were not seen, and which is the newest")
def unseen(session: Session, actor: Actor) -> Unseen:
    """What the bell asks every so often: two cheap counts."""
    return {"unseen": queries.count_unseen(session, actor), "newest": queries.newest(session, actor)}


@resource("/channels", "What is set up, and by which channels one is told what")
def channels(session: Session, actor: Actor) -> dict[str, Any]:
    """One's own matrix, quiet hours and devices. Keys of devices are told to nobody."""
    quiet = session.get(PersonChannels, actor.person_id)
    return {
        "channels": [screens.wire(each) for each in states(config.settings()).values()],
        "matrix": screens.as_value(screens.own_rows(session, actor)),
        "quiet_starts": quiet.quiet_starts if quiet else "",
        "quiet_ends": quiet.quiet_ends if quiet else "",
        "devices": [device_line(each) for each in screens.devices_of(session, actor)],
    }


def device_line(each: PushDevice) -> dict[str, Any]:
    """A device by its name."""
    since = clock.local(each.created_at).isoformat()
    return {"id": each.id, "name": each.name, "created_at": since, "ended": each.ended_at is not None}


@resource("/bodies/<int:body_id>/channels", "By which channels a body tells which role what, and when it reminds")
def body_channels(session: Session, actor: Actor, body_id: int) -> dict[str, Any]:
    """For those who set it."""
    body = screens.body_to_set(session, actor, body_id)
    found = wishes.settings_of(session, body.id)
    kept = {name: getattr(found, name) for name in KEPT_SETTINGS}
    days = {name: list(wishes.days_of(getattr(found, name))) for name in sorted(DAYS)}
    return {
        "body": body.short_name,
        "matrix": {role: screens.as_value(screens.body_rows(session, body.id, role)) for role in ROLES},
        **kept,
        **days,
        "sms_sent_today": queries.sms_today(session, body.id),
    }


@resource("/meetings/<int:meeting_id>/reminders", "Reminders made for a meeting: of what, at which step, to whom")
def reminders(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For those who prepare the meeting."""
    _, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.PREPARE_MEETING, hats):
        raise Forbidden()
    return paged(queries.reminders_of(session, meeting_id), reminder_line)


def reminder_line(each: Reminder) -> dict[str, Any]:
    """One step."""
    at = clock.local(each.at).isoformat()
    return {"subject": each.subject, "subject_id": each.subject_id, "step": each.step, "people": each.people, "at": at}


@resource("/meetings/<int:meeting_id>/deliveries", "Messages of a meeting on every channel and what became of them")
def deliveries(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For those who prepare the meeting."""
    _, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.PREPARE_MEETING, hats):
        raise Forbidden()
    return paged(queries.deliveries_of(session, meeting_id), delivery_line)


def delivery_line(each: Delivery) -> dict[str, Any]:
    """One message."""
    return {
        "id": each.id,
        "person": each.notification.person.called,
        "kind": each.notification.kind,
        "channel": each.channel,
        "address": each.address,
        "parts": each.parts,
        "state": each.state,
        "attempts": each.attempts,
        "error": each.error,
        "sent_at": clock.local(each.sent_at).isoformat() if each.sent_at else None,
    }
