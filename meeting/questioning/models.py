"""The promises made before a council."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Actor, Role
from meeting.speaking.models import QuestionGroup
from meeting.tables import Base, Code, Id, LongText, Moment, reference

PROMISE_STATES = ("open", "kept", "lapsed")


class Promise(Base):
    """Something promised before a council, until it is kept. Never deleted."""

    __tablename__ = "promise"
    __table_args__ = (
        CheckConstraint(f"state IN {PROMISE_STATES}", name="state_known"),
        Index("ix_promise_due", "body_id", "state", "due_on"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    group_id: Mapped[int | None] = reference("question_group.id")
    floor_id: Mapped[int | None] = reference("floor.id")  # the question or answer it came from
    person_id: Mapped[int] = reference("person.id")  # who promised
    unit_id: Mapped[int | None] = reference("unit.id")  # who does it
    text: Mapped[LongText]
    due_on: Mapped[date]
    state: Mapped[Code] = mapped_column(default="open")
    kept_on: Mapped[date | None]
    kept_note: Mapped[LongText] = mapped_column(default="")
    kept_by_id: Mapped[int | None] = reference("person.id")
    made_at: Mapped[Moment]
    noted_by_id: Mapped[int] = reference("person.id")
    body: Mapped[Body] = relationship()
    meeting: Mapped[Meeting] = relationship()
    group: Mapped[QuestionGroup | None] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    unit: Mapped[Unit | None] = relationship(lazy="joined")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of the body to which it was given, and of the meeting."""
        return actor.roles_in(self.body_id) | self.meeting.hats_of(actor, session)
