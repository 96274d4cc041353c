"""What this room brings: the catalogues that forms choose from, and the rooms to meet in."""

from flask import Flask

from meeting.catalogues import api, imports, rooms, service, views
from meeting.errors import N_
from meeting.permissions import ALLOWED, Action
from meeting.web import nav

__all__ = ["api", "imports", "register", "rooms", "service"]


def register(app: Flask) -> None:
    """Opens the pages and their places in the navigation."""
    app.register_blueprint(views.pages)
    keepers = ALLOWED[Action.MANAGE_CATALOGUES]
    nav.entry(
        "catalogues",
        icon="list-details",
        label=N_("Catalogues"),
        endpoint="catalogues.first",
        roles=keepers,
        group="administer",
        order=40,
    )
    nav.entry(
        "rooms", icon="armchair", label=N_("Rooms"), endpoint="catalogues.rooms", roles=keepers, group="administer", order=41
    )
