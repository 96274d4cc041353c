"""The page of a paper."""

from flask import Blueprint

from meeting.documents import queries as documents
from meeting.materials import papers as papers_of
from meeting.materials import queries, release_queries
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("reading", __name__)


@pages.get("/documents/<int:file_id>")
def viewer(file_id: int) -> str:
    """A document page by page; `?page=7` opens there, `?q=` marks what was looked for."""
    file, place = documents.readable(session(), actor(), file_id)
    mark = papers_of.mark_of(session(), actor(), file_id)
    wanted = asked_number("page") or (mark.last_page if mark else 1) or 1
    opening = {
        "id": file.id,
        "page_count": file.page_count,
        "pages": documents.shapes(session(), file_id),
        "state": file.state,
        "page": max(1, min(wanted, max(file.page_count, 1))),
        "q": asked("q"),
        "seen": list(mark.seen_pages) if mark else [],
        "notes": {str(note.page): note.text for note in papers_of.notes_of(session(), actor(), file_id)},
        "reader": actor().name,
        "live_meeting_id": queries.running_meeting(session(), place.meeting_id),
    }
    strip = release_queries.strip(session(), actor(), file_id)
    return page("reading/viewer.html", file=file, place=place, opening=opening, strip=strip)
