"""What other programs read of the floor."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import limited_items, meeting_of
from meeting.errors import Missing
from meeting.live.queries import iso, person_brief
from meeting.permissions import Action, Actor, allows
from meeting.speaking import queries
from meeting.web.api import paged, resource


@resource(
    "/meetings/<int:meeting_id>/speeches",
    "What was said from the floor: who, when, how long",
    limit="how many",
    cursor="where to go on",
)
def speeches(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Finished speeches in order, with real seconds; a limited guest gets those on his items."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    seen = {item.id for item in limited_items(meeting, actor, hats)} | {None}
    rows = [floor for floor in queries.speeches_of(session, meeting) if floor.item_id in seen]
    return paged(
        rows,
        lambda floor: {
            "id": floor.id,
            "item_id": floor.item_id,
            "person": person_brief(floor.person),
            "kind": floor.kind,
            "subject": floor.subject,
            "started_at": iso(floor.started_at),
            "stopped_at": iso(floor.stopped_at),
            "seconds": floor.seconds,
            "limit_seconds": floor.limit_seconds,
        },
    )
