"""What other programs read of sessions."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.session_models import CouncilSession
from meeting.live.queries import iso, person_brief
from meeting.permissions import Actor
from meeting.sittings import queries
from meeting.web.api import paged, resource


@resource("/sessions", "Sessions (kỳ họp) of one's councils, the newest first", limit="how many", cursor="where to go on")
def sessions(session: Session, actor: Actor) -> dict[str, Any]:
    """Sessions with their days."""
    return paged(queries.sessions_of(session, actor), head)


def head(found: CouncilSession) -> dict[str, Any]:
    """A session on the wire."""
    return {
        "id": found.id,
        "body": found.body.short_name,
        "name": found.name,
        "number": found.number,
        "kind": found.kind,
        "starts_on": found.starts_on.isoformat(),
        "ends_on": found.ends_on.isoformat(),
    }


@resource("/sessions/<int:session_id>", "A session with its sittings and who came to them")
def one(session: Session, actor: Actor, session_id: int) -> dict[str, Any]:
    """The sittings one may know of, the presidium, and for each member the presence in each sitting with the sums."""
    found = queries.session_of(session, actor, session_id)
    sittings = queries.seen_by(session, actor, queries.sittings_of(session, found.id))
    return {
        **head(found),
        "presidium": queries.presidium_of(session, found.id, sittings),
        "sittings": [
            {
                "id": each.id,
                "sitting": each.sitting,
                "title": each.title,
                "state": each.state,
                "starts_at": iso(each.starts_at),
                "ends_at": iso(each.ends_at),
                "group_id": each.group_id,
                "chair": person_brief(each.chair),
                "secretary": person_brief(each.secretary),
                "minutes": each.minutes_state,
            }
            for each in sittings
        ],
        "attendance": [
            {
                "person": person_brief(line.person),
                "presences": {str(key): value for key, value in line.presences.items()},
                "called": line.came.called,
                "came": line.came.came,
                "excused": line.came.excused,
                "unexcused": line.came.unexcused,
            }
            for line in queries.attendance(session, sittings)
        ],
    }
