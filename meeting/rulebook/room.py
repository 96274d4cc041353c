"""What this room brings: the kinds of meetings with their rules, and the work calendar."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import Role
from meeting.rulebook import api, books, exchange, kinds, views, ways, workdays
from meeting.web import nav

__all__ = ["api", "books", "exchange", "kinds", "register", "ways", "workdays"]

DESK = (Role.SECRETARY, Role.CHIEF, Role.ADMIN)


def register(app: Flask) -> None:
    """Opens the pages and their places in the navigation."""
    app.register_blueprint(views.pages)
    entries = (
        ("rules", "scale", N_("Rules of meetings"), "rulebook.rules"),
        ("work_calendar", "calendar-cog", N_("Working days"), "rulebook.calendar"),
    )
    for order, (key, icon, label, endpoint) in enumerate(entries, 20):
        nav.entry(key, icon=icon, label=label, endpoint=endpoint, roles=DESK, group="administer", order=order)
