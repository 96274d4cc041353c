"""The tab "Ý kiến" of the meeting page: opinions on each item, given on reading the papers and in the meeting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item, panel
from meeting.agenda.queries import limited_items
from meeting.discussion import queries, rules
from meeting.discussion.models import Opinion
from meeting.discussion.threads import Thread, papers_for, threads_of
from meeting.errors import N_
from meeting.permissions import Action, Actor, allows


@dataclass(frozen=True)
class Group:
    """The opinions on one item; `item` is None for those on the meeting as a whole."""

    item: Item | None
    threads: Sequence[Thread]

    @property
    def title(self) -> str:
        """How the item is called in a list."""
        return f"{self.item.label}. {self.item.title}" if self.item else "Ý kiến chung về cuộc họp"


@dataclass(frozen=True)
class Collected:
    """All opinions of a meeting that somebody may see, by item."""

    meeting: Meeting
    groups: Sequence[Group]
    agrees: Mapping[int, int]
    moderates: bool  # reads also what is hidden, and why
    agreed: Collection[int]  # the reader's own marks


def collected(session: Session, actor: Actor, meeting: Meeting) -> Collected:
    """Every item that the reader may see has its group; the meeting as a whole comes last."""
    hats = meeting.hats_of(actor, session)
    items = limited_items(meeting, actor, hats)
    rows = queries.listed(session, meeting.id, {item.id for item in items})
    threads = threads_of(session, rows, papers_for(session, actor, meeting, rows))
    groups = [Group(item, [row for row in threads.rows if row.opinion.item_id == item.id]) for item in items]
    whole = [row for row in threads.rows if row.opinion.item_id is None]
    marks = queries.agreed_by(session, meeting.id, [actor.person_id]).get(actor.person_id, [])
    return Collected(meeting, [*groups, Group(None, whole)], threads.agrees, allows(Action.MODERATE, hats), marks)


def load(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The items with what was written on them, and whether one may write now."""
    if meeting.is_private:
        return None
    hats = meeting.hats_of(actor, session)
    found = collected(session, actor, meeting)
    open_now = meeting.state in rules.BEFORE | rules.DURING
    return {
        "groups": [(group.item, group.threads) for group in found.groups if group.item is not None],
        "whole": found.groups[-1].threads,
        "agrees": found.agrees,
        "agreed": found.agreed,
        "may_post": open_now and allows(Action.POST_OPINION, hats),
        "may_moderate": open_now and found.moderates,
        "moderates": found.moderates,
        "open": open_now,
        "begun": meeting.opened_at is not None,
        "me": actor.person_id,
        "longest": rules.LONGEST,
        "takes": actor.only_meeting is None and any(group.threads for group in found.groups),  # all of them as a file
    }


def count(session: Session, actor: Actor, meeting: Meeting) -> int | None:
    """How many opinions stand; not told to a guest of single items."""
    return None if actor.roles_in(meeting.body_id) == frozenset() else sum(queries.counts(session, meeting.id).values()) or None


@holds_item
def held_by_an_opinion(session: Session, item: Item) -> str | None:
    """An item on which somebody gave an opinion stays on the programme."""
    found = session.scalar(select(Opinion.id).where(Opinion.item_id == item.id).limit(1))
    return "item_has_opinions" if found else None


panel(
    "opinions",
    place="tab",
    label=N_("Opinions"),
    template="discussion/panel.html",
    load=load,
    count=count,
    order=40,
    action=Action.JOIN_LIVE,
)
