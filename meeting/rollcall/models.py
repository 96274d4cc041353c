"""Stretches of presence, and calls for help from a seat."""

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.live.rules import PRESENCES
from meeting.organization.models import Person
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, LongText, Moment, reference

_OPEN = text("done_at IS NULL")


class PresenceSpan(Base):
    """One stretch in which somebody's presence was the same. Without an end it lasts still."""

    __tablename__ = "presence_span"
    __table_args__ = (
        CheckConstraint(f"presence IN {PRESENCES}", name="presence_known"),
        CheckConstraint("until_at IS NULL OR until_at >= from_at", name="ends_after_start"),
        Index("ix_presence_span_of", "meeting_id", "person_id", "from_at"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    presence: Mapped[Code]
    from_at: Mapped[Moment]
    until_at: Mapped[Moment | None]
    how: Mapped[Code] = mapped_column(default="")  # known by: self, code, clerk
    set_by_id: Mapped[int | None] = reference("person.id")


class HelpCall(Base):
    """Somebody calls for help from the seat. One open call a person."""

    __tablename__ = "help_call"
    __table_args__ = (
        Index("uq_help_call_one_open", "meeting_id", "person_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    kind: Mapped[Code]  # tablet, paper, sound, other
    note: Mapped[LongText] = mapped_column(default="")
    at: Mapped[Moment]
    taken_by_id: Mapped[int | None] = reference("person.id")
    taken_at: Mapped[Moment | None]
    done_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    taken_by: Mapped[Person | None] = relationship(foreign_keys=[taken_by_id])

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting."""
        return self.meeting.hats_of(actor, session)
