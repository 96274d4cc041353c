"""What calendars outside hold of a meeting, answers that came by mail, private feeds, and weekly programmes."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.organization.models import Body, Person
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference


class CalendarState(Base):
    """How far the calendars of the invited have to be: the sequence of the meeting's appointment."""

    __tablename__ = "calendar_state"
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    called_off: Mapped[bool] = mapped_column(default=False)  # cancelled, or postponed without a date
    changed_at: Mapped[Moment]


class CalendarInvitation(Base):
    """The appointment one invited person holds. The token stands in its UID: only who got the invitation can answer it."""

    __tablename__ = "calendar_invitation"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    token: Mapped[str] = mapped_column(String(60), unique=True)
    raised: Mapped[int] = mapped_column(default=0)  # added to the meeting's sequence: taken off the list, put on it again
    withdrawn_at: Mapped[Moment | None]
    created_at: Mapped[Moment]


class CalendarFeed(Base):
    """A private address of one's own calendar: 256 random bits, of which only the SHA-256 is kept."""

    __tablename__ = "calendar_feed"
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id", index=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    shows_closed: Mapped[bool] = mapped_column(default=False)  # titles of closed meetings; otherwise they say "Họp"
    created_at: Mapped[Moment]
    read_at: Mapped[Moment | None]  # last fetched, to the hour
    revoked_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(lazy="joined")


class MailedReply(Base):
    """A mail that came to the calendar's mailbox and what became of it. Remembered, so that the same mail counts once."""

    __tablename__ = "mailed_reply"
    id: Mapped[Id]
    message_id: Mapped[str] = mapped_column(String(300), unique=True)
    meeting_id: Mapped[int | None] = reference("meeting.id", index=True)
    person_id: Mapped[int | None] = reference("person.id")
    sender: Mapped[Name] = mapped_column(default="")
    answer: Mapped[Code] = mapped_column(default="")
    words: Mapped[LongText] = mapped_column(default="")
    delegate_id: Mapped[int | None] = reference("person.id")  # who is proposed to come instead, when known
    delegate: Mapped[Name] = mapped_column(default="")  # the address that was named
    outcome: Mapped[Code]
    note: Mapped[Name] = mapped_column(default="")  # the refusal, or why it could not be read
    received_at: Mapped[Moment]
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    proposed: Mapped[Person | None] = relationship(foreign_keys=[delegate_id])
    meeting: Mapped[Meeting | None] = relationship()


class WeekProgramme(Base):
    """The work calendar of a body for one week: a draft until it is published; then what was published is kept word for word."""

    __tablename__ = "week_programme"
    __table_args__ = (
        UniqueConstraint("body_id", "monday"),
        CheckConstraint("state IN ('draft', 'published')", name="state_known"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    monday: Mapped[date]
    state: Mapped[Code] = mapped_column(default="draft")
    version: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[Moment | None]
    published_by: Mapped[int | None] = reference("person.id")
    lines: Mapped[list[Any] | None] = mapped_column(Json)  # as published; closed meetings too, shown only to who may know
    document_id: Mapped[int | None] = reference("file.id")  # without closed meetings: for everybody in the body
    full_document_id: Mapped[int | None] = reference("file.id")  # with them: for the office and the chair
    body: Mapped[Body] = relationship(lazy="joined")
    publisher: Mapped[Person | None] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its body."""
        return self.body.hats_of(actor, session)


class WeekEntry(Base):
    """Work of a week that is no meeting: a visit, a reception of citizens, a trip."""

    __tablename__ = "week_entry"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        Index("ix_week_entry_body", "body_id", "starts_at"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    title: Mapped[Name]
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment | None]
    chair: Mapped[Name] = mapped_column(default="")  # who leads it, as printed
    people: Mapped[Name] = mapped_column(default="")  # who takes part, as printed
    place: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[Moment]
    removed_at: Mapped[Moment | None]
    body: Mapped[Body] = relationship(lazy="joined")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its body."""
        return self.body.hats_of(actor, session)
