"""Acts on the programme: items are added, changed, moved up and down, and taken off."""

from typing import Any

from sqlalchemy import func, select, update

from meeting.acts import Tx, act
from meeting.agenda.inputs import AddItemInput, EditItemInput, ItemInput, MoveItemInput, NewItem
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.panels import HOLDERS
from meeting.agenda.rules import check_editable, check_item_planned, check_kind, moved
from meeting.agenda.service import add_items, change_programme, check_person, check_unit
from meeting.errors import Refused
from meeting.journal import Event
from meeting.permissions import Action


@act("agenda.add_item", Action.PREPARE_MEETING)
def add_item(tx: Tx, wanted: AddItemInput) -> dict[str, Any]:
    """Puts one more item on the programme, at the end or at a position; also while the meeting runs.

    Refused as `programme_with_chair`, `meeting_begun`, `unknown_kind`, `unit_retired`, `person_retired`. Records the item.
    """
    meeting = _programme(tx, wanted.meeting_id)
    last = tx.scalar(select(func.max(Item.position)).where(Item.meeting_id == meeting.id)) or 0
    given = wanted.model_dump(exclude={"meeting_id", "position"})
    (item_id,) = add_items(tx, meeting, [NewItem(**given)], last + 1)
    item = tx.get(Item, item_id)
    if wanted.position is not None and wanted.position <= last:
        _put(tx, item, wanted.position)
    tx.record(Event.ITEM_ADDED, meeting, item_id=item_id, title=item.title, position=item.position)
    return {"item_id": item_id, "position": item.position}


def _programme(tx: Tx, meeting_id: int) -> Meeting:
    """The meeting whose programme the actor may change now; an approved one may go back to draft by it."""
    meeting = tx.get(Meeting, meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    check_editable(meeting.state, in_session=True)
    change_programme(meeting)
    return meeting


def _planned_item(tx: Tx, item_id: int) -> Item:
    item = tx.get(Item, item_id)
    _programme(tx, item.meeting_id)
    check_item_planned(item.state)
    return item


@act("agenda.edit_item", Action.PREPARE_MEETING)
def edit_item(tx: Tx, wanted: EditItemInput) -> dict[str, Any]:
    """Changes an item that was not called yet; what is not named stays.

    Refused as `programme_with_chair`, `meeting_begun`, `item_begun`, `unknown_kind`, `unit_retired`, `person_retired`.
    Records what changed; the same values again change nothing.
    """
    item = _planned_item(tx, wanted.item_id)
    given = wanted.model_dump(exclude_unset=True, exclude={"item_id", "meeting_id"})
    needed = {"title", "kind", "minutes_planned", "outside"}
    changed = {
        name: value for name, value in given.items() if value != getattr(item, name) and not (value is None and name in needed)
    }
    if not changed:
        tx.nothing_to_record("nothing is different")
        return {"changed": []}
    check_kind(changed.get("kind", item.kind))
    check_unit(tx, changed.get("unit_id"))
    check_person(tx, changed.get("presenter_id"))
    before = {name: getattr(item, name) for name in changed}
    for name, value in changed.items():
        setattr(item, name, value)
    tx.record(Event.ITEM_EDITED, item, item_id=item.id, before=before, after=changed)
    return {"changed": sorted(changed)}


@act("agenda.move_item", Action.PREPARE_MEETING)
def move_item(tx: Tx, wanted: MoveItemInput) -> dict[str, Any]:
    """Moves an item up, down, or to a position; the others keep their order and all numbers stay without gaps.

    Refused as `programme_with_chair`, `meeting_begun`, `item_begun`. Records from where to where; at the edge nothing happens.
    """
    item = _planned_item(tx, wanted.item_id)
    before = item.position
    step = {"up": -1, "down": 1, None: 0}[wanted.to]
    _put(tx, item, wanted.position if wanted.position is not None else before + step)
    if item.position == before:
        tx.nothing_to_record("the item is there already")
    else:
        tx.record(Event.ITEM_MOVED, item, item_id=item.id, title=item.title, before=before, after=item.position)
    return {"position": item.position}


def _put(tx: Tx, item: Item, position: int) -> None:
    """Numbers the programme anew with the item at its place."""
    order = list(tx.scalars(select(Item.id).where(Item.meeting_id == item.meeting_id).order_by(Item.position)))
    _number(tx, item.meeting_id, moved(order, item.id, position))


def _number(tx: Tx, meeting_id: int, order: list[int]) -> None:
    """Gives items the numbers 1, 2, 3 …; by way of negative ones, because no two may share a number for a moment."""
    items = {each.id: each for each in tx.scalars(select(Item).where(Item.meeting_id == meeting_id))}
    tx.execute(update(Item).where(Item.meeting_id == meeting_id).values(position=-Item.position))
    for position, item_id in enumerate(order, 1):
        items[item_id].position = position
    tx.flush()


@act("agenda.remove_item", Action.PREPARE_MEETING)
def remove_item(tx: Tx, wanted: ItemInput) -> dict[str, Any]:
    """Takes an item off the programme and closes the gap.

    Refused as `programme_with_chair`, `meeting_begun`, `item_begun`, or by the room that holds something of it
    (`item_has_papers`). Records the item with its title.
    """
    item = _planned_item(tx, wanted.item_id)
    for holder in HOLDERS:
        if (code := holder(tx.reading, item)) is not None:
            raise Refused(code)
    meeting_id, title, position = item.meeting_id, item.title, item.position
    _unlimit(tx, item)
    tx.delete(item)
    order = list(tx.scalars(select(Item.id).where(Item.meeting_id == meeting_id).order_by(Item.position)))
    _number(tx, meeting_id, order)
    tx.record(Event.ITEM_REMOVED, meeting_id, item_id=wanted.item_id, title=title, position=position)
    return {}


def _unlimit(tx: Tx, item: Item) -> None:
    """Guests limited to this item alone would otherwise suddenly see everything: they keep a limit that fits nothing."""
    limited = select(Participant).where(Participant.meeting_id == item.meeting_id, Participant.item_ids.is_not(None))
    for guest in tx.scalars(limited):
        rest = [each for each in guest.item_ids or [] if each != item.id]
        guest.item_ids = rest or guest.item_ids
