"""The pages of a running meeting: the delegate's room, the chair's console, the secretariat's desk, roll call, big screen."""

import io

import segno
from flask import Blueprint, Response, redirect, request, url_for

from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden, Missing
from meeting.permissions import Action, allows
from meeting.web.doors import actor, page, session

pages = Blueprint("live", __name__)


def _meeting(meeting_id: int, action: Action) -> Meeting:
    """The meeting, if this person may do `action` there: refused as not_found for strangers, else forbidden."""
    meeting, hats = meeting_of(session(), actor(), meeting_id)
    if not allows(Action.JOIN_LIVE, hats) or meeting.is_private:
        raise Missing()
    if not allows(action, hats):
        raise Forbidden()
    return meeting


@pages.get("/meetings/<int:meeting_id>/room")
def room(meeting_id: int) -> str | Response:
    """The way in: chair, presider and presidium to the console, the secretariat to the desk, everybody else to a seat."""
    meeting = _meeting(meeting_id, Action.JOIN_LIVE)
    hats = meeting.hats_of(actor(), session())
    if request.args.get("seat") != "delegate":
        if allows(Action.HAND_OVER, hats) or allows(Action.RUN_FLOOR, hats):
            return redirect(url_for("live.console", meeting_id=meeting_id))  # type: ignore[return-value]
        if allows(Action.CORRECT_ATTENDANCE, hats):
            return redirect(url_for("live.desk", meeting_id=meeting_id))  # type: ignore[return-value]
    return page("live/room.html", meeting=meeting)


@pages.get("/meetings/<int:meeting_id>/console")
def console(meeting_id: int) -> str:
    """What now, who next, are we late, is everyone connected, what is on the wall?"""
    return page("live/console.html", meeting=_meeting(meeting_id, Action.SEE_DESK))


@pages.get("/meetings/<int:meeting_id>/desk")
def desk(meeting_id: int) -> str:
    """What has been said and decided, who is here?"""
    return page("live/desk.html", meeting=_meeting(meeting_id, Action.CORRECT_ATTENDANCE))


@pages.get("/meetings/<int:meeting_id>/attendance")
def attendance(meeting_id: int) -> str:
    """Are there enough of us, and who is missing?"""
    return page("live/attendance.html", meeting=_meeting(meeting_id, Action.CORRECT_ATTENDANCE))


@pages.get("/meetings/<int:meeting_id>/hall")
def hall(meeting_id: int) -> str:
    """Who speaks, how long, who is next? Passed or not, by how many of how many?"""
    return page("live/hall.html", meeting=_meeting(meeting_id, Action.SHOW_HALL))


@pages.get("/meetings/<int:meeting_id>/hall/code.svg")
def hall_code(meeting_id: int) -> Response:
    """The code on the big screen that leads a telephone or tablet to the room of this meeting."""
    meeting = _meeting(meeting_id, Action.SHOW_HALL)
    drawn = io.BytesIO()
    address = url_for("live.room", meeting_id=meeting.id, _external=True)
    segno.make(address, error="m").save(drawn, kind="svg", border=1, scale=10, dark="#0b1330", xmldecl=False, svgclass=None)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")
