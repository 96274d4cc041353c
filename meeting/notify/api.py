"""What other programs read of this room."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.notify import queries
from meeting.notify.models import Delivery, Notification
from meeting.notify.wording import text_of, title_of
from meeting.permissions import Action, Actor, allows
from meeting.web.api import paged, resource
from meeting.web.doors import language


@resource("/notifications", "One's own notifications, the newest first", limit="at most 200", cursor="from `next`")
def notifications(session: Session, actor: Actor) -> dict[str, Any]:
    """Title and text in the reader's language."""
    spoken = language()
    return {
        **paged(queries.mine(session, actor), lambda each: line(each, spoken)),
        "unseen": queries.count_unseen(session, actor),
    }


def line(each: Notification, spoken: str) -> dict[str, Any]:
    """A notification."""
    return {
        "id": each.id,
        "kind": each.kind,
        "title": title_of(each.kind, each.facts, spoken),
        "text": text_of(each.kind, each.facts, spoken),
        "url": each.url,
        "meeting_id": each.meeting_id,
        "created_at": clock.local(each.created_at).isoformat(),
        "seen_at": clock.local(each.seen_at).isoformat() if each.seen_at else None,
    }


@resource("/meetings/<int:meeting_id>/deliveries", "Mails of a meeting and what became of them")
def deliveries(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For those who prepare the meeting."""
    _, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.PREPARE_MEETING, hats):
        raise Forbidden()
    return paged(queries.deliveries_of(session, meeting_id), delivery_line)


def delivery_line(each: Delivery) -> dict[str, Any]:
    """One mail."""
    return {
        "id": each.id,
        "person": each.notification.person.called,
        "kind": each.notification.kind,
        "address": each.address,
        "state": each.state,
        "attempts": each.attempts,
        "error": each.error,
        "sent_at": clock.local(each.sent_at).isoformat() if each.sent_at else None,
    }
