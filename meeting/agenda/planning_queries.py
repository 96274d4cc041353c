"""Reads for planning: the days of a series, the meetings in one, templates, rooms to choose from."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.clashes import Clashes, clashes
from meeting.agenda.models import Meeting, MeetingTemplate, Participant
from meeting.agenda.recurrence import Pattern, dates
from meeting.catalogues.models import Room
from meeting.errors import Missing
from meeting.permissions import ALLOWED, Action, Actor
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.deadlines import Span, WorkCalendar

PREPARERS = ALLOWED[Action.PREPARE_MEETING]


def series_days(session: Session, first: Meeting, pattern: Pattern) -> list[date]:
    """The days after a meeting on which its series would meet, by the office's own calendar."""
    calendars: dict[int, WorkCalendar] = {}

    def works(day: date) -> bool:
        if day.year not in calendars:
            calendars[day.year] = work_calendar(session, day.year)
        return calendars[day.year].works(day)

    return dates(clock.local(first.starts_at).date(), pattern, works)


def series_clashes(session: Session, first: Meeting, days: list[date]) -> list[tuple[date, Clashes]]:
    """What is on already on each day of a planned series, at the hours of its first meeting."""
    people = list(session.scalars(select(Participant.person_id).where(Participant.meeting_id == first.id)))
    begun = clock.at_local(clock.local(first.starts_at).date())
    found = []
    for day in days:
        away = clock.at_local(day) - begun
        span = Span(first.starts_at + away, first.ends_at + away if first.ends_at else None)
        found.append((day, clashes(session, span, first.place, people, first.id, first.room_id)))
    return found


def series_of(session: Session, meeting: Meeting) -> list[Meeting]:
    """All meetings of the series a meeting belongs to, in order; none outside a series."""
    if meeting.series_id is None:
        return []
    wanted = select(Meeting).where(Meeting.series_id == meeting.series_id)
    return list(session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)))


def templates_for(session: Session, actor: Actor, *, retired: bool = False) -> list[MeetingTemplate]:
    """The templates of the bodies for which this person prepares meetings, by body and name."""
    wanted = select(MeetingTemplate).where(MeetingTemplate.body_id.in_(actor.bodies_as(*PREPARERS)))
    if not retired:
        wanted = wanted.where(MeetingTemplate.retired_on.is_(None))
    loaded = wanted.options(joinedload(MeetingTemplate.body), joinedload(MeetingTemplate.type))
    return list(session.scalars(loaded.order_by(MeetingTemplate.body_id, MeetingTemplate.name)))


def template_of(session: Session, actor: Actor, template_id: int) -> MeetingTemplate:
    """One template. Missing for those who do not prepare meetings of its body."""
    found = session.get(MeetingTemplate, template_id)
    if found is None or found.body_id not in actor.bodies_as(*PREPARERS):
        raise Missing()
    return found


def rooms_on_file(session: Session, kept: int | None = None) -> list[Room]:
    """The rooms that can be chosen, by name; the one a meeting has already stays choosable."""
    rooms = session.scalars(select(Room).order_by(Room.name))
    return [each for each in rooms if each.retired_on is None or each.id == kept]


def copyable(session: Session, actor: Actor, limit: int = 60) -> list[Meeting]:
    """Earlier meetings that a new one can be made like, the latest first."""
    wanted = select(Meeting).where(Meeting.body_id.in_(actor.bodies_as(*PREPARERS)))
    return list(session.scalars(wanted.order_by(Meeting.starts_at.desc()).limit(limit)))


def source_of(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    """The meeting to make another one like. Missing for those who do not prepare meetings of its body."""
    found = session.get(Meeting, meeting_id)
    if found is None or found.body_id not in actor.bodies_as(*PREPARERS):
        raise Missing()
    return found


def room_line(room: Room) -> dict[str, Any]:
    """A room in the choice of the form."""
    return {"id": room.id, "name": room.name, "place": room.place, "capacity": room.capacity}
