"""What other programs read of the floor."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import meeting_of
from meeting.errors import Missing
from meeting.live.queries import iso, person_brief
from meeting.permissions import Action, Actor, allows
from meeting.speaking import screens, times
from meeting.speaking.times import Total
from meeting.web.api import paged, resource


@resource(
    "/meetings/<int:meeting_id>/speeches",
    "What was said from the floor: who, when, how long",
    limit="how many",
    cursor="where to go on",
)
def speeches(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Finished speeches in order, with real seconds; a limited guest gets those on his items. Grades are the chair's own."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    graded = allows(Action.GRADE, hats)
    return paged(
        screens.said(session, meeting, screens.seen_items(meeting, actor, hats)),
        lambda floor: {
            "id": floor.id,
            "item_id": floor.item_id,
            "person": person_brief(floor.person),
            "kind": floor.kind,
            "subject": floor.subject,
            "started_at": iso(floor.started_at),
            "stopped_at": iso(floor.stopped_at),
            "seconds": floor.seconds,
            "paused_seconds": floor.paused_seconds,
            "limit_seconds": floor.limit_seconds,
            **({"grade": floor.grade, "grade_note": floor.grade_note} if graded else {}),
        },
    )


@resource("/meetings/<int:meeting_id>/speaking-time", "How often and how long people, units and items had the floor")
def speaking_time(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Sums of finished speeches, the longest first; a limited guest gets those on his items."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    found = times.of_meeting(session, meeting, screens.seen_items(meeting, actor, hats))
    return {
        "turns": found.turns,
        "seconds": found.seconds,
        "people": [
            {"person": {"id": one.person_id, "name": one.name}, "unit": one.unit, **_sums(sums)} for one, sums in found.people
        ],
        "units": [{"unit": unit, "speakers": sums.speakers, **_sums(sums)} for unit, sums in found.units],
        "items": [{"item_id": sums.key, "speakers": sums.speakers, **_sums(sums)} for _, sums in found.items],
    }


def _sums(total: Total) -> dict[str, int]:
    return {"turns": total.turns, "seconds": total.seconds, "over_seconds": total.over_seconds, "longest": total.longest}
