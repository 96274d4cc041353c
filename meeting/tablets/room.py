"""What this room brings: one's own devices, meetings kept on them, the browser that was shut out."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.errors import N_
from meeting.permissions import ALLOWED, Action, Actor
from meeting.tablets import api, browsers, entry, locking, pairing, service, views
from meeting.tablets.rules import megabytes
from meeting.web import nav

__all__ = ["api", "locking", "pairing", "register", "service"]

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
panel(
    "tablets",
    place="side",
    label=N_("Tablets"),
    template="tablets/desk_link.html",
    load=keeping,
    action=Action.KEEP_TABLETS,
    order=60,
)


def register(app: Flask) -> None:
    """Adds the pages, and the guard beside the doors."""
    app.add_template_filter(megabytes)
    app.register_blueprint(views.pages)
    app.register_blueprint(entry.pages)
    nav.entry(
        "tablets",
        icon="device-tablet",
        label=N_("Tablets"),
        endpoint="tablets.of_desk",
        roles=ALLOWED[Action.KEEP_TABLETS],
        group="administer",
        order=20,
    )
    browsers.register(app)
