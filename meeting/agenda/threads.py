"""Reads of matters across meetings: which items hang together, and how many of them somebody may read."""

from collections.abc import Collection, Iterable

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.queries import visible_to
from meeting.agenda.thread_models import ItemLink
from meeting.agenda.thread_rules import Edge
from meeting.permissions import Action, Actor, allows


def matters(session: Session, item_ids: Collection[int]) -> dict[int, set[int]]:
    """For each item all those it hangs together with, itself included. One query; it asks for no rights."""
    wanted = list(item_ids)
    found: dict[int, set[int]] = {each: {each} for each in wanted}
    if not wanted:
        return found
    walk = select(Item.id.label("start"), Item.id.label("at")).where(Item.id.in_(wanted)).cte("walk", recursive=True)
    beside = or_(ItemLink.item_id == walk.c.at, ItemLink.earlier_id == walk.c.at)
    other = case((ItemLink.item_id == walk.c.at, ItemLink.earlier_id), else_=ItemLink.item_id)
    walk = walk.union(select(walk.c.start, other).select_from(walk).join(ItemLink, beside))
    for start, at in session.execute(select(walk.c.start, walk.c.at)):
        found[start].add(at)
    return found


def readable(session: Session, actor: Actor, item_ids: Collection[int]) -> list[Item]:
    """Those of some items that somebody may read, with meeting, body and unit; two queries, however many."""
    if not item_ids:
        return []
    known = visible_to(actor).with_only_columns(Meeting.id)
    wanted = select(Item).where(Item.id.in_(list(item_ids)), Item.meeting_id.in_(known))
    rows = list(session.scalars(wanted.options(joinedload(Item.meeting), joinedload(Item.unit))))
    limits = _limits(session, actor, {row.meeting_id for row in rows})
    return [row for row in rows if row.meeting_id not in limits or allows(Action.READ_MEETING, row.hats_of(actor, session))]


def _limits(session: Session, actor: Actor, meetings: Collection[int]) -> set[int]:
    """The meetings in which somebody was invited to some items only; there each item is asked for by itself."""
    mine = select(Participant.meeting_id, Participant.item_ids).where(
        Participant.person_id == actor.person_id, Participant.meeting_id.in_(list(meetings))
    )
    return {row.meeting_id for row in session.execute(mine) if row.item_ids}


def edges(session: Session, item_ids: Collection[int]) -> list[Edge]:
    """The links among some whole matters; it asks for no rights."""
    wanted = select(ItemLink.item_id, ItemLink.earlier_id).where(ItemLink.item_id.in_(list(item_ids)))
    return [(row.item_id, row.earlier_id) for row in session.execute(wanted)]


def sizes(session: Session, actor: Actor, item_ids: Iterable[int]) -> dict[int, int]:
    """How many items the matter of each item has, of those somebody may read: 1 where it stands alone. Three queries."""
    found = matters(session, set(item_ids))
    seen = {row.id for row in readable(session, actor, set().union(*found.values()) if found else set())}
    return {each: len(matter & seen) for each, matter in found.items() if each in seen}
