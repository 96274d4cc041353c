"""Practices as JSON."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.permissions import Actor
from meeting.practice import queries
from meeting.practice.models import Practice
from meeting.web.api import resource


@resource("/practices", "The practices one takes part in, and the bodies in which one may hold one")
def practices(session: Session, actor: Actor) -> dict[str, Any]:
    """What runs now with its meeting, and for the desk every body with its running practice."""
    offered = queries.offered(session, actor)
    return {
        "data": [_running(each) for each in queries.mine(session, actor)],
        "bodies": [
            {"id": line.body.id, "name": line.body.name, "practice_id": line.practice.id if line.practice else None}
            for line in offered
        ],
    }


def _running(row: Practice) -> dict[str, Any]:
    return {"id": row.id, "body": row.of.name, "meeting_id": row.meeting_id, "begun_at": row.begun_at.isoformat()}
