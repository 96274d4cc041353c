"""Matters across meetings over the API: what a programme may go on with, and what looks like the same matter."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import thread_offers
from meeting.agenda.models import Item
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.permissions import Action, Actor, allows
from meeting.web.api import resource


@resource("/meetings/<int:meeting_id>/earlier-matters", "Earlier items that may go on in this programme, and what looks alike")
def earlier_matters(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For the desk: `agenda.carry_item` puts an offer on the programme, `agenda.link_item` links what is the same."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.LINK_ITEMS, hats):
        raise Forbidden()
    near = thread_offers.suggested(session, actor, meeting.items, most=3)
    return {
        "offers": [
            {**_item_json(each.item), "deferred": each.deferred, "open": dict(each.open)}
            for each in thread_offers.offers(session, actor, meeting)
        ],
        "alike": [{"item_id": key, "earlier": [_item_json(each) for each in found]} for key, found in near.items()],
    }


def _item_json(item: Item) -> dict[str, Any]:
    meeting = item.meeting
    return {
        "item_id": item.id,
        "title": item.title,
        "meeting_id": meeting.id,
        "meeting": meeting.title,
        "date": clock.local(meeting.opened_at or meeting.starts_at).date().isoformat(),
    }
