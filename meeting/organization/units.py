"""Acts on units: added, renamed, moved in the tree, ended and brought back. A unit that is referred to is never deleted."""

from typing import Any

from sqlalchemy import func, select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization import queries, tree
from meeting.organization.duties import OF_UNIT, check_none, duties
from meeting.organization.fields import Rank, Short, Title
from meeting.organization.models import Body, Person, Unit
from meeting.organization.names import folded, nfc
from meeting.permissions import Action


class AddUnit(ActInput):
    """A unit that prepares papers and carries out tasks, and its place in the tree."""

    name: Title
    short_name: Short
    parent_id: int | None = None
    body_id: int | None = None  # the body it serves
    rank: Rank = 0


@act("organization.add_unit", Action.MANAGE_PEOPLE)
def add_unit(tx: Tx, wanted: AddUnit) -> dict[str, Any]:
    """Adds a unit. Refused: `unit_exists` (marks and capitals ignored), `unit_deep`, `unit_ended_above`. Recorded: UNIT_ADDED."""
    tx.require(Action.MANAGE_PEOPLE)
    taken = queries.unit_names(tx.reading)
    for name in (wanted.name, wanted.short_name):
        if folded(nfc(name)) in taken:
            raise Refused("unit_exists", name=name)
    unit = tx.add(Unit(name=nfc(wanted.name), short_name=nfc(wanted.short_name), rank=wanted.rank))
    _place(tx, unit, wanted.parent_id)
    if wanted.body_id is not None:
        unit.body_id = tx.get(Body, wanted.body_id).id
    tx.record(Event.UNIT_ADDED, None, unit_id=unit.id, name=unit.name, parent_id=unit.parent_id)
    return {"unit_id": unit.id}


class EditUnit(ActInput):
    """Another name of a unit, and the body it serves; a body that is left out stays, null serves none."""

    unit_id: int
    name: Title
    short_name: Short
    body_id: int | None = None


@act("organization.edit_unit", Action.MANAGE_PEOPLE)
def edit_unit(tx: Tx, wanted: EditUnit) -> dict[str, Any]:
    """Renames a unit; papers already printed keep the name they were printed with. Refused: `unit_exists`. Recorded."""
    tx.require(Action.MANAGE_PEOPLE)
    unit = tx.get(Unit, wanted.unit_id)
    name, short_name = nfc(wanted.name), nfc(wanted.short_name)
    others = select(Unit).where(Unit.id != unit.id)
    taken = {folded(each) for other in tx.scalars(others) for each in (other.name, other.short_name)}
    if taken & {folded(name), folded(short_name)}:
        raise Refused("unit_exists", name=name)
    before, unit.name, unit.short_name = unit.name, name, short_name
    if "body_id" in wanted.model_fields_set:
        unit.body_id = tx.get(Body, wanted.body_id).id if wanted.body_id is not None else None
    tx.record(Event.UNIT_EDITED, None, unit_id=unit.id, before=before, name=name)
    return {}


class MoveUnit(ActInput):
    """The unit above, null for none, and the place among those beside it."""

    unit_id: int
    parent_id: int | None
    rank: Rank = 0


@act("organization.move_unit", Action.MANAGE_PEOPLE)
def move_unit(tx: Tx, wanted: MoveUnit) -> dict[str, Any]:
    """Moves a unit in the tree with all its parts. The same place again is harmless.

    Refused: `unit_circle` below itself, `unit_deep`, `unit_ended_above`. Recorded: UNIT_MOVED.
    """
    tx.require(Action.MANAGE_PEOPLE)
    unit = tx.get(Unit, wanted.unit_id)
    before = (unit.parent_id, unit.rank)
    if before == (wanted.parent_id, wanted.rank):
        tx.nothing_to_record("the unit is there already")
        return {}
    _place(tx, unit, wanted.parent_id)
    unit.rank = wanted.rank
    tx.record(Event.UNIT_MOVED, None, unit_id=unit.id, before=list(before), parent_id=unit.parent_id, rank=unit.rank)
    return {}


def _place(tx: Tx, unit: Unit, parent_id: int | None) -> None:
    if parent_id is not None:
        above = tx.get(Unit, parent_id)
        if above.retired_on is not None:
            raise Refused("unit_ended_above", name=above.name)
        tree.check_place(queries.parents(tx.reading), unit.id, above.id, unit.name)
    unit.parent_id = parent_id


class RetireUnit(ActInput):
    """A unit that ends, and whether it is known that duties stay open."""

    unit_id: int
    knowingly: bool = False


@act("organization.retire_unit", Action.MANAGE_PEOPLE)
def retire_unit(tx: Tx, wanted: RetireUnit) -> dict[str, Any]:
    """Ends a unit: it is offered nowhere any more, what it did stays. Twice is harmless.

    Refused: `unit_has_people` while people on file belong to it, `unit_has_units` while units lie below it,
    `unit_has_duties` until it is done knowingly. Recorded: UNIT_RETIRED.
    """
    tx.require(Action.MANAGE_PEOPLE)
    unit = tx.get(Unit, wanted.unit_id)
    if unit.retired_on is not None:
        tx.nothing_to_record("the unit is retired already")
        return {}
    count = tx.scalar(select(func.count(Person.id)).where(Person.unit_id == unit.id, Person.retired_on.is_(None))) or 0
    if count:
        raise Refused("unit_has_people", count=count)
    parts = tx.scalar(select(func.count(Unit.id)).where(Unit.parent_id == unit.id, Unit.retired_on.is_(None))) or 0
    if parts:
        raise Refused("unit_has_units", count=parts)
    if not wanted.knowingly:
        check_none("unit_has_duties", unit.name, duties(OF_UNIT, tx.reading, unit.id))
    unit.retired_on = clock.local(tx.now).date()
    tx.record(Event.UNIT_RETIRED, None, unit_id=unit.id, name=unit.name, knowingly=wanted.knowingly)
    return {}


class ReturnUnit(ActInput):
    """A unit that works again."""

    unit_id: int


@act("organization.return_unit", Action.MANAGE_PEOPLE)
def return_unit(tx: Tx, wanted: ReturnUnit) -> dict[str, Any]:
    """Brings an ended unit back to its place. Twice is harmless. Refused: `unit_ended_above`. Recorded: UNIT_RETURNED."""
    tx.require(Action.MANAGE_PEOPLE)
    unit = tx.get(Unit, wanted.unit_id)
    if unit.retired_on is None:
        tx.nothing_to_record("the unit works already")
        return {}
    _place(tx, unit, unit.parent_id)
    unit.retired_on = None
    tx.record(Event.UNIT_RETURNED, None, unit_id=unit.id, name=unit.name)
    return {}
