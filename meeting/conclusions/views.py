"""Pages of minutes and conclusion notices."""

from flask import Blueprint, url_for

from meeting.clock import today
from meeting.conclusions import part_queries, queries, sheets
from meeting.conclusions.course import open_places
from meeting.conclusions.models import Minutes, Notice
from meeting.conclusions.rules import GROWING, NOTICE
from meeting.errors import Missing
from meeting.organization.numbering import next_number_of
from meeting.permissions import Action, allows
from meeting.web.doors import actor, page, session

pages = Blueprint("conclusions", __name__)

NEWEST = 100  # issued notices on the list; older ones are found by looking up


def document_url(paper: Minutes | Notice) -> str | None:
    """Where the PDF of a paper is opened, once there is one."""
    found = queries.readable_document(session(), paper)
    return url_for("reading.viewer", file_id=found) if found else None


@pages.get("/notices")
def notices() -> str:
    """All notices one may read, those in the making and meetings that wait for theirs first."""
    return page(
        "conclusions/notices.html",
        making=queries.in_the_making(session(), actor()),
        issued=queries.visible_notices(session(), actor(), "issued", most=NEWEST),
        issued_total=queries.issued_count(session(), actor()),
        waiting=queries.waiting_meetings(session(), actor()),
    )


@pages.get("/notices/<int:notice_id>")
def notice(notice_id: int) -> str:
    """One notice: its conclusions at the left, the page as it will be printed at the right."""
    found = queries.readable_notice(session(), actor(), notice_id)
    return page(
        "conclusions/notice.html",
        notice=found,
        meeting=found.meeting,
        sheet=sheets.notice_sheet(session(), found),
        can=queries.steps_for(session(), actor(), found),
        units=queries.units(session()),
        leaders=queries.leaders(session(), found.meeting.body),
        document_url=document_url(found),
        next_number=next_number_of(session(), found.meeting.body, NOTICE, today()),
        today=today(),
    )


@pages.get("/meetings/<int:meeting_id>/minutes")
def minutes(meeting_id: int) -> str:
    """The minutes of a meeting: while it runs they grow; then the text while it is a draft, and the printed page beside it."""
    if queries.minutes_of(session(), meeting_id) is None:
        meeting, _ = part_queries.readable_parts(session(), actor(), meeting_id)
        if meeting.state not in GROWING:
            raise Missing()
        return page("conclusions/minutes_live.html", meeting=meeting)
    found = queries.readable_minutes(session(), actor(), meeting_id)
    hats = found.hats_of(actor(), session())
    return page(
        "conclusions/minutes.html",
        minutes=found,
        meeting=found.meeting,
        sheet=sheets.minutes_sheet(session(), found),
        document_url=document_url(found),
        versions=queries.versions_of(session(), found),
        open_places=open_places(found.text),
        may_edit=found.state == "draft" and allows(Action.WRITE_CONCLUSIONS, hats),
        may_sign=queries.may_sign_minutes(found, hats),
    )
