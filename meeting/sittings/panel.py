"""On the page of a sitting: which session it belongs to, with the sittings beside it."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.agenda.session_models import CouncilSession
from meeting.errors import N_
from meeting.permissions import Action, Actor, allows
from meeting.sittings import queries, rules


def load(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The session and its sittings; nothing for a meeting by itself or for who has no role in the body."""
    found = session.get(CouncilSession, meeting.session_id) if meeting.session_id else None
    if found is None or not allows(Action.READ_SESSIONS, found.hats_of(actor, session)):
        return None
    sittings = queries.seen_by(session, actor, queries.sittings_of(session, found.id))
    return {"found": found, "sittings": sittings, "here": meeting.id, "names": rules.SITTING_NAMES}


panel(
    "session",
    place="side",
    label=N_("Session"),
    template="sittings/panel.html",
    load=load,
    order=5,
    action=Action.READ_MEETING,
)
