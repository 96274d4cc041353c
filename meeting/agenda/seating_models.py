"""Who sits where in a meeting: the plan as it was taken from the room, and a row for every seat that somebody has."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.catalogues.models import Room
from meeting.organization.models import Person
from meeting.tables import Base, Code, Id, Json, Moment, reference


class Seating(Base):
    """The plan of a meeting: the room's as it was when seats were first assigned. The room may change; this does not."""

    __tablename__ = "seating"
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", unique=True)
    room_id: Mapped[int] = reference("room.id")
    room_version: Mapped[int]  # of the room's plan that was taken
    plan: Mapped[dict[str, Any]] = mapped_column(Json)  # see catalogues.plans
    taken_at: Mapped[Moment]
    room: Mapped[Room] = relationship(lazy="joined")


class Seat(Base):
    """One person on one seat. Nobody shares a seat and nobody has two."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("meeting_id", "label"), UniqueConstraint("meeting_id", "person_id"))
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    label: Mapped[Code]  # of the plan
    person_id: Mapped[int] = reference("person.id")
    person: Mapped[Person] = relationship(lazy="joined")
