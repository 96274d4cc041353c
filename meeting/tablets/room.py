"""What this room brings: one's own devices, meetings kept on them, the browser that was shut out."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.errors import N_
from meeting.permissions import Action, Actor
from meeting.tablets import api, browsers, service, views
from meeting.tablets.rules import megabytes

__all__ = ["api", "register", "service"]

OVER = ("draft", "submitted", "rejected", "cancelled")


def keeping(_session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The card with which a meeting is kept on this device."""
    return {"meeting_id": meeting.id} if meeting.state not in OVER and actor.only_meeting is None else None


panel(
    "keeping",
    place="side",
    label=N_("On this device"),
    template="tablets/keep.html",
    load=keeping,
    action=Action.READ_PAPERS,
    order=15,
)


def register(app: Flask) -> None:
    """Adds the pages, and the guard beside the doors."""
    app.add_template_filter(megabytes)
    app.register_blueprint(views.pages)
    browsers.register(app)
