"""What may be read of the catalogues: no secret inside the house, so everybody signed in reads them all."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.catalogues.models import CatalogueEntry, Room
from meeting.catalogues.plans import Plan, plan_of
from meeting.catalogues.rules import POSITION, rank_of, styles_meet
from meeting.catalogues.uses import counts_use
from meeting.errors import Missing
from meeting.organization.models import Person
from meeting.organization.names import folded

_ORDER = (CatalogueEntry.rank, CatalogueEntry.id)


def entries(session: Session, kind: str, *, style: str = "", retired: bool = False, words: str = "") -> list[CatalogueEntry]:
    """The entries of a kind (`position`, `document_type`, `authority`) in their order, those in use only unless `retired`.

    `style`: what can be offered to a body of the State or of the Party; `words`: of the name or the abbreviation, marks ignored.
    """
    wanted = select(CatalogueEntry).where(CatalogueEntry.kind == kind).order_by(*_ORDER)
    if not retired:
        wanted = wanted.where(CatalogueEntry.retired_on.is_(None))
    sought = folded(words.strip())
    return [
        each
        for each in session.scalars(wanted)
        if styles_meet(style, each.style) and sought in folded(f"{each.name} {each.abbreviation}")
    ]


def choices(session: Session, kind: str, *, style: str = "", with_id: int | None = None) -> list[tuple[int, str]]:
    """What a form offers: (id, "Tờ trình (TTr)"); `with_id` keeps an entry that retired since it was chosen."""
    found = entries(session, kind, style=style)
    if with_id is not None and with_id not in {each.id for each in found}:
        found += [each for each in [session.get(CatalogueEntry, with_id)] if each is not None]
    return [(each.id, each.called) for each in found]


def entry_of(session: Session, entry_id: int) -> CatalogueEntry:
    """An entry by its id, retired ones too. Missing when there is none."""
    found = session.get(CatalogueEntry, entry_id)
    if found is None:
        raise Missing()
    return found


def parents(session: Session) -> dict[int, int | None]:
    """Every authority's own authority above."""
    wanted = select(CatalogueEntry.id, CatalogueEntry.parent_id).where(CatalogueEntry.kind == "authority")
    return {row.id: row.parent_id for row in session.execute(wanted)}


def position_names(session: Session) -> list[str]:
    """The positions in use, the highest office first (for forms and for ranking people)."""
    return [each.name for each in entries(session, POSITION)]


def rooms(session: Session, words: str = "", *, retired: bool = True) -> list[Room]:
    """All rooms in their order, marks in the words ignored."""
    sought = folded(words.strip())
    found = session.scalars(select(Room).order_by(Room.rank, Room.id))
    shown = [room for room in found if retired or room.retired_on is None]
    return [room for room in shown if sought in folded(f"{room.name} {room.place} {room.equipment}")]


def rooms_in_use(session: Session) -> list[Room]:
    """The rooms that can be chosen for a meeting, in their order."""
    return rooms(session, retired=False)


def room_of(session: Session, room_id: int) -> Room:
    """A room by its id, retired ones too. Missing when there is none."""
    found = session.get(Room, room_id)
    if found is None:
        raise Missing()
    return found


def plan_of_room(room: Room) -> Plan:
    """The plan of a room; one without any is empty."""
    return plan_of(room.plan)


@counts_use("position")
def positions_used(session: Session) -> dict[int, int]:
    """How many people on file hold each position: the catalogue name their words begin with, each part by itself."""
    found = entries(session, POSITION, retired=True)
    names = [each.name for each in found]
    counted: Counter[int] = Counter()
    for words in session.scalars(select(Person.position).where(Person.retired_on.is_(None), Person.position != "")):
        held = {rank_of(part, names) for part in words.replace(";", ",").split(",")}
        counted.update(found[place].id for place in held if place < len(found))
    return dict(counted)


def room_line(room: Room) -> dict[str, Any]:
    """A room as it is read over the API, without its plan."""
    return {
        "id": room.id,
        "name": room.name,
        "place": room.place,
        "capacity": room.capacity,
        "equipment": room.equipment,
        "seats": len(plan_of(room.plan).seats),
        "plan_version": room.plan_version,
        "retired_on": room.retired_on.isoformat() if room.retired_on else None,
    }


def entry_line(entry: CatalogueEntry, named: Sequence[CatalogueEntry] = ()) -> dict[str, Any]:
    """An entry as it is read over the API; `named`: where the name of the authority above is found."""
    above = next((each.name for each in named if each.id == entry.parent_id), None)
    return {
        "id": entry.id,
        "name": entry.name,
        "abbreviation": entry.abbreviation,
        "style": entry.style,
        "parent_id": entry.parent_id,
        "parent": above,
        "retired_on": entry.retired_on.isoformat() if entry.retired_on else None,
    }
