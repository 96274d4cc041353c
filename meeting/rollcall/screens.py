"""What the page behind a code shows: the one right thing to do for whoever scanned it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import seating_queries
from meeting.agenda.models import Meeting, Participant
from meeting.errors import Refused
from meeting.live import codes
from meeting.live import queries as live
from meeting.live.rules import CHECK_IN_STATES, HERE, presence_of
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, Role, allows
from meeting.web.doors import say


def seat_page(session: Session, actor: Actor, meeting: Meeting, hats: frozenset[Role], code: str) -> dict[str, Any]:
    """Whose seat it is, who looks at it, and what they may do about it."""
    shown: dict[str, Any] = {"meeting": meeting, "code": code, "problem": "", "label": "", "owner": None, "mine": None}
    shown["open"] = meeting.state in CHECK_IN_STATES
    shown["own"] = seating_queries.own_label(session, meeting.id, actor.person_id)
    try:
        found = codes.check(code, meeting.id, clock.now())
    except Refused as refused:
        return {**shown, "problem": say(refused.code, refused.facts)}
    owner = found.person_id or _sitting(session, meeting, found.label)
    shown |= {"label": found.label, "door": found.window is not None, "is_own": owner == actor.person_id}
    if owner:
        shown["owner"] = _standing(session, meeting, owner)
    mine = _standing(session, meeting, actor.person_id)
    clerk = allows(Action.CORRECT_ATTENDANCE, hats)
    return {**shown, "mine": mine, "clerk": clerk and shown["owner"] is not None and owner != actor.person_id}


def _sitting(session: Session, meeting: Meeting, label: str) -> int:
    return seating_queries.seated(session, meeting).seats.get(label, 0) if label else 0


def _standing(session: Session, meeting: Meeting, person_id: int) -> dict[str, Any] | None:
    """Somebody invited with what is known of their presence; None for everybody else."""
    of = Participant.meeting_id == meeting.id, Participant.person_id == person_id
    invited = session.scalar(select(Participant).where(*of))
    if invited is None:
        return None
    kept = live.kept_of(session, meeting, [person_id]).get(person_id)
    presence = presence_of(kept.presence if kept else None, invited.reply, invited.absence)
    person: Person = invited.person
    return {
        "id": person_id,
        "name": person.called,
        "position": person.position,
        "presence": presence,
        "here": presence in HERE and presence != "remote",
        "arrived_at": kept.arrived_at if kept else None,
    }
