"""Acts that say which items of several meetings are one matter, and what the system links by itself.

Linking changes no programme: it may be done before a meeting, while it runs and when it is long over.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select, update

from meeting.acts import ActInput, Tx, act
from meeting.agenda import thread_rules, threads
from meeting.agenda.inputs import AddItemInput
from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import goes_with_item
from meeting.agenda.programme import with_parts
from meeting.agenda.thread_models import ItemLink, ItemsApart
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.permissions import Action


class LinkInput(ActInput):
    """An item and the item of an earlier meeting that it goes on with."""

    item_id: int
    earlier_id: int


class ApartInput(ActInput):
    """Two items that look alike and are not one matter."""

    item_id: int
    other_id: int


class CarryInput(ActInput):
    """The programme, and the earlier item that goes on there."""

    meeting_id: int
    earlier_id: int


@act("agenda.link_item", Action.LINK_ITEMS)
def link_item(tx: Tx, wanted: LinkInput) -> dict[str, Any]:
    """Says that an item goes on with one of an earlier meeting: both are one matter from then on. No programme changes.

    Of another body only by who serves both. Refused as `link_itself`, `link_exists`, `link_circular`, `link_same_meeting`,
    `link_not_earlier`, `link_other_body`. Records both items.
    """
    item = tx.get(Item, wanted.item_id)
    tx.require(Action.LINK_ITEMS, item)
    earlier = _other(tx, item, wanted.earlier_id)
    _join(tx, item, earlier, "linked")
    return {}


def _other(tx: Tx, item: Item, other_id: int) -> Item:
    """The other item, which the actor must be able to read, and to link when it belongs to another body."""
    other = tx.get(Item, other_id)
    if not tx.may(Action.READ_MEETING, other):
        raise Missing()
    if other.meeting.body_id != item.meeting.body_id and not tx.may(Action.LINK_ITEMS, other):
        raise Refused("link_other_body", body=other.meeting.body.short_name)
    return other


def _join(tx: Tx, item: Item, earlier: Item, how: str) -> None:
    """Links two items, recorded. A suggestion that was set aside before is forgotten."""
    whole = set().union(*threads.matters(tx.reading, (item.id, earlier.id)).values())
    thread_rules.check_link(threads.edges(tx.reading, whole), item.id, earlier.id)
    dates = item.meeting_id, item.meeting.starts_at, earlier.meeting_id, earlier.meeting.starts_at
    thread_rules.check_meetings(*dates)
    tx.add(_link(tx, item.id, earlier.id, how, by=tx.actor.person_id))
    apart = tx.find(ItemsApart, _pair(item.id, earlier.id))
    if apart is not None:
        tx.delete(apart)
    tx.record(Event.ITEM_LINKED, item, item_id=item.id, earlier_id=earlier.id, title=item.title, label=item.label, how=how)


def _link(tx: Tx, item: int, earlier: int, how: str, by: int | None = None) -> ItemLink:
    return ItemLink(item_id=item, earlier_id=earlier, how=how, linked_at=tx.now, linked_by_id=by)


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


@act("agenda.unlink_item", Action.LINK_ITEMS)
def unlink_item(tx: Tx, wanted: LinkInput) -> dict[str, Any]:
    """Takes a link between two items away, also one that the system made; the two are not suggested to each other again.

    Records both items; where there is no link nothing happens.
    """
    item = tx.get(Item, wanted.item_id)
    tx.require(Action.LINK_ITEMS, item)
    earlier = _other(tx, item, wanted.earlier_id)
    found = tx.scalar(select(ItemLink).where(ItemLink.item_id == item.id, ItemLink.earlier_id == earlier.id))
    if found is None:
        tx.nothing_to_record("they are not linked")
        return {}
    how = found.how
    tx.delete(found)
    _apart(tx, item.id, earlier.id)
    tx.record(Event.ITEM_UNLINKED, item, item_id=item.id, earlier_id=earlier.id, title=item.title, label=item.label, how=how)
    return {}


@act("agenda.keep_apart", Action.LINK_ITEMS)
def keep_apart(tx: Tx, wanted: ApartInput) -> dict[str, Any]:
    """Sets a suggestion aside: the two items are not one matter, and nobody is asked again. They can still be linked by hand.

    Refused as `link_itself`, `link_other_body`. Nothing is recorded: the matter stays as it was.
    """
    item = tx.get(Item, wanted.item_id)
    tx.require(Action.LINK_ITEMS, item)
    other = _other(tx, item, wanted.other_id)
    if other.id == item.id:
        raise Refused("link_itself")
    _apart(tx, item.id, other.id)
    tx.nothing_to_record("a suggestion was set aside; the matter stays as it was")
    return {}


def _apart(tx: Tx, one: int, other: int) -> None:
    first, second = _pair(one, other)
    if tx.find(ItemsApart, (first, second)) is None:
        tx.add(ItemsApart(one_id=first, other_id=second, said_at=tx.now, said_by_id=tx.actor.person_id))


@act("agenda.carry_item", Action.PREPARE_MEETING)
def carry_item(tx: Tx, wanted: CarryInput) -> dict[str, Any]:
    """Puts an item of an earlier meeting on this programme in one go and links the two: one put off with the parts put off too.

    Refused as `carried_already` when the matter stands on this programme, as `agenda.add_item` and `agenda.link_item` refuse.
    Records each item and each link.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    earlier = tx.get(Item, wanted.earlier_id)
    if not tx.may(Action.READ_MEETING, earlier):
        raise Missing()
    thread_rules.check_meetings(meeting.id, meeting.starts_at, earlier.meeting_id, earlier.meeting.starts_at)
    matter = threads.matters(tx.reading, (earlier.id,))[earlier.id]
    if tx.scalar(select(Item.id).where(Item.id.in_(matter), Item.meeting_id == meeting.id).limit(1)):
        raise Refused("carried_already")
    put_off = earlier.state == "deferred"
    taken = [each for each in with_parts(tx, earlier) if each.state == "deferred"] if put_off else [earlier]
    made: dict[int, int] = {}
    for each in taken:
        values = _values(each)
        parent = made.get(each.parent_id or 0)
        made[each.id] = int(
            tx.call("agenda.add_item", AddItemInput(meeting_id=meeting.id, parent_id=parent, **values))["item_id"]
        )
        item = tx.get(Item, made[each.id])
        _join(tx, item, _other(tx, item, each.id), "deferred" if put_off else "linked")
    return {"item_id": made[earlier.id], "item_ids": list(made.values())}


