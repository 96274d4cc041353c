"""What this room brings: one's own shelf."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import ALLOWED, Action
from meeting.shelf import api, jobs, queries, service, texts, views
from meeting.web import nav

__all__ = ["api", "jobs", "queries", "register", "service", "texts"]


def register(app: Flask) -> None:
    """Adds the page and its place in the navigation."""
    app.register_blueprint(views.pages)
    nav.entry(
        "shelf",
        icon="folders",
        label=N_("My shelf"),
        endpoint="shelf.shelf",
        roles=ALLOWED[Action.KEEP_SHELF],
        group="look_up",
        order=40,
        under="papers",
    )
