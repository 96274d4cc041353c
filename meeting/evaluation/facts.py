"""What the system recorded of a meeting, shown apart from what people judge. Read only; nobody can change it here."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.models import Notice
from meeting.evaluation import papers
from meeting.evaluation.papers import UnitPapers
from meeting.evaluation.rules import minutes_over, percent
from meeting.live.models import Attendance
from meeting.rulebook.queries import invitation_due_at
from meeting.speaking.models import Floor
from meeting.tasks.models import Task

CAME = ("present", "late", "left", "remote")


@dataclass(frozen=True)
class Facts:
    """The record of one meeting as its judge reads it."""

    opened_at: datetime | None
    opened_late_minutes: int | None  # negative: early
    closed_at: datetime | None
    over_minutes: int | None
    invited: int
    came: int
    late: int
    invitation_in_time: bool | None  # None: no invitation went out
    items: int
    items_done: int
    statements: int
    statement_minutes: int  # on average, whole minutes
    statements_over: int  # longer than they were given
    tasks: int
    tasks_without_due: int
    notice_symbol: str
    notice_on: date | None
    units: list[UnitPapers]

    @property
    def read_percent(self) -> int | None:
        """Papers opened before the meeting, on average over the units."""
        shares = [unit.read_percent for unit in self.units if unit.read_percent is not None]
        return sum(shares) // len(shares) if shares else None

    @property
    def came_percent(self) -> int | None:
        """Share of the invited members who came."""
        return percent(self.came, self.invited)


def facts_of(session: Session, meeting: Meeting) -> Facts:
    """Everything that was recorded, in a handful of queries."""
    count, seconds, over = _statements(session, meeting.id)
    notice = session.scalar(select(Notice).where(Notice.meeting_id == meeting.id, Notice.state == "issued"))
    due = invitation_due_at(session, meeting.book, meeting.starts_at)
    return Facts(
        opened_at=meeting.opened_at,
        opened_late_minutes=minutes_over(meeting.starts_at, meeting.opened_at),
        closed_at=meeting.closed_at,
        over_minutes=minutes_over(meeting.ends_at, meeting.closed_at),
        invited=_count(session, select(func.count()).where(Participant.meeting_id == meeting.id, Participant.voting)),
        came=_came(session, meeting.id, CAME),
        late=_came(session, meeting.id, ("late",)),
        invitation_in_time=meeting.issued_at <= due if meeting.issued_at else None,
        items=_count(session, select(func.count()).where(Item.meeting_id == meeting.id)),
        items_done=_count(session, select(func.count()).where(Item.meeting_id == meeting.id, Item.state == "done")),
        statements=count,
        statement_minutes=round(seconds / count / 60) if count else 0,
        statements_over=over,
        tasks=_count(session, select(func.count()).where(Task.meeting_id == meeting.id)),
        tasks_without_due=_count(session, select(func.count()).where(Task.meeting_id == meeting.id, Task.due_on.is_(None))),
        notice_symbol=notice.number.symbol if notice and notice.number else "",
        notice_on=notice.issued_on if notice else None,
        units=papers.of_meeting(session, meeting),
    )


def _count(session: Session, statement: object) -> int:
    return int(session.scalar(statement) or 0)  # type: ignore[call-overload]


def _came(session: Session, meeting_id: int, presences: tuple[str, ...]) -> int:
    together = (Participant.meeting_id == Attendance.meeting_id) & (Participant.person_id == Attendance.person_id)
    wanted = (
        select(func.count())
        .select_from(Attendance)
        .join(Participant, together)
        .where(Attendance.meeting_id == meeting_id, Participant.voting, Attendance.presence.in_(presences))
    )
    return _count(session, wanted)


def _statements(session: Session, meeting_id: int) -> tuple[int, int, int]:
    """How many statements were made, their seconds together, and how many were longer than given."""
    wanted = select(Floor.seconds, Floor.limit_seconds).where(
        Floor.meeting_id == meeting_id, Floor.state == "done", Floor.started_at.is_not(None)
    )
    spoken = list(session.execute(wanted))
    return len(spoken), sum(row.seconds for row in spoken), sum(row.seconds > row.limit_seconds for row in spoken)
