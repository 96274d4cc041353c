"""What this room brings: meetings for trying everything out, of which nothing stays."""

from typing import Any

from flask import Flask, g, request
from sqlalchemy.orm import Session

from meeting.agenda.panels import home_card
from meeting.errors import N_
from meeting.permissions import ALLOWED, Action, Actor
from meeting.practice import api, jobs, queries, service, views
from meeting.web import doors, nav

__all__ = ["api", "jobs", "register", "service"]


def _card(session: Session, actor: Actor) -> dict[str, Any] | None:
    running = queries.mine(session, actor)
    return {"practices": running} if running else None


def register(app: Flask) -> None:
    """Adds the page, the card on the start page, and the band on every screen of a practice."""
    app.register_blueprint(views.pages)
    app.jinja_env.globals.update(practice_here=_here)
    nav.entry(
        "practice",
        icon="school",
        label=N_("Practice"),
        endpoint="practice.practices",
        roles=ALLOWED[Action.PRACTISE],
        group="administer",
        order=90,
    )


def _here() -> bool:
    """Whether the page that is being drawn belongs to a practice; asked once a request."""
    if "practice_here" not in g:
        who = doors.actor_or_none()
        g.practice_here = who is not None and queries.is_practice(doors.session(), who, request.view_args or {})
    found: bool = g.practice_here
    return found


home_card("practice", place="main", template="practice/home_card.html", load=_card, order=1)
