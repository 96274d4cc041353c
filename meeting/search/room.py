"""What this room brings: the passages and their index, the page and the resource of searching."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import Role
from meeting.search import api, feeding, service, views
from meeting.web import nav

__all__ = ["api", "feeding", "register", "service"]

nav.entry(
    "search",
    icon="search",
    label=N_("Look up"),
    endpoint="search.page",
    roles=set(Role) - {Role.ADMIN, Role.UNIT_ADMIN, Role.SYSTEM},
    group="look_up",
    order=90,
)


def register(app: Flask) -> None:
    """Adds the page."""
    app.register_blueprint(views.pages)
