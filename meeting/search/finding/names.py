"""The names that hits and counts are told by, read once a picture of the store: both tell of the same bodies and meetings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.database import asked_once
from meeting.organization.models import Body
from meeting.search import rules

BODIES = "search.bodies"


@dataclass(frozen=True, slots=True)
class BodyName:
    """What a body is called where it is counted, and in the head of its passages."""

    short: str
    words: str


def bodies(session: Session) -> Mapping[int, BodyName]:
    """Of all bodies."""
    names: dict[int, BodyName] | None = session.info.get(BODIES)
    if names is None:
        rows = session.execute(select(Body.id, Body.name, Body.short_name).where(Body.practice_of_id.is_(None))).all()
        names = session.info[BODIES] = {
            row.id: BodyName(row.short_name, rules.body_words(row.name, row.short_name)) for row in rows
        }
    return names


def meetings(session: Session, keys: Iterable[int]) -> Mapping[int, Any]:
    """Title and beginning of some meetings, beside others that were asked for before."""
    known: dict[int, Any] = asked_once(session, ("search meetings",), dict)
    missing = set(keys) - known.keys()
    if missing:
        wanted = select(Meeting.id, Meeting.title, Meeting.starts_at).where(Meeting.id.in_(missing))
        known |= {row.id: row for row in session.execute(wanted)}
    return known
