"""What this room brings: guides per role, help beside every screen, keyboard shortcuts, remarks of users."""

from flask import Flask, request

from meeting.errors import N_
from meeting.guides import api, opening, queries, remarks, service, views
from meeting.permissions import ALLOWED, Action
from meeting.web import doors, nav

__all__ = ["api", "opening", "register", "remarks", "service"]


def register(app: Flask) -> None:
    """Adds the pages, their places in the navigation, and what the frames ask for."""
    app.register_blueprint(views.pages)
    app.jinja_env.globals.update(help_endpoint=lambda: request.endpoint or "", keys_are_off=_keys_are_off)
    nav.entry(
        "guides",
        icon="book-2",
        label=N_("Guides"),
        endpoint="guides.guides",
        roles=ALLOWED[Action.READ_GUIDES],
        group="look_up",
        order=60,
        under="search",
    )
    nav.entry(
        "feedback",
        icon="message-report",
        label=N_("Feedback"),
        endpoint="guides.feedback",
        roles=ALLOWED[Action.ANSWER_FEEDBACK],
        group="run",
        order=80,
    )
    nav.counter("feedback", queries.count_new)


def _keys_are_off() -> bool:
    who = doors.actor_or_none()
    return who is None or queries.keys_off(doors.session(), who)
