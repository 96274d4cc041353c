"""Whole lists of entries and rooms: first dry, line by line, then all or nothing."""

from typing import Any

from meeting.acts import Tx, act
from meeting.catalogues import queries, service
from meeting.catalogues.inputs import AddEntry, AddRoom, ImportList
from meeting.catalogues.listing import NewEntry, NewRoom, read_entries, read_rooms
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.columns import Problem
from meeting.organization.names import folded
from meeting.permissions import Action


@act("catalogues.import_list", Action.MANAGE_CATALOGUES)
def import_list(tx: Tx, wanted: ImportList) -> dict[str, Any]:
    """Adds all entries of a list to a catalogue, or all rooms.

    A dry run only tells the problems, line by line: `{kind, count, problems: [{line, field, code, facts}]}`. The real run is all
    or nothing: refused as `import_has_problems` with the same list. Refused also as `unreadable_table`. Recorded: ENTRY_ADDED or
    ROOM_ADDED for each, and CATALOGUES_FILLED once with the number.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    found, problems = _read(tx, wanted)
    if wanted.dry_run:
        tx.nothing_to_record("a dry run changes nothing")
    elif problems:
        raise Refused("import_has_problems", count=len(problems), problems=[each.as_value() for each in problems])
    else:
        _add(tx, wanted.kind, found)
        tx.record(Event.CATALOGUES_FILLED, None, added={wanted.kind: len(found)})
    return {"kind": wanted.kind, "count": len(found), "problems": [each.as_value() for each in problems]}


def _read(tx: Tx, wanted: ImportList) -> tuple[list[NewEntry] | list[NewRoom], list[Problem]]:
    if wanted.kind == "room":
        return read_rooms(wanted.cells, {folded(room.name): room.name for room in queries.rooms(tx.reading)})
    return read_entries(wanted.cells, wanted.kind, service.known(tx, wanted.kind))


def _add(tx: Tx, kind: Any, found: list[NewEntry] | list[NewRoom]) -> None:
    parents = {folded(each.name): each.id for each in queries.entries(tx.reading, "authority", retired=True)}
    for one in found:
        if isinstance(one, NewRoom):
            room = AddRoom(name=one.name, place=one.place, capacity=one.capacity, equipment=one.equipment)
            tx.call("catalogues.add_room", room)
            continue
        above = parents.get(folded(one.parent)) if one.parent else None
        entry: Any = {"kind": kind, "name": one.name, "abbreviation": one.abbreviation, "style": one.style, "parent_id": above}
        parents[folded(one.name)] = tx.call("catalogues.add", AddEntry(**entry))["entry_id"]
