"""What this room brings: the passages and their index, the page and the resource of searching."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import Role
from meeting.search import api, saved_views, views
from meeting.search.kept import alerts, recent, saved, saved_api, saved_models, saved_queries
from meeting.search.matters import life_views
from meeting.search.passages import feeding, service
from meeting.web import nav

__all__ = [
    "alerts",
    "api",
    "feeding",
    "life_views",
    "recent",
    "register",
    "saved",
    "saved_api",
    "saved_models",
    "saved_views",
    "service",
]

nav.entry(
    "search",
    icon="search",
    label=N_("Look up"),
    endpoint="search.page",
    roles=set(Role) - {Role.ADMIN, Role.UNIT_ADMIN, Role.SYSTEM},
    group="look_up",
    order=90,
)
nav.counter("search", saved_queries.count_new)


def register(app: Flask) -> None:
    """Adds the page."""
    app.register_blueprint(views.pages)
