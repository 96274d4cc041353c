"""The seats of a meeting: the editor for those who prepare it, the plan for everybody invited, and the sheets to print."""

from flask import Blueprint, Response

from meeting.agenda import seating_screens
from meeting.asyncmode import run_blocking
from meeting.documents.typeset import typeset
from meeting.web.doors import actor, page, session

seats = Blueprint("seating", __name__)


@seats.get("/meetings/<int:meeting_id>/seats")
def plan(meeting_id: int) -> str:
    """Who sits where?"""
    content = seating_screens.plan_page(session(), actor(), meeting_id)
    return page("agenda/seating_edit.html" if content["edits"] else "agenda/seating.html", **content)


@seats.get("/meetings/<int:meeting_id>/seats.pdf")
def plan_pdf(meeting_id: int) -> Response:
    """The plan on one page on its side, with names."""
    sheet, at = seating_screens.plan_sheet(session(), actor(), meeting_id)
    return _pdf(run_blocking(typeset, "seating", sheet, at), f"so-do-cho-ngoi-{meeting_id}.pdf")


@seats.get("/meetings/<int:meeting_id>/seat-list.pdf")
def list_pdf(meeting_id: int) -> Response:
    """Everybody with the seat, sorted by given name: what hangs at the door."""
    sheet, at = seating_screens.list_sheet(session(), actor(), meeting_id)
    return _pdf(run_blocking(typeset, "seating", sheet, at), f"danh-sach-cho-ngoi-{meeting_id}.pdf")


def _pdf(content: bytes, name: str) -> Response:
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
