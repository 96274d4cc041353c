"""The way from the meeting page and the home page into the room."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.live import queries, rules
from meeting.permissions import Action, Actor, allows


def load(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The buttons at the head of the meeting page, from the issue until the close."""
    if meeting.state not in rules.CHECK_IN_STATES:
        return None
    hats = meeting.hats_of(actor, session)
    kept = queries.kept_of(session, meeting, [actor.person_id]).get(actor.person_id)
    return {
        "running": meeting.state in rules.RUNNING,
        "today": clock.local(meeting.starts_at).date() == clock.today(),
        "desk": allows(Action.CORRECT_ATTENDANCE, hats),
        "chair": allows(Action.RUN_MEETING, hats),
        "hall": allows(Action.SHOW_HALL, hats),
        "here": kept is not None and kept.presence in rules.HERE,
    }


panel("room", place="action", template="live/enter.html", load=load, order=10, action=Action.JOIN_LIVE)
