"""What the room of the run sheet puts into the application: its act, its section, what can be read, its pages."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.permissions import Action, Actor
from meeting.runsheet import api, models, queries, sections, service, views
from meeting.tablets.pack import keeps_beside

__all__ = ["api", "models", "register", "sections", "service"]


def way(_session: Session, _actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The button on the page of the meeting; not for one that was called off."""
    return {"meeting_id": meeting.id} if meeting.state != "cancelled" else None


keeps_beside(queries.kept_of)
panel("script", place="action", template="runsheet/way.html", load=way, order=30, action=Action.READ_SCRIPT)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
