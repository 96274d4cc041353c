"""The pages of the run sheet: where it is written before the meeting, and as it is printed, one item a page."""

from typing import Any

from flask import Blueprint, request

from meeting.runsheet import queries
from meeting.runsheet.wording import FIELDS
from meeting.web.doors import actor, page, session

pages = Blueprint("runsheet", __name__)


@pages.get("/meetings/<int:meeting_id>/script")
def script(meeting_id: int) -> str:
    """What do I say, who presents, what do I put to the vote?"""
    meeting, _ = queries.readable(session(), actor(), meeting_id)
    return page("runsheet/script.html", meeting=meeting, sheet=queries.sheet_of(session(), actor(), meeting_id))


@pages.get("/meetings/<int:meeting_id>/script/print")
def printed(meeting_id: int) -> str:
    """The same on paper, in large letters: the whole, or one item."""
    meeting, _ = queries.readable(session(), actor(), meeting_id)
    sheet = queries.sheet_of(session(), actor(), meeting_id)
    wanted = request.args.get("item", type=int)
    lines = [line for line in sheet["items"] if wanted in (None, line["item_id"])]
    return page("runsheet/print.html", meeting=meeting, lines=[_printed(line) for line in lines], whole=wanted is None)


def _printed(line: dict[str, Any]) -> dict[str, Any]:
    """A line with the words that hold: the written ones, else the usual ones."""
    return {**line, **{field: line["written"][field] or line["usual"][field] for field in FIELDS}}
