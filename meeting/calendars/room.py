"""What this room brings: calendar files, answers by mail, feeds, calendars and weekly programmes, their pages and places."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.calendars import answering, api, feeds, jobs, mailbox, queries, sequences, views, week
from meeting.calendars.rules import OUTCOMES
from meeting.errors import N_
from meeting.permissions import Action, Actor
from meeting.web import nav

__all__ = ["answering", "api", "feeds", "jobs", "mailbox", "register", "sequences", "week"]


def register(app: Flask) -> None:
    """Adds the pages, their place in the navigation and the part of the meeting page."""
    app.register_blueprint(views.pages)
    app.jinja_env.globals["mail_outcomes"] = OUTCOMES
    nav.entry(
        "calendar", icon="calendar", label=N_("Work calendar"), endpoint="calendars.calendar", roles=nav.DESK_ROLES, order=12
    )


def mailed_panel(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:  # noqa: ARG001 - the form of a panel
    """For the desk: what is still open among the answers that came by mail, while there are any."""
    replies = queries.mailed_replies(session, meeting.id)
    if not replies:
        return None
    return {"meeting": meeting, "replies": replies, "undecided": queries.undecided(session, meeting.id)}


panel("mailed", place="side", template="calendars/_mailed.html", load=mailed_panel, action=Action.SEE_DESK, order=60)
