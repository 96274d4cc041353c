"""Requests for the floor and what became of them. The same table serves speeches and questioning (chất vấn)."""

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.organization.models import Person
from meeting.permissions import Actor, Role
from meeting.speaking.rules import KINDS, STATES
from meeting.speaking.timing import Turn
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference

_SPEAKING = text("state = 'speaking'")
_CALLED = text("state = 'called'")
_OPEN = text("state = 'open'")
GROUP_STATES = ("planned", "open", "stopped", "ended")


class QuestionGroup(Base):
    """Questions on one matter that one respondent answers. At most one group of a meeting is open."""

    __tablename__ = "question_group"
    __table_args__ = (
        CheckConstraint(f"state IN {GROUP_STATES}", name="state_known"),
        Index("uq_question_group_one_open", "meeting_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_question_group_meeting", "meeting_id", "position"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    item_id: Mapped[int | None] = reference("item.id")
    title: Mapped[Name]
    respondent_id: Mapped[int] = reference("person.id")
    position: Mapped[int]
    state: Mapped[Code] = mapped_column(default="planned")
    opened_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship()
    item: Mapped[Item | None] = relationship()
    respondent: Mapped[Person] = relationship(lazy="joined")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its item, else of its meeting."""
        return (self.item or self.meeting).hats_of(actor, session)


class Floor(Base):
    """One wish to speak, from asking to the end of the speech. At most one person speaks, and one is called, in a meeting."""

    __tablename__ = "floor"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("limit_seconds > 0", name="limit_positive"),
        CheckConstraint("kind <> 'question' OR addressee_id IS NOT NULL", name="question_has_addressee"),
        CheckConstraint("state <> 'speaking' OR started_at IS NOT NULL", name="speaking_has_start"),
        Index("uq_floor_one_speaks", "meeting_id", unique=True, sqlite_where=_SPEAKING, postgresql_where=_SPEAKING),
        Index("uq_floor_one_called", "meeting_id", unique=True, sqlite_where=_CALLED, postgresql_where=_CALLED),
        Index("ix_floor_meeting_id", "meeting_id", "state"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    item_id: Mapped[int | None] = reference("item.id")
    person_id: Mapped[int] = reference("person.id", index=True)
    addressee_id: Mapped[int | None] = reference("person.id")
    queue: Mapped[Code]  # speaking, questioning
    kind: Mapped[Code]
    subject: Mapped[Name] = mapped_column(default="")
    state: Mapped[Code] = mapped_column(default="waiting")
    place: Mapped[int] = mapped_column(default=0)  # its rank among those the chair placed; 0: by the rule
    limit_seconds: Mapped[int]
    asked_at: Mapped[Moment]
    queued_at: Mapped[Moment | None]  # since when it counts in the queue, where that is not since it was asked: skipped
    called_at: Mapped[Moment | None]
    started_at: Mapped[Moment | None]
    stopped_at: Mapped[Moment | None]
    seconds: Mapped[int] = mapped_column(default=0)  # really spoken
    paused_at: Mapped[Moment | None]  # the speech rests since then; it stays in the state "speaking"
    paused_seconds: Mapped[int] = mapped_column(default=0)  # of earlier rests
    skipped: Mapped[int] = mapped_column(default=0)  # how often the chair went past it
    written: Mapped[bool] = mapped_column(default=False)  # handed to writing instead of spoken
    entered_by_id: Mapped[int | None] = reference("person.id")  # the desk asked for them
    group_id: Mapped[int | None] = reference("question_group.id")  # of questions
    answers_id: Mapped[int | None] = reference("floor.id")  # the question this answers or follows up
    grade: Mapped[Code] = mapped_column(default="")
    grade_note: Mapped[LongText] = mapped_column(default="")
    graded_by_id: Mapped[int | None] = reference("person.id")
    graded_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship()
    item: Mapped[Item | None] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    addressee: Mapped[Person | None] = relationship(foreign_keys=[addressee_id], lazy="joined")
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id], lazy="joined")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its item, else of its meeting."""
        return (self.item or self.meeting).hats_of(actor, session)

    @property
    def turn(self) -> Turn | None:
        """Its time, once it has begun."""
        if self.started_at is None:
            return None
        return Turn(self.started_at, self.limit_seconds, self.paused_seconds, self.paused_at)
