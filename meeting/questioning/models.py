"""What stands beside a question, who agrees to a group, whether an answer was clear, and the promises made before a council."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Actor, Role
from meeting.questioning.rules import Standing, standing
from meeting.speaking.models import Floor, QuestionGroup
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference

PROMISE_STATES = ("open", "kept", "lapsed")


class Inquiry(Base):
    """What stands beside a question in the queue: its whole text, and the answer in writing where one is due."""

    __tablename__ = "inquiry"
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"), primary_key=True)
    text: Mapped[LongText]
    written_reason: Mapped[Code] = mapped_column(default="")  # outside, verify, unanswered; empty: answered in the sitting
    written_since: Mapped[Moment | None]
    written_due_on: Mapped[date | None]
    answered_on: Mapped[date | None]  # in writing
    answer_note: Mapped[LongText] = mapped_column(default="")
    answer_file_id: Mapped[int | None] = reference("file.id")
    answer_noted_by_id: Mapped[int | None] = reference("person.id")
    floor: Mapped[Floor] = relationship(lazy="joined")

    @property
    def meeting_id(self) -> int:
        """Whose journal tells of it."""
        return self.floor.meeting_id

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its question."""
        return self.floor.hats_of(actor, session)


class GroupAgreement(Base):
    """A member wants this group of questions to be put (Điều 21.3)."""

    __tablename__ = "group_agreement"
    group_id: Mapped[int] = mapped_column(ForeignKey("question_group.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[Moment]


class AnswerView(Base):
    """Whether an answer was clear to somebody. Only the presiding person learns how many, nobody who."""

    __tablename__ = "answer_view"
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"), primary_key=True)  # the question
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    clear: Mapped[bool]
    at: Mapped[Moment]


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
    kept_file_id: Mapped[int | None] = reference("file.id")  # proof
    kept_link: Mapped[Name] = mapped_column(default="")  # of a task or a paper on this site
    made_at: Mapped[Moment]
    noted_by_id: Mapped[int] = reference("person.id")
    answer: Mapped[Code] = mapped_column(default="")  # of whoever promised: confirmed, objected
    answer_text: Mapped[LongText] = mapped_column(default="")
    answered_at: Mapped[Moment | None]
    body: Mapped[Body] = relationship()
    meeting: Mapped[Meeting] = relationship()
    group: Mapped[QuestionGroup | None] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    unit: Mapped[Unit | None] = relationship(lazy="joined")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of the body to which it was given, and of the meeting. Who is only a guest there knows of the own ones."""
        if actor.only_meeting not in (None, self.meeting_id):
            return frozenset()
        hats = actor.roles_in(self.body_id) | self.meeting.hats_of(actor, session)
        if hats <= {Role.GUEST} and actor.person_id != self.person_id:
            return frozenset()
        return hats

    def standing(self, today: date) -> Standing:
        """What the calendar says about it on a day."""
        return standing(self.state, self.due_on, self.kept_on, today)
