"""Reads what the rooms below recorded of a meeting into the plain record that the measures are taken from."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions import due
from meeting.conclusions.models import Notice
from meeting.conclusions.timing import due_on
from meeting.evaluation import papers
from meeting.evaluation.models import PaperGrade, StatementGrade
from meeting.evaluation.record import ItemFact, PaperFact, Record, SeatFact, TaskFact, TurnFact
from meeting.evaluation.rules import CRITERIA, GOOD, minutes_over
from meeting.live import queries as live
from meeting.live.models import Attendance
from meeting.live.rules import share_of
from meeting.materials.models import Requirement, Submission
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.queries import invitation_due_at
from meeting.speaking.models import Floor
from meeting.tasks.models import Task

CAME = {"present": "present", "remote": "present", "left": "present", "late": "late"}
IN_FORCE = ("", "replaces")  # what withdraws or corrects a notice is none itself
SETTLED = frozenset({"done", "deferred", "withdrawn"})


def record_of(session: Session, meeting: Meeting) -> Record:
    """The whole record, in a handful of queries."""
    asked = _requirements(session, meeting.id)
    seats = _seats(session, meeting)
    members = len(live.members(session, meeting))
    came = sum(each.how in ("present", "late", "substitute") for each in seats if each.votes)
    share = share_of(meeting.book.quorum)
    issued = _notice(session, meeting.id)
    page = f"/meetings/{meeting.id}"
    return Record(
        today=clock.today(),
        papers=_papers(session, meeting.id, asked),
        seats=seats,
        turns=_turns(session, meeting.id),
        statement_grades=_statement_grades(session, meeting.id),
        items=_items(session, meeting.id, asked),
        tasks=_tasks(session, meeting.id),
        invited_at=meeting.issued_at,
        invitation_due_at=invitation_due_at(session, meeting.book, meeting.starts_at),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        longest_minutes=meeting.book.longest_minutes,
        late_minutes=minutes_over(meeting.starts_at, meeting.opened_at),
        over_minutes=minutes_over(meeting.ends_at, meeting.closed_at),
        quorum_present=came,
        quorum_total=members,
        quorum_met=came >= share * members,
        urgent=meeting.urgent,
        notice_required=meeting.book.notice_required,
        notice_due_on=notice_due_on(session, meeting),
        notice_on=issued.issued_on if issued else None,
        notice_symbol=issued.number.symbol if issued and issued.number else "",
        notice_url=f"/notices/{issued.id}" if issued else "",
        attendance_url=f"{page}/attendance",
        statements_url=page,
        course_url=f"{page}/minutes",
        read_percent=_read(session, meeting),
    )


def notice_due_on(session: Session, meeting: Meeting) -> date:
    """The last day on which the conclusion notice is in time, counted from the day on which the meeting ended."""
    ended = due.held_on(meeting)
    return due_on(ended, due.rule_of(meeting.book), work_calendar(session, ended.year))


def _notice(session: Session, meeting_id: int) -> Notice | None:
    """The first conclusion document that was issued and stands."""
    wanted = select(Notice).where(Notice.meeting_id == meeting_id, Notice.state == "issued", Notice.withdrawn_at.is_(None))
    wanted = wanted.where(Notice.relation.in_(IN_FORCE))
    return session.scalars(wanted.order_by(Notice.issued_on, Notice.id).limit(1)).first()


def _requirements(session: Session, meeting_id: int) -> list[Requirement]:
    wanted = select(Requirement).where(Requirement.meeting_id == meeting_id, Requirement.state != "waived")
    return list(session.scalars(wanted.options(selectinload(Requirement.submissions)).order_by(Requirement.id)))


def _papers(session: Session, meeting_id: int, asked: list[Requirement]) -> tuple[PaperFact, ...]:
    given = select(PaperGrade).where(PaperGrade.meeting_id == meeting_id)
    grades = {(each.unit_id, each.requirement_id): each for each in session.scalars(given)}
    found = []
    for each in asked:
        grade = grades.get((each.unit_id, each.id)) or grades.get((each.unit_id, 0))
        found.append(
            PaperFact(
                what=each.what,
                unit=each.unit.name,
                url=f"/papers/owed/{each.id}",
                late_minutes=each.first_late_minutes if each.first_received_at else None,
                returned=sum(version.state == "returned" for version in each.submissions),
                verdict=grade.verdict if grade else "",
                shade=grade.shade if grade else "",
                open_at=_opened(each.submissions, each.published_at),
            )
        )
    return tuple(found)


def _opened(versions: list[Submission], first: datetime | None) -> datetime | None:
    """When a paper was first open to participants."""
    return min([each.published_at for each in versions if each.published_at], default=first)


def _seats(session: Session, meeting: Meeting) -> tuple[SeatFact, ...]:
    """One line for each seat with a vote: a member, or the member somebody stands in for. Where nobody has a vote (a working
    meeting), one for everybody invited to the whole of it."""
    rows = session.execute(
        select(Participant, Attendance.presence)
        .outerjoin(
            Attendance, (Attendance.meeting_id == Participant.meeting_id) & (Attendance.person_id == Participant.person_id)
        )
        .where(Participant.meeting_id == meeting.id)
        .options(joinedload(Participant.stands_for))
        .order_by(Participant.id)
    ).all()
    voting = any(person.voting for person, _ in rows)
    stood_for = {person.stands_for_id for person, _ in rows if person.stands_for_id and person.voting}
    spoken_for: dict[int | None, str | None] = {
        person.stands_for_id: CAME.get(presence or "") for person, presence in rows if person.stands_for_id and not person.voting
    }
    found = []
    for person, presence in rows:
        if person.voting is not voting or person.person_id in stood_for or (not voting and person.item_ids):
            continue
        name = person.stands_for.called if person.stands_for else person.person.called
        found.append(SeatFact(name, _how(person, presence, spoken_for), person.voting))
    return tuple(found)


def _how(person: Participant, presence: str | None, spoken_for: dict[int | None, str | None]) -> str:
    came = CAME.get(presence or "")
    if came:
        return "substitute" if person.stands_for_id else came
    if spoken_for.get(person.person_id):
        return "substitute"
    return "excused" if presence == "excused" or person.absence == "approved" else "absent"


def _turns(session: Session, meeting_id: int) -> tuple[TurnFact, ...]:
    wanted = select(Floor).where(Floor.meeting_id == meeting_id, Floor.state == "done", Floor.started_at.is_not(None))
    rows = session.scalars(wanted.options(joinedload(Floor.person)).order_by(Floor.id))
    return tuple(TurnFact(each.person.called, each.seconds, each.limit_seconds) for each in rows)


def _statement_grades(session: Session, meeting_id: int) -> tuple[str, ...]:
    """What was said of all statements together; grades of single persons are never part of the evidence."""
    wanted = select(StatementGrade).where(
        StatementGrade.meeting_id == meeting_id, StatementGrade.floor_id == 0, StatementGrade.criterion.in_(tuple(CRITERIA))
    )
    rows = session.scalars(wanted.order_by(StatementGrade.criterion))
    return tuple(GOOD if each.shade == GOOD else each.verdict for each in rows)


def _items(session: Session, meeting_id: int, asked: list[Requirement]) -> tuple[ItemFact, ...]:
    expected: dict[int | None, int] = defaultdict(int)
    here: dict[int | None, int] = defaultdict(int)
    for each in asked:
        expected[each.item_id] += 1
        here[each.item_id] += each.first_received_at is not None
    rows = list(session.scalars(select(Item).where(Item.meeting_id == meeting_id).order_by(Item.position)))
    wholes = {row.parent_id for row in rows}
    return tuple(
        ItemFact(f"{row.label}. {row.title}", row.outside or row.state in SETTLED, expected[row.id], here[row.id])
        for row in rows
        if row.id not in wholes or expected[row.id]
    )


def _tasks(session: Session, meeting_id: int) -> tuple[TaskFact, ...]:
    rows = session.scalars(select(Task).where(Task.meeting_id == meeting_id, Task.state != "cancelled").order_by(Task.id))
    return tuple(TaskFact(each.text, f"/tasks/{each.id}", _is_clear(each)) for each in rows)


def _is_clear(task: Task) -> bool:
    """Given to a unit with a due date, or with the word that it has none. A draft waits for one of its five clears."""
    return task.given and task.lead_unit_id is not None and (task.due_on is not None or task.no_due or bool(task.process.strip()))


def _read(session: Session, meeting: Meeting) -> int | None:
    """Papers opened before the meeting, on average over the units."""
    shares = [unit.read_percent for unit in papers.of_meeting(session, meeting) if unit.read_percent is not None]
    return sum(shares) // len(shares) if shares else None
