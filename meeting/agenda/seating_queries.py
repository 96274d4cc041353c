"""What may be read of the seats: everybody who may read a meeting may see its seating plan, as they see who is invited."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import OVER_STATES
from meeting.agenda.seating_models import Seat, Seating
from meeting.agenda.seating_rules import Invited, in_order
from meeting.catalogues.models import Room
from meeting.catalogues.plans import Plan, plan_of
from meeting.catalogues.queries import position_names


@dataclass(frozen=True)
class Seated:
    """The seats of a meeting: its plan (empty when none was taken), who sits where, and who is invited, in order of honour."""

    seating: Seating | None
    plan: Plan
    seats: dict[str, int]
    people: list[Invited]

    @property
    def names(self) -> dict[int, str]:
        """The names of the invited."""
        return {each.id: each.name for each in self.people}

    @property
    def without(self) -> list[Invited]:
        """Who has no seat and did not report an absence."""
        seated = set(self.seats.values())
        return [each for each in self.people if each.id not in seated and not each.absent]


def seated(session: Session, meeting: Meeting) -> Seated:
    """Everything about the seats of a meeting in four queries."""
    seating = session.scalar(select(Seating).where(Seating.meeting_id == meeting.id))
    rows = session.execute(select(Seat.label, Seat.person_id).where(Seat.meeting_id == meeting.id))
    people = in_order(invited(session, meeting), position_names(session))
    return Seated(seating, plan_of(seating.plan if seating else None), {row.label: row.person_id for row in rows}, people)


def invited(session: Session, meeting: Meeting) -> list[Invited]:
    """Who can be seated: everybody on the list, with what the order of honour needs."""
    found = list(session.scalars(select(Participant).where(Participant.meeting_id == meeting.id)))
    replaced = {each.stands_for_id for each in found}
    return [
        Invited(
            id=each.person_id,
            name=each.person.full_name,
            position=each.person.position,
            voting=each.voting or each.stands_for_id is not None,
            chairs=each.person_id == meeting.chair_id,
            keeps_minutes=each.person_id == meeting.secretary_id,
            absent=each.reply == "declined" or each.person_id in replaced,
        )
        for each in found
    ]


def own_label(session: Session, meeting_id: int, person_id: int) -> str:
    """The seat of one person; empty when there is none."""
    wanted = select(Seat.label).where(Seat.meeting_id == meeting_id, Seat.person_id == person_id)
    return session.scalar(wanted) or ""


def newer_plan(found: Seated) -> bool:
    """Whether the room has another plan now than the one this meeting was seated on."""
    if found.seating is None:
        return False
    return found.seating.room.plan_version != found.seating.room_version


def moved_to(meeting: Meeting, found: Seated) -> Room | None:
    """The room of the meeting when it is no longer the one whose seats are laid out, and has seats of its own."""
    room = meeting.room
    if found.seating is None or room is None or room.id == found.seating.room_id or not plan_of(room.plan).seats:
        return None
    return room


def in_room(room_id: int) -> ColumnElement[bool]:
    """That a meeting is still to take place in a room: it chose the room, or its seats are laid out there."""
    seated_there = select(Seating.meeting_id).where(Seating.room_id == room_id)
    there = or_(Meeting.room_id == room_id, Meeting.id.in_(seated_there))
    return and_(there, Meeting.state.not_in(OVER_STATES | {"postponed"}))


def rooms_with_plan(session: Session) -> list[Room]:
    """The rooms whose plan can be taken."""
    found = session.scalars(select(Room).where(Room.retired_on.is_(None), Room.plan.is_not(None)).order_by(Room.rank, Room.id))
    return [room for room in found if plan_of(room.plan).seats]


def state_of_seats(found: Seated) -> dict[str, Any]:
    """As it is read over the API and by the editor."""
    seating = found.seating
    return {
        "room": {"id": seating.room_id, "name": seating.room.name, "version": seating.room_version} if seating else None,
        "newer_plan": newer_plan(found),
        "plan": seating.plan if seating else None,
        "seats": found.seats,
        "people": [
            {
                "id": each.id,
                "name": each.name,
                "position": each.position,
                "group": ("chair", "member", "secretary", "guest")[each.group],
                "absent": each.absent,
            }
            for each in found.people
        ],
        "without": [each.id for each in found.without],
    }
