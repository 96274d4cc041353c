"""Reads of what the chairs judged, always limited to those who may see it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.errors import Forbidden, Missing
from meeting.evaluation.models import MeetingGrade, PaperGrade, StatementGrade
from meeting.evaluation.rules import MEETING_OVER
from meeting.permissions import ALLOWED, Action, Actor, allows


def gradable(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    """The meeting for somebody who may read its evaluation: `not_found`, `forbidden`."""
    meeting = session.get(Meeting, meeting_id)
    hats = meeting.hats_of(actor, session) if meeting else frozenset()
    if meeting is None or not hats:
        raise Missing()
    if not allows(Action.READ_EVALUATION, hats):
        raise Forbidden()
    return meeting


def to_grade(session: Session, actor: Actor) -> list[Meeting]:
    """Meetings that are over, that this person chaired or whose body they chair, and whose evaluation is open; newest first."""
    chaired = Meeting.body_id.in_(actor.bodies_as(*ALLOWED[Action.GRADE])) & Meeting.chair_id.is_(None)
    wanted = select(Meeting).where(
        Meeting.state.in_(MEETING_OVER),
        Meeting.evaluation_state == "open",
        (Meeting.chair_id == actor.person_id) | chaired,
    )
    return list(session.scalars(wanted.order_by(Meeting.starts_at.desc())))


def meeting_grade(session: Session, meeting_id: int) -> MeetingGrade | None:
    """The verdict on the meeting, if there is one."""
    return session.scalar(select(MeetingGrade).where(MeetingGrade.meeting_id == meeting_id))


def paper_grades(session: Session, meeting_id: int) -> dict[tuple[int, int], PaperGrade]:
    """Verdicts on papers, by unit and requirement (0: all papers of the unit)."""
    found = session.scalars(select(PaperGrade).where(PaperGrade.meeting_id == meeting_id))
    return {(grade.unit_id, grade.requirement_id): grade for grade in found}


def statement_grades(session: Session, meeting_id: int) -> dict[tuple[int, str], StatementGrade]:
    """Verdicts on statements, by floor (0: all of the meeting) and criterion."""
    found = session.scalars(select(StatementGrade).where(StatementGrade.meeting_id == meeting_id))
    return {(grade.floor_id, grade.criterion): grade for grade in found}