def _values(item: Item) -> dict[str, Any]:
    """What goes on with an item; a unit and people that are no longer on file stay behind."""
    return {
        "title": item.title,
        "kind": item.kind,
        "unit_id": item.unit_id if item.unit and not item.unit.retired_on else None,
        "presenter_ids": [each.id for each in item.presenters if not each.retired_on],
        "minutes_planned": item.minutes_planned,
        "outside": item.outside,
    }


def copied(tx: Tx, meeting: Meeting, source: Sequence[Item], made: Sequence[int]) -> None:
    """The items of a meeting that was made like another one are one matter with those they were copied from; ceremony is not."""
    for item, key in zip(source, made, strict=False):
        later = item.meeting.starts_at > meeting.starts_at  # made like a meeting that comes after it
        if not thread_rules.is_ceremony(item.kind, item.title):
            tx.add(_link(tx, item.id, key, "copied") if later else _link(tx, key, item.id, "copied"))


def carried_into_sitting(tx: Tx, meeting_id: int) -> None:
    """The items just copied are those of another sitting of the same session: the matter goes into a Tổ, or back from it."""
    items = select(Item.id).where(Item.meeting_id == meeting_id)
    tx.execute(update(ItemLink).where(ItemLink.item_id.in_(items), ItemLink.how == "copied").values(how="sitting"))


@goes_with_item
def removed(tx: Tx, item: Item) -> None:
    """An item taken off a programme leaves its matter; what went on with it goes on with what was before it."""
    around = tx.scalars(select(ItemLink).where(or_(ItemLink.item_id == item.id, ItemLink.earlier_id == item.id))).all()
    before = {each.earlier_id for each in around if each.item_id == item.id}
    after = {each.item_id: each.how for each in around if each.earlier_id == item.id}
    for each in around:
        tx.delete(each)
    known = set(threads.edges(tx.reading, after))
    for later, how in after.items():
        for earlier in before:
            if (later, earlier) not in known:
                tx.add(_link(tx, later, earlier, how))
    apart = select(ItemsApart).where(or_(ItemsApart.one_id == item.id, ItemsApart.other_id == item.id))
    for row in tx.scalars(apart).all():
        tx.delete(row)
