"""Acts on the rooms: what is said of them, and the plan of their seats."""

from typing import Any

from sqlalchemy import func, select

from meeting import clock
from meeting.acts import Tx, act
from meeting.catalogues import queries, uses
from meeting.catalogues.inputs import AddRoom, EditRoom, MoveRoom, OfRoom, SavePlan
from meeting.catalogues.models import Room
from meeting.catalogues.plans import check_plan, plan_of
from meeting.catalogues.rules import moved
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import Person
from meeting.organization.names import folded, nfc
from meeting.permissions import Action


@act("catalogues.add_room", Action.MANAGE_CATALOGUES)
def add_room(tx: Tx, wanted: AddRoom) -> dict[str, Any]:
    """Adds a room, without a plan yet. Refused: `room_exists` (marks and capitals ignored). Recorded: ROOM_ADDED."""
    tx.require(Action.MANAGE_CATALOGUES)
    last = tx.scalar(select(func.max(Room.rank))) or 0
    room = tx.add(Room(rank=last + 1, **_checked(tx, wanted)))
    tx.record(Event.ROOM_ADDED, None, room_id=room.id, name=room.name)
    return {"room_id": room.id}


@act("catalogues.edit_room", Action.MANAGE_CATALOGUES)
def edit_room(tx: Tx, wanted: EditRoom) -> dict[str, Any]:
    """Corrects what is said of a room; meetings issued already keep the place they named. Refused: `room_exists`.

    Recorded: ROOM_EDITED with what was said before; the same again changes nothing.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    room = tx.get(Room, wanted.room_id)
    values = _checked(tx, wanted, room)
    before = {name: getattr(room, name) for name, value in values.items() if getattr(room, name) != value}
    if not before:
        tx.nothing_to_record("nothing is different")
        return {}
    for name, value in values.items():
        setattr(room, name, value)
    tx.record(Event.ROOM_EDITED, None, room_id=room.id, name=room.name, before=before)
    return {}


def _checked(tx: Tx, wanted: AddRoom, room: Room | None = None) -> dict[str, Any]:
    name = nfc(wanted.name)
    for other in tx.scalars(select(Room)):
        if (room is None or other.id != room.id) and folded(other.name) == folded(name):
            raise Refused("room_exists", name=other.name)
    equipment = "\n".join(filter(None, (nfc(line) for line in wanted.equipment.splitlines())))
    return {"name": name, "place": nfc(wanted.place), "capacity": wanted.capacity, "equipment": equipment}


@act("catalogues.retire_room", Action.MANAGE_CATALOGUES)
def retire_room(tx: Tx, wanted: OfRoom) -> dict[str, Any]:
    """Takes a room out of use; meetings held there keep it. Twice is harmless.

    Refused: `room_booked` while meetings still to come take place in it. Recorded: ROOM_RETIRED.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    room = tx.get(Room, wanted.room_id)
    if room.retired_on is not None:
        tx.nothing_to_record("the room is out of use already")
        return {}
    if uses.is_held(tx.reading, room.id):
        raise Refused("room_booked", name=room.name)
    room.retired_on = clock.local(tx.now).date()
    tx.record(Event.ROOM_RETIRED, None, room_id=room.id, name=room.name)
    return {}


@act("catalogues.restore_room", Action.MANAGE_CATALOGUES)
def restore_room(tx: Tx, wanted: OfRoom) -> dict[str, Any]:
    """Brings a room back into use. Twice is harmless. Recorded: ROOM_RESTORED."""
    tx.require(Action.MANAGE_CATALOGUES)
    room = tx.get(Room, wanted.room_id)
    if room.retired_on is None:
        tx.nothing_to_record("the room is in use")
        return {}
    room.retired_on = None
    tx.record(Event.ROOM_RESTORED, None, room_id=room.id, name=room.name)
    return {}


@act("catalogues.move_room", Action.MANAGE_CATALOGUES)
def move_room(tx: Tx, wanted: MoveRoom) -> dict[str, Any]:
    """Moves a room in the list from which meetings choose. Refused: `room_retired`. Recorded: ROOMS_ORDERED."""
    tx.require(Action.MANAGE_CATALOGUES)
    room = tx.get(Room, wanted.room_id)
    listed = {each.id: each for each in queries.rooms_in_use(tx.reading)}
    if room.id not in listed:
        raise Refused("room_retired", name=room.name)
    order = list(listed)
    after = moved(order, room.id, wanted.to)
    if after == order:
        tx.nothing_to_record("the room stands there already")
        return {}
    for rank, key in enumerate(after, start=1):
        listed[key].rank = rank
    tx.record(Event.ROOMS_ORDERED, None, room_id=room.id, name=room.name, to=wanted.to)
    return {}


@act("catalogues.save_plan", Action.MANAGE_CATALOGUES)
def save_plan(tx: Tx, wanted: SavePlan) -> dict[str, Any]:
    """Keeps a room's plan as a whole. Meetings whose seats are assigned keep the plan they were assigned on.

    `version` is the one the drawing began from. When somebody saved another plan since, nothing is kept and the refusal
    `plan_changed` carries that plan, its version and who saved it, so that both can be looked at. Refused also by
    `plans.check_plan` and as `room_retired`. The same plan again changes nothing. Recorded: ROOM_PLAN_SAVED.
    """
    tx.require(Action.MANAGE_CATALOGUES)
    room = tx.get(Room, wanted.room_id)
    if room.retired_on is not None:
        raise Refused("room_retired", name=room.name)
    plan = plan_of(wanted.plan.as_value())
    check_plan(plan)
    value = plan.as_value()
    if value == room.plan:
        tx.nothing_to_record("the plan is the same")
        return {"version": room.plan_version, "seats": len(plan.seats)}
    if wanted.version != room.plan_version:
        raise Refused("plan_changed", **_theirs(tx, room))
    room.plan, room.plan_version = value, room.plan_version + 1
    room.plan_saved_by_id, room.plan_saved_at = tx.actor.person_id or None, tx.now
    tx.record(Event.ROOM_PLAN_SAVED, None, room_id=room.id, name=room.name, version=room.plan_version, seats=len(plan.seats))
    return {"version": room.plan_version, "seats": len(plan.seats)}


def _theirs(tx: Tx, room: Room) -> dict[str, Any]:
    person = tx.find(Person, room.plan_saved_by_id)
    saved_at = room.plan_saved_at.isoformat() if room.plan_saved_at else None
    return {"name": person.called if person else "", "version": room.plan_version, "plan": room.plan, "saved_at": saved_at}
