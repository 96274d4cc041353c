"""Questions, their registers of electors, receipts, ballots and results.

Who voted (`Receipt`) and what was voted (`SealedBallot`, `BareBallot`) share no key, time or order in a secret vote.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference
from meeting.voting.rules import KINDS, STATES


class Question(Base):
    """A matter put to the vote. What counts is frozen on it before the box opens."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        UniqueConstraint("public_key"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    item_id: Mapped[int] = reference("item.id")
    title: Mapped[Name]
    kind: Mapped[Code]
    rule: Mapped[Code]  # a rule of voting.majority
    tie: Mapped[Code]  # none or chair_side
    options: Mapped[list[Any]] = mapped_column(Json)  # keys in their fixed order
    changeable: Mapped[bool] = mapped_column(default=True)  # an open ballot may be changed until the close
    state: Mapped[Code] = mapped_column(default="draft")
    total: Mapped[int] = mapped_column(default=0)  # all members of the body, frozen with the register
    hand_counts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    hand_chair: Mapped[Code | None]  # the chair's side in a show of hands, for a tie
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    reason: Mapped[LongText] = mapped_column(default="")  # of a cancellation
    prepared_by: Mapped[int] = reference("person.id")
    prepared_at: Mapped[Moment]
    opened_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    published_at: Mapped[Moment | None]
    cancelled_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    item: Mapped[Item] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its item, and so of its meeting."""
        return self.item.hats_of(actor, session)

    def hats_of_many(self, actors: Sequence[Actor], session: Session) -> dict[int, frozenset[Role]]:
        """The same for many people in one query; only guests are limited to items, and they have no vote."""
        return self.meeting.hats_of_many(actors, session)


class Elector(Base):
    """Somebody on the frozen register of a question."""

    __tablename__ = "elector"
    __table_args__ = ({"sqlite_with_rowid": False},)
    question_id: Mapped[int] = reference("question.id", primary_key=True)
    person_id: Mapped[int] = reference("person.id", primary_key=True)


class Receipt(Base):
    """That somebody's ballot is in, and when it was received. Never which; kept in the order of people, not of arrival."""

    __tablename__ = "receipt"
    __table_args__ = ({"sqlite_with_rowid": False},)
    question_id: Mapped[int] = reference("question.id", primary_key=True)
    person_id: Mapped[int] = reference("person.id", primary_key=True)
    at: Mapped[Moment]


class OpenBallot(Base):
    """What somebody voted in an open vote: the last one received before the close."""

    __tablename__ = "open_ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)
    question_id: Mapped[int] = reference("question.id", primary_key=True)
    person_id: Mapped[int] = reference("person.id", primary_key=True)
    choice: Mapped[Code]
    text: Mapped[LongText] = mapped_column(default="")


class SealedBallot(Base):
    """A secret ballot while the box is open: sealed text under a random key. No time, no row number, no name."""

    __tablename__ = "sealed_ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    question_id: Mapped[int] = reference("question.id")
    box: Mapped[bytes] = mapped_column(LargeBinary)


class BareBallot(Base):
    """A secret ballot after the close: a bare choice under a fresh nonce, written in shuffled order."""

    __tablename__ = "bare_ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)
    nonce: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    question_id: Mapped[int] = reference("question.id")
    choice: Mapped[Code]


class Result(Base):
    """What the close found: written once, never changed."""

    __tablename__ = "result"
    question_id: Mapped[int] = reference("question.id", primary_key=True, autoincrement=False)
    counts: Mapped[dict[str, Any]] = mapped_column(Json)
    total: Mapped[int]
    present: Mapped[int]
    cast: Mapped[int]
    base: Mapped[Code]
    base_count: Mapped[int]
    needed: Mapped[int]
    passed: Mapped[bool]
    tie: Mapped[Code] = mapped_column(default="")
