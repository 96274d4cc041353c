"""The page of a paper."""

from flask import Blueprint

from meeting.reading.opening import opening
from meeting.web.doors import actor, page, session

pages = Blueprint("reading", __name__)


@pages.get("/documents/<int:file_id>")
def viewer(file_id: int) -> str:
    """A document page by page; `?page=7` opens there, `?q=` marks what was looked for."""
    return page("reading/viewer.html", opening=opening(session(), actor(), file_id))


@pages.get("/documents/shell")
def shell() -> str:
    """The same page without a document: a tablet without a line fills it with what it keeps."""
    return page("reading/viewer.html", opening=None)
