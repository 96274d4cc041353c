"""The meetings that reports count, read in a handful of queries however many there are."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.models import Notice
from meeting.conclusions.relations import REPLACES
from meeting.conclusions.timing import NoticeRule, timing
from meeting.evaluation import counting
from meeting.evaluation.counting import Counted
from meeting.evaluation.models import MeetingGrade, RegisterRow
from meeting.evaluation.register import plain
from meeting.evaluation.rules import MEETING_OVER
from meeting.live.models import Attendance
from meeting.organization.models import Body, OfficialNumber
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.deadlines import WorkCalendar
from meeting.rulebook.models import MeetingType, RuleBook

CAME = ("present", "late", "left", "remote")
#: Kinds in the register of past meetings, as people wrote them (without marks).
REGISTER_KINDS = (
    ("extraordinary", ("dot xuat", "bat thuong", "khan", "urgent", "extraordinary")),
    ("thematic", ("chuyen de", "thematic")),
    ("regular", ("thuong ky", "thuong le", "dinh ky", "regular")),
)
BEGAN = func.coalesce(Meeting.opened_at, Meeting.starts_at)


class Calendars:
    """The work calendar of each year, asked once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._years: dict[int, WorkCalendar] = {}

    def of(self, year: int) -> WorkCalendar:
        """The calendar around a year."""
        if year not in self._years:
            self._years[year] = work_calendar(self._session, year)
        return self._years[year]


def took_place(bodies: Iterable[int], since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    """Meetings of some bodies that took place from a day to a day, both included."""
    return (
        Meeting.body_id.in_(list(bodies)),
        Meeting.state.in_(MEETING_OVER),
        clock.at_local(since) <= BEGAN,
        clock.at_local(until + timedelta(days=1)) > BEGAN,
    )


def meetings(session: Session, bodies: Sequence[Body], since: date, until: date) -> list[Counted]:
    """Every meeting of the bodies in the period, both days included: the system's own and those of the register."""
    names = {body.id: body.short_name for body in bodies}
    return counting.without_doubles(_own(session, names, since, until), _past(session, names, since, until))


def _own(session: Session, names: dict[int, str], since: date, until: date) -> list[Counted]:
    conditions = took_place(names, since, until)
    seats = _seats(session, conditions)
    issued = _issued(session, conditions)
    calendars, today = Calendars(session), clock.today()
    return [
        _counted(row, names[row.body_id], seats.get(row.id, (0, 0)), issued.get(row.id, (None, "")), calendars, today)
        for row in session.execute(_columns().where(*conditions))
    ]


def _columns() -> Select[*tuple[Any, ...]]:
    of = Meeting
    meeting = (of.id, of.body_id, of.title, of.opened_at, of.starts_at, of.closed_at, of.chair_id, of.urgent)
    rules = (RuleBook.notice_required, RuleBook.notice_days, RuleBook.notice_unit)
    wanted = select(*meeting, of.notice_state, MeetingType.code, *rules, MeetingGrade.verdict, MeetingGrade.shade)
    return (
        wanted.select_from(Meeting)
        .join(MeetingType, MeetingType.id == of.type_id)
        .join(RuleBook, RuleBook.id == of.book_id)
        .outerjoin(MeetingGrade, MeetingGrade.meeting_id == of.id)
    )


def _counted(
    row: Any, body: str, seats: tuple[int, int], issued: tuple[date | None, str], calendars: Calendars, today: date
) -> Counted:
    return Counted(
        body=body,
        held_on=clock.local(row.opened_at or row.starts_at).date(),
        with_notice=row.notice_state == "issued",
        verdict=row.verdict or "",
        shade=row.shade or "",
        symbol=issued[1],
        kind=counting.kind_of(row.code, row.urgent),
        notice=_standing(row, issued[0], calendars, today),
        invited=seats[0],
        came=seats[1],
        title=row.title,
        meeting_id=row.id,
        chair_id=row.chair_id,
    )


def _standing(row: Any, issued_on: date | None, calendars: Calendars, today: date) -> str:
    """How the conclusion notice stands, by the rule book of the meeting's day. Of some nobody recorded the time."""
    issued = row.notice_state == "issued"
    if issued and issued_on is None:
        return "unknown"
    over = clock.local(row.closed_at or row.opened_at or row.starts_at).date()
    rule = NoticeRule(row.notice_required, row.notice_days, row.notice_unit)
    state = timing(over, rule, calendars.of(over.year), today, issued_on if issued else None).state
    return {"overdue": "owed", "optional": "not_required"}.get(state, state)


def _seats(session: Session, conditions: Sequence[ColumnElement[bool]]) -> dict[int, tuple[int, int]]:
    """Of each meeting: how many members were invited with a vote, and how many of them came."""
    came = func.sum(case((Attendance.presence.in_(CAME), 1), else_=0))
    wanted = (
        select(Participant.meeting_id, func.count(), came)
        .select_from(Participant)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .outerjoin(Attendance, _same_seat())
        .where(Participant.voting, *conditions)
        .group_by(Participant.meeting_id)
    )
    return {meeting_id: (invited, int(present)) for meeting_id, invited, present in session.execute(wanted)}


def _same_seat() -> ColumnElement[bool]:
    return (Attendance.meeting_id == Participant.meeting_id) & (Attendance.person_id == Participant.person_id)


def _issued(session: Session, conditions: Sequence[ColumnElement[bool]]) -> dict[int, tuple[date | None, str]]:
    """Of each meeting with an issued conclusion document that still stands: the day and the symbol of the first one."""
    wanted = (
        select(Notice.meeting_id, Notice.issued_on, OfficialNumber.symbol)
        .join(Meeting, Meeting.id == Notice.meeting_id)
        .join(OfficialNumber, OfficialNumber.id == Notice.number_id)
        .where(Notice.state == "issued", Notice.withdrawn_at.is_(None), Notice.relation.in_(("", REPLACES)), *conditions)
        .order_by(Notice.issued_on.desc(), Notice.id.desc())
    )
    return {meeting_id: (issued_on, symbol) for meeting_id, issued_on, symbol in session.execute(wanted)}


def _past(session: Session, names: dict[int, str], since: date, until: date) -> list[Counted]:
    of = RegisterRow
    columns = select(of.id, of.body_id, of.held_on, of.kind, of.notice_symbol, of.verdict, of.shade)
    wanted = columns.where(of.body_id.in_(list(names)), of.held_on >= since, of.held_on <= until)
    return [
        Counted(
            body=names[row.body_id],
            held_on=row.held_on,
            with_notice=bool(row.notice_symbol),
            verdict=row.verdict,
            shade=row.shade,
            symbol=row.notice_symbol,
            kind=register_kind(row.kind),
            notice="unknown" if row.notice_symbol else "",
            title=row.kind,
            register_id=row.id,
        )
        for row in session.execute(wanted)
    ]


def register_kind(text: str) -> str:
    """The kind of a past meeting, from the words of the register."""
    said = plain(text)
    return next((kind for kind, words in REGISTER_KINDS if any(word in said for word in words)), "other")


def first_day(session: Session, bodies: Iterable[int]) -> date | None:
    """The day of the first meeting there is something to report on."""
    ids = list(bodies)
    past = session.scalar(select(func.min(RegisterRow.held_on)).where(RegisterRow.body_id.in_(ids)))
    began: datetime | None = session.scalar(select(func.min(Meeting.starts_at)).where(Meeting.body_id.in_(ids)))
    days = [day for day in (past, clock.local(began).date() if began else None) if day]
    return min(days) if days else None
