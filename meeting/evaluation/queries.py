"""Reads of the report, always limited to the bodies whose figures the actor may see."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.conclusions.models import Notice
from meeting.errors import Forbidden, Missing
from meeting.evaluation import counting
from meeting.evaluation.counting import Counted, Figures
from meeting.evaluation.models import MeetingGrade, PaperGrade, RegisterRow, StatementGrade
from meeting.evaluation.rules import MEETING_OVER
from meeting.organization.models import Body, OfficialNumber
from meeting.permissions import ALLOWED, INSTALLATION, Action, Actor, Role, allows

BODY_ORDER = ("party", "council", "committee")  # as the wards list them in their reports


@dataclass(frozen=True)
class Report:
    """The figures of a period, one line a body."""

    since: date
    until: date
    figures: list[Figures]
    months: list[counting.Month]


def reported_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose figures the actor may read, in the order of the report: `forbidden` when there is none."""
    wanted = select(Body)
    if not (actor.is_admin and allows(Action.READ_REPORT, [Role.ADMIN])):
        wanted = wanted.where(Body.id.in_(actor.bodies_as(*ALLOWED[Action.READ_REPORT])))
    bodies = sorted(session.scalars(wanted), key=lambda body: (BODY_ORDER.index(body.kind), body.short_name))
    if not bodies and not allows(Action.READ_REPORT, INSTALLATION.hats_of(actor, session)):
        raise Forbidden()
    return bodies


def may_read_report(session: Session, actor: Actor) -> bool:
    """Whether the actor may open the report at all."""
    return allows(Action.READ_REPORT, INSTALLATION.hats_of(actor, session))


def report(session: Session, actor: Actor, since: date, until: date, body: str = "") -> Report:
    """The figures of every body the actor may see, of one (by short name) when asked: `not_found` for another."""
    bodies = reported_bodies(session, actor)
    if body:
        bodies = [found for found in bodies if found.short_name == body]
        if not bodies:
            raise Missing()
    meetings = counted(session, bodies, since, until)
    names = [found.short_name for found in bodies]
    return Report(since, until, counting.count(names, meetings), counting.by_month(since, until, meetings))


def counted(session: Session, bodies: list[Body], since: date, until: date) -> list[Counted]:
    """Every meeting of the bodies in the period, both days included: the system's own and those of the register."""
    ids = [body.id for body in bodies]
    return counting.without_doubles(_own(session, ids, since, until), _past(session, ids, since, until))


def _own(session: Session, bodies: list[int], since: date, until: date) -> list[Counted]:
    began = func.coalesce(Meeting.opened_at, Meeting.starts_at)
    wanted = (
        select(Meeting, MeetingGrade.verdict, MeetingGrade.shade, OfficialNumber.symbol)
        .outerjoin(MeetingGrade, MeetingGrade.meeting_id == Meeting.id)
        .outerjoin(Notice, (Notice.meeting_id == Meeting.id) & (Notice.state == "issued"))
        .outerjoin(OfficialNumber, OfficialNumber.id == Notice.number_id)
        .where(Meeting.body_id.in_(bodies), Meeting.state.in_(MEETING_OVER))
        .where(began >= clock.at_local(since), began < clock.at_local(until + timedelta(days=1)))
    )
    return [
        Counted(
            body=meeting.body.short_name,
            held_on=clock.local(meeting.opened_at or meeting.starts_at).date(),
            with_notice=meeting.notice_state == "issued",
            verdict=verdict or "",
            shade=shade or "",
            symbol=symbol or "",
        )
        for meeting, verdict, shade, symbol in session.execute(wanted)
    ]


def _past(session: Session, bodies: list[int], since: date, until: date) -> list[Counted]:
    wanted = select(RegisterRow).where(
        RegisterRow.body_id.in_(bodies), RegisterRow.held_on >= since, RegisterRow.held_on <= until
    )
    return [
        Counted(
            body=row.body.short_name,
            held_on=row.held_on,
            with_notice=bool(row.notice_symbol),
            verdict=row.verdict,
            shade=row.shade,
            symbol=row.notice_symbol,
        )
        for row in session.scalars(wanted)
    ]


def years(session: Session, actor: Actor) -> list[int]:
    """The years in which there is something to report, newest first; always the current one."""
    ids = [body.id for body in reported_bodies(session, actor)]
    first = session.scalar(select(func.min(RegisterRow.held_on)).where(RegisterRow.body_id.in_(ids)))
    began = session.scalar(select(func.min(Meeting.starts_at)).where(Meeting.body_id.in_(ids)))
    starts = [day.year for day in (first, clock.local(began).date() if began else None) if day]
    this = clock.today().year
    return list(range(this, min([*starts, this]) - 1, -1))


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
