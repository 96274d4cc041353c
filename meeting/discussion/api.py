"""What other programs read of opinions."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import limited_items, meeting_of
from meeting.discussion import queries
from meeting.errors import Missing
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked_number, paged, resource


@resource(
    "/meetings/<int:meeting_id>/comments",
    "Opinions given before and during a meeting",
    item_id="only this item",
    limit="how many",
    cursor="where to go on",
)
def comments(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The opinions that stand, oldest first, as far as one may see their items."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    items = {item.id for item in limited_items(meeting, actor, hats)}
    rows = queries.opinions_of(session, meeting, items)
    wanted = asked_number("item_id")
    return paged([row for row in rows if wanted is None or row.item_id == wanted], queries.line)
