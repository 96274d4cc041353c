"""What the papers' room recorded, as evaluation reads it: each unit's papers for a meeting, and how it kept its days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from meeting.agenda.models import Meeting, Participant
from meeting.errors import Refused
from meeting.evaluation.rules import percent
from meeting.materials.models import ReadingMark, Requirement, Submission


@dataclass(frozen=True)
class AskedPapers:
    """The papers of one unit for one meeting, and who handed them in."""

    meeting_id: int
    unit_id: int
    handed_in_by: frozenset[int]


@dataclass(frozen=True)
class UnitPapers:
    """What is recorded of one unit's papers for one meeting."""

    unit_id: int
    name: str
    asked: int
    late: int
    missing: int
    returned: int
    late_minutes: int  # of the latest one
    read_percent: int | None  # of the voting members, before the meeting, on average over the papers


def of_meeting(session: Session, meeting: Meeting) -> list[UnitPapers]:
    """Each unit that was asked for papers, by name."""
    by_unit: dict[int, list[Requirement]] = {}
    for requirement in _asked(session, Requirement.meeting_id == meeting.id):
        by_unit.setdefault(requirement.unit_id, []).append(requirement)
    found = [_unit(session, meeting, asked) for asked in by_unit.values()]
    return sorted(found, key=lambda unit: unit.name)


def _asked(session: Session, *conditions: object) -> list[Requirement]:
    wanted = select(Requirement).where(Requirement.state != "waived", *conditions)  # type: ignore[arg-type]
    return list(session.scalars(wanted.options(selectinload(Requirement.submissions)).order_by(Requirement.id)))


def _unit(session: Session, meeting: Meeting, asked: Sequence[Requirement]) -> UnitPapers:
    lateness = [each.first_late_minutes or 0 for each in asked]
    files = [each.shown.file_id for each in asked if each.shown]
    return UnitPapers(
        unit_id=asked[0].unit_id,
        name=asked[0].unit.name,
        asked=len(asked),
        late=sum(minutes > 0 for minutes in lateness),
        missing=sum(each.first_received_at is None for each in asked),
        returned=sum(_returned(each.submissions) for each in asked),
        late_minutes=max(lateness),
        read_percent=_read(session, meeting, files),
    )


def _returned(versions: Iterable[Submission]) -> int:
    return sum(version.state == "returned" for version in versions)


def _read(session: Session, meeting: Meeting, files: Sequence[int]) -> int | None:
    """How many of the voting members had opened the papers when the meeting began."""
    voters = select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.voting)
    began = meeting.opened_at or meeting.starts_at
    opened = select(func.count()).where(
        ReadingMark.file_id.in_(files), ReadingMark.person_id.in_(voters), ReadingMark.first_at <= began
    )
    people = session.scalar(select(func.count()).select_from(voters.subquery())) or 0
    return percent(session.scalar(opened) or 0, people * len(files))


def asked_paper(session: Session, meeting_id: int | None, unit_id: int | None, requirement_id: int | None) -> AskedPapers:
    """The papers that a grade is about: `no_papers_of_unit` when the unit was not asked for any."""
    one = [Requirement.id == requirement_id] if requirement_id else []
    all_of_unit = [Requirement.meeting_id == meeting_id, Requirement.unit_id == unit_id]
    asked = _asked(session, *(one or all_of_unit))
    if not asked or (meeting_id and asked[0].meeting_id != meeting_id) or (unit_id and asked[0].unit_id != unit_id):
        raise Refused("no_papers_of_unit")
    senders = frozenset(version.sent_by for each in asked for version in each.submissions)
    return AskedPapers(asked[0].meeting_id, asked[0].unit_id, senders)
