"""Pages of handing out: the office's list, what changed between versions, the readiness map."""

from flask import Blueprint

from meeting import clock
from meeting.agenda.queries import meeting_of
from meeting.materials import compare, compare_queries, readiness_queries, release_queries
from meeting.materials.compare_side import comparing
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("handing_out", __name__)


@pages.get("/meetings/<int:meeting_id>/papers/release")
def release(meeting_id: int) -> str:
    """For whom each paper is, from when, and whether it is published: the office's list."""
    found = release_queries.releases(session(), actor(), meeting_id)
    return page("materials/release.html", releases=found, meeting=found.meeting, now=clock.now())


@pages.get("/papers/<int:requirement_id>/changes")
def changes(requirement_id: int) -> str:
    """What changed between two versions: the pages beside each other, or with `?view=text` the words, one page at a time."""
    found = compare_queries.changes(session(), actor(), requirement_id, asked_number("from"), asked_number("to"))
    told = found.told_pages
    if told and asked("view") != "text":
        return page("materials/compare.html", comparing=comparing(session(), actor(), found))
    at = max(0, min(asked_number("at", 0) or 0, len(told) - 1))
    shown = told[at] if told else None
    passages = compare.passages(shown.runs) if shown else []
    meeting, _ = meeting_of(session(), actor(), found.requirement.meeting_id)
    return page("materials/compare_text.html", changes=found, meeting=meeting, told=told, at=at, shown=shown, passages=passages)


@pages.get("/meetings/<int:meeting_id>/papers/readiness")
def readiness(meeting_id: int) -> str:
    """The readiness map: what nobody has opened yet stands first. Counts only."""
    found = readiness_queries.readiness(session(), actor(), meeting_id)
    return page("materials/readiness.html", found=found, meeting=found.meeting)
