"""Attendance and statements of each participant over a period. No grade of a person is read here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.queries import given_name_first
from meeting.errors import N_
from meeting.evaluation.report_rows import took_place
from meeting.live.models import Attendance
from meeting.organization.models import Body, Person, Unit
from meeting.speaking.models import Floor

#: The figures of a participant and what they are called.
LABELS: Mapping[str, str] = {
    "invited": N_("Invited to"),
    "came": N_("Came"),
    "on_time": N_("Came on time"),
    "late": N_("Came late"),
    "excused": N_("Absent with leave"),
    "absent": N_("Absent without leave"),
    "statements": N_("Statements made"),
}
#: How one seat at one meeting counts. Who left early, or took part from elsewhere, came on time unless recorded as late.
STANDING = case(
    (Attendance.presence == "late", "late"),
    (Attendance.presence.in_(("present", "left", "remote")), "on_time"),
    (Attendance.presence == "excused", "excused"),
    (Participant.absence == "approved", "excused"),
    else_="absent",
)
_SEAT = and_(Attendance.meeting_id == Participant.meeting_id, Attendance.person_id == Participant.person_id)
_SPOKEN = (Floor.state == "done", Floor.started_at.is_not(None))


@dataclass(frozen=True)
class PersonLine:
    """One participant's line."""

    person_id: int
    name: str
    position: str
    unit: str
    on_time: int = 0
    late: int = 0
    excused: int = 0
    absent: int = 0
    statements: int = 0
    seconds: int = 0  # spoken in all

    @property
    def invited(self) -> int:
        """Meetings to which they were invited with a vote."""
        return self.came + self.excused + self.absent

    @property
    def came(self) -> int:
        """Meetings to which they came."""
        return self.on_time + self.late


@dataclass(frozen=True)
class Seat:
    """One meeting behind a figure of a person; `statements` where they are counted."""

    meeting_id: int
    title: str
    body: str
    held_on: date
    standing: str
    statements: int = 0


def lines(session: Session, bodies: Sequence[Body], since: date, until: date) -> list[PersonLine]:
    """Every member invited with a vote to a meeting that took place in the period, in the order of names."""
    conditions = took_place([body.id for body in bodies], since, until)
    counts = _standings(session, conditions)
    spoken = _statements(session, conditions)
    people = _people(session, counts)
    found = [_line(key, known, counts[key], spoken.get(key, (0, 0))) for key, known in people.items()]
    return sorted(found, key=lambda line: given_name_first(line.name))


def _line(key: int, known: tuple[str, str, str], counts: Mapping[str, int], spoken: tuple[int, int]) -> PersonLine:
    name, position, unit = known
    came = {"on_time": counts.get("on_time", 0), "late": counts.get("late", 0)}
    away = {"excused": counts.get("excused", 0), "absent": counts.get("absent", 0)}
    return PersonLine(key, name, position, unit, **came, **away, statements=spoken[0], seconds=spoken[1])


def _standings(session: Session, conditions: Iterable[ColumnElement[bool]]) -> dict[int, dict[str, int]]:
    # Grouped by its name: to PostgreSQL the same words with parameters of their own are another expression.
    wanted = (
        select(Participant.person_id, STANDING.label("seat_standing"), func.count())
        .select_from(Participant)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .outerjoin(Attendance, _SEAT)
        .where(Participant.voting, *conditions)
        .group_by(Participant.person_id, "seat_standing")
    )
    found: dict[int, dict[str, int]] = {}
    for person_id, standing, number in session.execute(wanted):
        found.setdefault(person_id, {})[standing] = number
    return found


def _statements(session: Session, conditions: Iterable[ColumnElement[bool]]) -> dict[int, tuple[int, int]]:
    """How many statements each member made where they had a vote, and their seconds."""
    voted = and_(Participant.meeting_id == Floor.meeting_id, Participant.person_id == Floor.person_id, Participant.voting)
    wanted = (
        select(Floor.person_id, func.count(), func.sum(Floor.seconds))
        .select_from(Floor)
        .join(Meeting, Meeting.id == Floor.meeting_id)
        .join(Participant, voted)
        .where(*_SPOKEN, *conditions)
        .group_by(Floor.person_id)
    )
    return {person_id: (number, int(seconds)) for person_id, number, seconds in session.execute(wanted)}


def _people(session: Session, wanted: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    columns = select(Person.id, Person.full_name, Person.position, Unit.name).outerjoin(Unit, Unit.id == Person.unit_id)
    ids = set(wanted)
    return {row[0]: (row[1], row[2], row[3] or "") for row in session.execute(columns) if row[0] in ids}


def seats(session: Session, bodies: Sequence[Body], since: date, until: date, person_id: int, figure: str) -> list[Seat]:
    """The meetings behind a figure of a person, the latest first."""
    names = {body.id: body.short_name for body in bodies}
    spoke = (
        select(func.count())
        .select_from(Floor)
        .where(Floor.meeting_id == Participant.meeting_id, Floor.person_id == Participant.person_id, *_SPOKEN)
        .scalar_subquery()
    )
    wanted = (
        select(Meeting.id, Meeting.title, Meeting.body_id, Meeting.opened_at, Meeting.starts_at, STANDING, spoke)
        .select_from(Participant)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .outerjoin(Attendance, _SEAT)
        .where(Participant.voting, Participant.person_id == person_id, *took_place(names, since, until))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    found = [
        Seat(key, title, names[body_id], clock.local(opened or starts).date(), standing, statements)
        for key, title, body_id, opened, starts, standing, statements in session.execute(wanted)
    ]
    return [seat for seat in found if weight(seat, figure)]


def weight(seat: Seat, figure: str) -> int:
    """What a seat at a meeting counts in a figure of its person: 0 when it is no part of it."""
    if figure == "statements":
        return seat.statements
    return int(figure in ("invited", seat.standing) or (figure == "came" and seat.standing in CAME))


CAME = ("on_time", "late")


def person_name(session: Session, person_id: int) -> str:
    """A person's name; empty when there is no such person."""
    return session.scalar(select(Person.full_name).where(Person.id == person_id)) or ""
