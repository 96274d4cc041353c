"""A written round: what is asked, the frozen register, the papers, the answers by name, its deadlines and its result."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.documents.models import File
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Action, Actor, Role, hat
from meeting.rounds.rules import DECISIONS, SIGNED, STATES
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

#: Roles of a body that know of a round before it is sent; after the sending clerk and inspector read it too.
PREPARING = frozenset({Role.CHAIR, Role.SECRETARY, Role.CHIEF, hat(Action.KEEP_ROUNDS)})
READING = PREPARING | {Role.CLERK, Role.INSPECTOR, hat(Action.READ_ROUNDS)}
#: Who reads what everybody answered, by name (phiếu lấy ý kiến is signed by name), once the round is closed.
NAMING = PREPARING


class OpinionRound(Base):
    """A matter that the members of a body are asked about in writing, between two meetings. Its result is written once."""

    __tablename__ = "opinion_round"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(f"signed_reply IN {SIGNED}", name="signed_reply_known"),
        CheckConstraint(f"decision IN {('', *DECISIONS)}", name="decision_known"),
        Index("ix_opinion_round_state", "state", "due_at"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id", index=True)
    title: Mapped[Name]
    text: Mapped[LongText] = mapped_column(default="")
    options: Mapped[list[Any]] = mapped_column(Json)  # keys in their fixed order
    rule: Mapped[Code]  # a rule of voting.majority
    tie: Mapped[Code]  # none or chair_side
    ground: Mapped[Code]  # why in writing: a key of rules.GROUNDS
    ground_text: Mapped[LongText] = mapped_column(default="")
    due_at: Mapped[Moment]  # the present one; earlier ones stand with the extensions
    state: Mapped[Code] = mapped_column(default="draft")
    officer_id: Mapped[int] = reference("person.id")  # cán bộ phụ trách
    unit_id: Mapped[int | None] = reference("unit.id")  # who submits the matter
    signed_reply: Mapped[Code] = mapped_column(default="none")
    changeable: Mapped[bool] = mapped_column(default=True)  # an answer may be changed until the close
    wanted: Mapped[list[Any]] = mapped_column(Json)  # ids of people a draft is for; empty: all members of the body
    total: Mapped[int] = mapped_column(default=0)  # of which the share is taken, frozen with the register
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)  # frozen at the close, with the exact numbers
    decision: Mapped[Code] = mapped_column(default="")
    decision_text: Mapped[LongText] = mapped_column(default="")
    reason: Mapped[LongText] = mapped_column(default="")  # of a cancellation
    reported_meeting_id: Mapped[int | None] = reference("meeting.id", index=True)
    reported_item_id: Mapped[int | None] = reference("item.id")
    synthesis_id: Mapped[int | None] = reference("file.id", index=True)  # the printed synthesis, made when it is reported
    created_by_id: Mapped[int] = reference("person.id")
    created_at: Mapped[Moment]
    sent_by_id: Mapped[int | None] = reference("person.id")
    sent_at: Mapped[Moment | None]
    closed_by_id: Mapped[int | None] = reference("person.id")  # None: by its deadline
    closed_at: Mapped[Moment | None]
    decided_by_id: Mapped[int | None] = reference("person.id")
    decided_at: Mapped[Moment | None]
    cancelled_at: Mapped[Moment | None]
    reported_at: Mapped[Moment | None]
    body: Mapped[Body] = relationship(lazy="joined")
    officer: Mapped[Person] = relationship(foreign_keys=[officer_id], lazy="joined")
    unit: Mapped[Unit | None] = relationship()
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    reported_meeting: Mapped[Meeting | None] = relationship()
    reported_item: Mapped[Item | None] = relationship()
    members: Mapped[list["RoundMember"]] = relationship(back_populates="round", order_by="RoundMember.position")
    papers: Mapped[list["RoundPaper"]] = relationship(back_populates="round", order_by="RoundPaper.position, RoundPaper.id")
    answers: Mapped[list["RoundAnswer"]] = relationship(back_populates="round", order_by="RoundAnswer.first_at")
    extensions: Mapped[list["RoundExtension"]] = relationship(back_populates="round", order_by="RoundExtension.id")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """The office, the chair and the inspector by their role in the body; a member only when asked, the officer always.

        Whoever has charge of a round keeps it as the desk does. Nobody else knows of it, other members of the body included.
        """
        if actor.only_meeting is not None:
            return frozenset()
        sent = self.sent_at is not None
        hats = set(actor.roles_in(self.body_id) & (READING if sent else PREPARING))
        if actor.person_id == self.officer_id:
            hats.add(Role.SECRETARY)
        if sent and any(each.person_id == actor.person_id for each in self.members):
            hats.add(Role.MEMBER)
        return frozenset(hats)

    @property
    def asked(self) -> int:
        """How many are on the register."""
        return len(self.members)

    @property
    def over(self) -> bool:
        """Whether no opinions are taken any more."""
        return self.state in ("closed", "decided", "cancelled")


class RoundMember(Base):
    """Somebody on the frozen register of a round."""

    __tablename__ = "round_member"
    round_id: Mapped[int] = reference("opinion_round.id", primary_key=True)
    person_id: Mapped[int] = reference("person.id", primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
    unit_id: Mapped[int | None] = reference("unit.id")  # as it was when the round was sent
    seen_at: Mapped[Moment | None]
    reminded_at: Mapped[Moment | None]  # by hand, the last time
    reminders: Mapped[int] = mapped_column(default=0)
    round: Mapped[OpinionRound] = relationship(back_populates="members")
    person: Mapped[Person] = relationship(lazy="joined")
    unit: Mapped[Unit | None] = relationship(lazy="joined")


class RoundPaper(Base):
    """One paper of the dossier."""

    __tablename__ = "round_paper"
    __table_args__ = (UniqueConstraint("round_id", "file_id"),)
    id: Mapped[Id]
    round_id: Mapped[int] = reference("opinion_round.id", index=True)
    file_id: Mapped[int] = reference("file.id", index=True)
    title: Mapped[Name]
    position: Mapped[int]
    added_at: Mapped[Moment]
    added_by_id: Mapped[int] = reference("person.id")
    round: Mapped[OpinionRound] = relationship(back_populates="papers")
    file: Mapped[File] = relationship(lazy="joined")


class RoundAnswer(Base):
    """What a member answered: the last answer before the close counts."""

    __tablename__ = "round_answer"
    round_id: Mapped[int] = reference("opinion_round.id", primary_key=True)
    person_id: Mapped[int] = reference("person.id", primary_key=True)
    choice: Mapped[Code]
    text: Mapped[LongText] = mapped_column(default="")
    file_id: Mapped[int | None] = reference("file.id", index=True)  # the signed reply, or the scan of the paper slip
    at: Mapped[Moment]
    first_at: Mapped[Moment]
    changes: Mapped[int] = mapped_column(default=0)
    entered_by_id: Mapped[int | None] = reference("person.id")  # of a paper slip: who entered it; None: the member
    round: Mapped[OpinionRound] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    file: Mapped[File | None] = relationship()

    @property
    def on_paper(self) -> bool:
        """Whether it came as a signed slip on paper."""
        return self.entered_by_id is not None


class RoundExtension(Base):
    """A deadline that was moved: the old one stays on file."""

    __tablename__ = "round_extension"
    id: Mapped[Id]
    round_id: Mapped[int] = reference("opinion_round.id", index=True)
    old_due_at: Mapped[Moment]
    new_due_at: Mapped[Moment]
    reason: Mapped[LongText]
    at: Mapped[Moment]
    by_id: Mapped[int] = reference("person.id")
    round: Mapped[OpinionRound] = relationship(back_populates="extensions")
    by: Mapped[Person] = relationship()
