"""What this room brings: the acts of preparing a meeting, its pages, its places in the navigation, its resources."""

from flask import Flask

from meeting.agenda import (
    api,
    books,
    duties,
    lifecycle,
    links,
    making,
    participants,
    pieces,
    planning_api,
    programme,
    queries,
    seating,
    seating_api,
    seating_screens,
    seating_views,
    series,
    service,
    templates,
    thread_api,
    thread_models,
    versions,
    views,
)
from meeting.errors import N_
from meeting.permissions import ALLOWED, Action, Role
from meeting.web import nav

__all__ = [
    "api",
    "books",
    "duties",
    "lifecycle",
    "links",
    "making",
    "participants",
    "pieces",
    "planning_api",
    "programme",
    "register",
    "seating",
    "seating_api",
    "seating_screens",
    "series",
    "service",
    "templates",
    "thread_api",
    "thread_models",
    "versions",
]

READERS = ALLOWED[Action.READ_MEETING]


def register(app: Flask) -> None:
    """Adds the pages and their places in the navigation."""
    app.register_blueprint(views.pages)
    app.register_blueprint(seating_views.seats)
    everybody = set(Role) - {Role.SYSTEM}
    nav.entry(
        "home", icon="home", label=N_("Today's work"), rail_label=N_("Home"), endpoint="agenda.home", roles=everybody, order=0
    )
    nav.entry(
        "meetings", icon="calendar-event", label=N_("Meetings"), endpoint="agenda.meetings", roles=READERS, order=10, hot=True
    )
    nav.counter("meetings", queries.count_to_answer)
