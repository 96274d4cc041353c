"""Notifications to people, and what became of their mails."""

from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.organization.models import Person
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference


class Notification(Base):
    """Something one person is told. The words come from the kind and the facts, in the reader's language."""

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_person", "person_id", "seen_at"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    meeting_id: Mapped[int | None] = reference("meeting.id", index=True)
    kind: Mapped[Code]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    url: Mapped[Name]
    once: Mapped[str | None] = mapped_column(unique=True)  # of a reminder: it is made only once
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(lazy="joined")


class Delivery(Base):
    """The mail of a notification: waiting, sent, failed (and why), or without an address to send it to."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'no_address')", name="state_known"),
        Index("ix_delivery_state", "state", "next_try_at"),
    )
    id: Mapped[Id]
    notification_id: Mapped[int] = reference("notification.id", unique=True)
    meeting_id: Mapped[int | None] = reference("meeting.id", index=True)
    address: Mapped[Name]
    state: Mapped[Code] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[LongText] = mapped_column(default="")
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    next_try_at: Mapped[Moment | None]
    notification: Mapped[Notification] = relationship(lazy="joined")
    meeting: Mapped[Meeting | None] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting."""
        return self.meeting.hats_of(actor, session) if self.meeting else frozenset()
