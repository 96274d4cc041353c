"""Who is in the room, and where the meeting stands."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.live.rules import PRESENCES
from meeting.organization.models import Person
from meeting.tables import Base, Code, Id, Json, LongText, Moment, reference


class Attendance(Base):
    """One participant's presence at one meeting. No row: not here yet."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint(f"presence IN {PRESENCES}", name="presence_known"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    presence: Mapped[Code]
    how: Mapped[Code] = mapped_column(default="")  # known by: self, code, clerk
    arrived_at: Mapped[Moment | None]
    left_at: Mapped[Moment | None]
    corrected_at: Mapped[Moment | None]
    corrected_by: Mapped[int | None] = reference("person.id")
    reason: Mapped[LongText] = mapped_column(default="")  # of the last correction
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")


class Progress(Base):
    """Where a running meeting stands: since when the current item runs, the page shown, the chair's word to all."""

    __tablename__ = "progress"
    meeting_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_since: Mapped[Moment | None]  # None while the meeting rests
    document_id: Mapped[int | None]
    page: Mapped[int | None]
    shown_by: Mapped[int | None] = reference("person.id")
    shown_at: Mapped[Moment | None]
    shown_from: Mapped[Code] = mapped_column(default="")  # which screen of the leader leads
    point: Mapped[list[Any] | None] = mapped_column(Json)  # boxes of the passage that glows, in thousandths of the page
    notice: Mapped[LongText] = mapped_column(default="")
    notice_at: Mapped[Moment | None]
    scene: Mapped[Code] = mapped_column(default="auto")  # what the big screen shows; auto: what happens
    scene_until: Mapped[Moment | None]
    scene_ref: Mapped[int | None]
    scene_text: Mapped[LongText] = mapped_column(default="")
    adjourned_at: Mapped[Moment | None]  # set while the meeting waits for another day
    reopened_at: Mapped[Moment | None]  # when it last went on after that; the roll call was taken anew for it
    floor_closed: Mapped[bool] = mapped_column(default=False)  # nobody asks for the floor any more but for points of order


class ItemRun(Base):
    """One stretch of time in which an item was dealt with; a pause ends it, the resumption begins another."""

    __tablename__ = "item_run"
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    item_id: Mapped[int] = reference("item.id", index=True)
    started_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class Handover(Base):
    """The chair let a deputy preside over the meeting, or over one item, from then to then."""

    __tablename__ = "handover"
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    item_id: Mapped[int | None] = reference("item.id")  # None: the whole meeting
    from_id: Mapped[int] = reference("person.id")
    to_id: Mapped[int] = reference("person.id")
    reason: Mapped[LongText] = mapped_column(default="")
    at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    to: Mapped[Person] = relationship(foreign_keys=[to_id], lazy="joined")
