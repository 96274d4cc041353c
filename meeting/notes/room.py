"""What this room brings: notes on pages, their way to new versions, their lists and exports."""

from flask import Flask

from meeting.agenda.panels import panel
from meeting.errors import N_
from meeting.notes import api, carry_service, exports, overlay, screens, service, views
from meeting.permissions import Action, Role
from meeting.web import nav

__all__ = ["api", "carry_service", "exports", "overlay", "register", "service"]

nav.entry(
    "notes",
    icon="notes",
    label=N_("My notes"),
    rail_label=N_("Notes"),
    endpoint="notes.mine",
    roles={Role.MEMBER, Role.CHAIR, Role.GUEST, Role.SECRETARY, Role.CHIEF},
    group="now",
    order=31,
    under="papers",
)
panel(
    "notes",
    place="action",
    label=N_("Notes"),
    template="notes/panel.html",
    load=screens.count_in,
    action=Action.READ_MEETING,
    order=60,
)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
