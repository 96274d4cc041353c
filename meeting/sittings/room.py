"""What the room puts into the application: sessions of a council with their sittings."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import ALLOWED, Action, Role
from meeting.sittings import api, panel, service, views
from meeting.web import nav

__all__ = ["api", "panel", "register", "service"]


def register(app: Flask) -> None:
    """Adds the pages and their place in the navigation."""
    app.register_blueprint(views.pages)
    nav.entry(
        "sessions",
        icon="building-arch",
        label=N_("Sessions"),
        endpoint="sittings.sessions",
        roles=ALLOWED[Action.READ_SESSIONS] - {Role.OFFICER, Role.HEAD, Role.GUEST},
        group="prepare",
        order=12,
        under="meetings",
    )
