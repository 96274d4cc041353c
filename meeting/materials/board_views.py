"""The pages and resources of the board: what each unit delivered for a meeting, in time, late or not at all."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import prepared_by
from meeting.materials import board, queries
from meeting.materials.board import Board, Wanted
from meeting.materials.offers import offered
from meeting.materials.standings import DECISION_NAMES, FILTER_NAMES, FILTERS, Light, UnitRow
from meeting.materials.timeline import line, scale
from meeting.materials.views import pages
from meeting.permissions import Actor
from meeting.web.api import asked, asked_number, resource
from meeting.web.doors import actor, page, session


def _wanted() -> Wanted:
    return Wanted(
        show=asked("show") if asked("show") in FILTERS else "",
        unit_id=asked_number("unit"),
        item_id=asked_number("item"),
        words=asked("words").strip()[:200],
        by_unit=asked("by") == "unit",
        page=asked_number("page") or 1,
    )


@pages.get("/meetings/<int:meeting_id>/papers", endpoint="board")
def of_meeting(meeting_id: int) -> str:
    """Who is late, and what waits for me?"""
    found = board.board(session(), actor(), meeting_id, _wanted())
    on = scale([row.requirement.asked_at for row in found.rows], found.meeting.starts_at, found.now)
    lines = {
        row.requirement.id: line(on, row.requirement.due_at, row.requirement.first_received_at, found.now) for row in found.rows
    }
    return page(
        "materials/board.html",
        board=found,
        scale=on,
        lines=lines,
        filters=FILTER_NAMES,
        late_words=DECISION_NAMES,
        **_asking(found),
    )


def _asking(found: Board) -> dict[str, Any]:
    """What the form for asking a paper and the filters offer: the programme's items and all units."""
    items = [item for item in found.meeting.items if not item.outside]
    owing = sorted({(row.unit_id, row.unit) for row in found.lights}, key=lambda each: each[1])
    forms = offered(session(), found.meeting) if found.may_request else {}
    return {"items": items, "units": queries.units(session()), "board_units": owing, **forms}


@pages.get("/papers/boards", endpoint="boards")
def of_all() -> str:
    """The meetings one prepares, with what waits on each board."""
    return page("materials/boards.html", boards=queries.boards(session(), prepared_by(session(), actor())))


FILTER_WORDS = {
    "show": "review, missing, overdue, late, accepted or waived",
    "unit": "id of a unit",
    "item": "id of an item",
    "words": "part of the paper's or the unit's name",
    "page": "1 is the first",
}


@resource("/meetings/<int:meeting_id>/board", "What each unit owes and delivered for a meeting", **FILTER_WORDS)
def board_of_meeting(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The figures of all, the units against what they were asked, and the rows under the filters, 40 a page."""
    found = board.board(session, actor, meeting_id, _wanted())
    units = board.board(session, actor, meeting_id, Wanted(by_unit=True)).units
    start = (found.wanted.page - 1) * board.PAGE_ROWS
    return {
        "version": found.version,
        "counts": {**vars(found.counts), "percent_in_time": found.counts.percent_in_time},
        "units": [unit_json(each) for each in units],
        "data": [light_json(each) for each in found.chosen[start : start + board.PAGE_ROWS]],
        "page": found.wanted.page,
        "pages": found.pages,
        "found": len(found.chosen),
    }


@resource("/meetings/<int:meeting_id>/board/version", "A number that rises when the board changes")
def board_version(session: Session, actor: Actor, meeting_id: int) -> dict[str, int]:
    """For screens that stay open: ask for the board again when this has risen."""
    return {"version": board.version_for(session, actor, meeting_id)}


def light_json(row: Light) -> dict[str, Any]:
    """One requirement on the wire."""
    return {
        "requirement_id": row.id,
        "unit_id": row.unit_id,
        "unit": row.unit,
        "item_id": row.item_id,
        "what": row.what,
        "state": row.state,
        "standing": row.standing,
        "due_at": row.due_at.isoformat(),
        "first_late_minutes": row.first_late_minutes,
    }


def unit_json(row: UnitRow) -> dict[str, Any]:
    """One unit on the wire."""
    due = row.next_due_at
    return {
        "unit_id": row.unit_id,
        "unit": row.unit,
        "counts": {**vars(row.counts), "percent_in_time": row.counts.percent_in_time},
        "missing": row.missing,
        "next_due_at": due.isoformat() if due else None,
    }
