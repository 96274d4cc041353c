"""What this room puts on the page of a meeting: who got what by which channel, for those who prepare it."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.errors import N_
from meeting.notify import queries, screens
from meeting.permissions import Action, Actor


def load(session: Session, _actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The messages of a meeting with what became of each, and the reminders made."""
    return screens.of_meeting(session, meeting.id)


def register() -> None:
    """Puts the panel in its place."""
    panel(
        "mails",
        place="tab",
        label=N_("Deliveries"),
        template="notify/mails.html",
        load=load,
        count=lambda session, _actor, meeting: queries.count_failed(session, meeting.id) or None,
        action=Action.PREPARE_MEETING,
        order=90,
    )
