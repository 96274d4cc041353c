"""Pages of conclusion notices, resolutions and decisions."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from meeting.clock import today
from meeting.conclusions import life_queries, listing, queries, screens, sealing_views, sheets, steps
from meeting.conclusions.kinds import CONCLUSION, DECISION
from meeting.conclusions.listing import Filters
from meeting.conclusions.models import Instrument, Minutes
from meeting.web.doors import actor, page, session

pages = Blueprint("conclusions", __name__)


def document_url(paper: Minutes | Instrument) -> str | None:
    """Where the PDF of a paper is opened, once there is one."""
    found = queries.readable_document(session(), paper)
    return url_for("reading.viewer", file_id=found) if found else None


def _filters(family: str) -> Filters:
    asked = request.args
    return Filters(family, asked.get("kind", ""), asked.get("body", ""), asked.get("state", ""), asked.get("year", type=int))


@pages.get("/notices")
def notices() -> str:
    """Meetings that wait for their notice, notices in the making, and those issued."""
    shown = screens.listed(session(), actor(), _filters(CONCLUSION))
    return page("conclusions/notices.html", owed=listing.owed(session(), actor(), today()), **shown)


@pages.get("/resolutions")
def resolutions() -> str:
    """Resolutions and decisions: in the making, to be sent up, issued."""
    shown = screens.listed(session(), actor(), _filters(DECISION))
    return page("conclusions/resolutions.html", up=listing.to_send_up(session(), actor()), today_is=today(), **shown)


@pages.get("/notices/<int:notice_id>")
def notice(notice_id: int) -> str:
    """One document: its lines at the left, the page as it will be printed at the right."""
    return page("conclusions/notice.html", **_document(notice_id))


@pages.get("/notices/<int:notice_id>/pdf", endpoint="notice_pdf")
@pages.get("/resolutions/<int:notice_id>/pdf", endpoint="resolution_pdf")
def pdf(notice_id: int) -> Response:
    """The address of a document's PDF, as it stands in mails: the viewer, or the page while the PDF is being made."""
    found = queries.readable_notice(session(), actor(), notice_id)
    page_url = url_for("conclusions.notice" if found.family == CONCLUSION else "conclusions.resolution", notice_id=found.id)
    return redirect(document_url(found) or page_url)


@pages.get("/resolutions/<int:notice_id>")
def resolution(notice_id: int) -> str:
    """The same editor for resolutions and decisions."""
    return page("conclusions/notice.html", **_document(notice_id))


def _document(notice_id: int) -> dict[str, Any]:
    found = queries.readable_notice(session(), actor(), notice_id)
    return {
        "notice": found,
        "meeting": found.meeting,
        "sheet": sheets.notice_sheet(session(), found),
        "can": steps.steps_for(session(), actor(), found),
        "units": queries.units(session()),
        "leaders": queries.leaders(session(), found.meeting.body),
        "document_url": document_url(found),
        "signer": life_queries.signer_of(session(), found),
        "seal": sealing_views.offer(session(), actor(), found),
        **screens.life_of(session(), actor(), found),
    }
