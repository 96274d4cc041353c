"""What other programs read of the catalogues, the rooms and their plans."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.catalogues import queries, shapes
from meeting.catalogues.rules import AUTHORITY, DOCUMENT_TYPE, POSITION
from meeting.errors import Forbidden
from meeting.permissions import INSTALLATION, Action, Actor, allows
from meeting.web.api import asked, asked_number, paged, resource

WORDS = {"q": "words of the name, marks ignored", "retired": "1: also those out of use", "style": "state or party"}


def demand(session: Session, actor: Actor, action: Action = Action.READ_CATALOGUES) -> None:
    """Demands a right that belongs to no body."""
    if not allows(action, INSTALLATION.hats_of(actor, session)):
        raise Forbidden()


def _listed(session: Session, actor: Actor, kind: str) -> dict[str, Any]:
    demand(session, actor)
    everything = queries.entries(session, kind, retired=True)
    shown = queries.entries(session, kind, style=asked("style"), retired=asked("retired") == "1", words=asked("q"))
    return paged(shown, lambda each: queries.entry_line(each, everything))


@resource("/positions", "The positions, the highest office first", **WORDS)
def positions(session: Session, actor: Actor) -> dict[str, Any]:
    """What the form of a person offers."""
    return _listed(session, actor, POSITION)


@resource("/document-types", "The kinds of documents with their abbreviations", **WORDS)
def document_types(session: Session, actor: Actor) -> dict[str, Any]:
    """What the form of a material request offers."""
    return _listed(session, actor, DOCUMENT_TYPE)


@resource("/authorities", "The authorities that issue documents", **WORDS)
def authorities(session: Session, actor: Actor) -> dict[str, Any]:
    """What the form of a submission offers."""
    return _listed(session, actor, AUTHORITY)


@resource("/rooms", "The rooms to meet in", q="words of the name or place", retired="1: also those out of use")
def rooms(session: Session, actor: Actor) -> dict[str, Any]:
    """The rooms without their plans."""
    demand(session, actor)
    return paged(queries.rooms(session, asked("q"), retired=asked("retired") == "1"), queries.room_line)


@resource("/rooms/<int:room_id>", "A room with its plan")
def room(session: Session, actor: Actor, room_id: int) -> dict[str, Any]:
    """The plan: rows and columns from 1, the front row first; `kind` seat, head, guest, table, podium, screen or door."""
    demand(session, actor)
    found = queries.room_of(session, room_id)
    return {**queries.room_line(found), "plan": found.plan}


@resource(
    "/room-plans",
    "A plan drawn from a few numbers, not kept",
    shape="hall, u, long or groups",
    rows="rows of a hall, length of the arms of a U, number of tables",
    seats="seats in a row, at a side or at a table",
    heads="presiding seats",
    aisle="0: no aisle",
)
def room_plans(session: Session, actor: Actor) -> dict[str, Any]:
    """What the plan editor begins with. Refused as `plan_shape_unknown`, `plan_too_many_seats`."""
    demand(session, actor)
    rows, seats, heads = (min(max(asked_number(name, usual) or 0, least), 60) for name, usual, least in SIZES)
    plan = shapes.drawn(asked("shape", "hall"), rows, seats, heads, aisle=asked("aisle") != "0")
    return {"plan": plan.as_value(), "seats": len(plan.seats)}


SIZES = (("rows", 5, 1), ("seats", 8, 0), ("heads", 3, 1))
