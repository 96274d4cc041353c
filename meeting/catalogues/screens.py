"""What the pages of this room show, put together from queries and from what upper rooms say of use."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from meeting.catalogues import exports, queries, uses
from meeting.catalogues.drawing import picture
from meeting.catalogues.models import CatalogueEntry
from meeting.catalogues.plans import KINDS as PLAN_KINDS
from meeting.catalogues.rules import AUTHORITY, DOCUMENT_TYPE, POSITION, STYLES
from meeting.catalogues.shapes import SHAPES
from meeting.errors import N_, Missing
from meeting.permissions import INSTALLATION, Action, Actor, allows

#: The names of the catalogues in addresses.
KINDS = {"positions": POSITION, "document-types": DOCUMENT_TYPE, "authorities": AUTHORITY, "rooms": "room"}
NAMES = {kind: name for name, kind in KINDS.items()}
TITLES = {
    POSITION: N_("Positions"),
    DOCUMENT_TYPE: N_("Kinds of documents"),
    AUTHORITY: N_("Issuing authorities"),
    "room": N_("Rooms"),
}
LEADS = {
    POSITION: N_("The order is the order of rank: people are seated by it, and forms offer positions in it."),
    DOCUMENT_TYPE: N_("Units choose one when they are asked for papers; the abbreviation stands in the document's symbol."),
    AUTHORITY: N_("Who issues the documents that come to a meeting."),
}
SHOWN_USES = 30
FILE_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def may_manage(session: Session, actor: Actor) -> bool:
    """Whether this person may change the catalogues."""
    return allows(Action.MANAGE_CATALOGUES, INSTALLATION.hats_of(actor, session))


def _tabs(session: Session) -> dict[str, int]:
    counts = {kind: len(queries.entries(session, kind)) for kind in (POSITION, DOCUMENT_TYPE, AUTHORITY)}
    return {**counts, "room": len(queries.rooms_in_use(session))}


def entries_page(session: Session, actor: Actor, kind: str, words: str, edit: int | None) -> dict[str, Any]:
    """A catalogue: its entries in use, those out of use, and one to correct with the places where it is used."""
    found = queries.entries(session, kind, retired=True, words=words)
    everything = queries.entries(session, kind, retired=True)
    chosen = next((each for each in everything if each.id == edit), None)
    if edit is not None and chosen is None:
        raise Missing()
    return {
        "catalogue": kind,
        "slug": NAMES[kind],
        "titles": TITLES,
        "names": NAMES,
        "counts": _tabs(session),
        "lead": LEADS[kind],
        "words": words,
        "entries": [each for each in found if each.retired_on is None],
        "retired": [each for each in found if each.retired_on is not None],
        "above": {each.id: each.name for each in everything},
        "used": uses.used_counts(session, kind),
        "chosen": chosen,
        "chosen_uses": uses.used_in(session, actor, kind, chosen.id)[:SHOWN_USES] if chosen else [],
        "parent_choices": _parent_choices(everything, chosen) if kind == AUTHORITY else [],
        "styles": STYLES,
        "manages": may_manage(session, actor),
    }


def _parent_choices(everything: list[CatalogueEntry], chosen: CatalogueEntry | None) -> list[tuple[int, str]]:
    kept = chosen.parent_id if chosen else None
    return [
        (each.id, each.name)
        for each in everything
        if (each.retired_on is None or each.id == kept) and (chosen is None or each.id != chosen.id)
    ]


def import_page(kind: str) -> dict[str, Any]:
    """The import of one catalogue: where it leads back to, and the columns it knows."""
    columns = exports.sample(kind)[0]
    return {"catalogue": kind, "slug": NAMES[kind], "title": TITLES[kind], "columns": columns}


def by_line(problems: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    """The faults of an import by the line they are in."""
    lines: dict[int, list[dict[str, Any]]] = {}
    for problem in problems:
        lines.setdefault(problem["line"], []).append(problem)
    return lines


def rooms_page(session: Session, actor: Actor, words: str) -> dict[str, Any]:
    """The rooms in use with their plans, and those out of use."""
    found = queries.rooms(session, words)
    return {
        "titles": TITLES,
        "names": NAMES,
        "counts": _tabs(session),
        "catalogue": "room",
        "words": words,
        "rooms": [room for room in found if room.retired_on is None],
        "retired": [room for room in found if room.retired_on is not None],
        "plans_of": {room.id: picture(queries.plan_of_room(room)) for room in found},
        "seats": {room.id: len(queries.plan_of_room(room).seats) for room in found},
        "manages": may_manage(session, actor),
    }


def room_page(session: Session, actor: Actor, room_id: int) -> dict[str, Any]:
    """A room, its plan, and what is held there that this person may know of."""
    room = queries.room_of(session, room_id)
    plan = queries.plan_of_room(room)
    return {
        "room": room,
        "picture": picture(plan),
        "seats": len(plan.seats),
        "uses": uses.used_in(session, actor, "room", room.id)[:SHOWN_USES],
        "manages": may_manage(session, actor),
    }


def plan_words(say: Callable[[str], str]) -> dict[str, Any]:
    """The words of the plan editor, translated: kinds of things and shapes."""
    return {
        "kinds": [[key, say(label)] for key, label in PLAN_KINDS.items()],
        "shapes": [[key, say(label)] for key, label in SHAPES.items()],
    }
