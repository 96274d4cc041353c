"""The one page of the speaking room that is no screen of the chamber: speaking time as a file."""

from flask import Blueprint, Response

from meeting.speaking import screens
from meeting.web.doors import actor, session

pages = Blueprint("speaking", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/meetings/<int:meeting_id>/speaking-time.xlsx")
def speaking_time(meeting_id: int) -> Response:
    """Who spoke how long, by person, unit and item."""
    content = screens.spreadsheet(session(), actor(), meeting_id)
    headers = {"Content-Disposition": f'attachment; filename="thoi-gian-phat-bieu-{meeting_id}.xlsx"'}
    return Response(content, mimetype=XLSX, headers=headers)
