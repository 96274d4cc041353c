"""Pages of papers: the board, what a unit owes, the list to read, the viewer, who has read."""

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from meeting import clock, config
from meeting.agenda.queries import meeting_of, prepared_by
from meeting.documents import office
from meeting.documents import queries as documents
from meeting.materials import papers as papers_of
from meeting.materials import queries
from meeting.materials.timeline import line, scale
from meeting.permissions import Action, allows
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, say, session

pages = Blueprint("materials", __name__)

FILTERS = {"review": ("submitted",), "missing": ("open", "overdue", "returned"), "overdue": ("overdue",)}


@pages.get("/meetings/<int:meeting_id>/papers")
def board(meeting_id: int) -> str:
    """What each unit delivered for a meeting, in time, late or not at all."""
    found = queries.board(session(), actor(), meeting_id)
    chosen = asked("show") if asked("show") in FILTERS else ""
    rows = found.of(*FILTERS[chosen]) if chosen else found.rows
    on = scale([each.requirement.asked_at for each in found.rows], found.meeting.starts_at, found.now)
    lines = {row.requirement.id: line(on, row.requirement.due_at, row.requirement.first_received_at, found.now) for row in rows}
    return page("materials/board.html", board=found, rows=rows, chosen=chosen, scale=on, lines=lines, **asking(meeting_id))


def asking(meeting_id: int) -> dict[str, Any]:
    """What the form for asking a paper offers: the programme's items and all units."""
    found, _ = meeting_of(session(), actor(), meeting_id)
    return {"items": [item for item in found.items if not item.outside], "units": queries.units(session())}


@pages.get("/papers/boards")
def boards() -> str:
    """The meetings one prepares, with what waits on each board."""
    return page("materials/boards.html", boards=queries.boards(session(), prepared_by(session(), actor())))


@pages.get("/papers/owed")
def owed() -> str | Response:
    """What the own unit has to send: goes to the first paper of the list."""
    rows = queries.in_order(queries.owed_by_my_unit(session(), actor()))
    if rows:
        return redirect(url_for("materials.submission", requirement_id=rows[0].id))
    return page("materials/owed_nothing.html")


@pages.get("/papers/owed/<int:requirement_id>")
def submission(requirement_id: int) -> str:
    """One paper the unit owes: send a version, follow its pages, see why one came back."""
    found = queries.requirement_of(session(), actor(), requirement_id)
    hats = found.hats_of(actor(), session())
    return page(
        "materials/submission.html",
        requirement=found,
        rows=queries.in_order(queries.owed_by_my_unit(session(), actor())),
        history=queries.history(session(), found),
        checks=queries.checks(session(), found),
        opened=papers_of.opened_by(session(), [each.file_id for each in found.submissions]),
        may_submit=allows(Action.SUBMIT_PAPERS, hats),
        may_review=allows(Action.REVIEW_PAPERS, hats),
        now=clock.now(),
        office=office.can_convert(),
        max_bytes=config.settings().max_upload_bytes,
        refused_words=lambda file: say(file.refusal, file.refusal_facts),
    )


@pages.get("/papers")
def reading() -> str:
    """The papers of the next meetings, to be read on the tablet."""
    return page("materials/reading.html", meetings=papers_of.reading_list(session(), actor()))


@pages.get("/meetings/<int:meeting_id>/papers/readers")
def readers(meeting_id: int) -> str:
    """Who has opened which paper."""
    meeting, _ = meeting_of(session(), actor(), meeting_id)
    papers, people = papers_of.readers(session(), actor(), meeting)
    return page("materials/readers.html", meeting=meeting, papers=papers, people=people)


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
    return page("materials/viewer.html", file=file, place=place, opening=opening)
