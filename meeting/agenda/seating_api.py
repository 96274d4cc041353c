"""What other programs read of the seats of a meeting."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda import queries, seating_queries
from meeting.permissions import Action, Actor, allows
from meeting.web.api import resource


@resource(
    "/meetings/<int:meeting_id>/seats", "The seating plan: plan, who sits where, who has no seat; for members without absences"
)
def seats(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """`seats` maps labels of the plan to person ids. Who reported an absence is told to the desk only."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    found = seating_queries.state_of_seats(seating_queries.seated(session, meeting))
    if not allows(Action.SEE_DESK, hats):
        seated = set(found["seats"].values())
        people = [{key: each[key] for key in ("id", "name", "position", "group")} for each in found["people"]]
        found |= {"people": people, "without": [each["id"] for each in people if each["id"] not in seated]}
    return {**found, "own": seating_queries.own_label(session, meeting.id, actor.person_id)}
