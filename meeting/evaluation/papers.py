"""What the papers' room recorded, as evaluation reads it: each unit's papers for a meeting, and how it kept its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.evaluation.punctuality import Asked


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
    read_percent: int | None  # of the invited, on average over the papers


def of_meeting(session: Session, meeting: Meeting) -> list[UnitPapers]:
    """Each unit that was asked for papers, by name."""
    return []


def asked_paper(session: Session, meeting_id: int | None, unit_id: int | None, requirement_id: int | None) -> AskedPapers:
    """The papers that a grade is about: `no_papers_of_unit` when the unit was not asked for any."""
    raise Refused("no_papers_of_unit")


def asked_of_bodies(session: Session, bodies: Sequence[int], since: datetime, until: datetime) -> list[Asked]:
    """Every paper asked for by the bodies that was due in the period, for the punctuality ledger."""
    return []
