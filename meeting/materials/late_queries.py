"""The chair's list of late papers, and what the office is asked about time."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.materials.life import OPEN_STATES
from meeting.materials.models import Extension, Requirement
from meeting.materials.queries import whole
from meeting.materials.rules import CLOSED_MEETINGS
from meeting.permissions import ALLOWED, Action, Actor, allows


def is_late(now: datetime) -> ColumnElement[bool]:
    """Received late, or not received although its time is over (the rule `goes_to_chair` as a condition)."""
    came_late = Requirement.first_late_minutes > 0
    missing = and_(Requirement.first_received_at.is_(None), Requirement.due_at < now)
    return and_(Requirement.state != "waived", or_(came_late, missing))


def late_papers(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, list[Requirement]]:
    """The late papers of a meeting for its chair and office, undecided ones first."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.READ_BOARD, hats):
        raise Forbidden()
    rows = whole(session, select(Requirement).where(Requirement.meeting_id == meeting.id, is_late(clock.now())))
    return meeting, sorted(rows, key=lambda row: bool(row.late_decision))


def waiting_in(session: Session, meeting_id: int, limit: int) -> tuple[list[Requirement], int]:
    """The first late papers of one meeting on which the chair has not spoken, and how many there are."""
    mine = select(Requirement).where(Requirement.meeting_id == meeting_id, Requirement.late_decision == "", is_late(clock.now()))
    count = session.scalar(mine.with_only_columns(func.count())) or 0
    rows = list(session.scalars(mine.order_by(Requirement.due_at, Requirement.id).limit(limit))) if count else []
    return rows, count


def undecided(session: Session, actor: Actor) -> list[Requirement]:
    """Late papers on which this chair has not said anything yet, of meetings that are not over."""
    bodies = actor.bodies_as(*ALLOWED[Action.DECIDE_LATE])
    mine = or_(Meeting.body_id.in_(bodies), Meeting.chair_id == actor.person_id)
    open_meeting = Meeting.state.not_in(CLOSED_MEETINGS | {"postponed"})
    wanted = select(Requirement).join(Meeting, Meeting.id == Requirement.meeting_id)
    return whole(session, wanted.where(mine, open_meeting, Requirement.late_decision == "", is_late(clock.now())))


def time_asked(session: Session, actor: Actor) -> list[Requirement]:
    """Papers for which a unit waits for an answer about more time, for this person's office."""
    bodies = actor.bodies_as(*ALLOWED[Action.GRANT_TIME])
    mine = or_(Meeting.body_id.in_(bodies), Meeting.secretary_id == actor.person_id)
    waiting = select(Extension.requirement_id).where(Extension.state == "asked")
    wanted = select(Requirement).join(Meeting, Meeting.id == Requirement.meeting_id)
    open_paper = and_(Meeting.state.not_in(CLOSED_MEETINGS), Requirement.state.in_(OPEN_STATES))
    return whole(session, wanted.where(mine, open_paper, Requirement.id.in_(waiting)))
