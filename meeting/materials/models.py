"""What units owe, what they sent, who has read it, and the reader's own notes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.documents.models import File
from meeting.materials.rules import STATES, VERSION_STATES
from meeting.organization.models import Person, Unit
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

UNIT_ROLES = frozenset({Role.OFFICER, Role.HEAD})


class Requirement(Base):
    """A paper that one unit is asked to prepare for a meeting, usually for one item."""

    __tablename__ = "requirement"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("first_late_minutes IS NULL OR first_late_minutes >= 0", name="late_not_negative"),
        CheckConstraint("(first_received_at IS NULL) = (first_late_minutes IS NULL)", name="first_receipt_whole"),
        Index("ix_requirement_meeting_id", "meeting_id"),
        Index("ix_requirement_unit_id", "unit_id"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    item_id: Mapped[int | None] = reference("item.id")
    unit_id: Mapped[int] = reference("unit.id")
    what: Mapped[Name]  # "Tờ trình dự toán ngân sách năm 2027"
    form: Mapped[LongText] = mapped_column(default="")  # what it must hold, in which form
    due_at: Mapped[Moment]
    due_reason: Mapped[LongText] = mapped_column(default="")  # empty: the meeting type's rule
    asked_by: Mapped[int] = reference("person.id")
    asked_at: Mapped[Moment]
    state: Mapped[Code] = mapped_column(default="asked")
    first_received_at: Mapped[Moment | None]  # set once, never changed
    first_late_minutes: Mapped[int | None]
    reminded_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship()
    item: Mapped[Item | None] = relationship()
    unit: Mapped[Unit] = relationship(lazy="joined")
    asker: Mapped[Person] = relationship(foreign_keys=[asked_by])
    submissions: Mapped[list["Submission"]] = relationship(back_populates="requirement", order_by="Submission.number")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its item or meeting; the hats of unit officers count only for their own unit's papers."""
        subject = self.item or self.meeting
        hats = subject.hats_of(actor, session)
        return hats if actor.unit_id == self.unit_id else hats - UNIT_ROLES

    @property
    def latest(self) -> "Submission | None":
        """The newest version."""
        return self.submissions[-1] if self.submissions else None

    @property
    def shown(self) -> "Submission | None":
        """The version that participants read: the newest accepted one."""
        return next((each for each in reversed(self.submissions) if each.state == "accepted"), None)


class Submission(Base):
    """One version of a paper as it was received. The time of receipt is the server's and never changes."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("requirement_id", "number"),
        CheckConstraint(f"state IN {VERSION_STATES}", name="state_known"),
        CheckConstraint("late_minutes >= 0", name="late_not_negative"),
        Index("ix_submission_file_id", "file_id"),
    )
    id: Mapped[Id]
    requirement_id: Mapped[int] = reference("requirement.id")
    number: Mapped[int]  # 1, 2, 3: "bản 2"
    file_id: Mapped[int] = reference("file.id")
    received_at: Mapped[Moment]
    sent_by: Mapped[int] = reference("person.id")
    late_minutes: Mapped[int]
    late_reason: Mapped[LongText] = mapped_column(default="")
    message: Mapped[LongText] = mapped_column(default="")  # a word to the office
    state: Mapped[Code] = mapped_column(default="sent")
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = reference("person.id")  # None on a returned one: the system, because of the file
    return_reason: Mapped[LongText] = mapped_column(default="")
    requirement: Mapped[Requirement] = relationship(back_populates="submissions")
    file: Mapped[File] = relationship(lazy="joined")
    sender: Mapped[Person] = relationship(foreign_keys=[sent_by], lazy="joined")
    decider: Mapped[Person | None] = relationship(foreign_keys=[decided_by])

    @property
    def meeting_id(self) -> int:
        """The meeting whose journal tells of it."""
        return self.requirement.meeting_id

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its requirement."""
        return self.requirement.hats_of(actor, session)


class ReadingMark(Base):
    """How far somebody has read a document."""

    __tablename__ = "reading_mark"
    __table_args__ = (UniqueConstraint("file_id", "person_id"), Index("ix_reading_mark_person_id", "person_id"))
    id: Mapped[Id]
    file_id: Mapped[int] = reference("file.id")
    person_id: Mapped[int] = reference("person.id")
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    last_page: Mapped[int]
    seen_pages: Mapped[list[Any]] = mapped_column(Json)


class Note(Base):
    """A private note on a page: nobody but its writer ever reads it."""

    __tablename__ = "note"
    __table_args__ = (UniqueConstraint("file_id", "person_id", "page"),)
    id: Mapped[Id]
    file_id: Mapped[int] = reference("file.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    page: Mapped[int]
    text: Mapped[LongText]
    written_at: Mapped[Moment]
