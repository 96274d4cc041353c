"""The tab "Ý kiến" of the meeting page: opinions on each item, given on reading the papers."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.agenda.queries import limited_items
from meeting.discussion import queries, rules
from meeting.errors import N_
from meeting.permissions import Action, Actor, allows


def load(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The items with what was written on them, and whether one may write now."""
    if meeting.is_private:
        return None
    hats = meeting.hats_of(actor, session)
    items = limited_items(meeting, actor, hats)
    rows = queries.opinions_of(session, meeting, {item.id for item in items})
    open_now = meeting.state in rules.BEFORE | rules.DURING
    return {
        "groups": [(item, [row for row in rows if row.item_id == item.id]) for item in items],
        "whole": [row for row in rows if row.item_id is None],
        "may_post": open_now and allows(Action.POST_OPINION, hats),
        "may_moderate": open_now and allows(Action.MODERATE, hats),
        "open": open_now,
        "me": actor.person_id,
        "longest": rules.LONGEST,
    }


def count(session: Session, actor: Actor, meeting: Meeting) -> int | None:
    """How many opinions stand; not told to a guest of single items."""
    return None if actor.roles_in(meeting.body_id) == frozenset() else sum(queries.counts(session, meeting.id).values()) or None


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
