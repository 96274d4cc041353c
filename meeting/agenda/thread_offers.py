"""What a new programme may go on with: items put off, matters with something open, and earlier items that look like the same."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda import threads
from meeting.agenda.models import Item, Meeting
from meeting.agenda.queries import visible_to
from meeting.agenda.rules import SET_ASIDE_STATES, folded
from meeting.agenda.thread_models import ItemLink, ItemsApart
from meeting.agenda.thread_rules import CEREMONY, Titles, is_ceremony
from meeting.permissions import ALLOWED, Action, Actor, allows

LOOKED_BACK = timedelta(days=730)
MOST_OFFERED = 12
MOST_TITLES = 1500
GONE = ("cancelled", "postponed")

#: How many things are still open of items, by kind of thing ("tasks", "promises"); upper rooms register theirs.
Open = Callable[[Session, Actor, Collection[int]], Mapping[int, Mapping[str, int]]]
_open: list[Open] = []


def still_open(reader: Open) -> Open:
    """Registers who tells what of some items is still open."""
    _open.append(reader)
    return reader


@dataclass(frozen=True)
class Offer:
    """An item that can go on with one tap, and why it is offered."""

    item: Item
    deferred: bool
    open: Mapping[str, int]  # "tasks", "late", "promises": how many


def offers(session: Session, actor: Actor, meeting: Meeting) -> list[Offer]:
    """For a programme: what earlier meetings of the body put off, then what they left open. Only for who may link.

    Of a matter the newest item alone; nothing that stands on this programme already.
    """
    if not allows(Action.LINK_ITEMS, meeting.hats_of(actor, session)):
        return []
    found = session.execute(_before(actor, meeting).limit(MOST_TITLES)).all()
    put_off = {each.id for each in found if each.state == "deferred"}
    deferred = {each.id for each in found if each.id in put_off and each.parent_id not in put_off}
    left: dict[int, dict[str, int]] = {}
    for reader in _open:
        for key, counts in reader(session, actor, [each.id for each in found if each.state not in SET_ASIDE_STATES]).items():
            left.setdefault(key, {}).update(counts)
    wanted = [each.id for each in found if each.id in left or each.id in deferred]
    known = threads.matters(session, wanted)
    seen = set(session.scalars(select(Item.id).where(Item.meeting_id == meeting.id)))
    gone_on = _gone_on(session, deferred)
    chosen: list[int] = []
    for key in wanted:  # the newest first
        if not known[key] & seen and key not in gone_on:
            seen |= known[key]
            chosen.append(key)
    chosen = sorted(chosen, key=lambda each: (each not in deferred, -left.get(each, {}).get("late", 0)))[:MOST_OFFERED]
    items = _whole(session, chosen)
    return [Offer(items[key], key in deferred, left.get(key, {})) for key in chosen]


def _before(actor: Actor, meeting: Meeting) -> Select[int, str, str, str, int | None]:
    """The items of earlier meetings of the body that the actor may know of, the newest first: a few columns of each."""
    earlier = visible_to(actor).where(
        Meeting.body_id == meeting.body_id,
        Meeting.id != meeting.id,
        Meeting.starts_at <= meeting.starts_at,
        Meeting.starts_at >= meeting.starts_at - LOOKED_BACK,
        Meeting.state.not_in(GONE),
    )
    wanted = select(Item.id, Item.title, Item.kind, Item.state, Item.parent_id).join(Item.meeting)
    wanted = wanted.where(Item.meeting_id.in_(earlier.with_only_columns(Meeting.id)), Item.kind.not_in(CEREMONY))
    return wanted.order_by(Meeting.starts_at.desc(), Item.position)


def _whole(session: Session, ids: Collection[int]) -> dict[int, Item]:
    rows = session.scalars(select(Item).where(Item.id.in_(list(ids))).options(joinedload(Item.meeting), joinedload(Item.unit)))
    return {row.id: row for row in rows}


def _gone_on(session: Session, items: Collection[int]) -> set[int]:
    """Those of some items with which a later one goes on."""
    later = select(ItemLink.earlier_id).join(Item, Item.id == ItemLink.item_id)
    return set(session.scalars(later.where(ItemLink.earlier_id.in_(list(items)), Item.state.not_in(SET_ASIDE_STATES))))


def suggested(session: Session, actor: Actor, items: Sequence[Item], most: int = 1) -> dict[int, list[Item]]:
    """For items of one meeting: earlier readable items of its body that look like the same matter and are not linked yet.

    Only for who may link; pairs that the desk set aside are left out.
    """
    meeting = items[0].meeting if items else None
    if meeting is None or not allows(Action.LINK_ITEMS, meeting.hats_of(actor, session)):
        return {}
    titles = Titles({each.id: each.title for each in session.execute(_before(actor, meeting).limit(MOST_TITLES))})
    asked = [each for each in items if each.depth == 0 and not is_ceremony(each.kind, each.title)]
    known = threads.matters(session, [each.id for each in asked])
    apart = _apart(session, known)
    found = {each.id: titles.alike(each.title, known[each.id] | apart.get(each.id, set()), most) for each in asked}
    others = _whole(session, {other for near in found.values() for other in near})
    return {key: [others[other] for other in near] for key, near in found.items() if near}


def findable(session: Session, actor: Actor, item: Item, text: str, most: int = 12) -> list[Item]:
    """Items that somebody could link to one by hand: of the bodies they serve and of its own, whose titles hold the words.

    With or without marks, the newest first; those of its matter and of its meeting are left out.
    """
    sought = folded(text).split()
    if not sought:
        return []
    bodies = {*actor.bodies_as(*ALLOWED[Action.LINK_ITEMS]), item.meeting.body_id}
    known = visible_to(actor).where(Meeting.body_id.in_(bodies), Meeting.id != item.meeting_id)
    wanted = select(Item.id, Item.title).join(Item.meeting).where(Item.meeting_id.in_(known.with_only_columns(Meeting.id)))
    matter = threads.matters(session, (item.id,))[item.id]
    found = []
    for row in session.execute(wanted.order_by(Meeting.starts_at.desc(), Item.position)):
        title = folded(row.title)
        if row.id not in matter and all(word in title for word in sought):
            found.append(row.id)
            if len(found) == most:
                break
    rows = {row.id: row for row in threads.readable(session, actor, found)}
    return [rows[key] for key in found if key in rows]


def _apart(session: Session, items: Iterable[int]) -> dict[int, set[int]]:
    wanted = list(items)
    found: dict[int, set[int]] = {}
    rows = session.execute(
        select(ItemsApart.one_id, ItemsApart.other_id).where(ItemsApart.one_id.in_(wanted) | ItemsApart.other_id.in_(wanted))
    )
    for one, other in rows:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found
