"""Acts on the programme: items are added, changed, moved in the tree, set aside and put back, and taken off."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from meeting.acts import Tx, act
from meeting.agenda import tree
from meeting.agenda.inputs import AddItemInput, EditItemInput, ItemInput, ItemReasonInput, MoveItemInput, NewItem
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.ordering import nodes_of, write
from meeting.agenda.panels import GOES_ALONG, HOLDERS
from meeting.agenda.rules import (
    COUNCIL_STEPS,
    SET_ASIDE_STATES,
    check_editable,
    check_item_planned,
    check_kind,
    check_reason,
)
from meeting.agenda.service import add_items, change_programme, check_unit, set_presenters
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.permissions import Action


@act("agenda.add_item", Action.PREPARE_MEETING)
def add_item(tx: Tx, wanted: AddItemInput) -> dict[str, Any]:
    """Puts one more item on the programme, under another one or at the top, at the end or at a position; also while it runs.

    Refused as `programme_with_chair`, `meeting_begun`, `unknown_kind`, `unit_retired`, `person_retired`, `tree_too_deep`.
    Records the item.
    """
    meeting = _programme(tx, wanted.meeting_id)
    if wanted.parent_id is not None and tx.get(Item, wanted.parent_id).meeting_id != meeting.id:
        raise Missing()
    last = tx.scalar(select(func.max(Item.position)).where(Item.meeting_id == meeting.id)) or 0
    given = wanted.model_dump(exclude={"meeting_id", "position", "parent_id"})
    (item_id,) = add_items(tx, meeting, [NewItem(**given)], last + 1)
    nodes = tree.put(nodes_of(tx, meeting.id), item_id, wanted.parent_id, last + 1)
    if wanted.position is not None:
        nodes = tree.put_at(nodes, item_id, wanted.position)
    write(tx, meeting.id, nodes)
    item = tx.get(Item, item_id)
    tx.record(Event.ITEM_ADDED, meeting, item_id=item_id, title=item.title, position=item.position, label=item.label)
    return {"item_id": item_id, "position": item.position, "label": item.label}


def _programme(tx: Tx, meeting_id: int, action: Action = Action.PREPARE_MEETING) -> Meeting:
    """The meeting whose programme the actor may change now; an approved one may go back to draft by it."""
    meeting = tx.get(Meeting, meeting_id)
    tx.require(action, meeting)
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
    changed = _item_changes(item, wanted)
    if not changed:
        tx.nothing_to_record("nothing is different")
        return {"changed": []}
    check_kind(changed.get("kind", item.kind))
    check_unit(tx, changed.get("unit_id"))
    before = {name: _value(item, name) for name in changed}
    for name, value in changed.items():
        if name == "presenter_ids":
            set_presenters(tx, item, value)
        else:
            setattr(item, name, value)
    tx.record(Event.ITEM_EDITED, item, item_id=item.id, before=before, after=changed)
    return {"changed": sorted(changed)}


def _item_changes(item: Item, wanted: EditItemInput) -> dict[str, Any]:
    given = wanted.model_dump(exclude_unset=True, exclude={"item_id", "meeting_id"})
    if "presenter_id" in given:
        given.setdefault("presenter_ids", [given["presenter_id"]] if given["presenter_id"] else [])
        del given["presenter_id"]
    needed = {"title", "kind", "minutes_planned", "outside", "presenter_ids"}
    return {
        name: value for name, value in given.items() if value != _value(item, name) and not (value is None and name in needed)
    }


def _value(item: Item, name: str) -> Any:
    return [each.id for each in item.presenters] if name == "presenter_ids" else getattr(item, name)


@act("agenda.move_item", Action.PREPARE_MEETING)
def move_item(tx: Tx, wanted: MoveItemInput) -> dict[str, Any]:
    """Moves an item with all its parts: a step up, down, in or out, to a position, or to a rank under a parent.

    The others keep their order and all numbers stay without gaps. Refused as `programme_with_chair`, `meeting_begun`,
    `item_begun`, `no_item_above`, `item_under_itself`, `tree_too_deep`. Records from where to where; at the edge nothing
    happens.
    """
    item = _planned_item(tx, wanted.item_id)
    before, nodes = (item.label, item.position), nodes_of(tx, item.meeting_id)
    if wanted.rank is not None:
        if wanted.parent_id is not None and tx.get(Item, wanted.parent_id).meeting_id != item.meeting_id:
            raise Missing()
        after = tree.put(nodes, item.id, wanted.parent_id, wanted.rank)
    elif wanted.position is not None:
        after = tree.put_at(nodes, item.id, wanted.position)
    else:
        after = tree.stepped(nodes, item.id, wanted.to) if wanted.to else nodes
    if after == nodes:
        tx.nothing_to_record("the item is there already")
        return {"position": item.position, "label": item.label}
    write(tx, item.meeting_id, after)
    facts = {"before": before[1], "after": item.position, "label_before": before[0], "label": item.label}
    tx.record(Event.ITEM_MOVED, item, item_id=item.id, title=item.title, **facts)
    return {"position": item.position, "label": item.label}


@act("agenda.defer_item", Action.MOVE_MEETING)
def defer_item(tx: Tx, wanted: ItemReasonInput) -> dict[str, Any]:
    """Puts an item with its parts off to a later meeting (lùi thời điểm trình, NQ 104/2025 Điều 15); it stays on the list.

    Refused as `programme_with_chair`, `meeting_begun`, `item_begun`, `reason_needed`. Records the items and the reason.
    """
    return _set_aside(tx, wanted, "deferred")


@act("agenda.withdraw_item", Action.MOVE_MEETING)
def withdraw_item(tx: Tx, wanted: ItemReasonInput) -> dict[str, Any]:
    """Takes an item with its parts back from the programme for good (rút); it stays on the list with the reason.

    Refused as `programme_with_chair`, `meeting_begun`, `item_begun`, `reason_needed`. Records the items and the reason.
    """
    return _set_aside(tx, wanted, "withdrawn")


def _set_aside(tx: Tx, wanted: ItemReasonInput, state: str) -> dict[str, Any]:
    item = tx.get(Item, wanted.item_id)
    _programme(tx, item.meeting_id, Action.MOVE_MEETING)
    check_item_planned(item.state)
    check_reason(wanted.reason)
    return {"item_ids": set_aside(tx, item, state, wanted.reason)}


def set_aside(tx: Tx, item: Item, state: str, reason: str) -> list[int]:
    """Takes an item with its planned parts off this meeting, recorded with the reason; answers their ids."""
    found = [each for each in with_parts(tx, item) if each.state == "planned"]
    for each in found:
        each.state, each.reason = state, reason
    ids = [each.id for each in found]
    facts = {"item_id": item.id, "items": ids, "title": item.title, "label": item.label}
    tx.record(Event.ITEM_SET_ASIDE, item, state=state, reason=reason, **facts)
    return ids


@act("agenda.restore_item", Action.MOVE_MEETING)
def restore_item(tx: Tx, wanted: ItemInput) -> dict[str, Any]:
    """Puts an item that was set aside, with its parts, back on the programme.

    Refused as `programme_with_chair`, `meeting_begun`, `item_not_aside`. Records the items.
    """
    item = tx.get(Item, wanted.item_id)
    _programme(tx, item.meeting_id, Action.MOVE_MEETING)
    if item.state not in SET_ASIDE_STATES:
        raise Refused("item_not_aside")
    return {"item_ids": put_back(tx, item, SET_ASIDE_STATES)}


def put_back(tx: Tx, item: Item, states: Collection[str]) -> list[int]:
    """Puts an item with its parts that are in these states back on the programme, recorded; answers their ids."""
    found = [each for each in with_parts(tx, item) if each.state in states]
    for each in found:
        each.state, each.reason = "planned", ""
    ids = [each.id for each in found]
    tx.record(Event.ITEM_RESTORED, item, item_id=item.id, items=ids, title=item.title, label=item.label)
    return ids


def with_parts(tx: Tx, item: Item) -> list[Item]:
    """An item and all that lies under it, in order."""
    ids = tree.under(nodes_of(tx, item.meeting_id), item.id)
    return list(tx.scalars(select(Item).where(Item.id.in_(ids)).order_by(Item.position)))


@act("agenda.add_steps", Action.PREPARE_MEETING)
def add_steps(tx: Tx, wanted: ItemInput) -> dict[str, Any]:
    """Puts the steps of a council matter under an item: tờ trình, thẩm tra, thảo luận, giải trình, biểu quyết.

    (NQ 104/2025/UBTVQH15 Điều 15.)

    Refused as `not_for_council` in other bodies, `item_has_parts`, `tree_too_deep`, and as items are. Records each step.
    """
    item = _planned_item(tx, wanted.item_id)
    if item.meeting.body.kind != "council":
        raise Refused("not_for_council")
    if any(node.parent == item.id for node in nodes_of(tx, item.meeting_id)):
        raise Refused("item_has_parts")
    values = {"meeting_id": item.meeting_id, "parent_id": item.id}
    made = [tx.call("agenda.add_item", AddItemInput(kind=kind, title=title, **values)) for kind, title in COUNCIL_STEPS.items()]
    return {"item_ids": [each["item_id"] for each in made]}


@act("agenda.remove_item", Action.PREPARE_MEETING)
def remove_item(tx: Tx, wanted: ItemInput) -> dict[str, Any]:
    """Takes an item off the programme and closes the gap; what lay under it takes its place.

    Refused as `programme_with_chair`, `meeting_begun`, `item_begun`, or by the room that holds something of it
    (`item_has_papers`). Records the item with its title.
    """
    item = tx.get(Item, wanted.item_id)
    _programme(tx, item.meeting_id)
    if item.state not in SET_ASIDE_STATES:
        check_item_planned(item.state)
    for holder in HOLDERS:
        if (code := holder(tx.reading, item)) is not None:
            raise Refused(code)
    meeting_id, title, position, label = item.meeting_id, item.title, item.position, item.label
    _unlimit(tx, item)
    for take_away in GOES_ALONG:
        take_away(tx, item)
    write(tx, meeting_id, [*tree.without(nodes_of(tx, meeting_id), item.id), tree.Node(item.id)])
    tx.delete(item)
    tx.record(Event.ITEM_REMOVED, meeting_id, item_id=wanted.item_id, title=title, position=position, label=label)
    return {}


def _unlimit(tx: Tx, item: Item) -> None:
    """Guests limited to this item alone would otherwise suddenly see everything: they keep a limit that fits nothing."""
    limited = select(Participant).where(Participant.meeting_id == item.meeting_id, Participant.item_ids.is_not(None))
    for guest in tx.scalars(limited):
        rest = [each for each in guest.item_ids or [] if each != item.id]
        guest.item_ids = rest or guest.item_ids
