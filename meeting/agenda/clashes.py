"""What else is on when a meeting is planned: the room or the place is taken, people are expected elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import OVER_STATES, folded
from meeting.organization.models import Body, Person
from meeting.rulebook.deadlines import Span, clash

AROUND = timedelta(days=1)  # no meeting without a planned end is taken to last longer


@dataclass(frozen=True)
class Clashes:
    """It tells that something or somebody is busy, never with what: the other meeting may be none of the asker's business."""

    place_taken: bool
    room_taken: bool
    people: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """As part of an answer."""
        return {"place_taken": self.place_taken, "room_taken": self.room_taken, "people": list(self.people)}


def clashes(
    session: Session, span: Span, place: str, people: Sequence[int], besides: int | None = None, room_id: int | None = None
) -> Clashes:
    """Looks among all meetings around that time, in two queries. Who reported an absence is not expected there."""
    others = at_that_time(session, span, besides)
    named = folded(place.strip())
    room_taken = room_id is not None and any(each.room_id == room_id for each in others)
    place_taken = bool(named) and any(folded(each.place.strip()) == named for each in others)
    expected = select(Participant.person_id).where(
        Participant.meeting_id.in_([each.id for each in others]), Participant.reply != "declined"
    )
    busy = select(Person).where(Person.id.in_(people), Person.id.in_(expected))
    names = tuple(sorted(each.called for each in session.scalars(busy))) if others else ()
    return Clashes(place_taken or room_taken, room_taken, names)


def at_that_time(session: Session, span: Span, besides: int | None = None) -> list[Meeting]:
    """The meetings that overlap a span, drafts included, those called off or put off left out."""
    wanted = select(Meeting).where(
        Meeting.starts_at > span.starts_at - AROUND,
        Meeting.starts_at < span.until + AROUND,
        Meeting.state.not_in(OVER_STATES | {"postponed"}),
        Meeting.id != (besides or 0),
        Meeting.body.has(Body.practice_of_id.is_(None)),  # whoever practises is free
    )
    return [each for each in session.scalars(wanted) if clash(span, Span(each.starts_at, each.ends_at))]


def clashes_of(session: Session, meeting: Meeting) -> Clashes:
    """What clashes with a meeting as it is planned; nothing does with a practice."""
    if meeting.body.practice_of_id is not None:
        return Clashes(False, False, ())
    people = select(Participant.person_id).where(Participant.meeting_id == meeting.id)
    span = Span(meeting.starts_at, meeting.ends_at)
    return clashes(session, span, meeting.place, list(session.scalars(people)), meeting.id, meeting.room_id)
