"""Pages of notes: of a meeting, and of all meetings."""

from flask import Blueprint

from meeting.notes import screens
from meeting.web.api import asked
from meeting.web.doors import actor, page, session

pages = Blueprint("notes", __name__)


@pages.get("/meetings/<int:meeting_id>/notes")
def meeting(meeting_id: int) -> str:
    """What have I, and others for me, written on the papers of this meeting?"""
    return page("notes/meeting.html", **screens.meeting_notes(session(), actor(), meeting_id, asked("whose"), asked("kind")))


@pages.get("/notes")
def mine() -> str:
    """On the papers of which meetings have I written?"""
    return page("notes/mine.html", **screens.my_meetings(session(), actor()))
