"""Questions with what stands on the paper, registers of electors, receipts, ballots, counting committees and results.

Who voted (`Receipt`) and what was voted (`SealedBallot`, `BareBallot`) share no key, time or order in a secret vote.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.organization.models import Person
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
    form: Mapped[Code] = mapped_column(default="matter")  # what stands on the ballot paper: voting.forms.FORMS
    on_paper: Mapped[bool] = mapped_column(default=False)  # kind hand: secret paper ballots counted by the committee
    seats: Mapped[int] = mapped_column(default=0)  # how many are to be elected; 0: all who stand
    office: Mapped[Name] = mapped_column(default="")  # chức danh: what they are elected to or dismissed from
    explanation: Mapped[LongText] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)  # in the list of questions
    seconds: Mapped[int] = mapped_column(default=0)  # time to vote; 0: until the chair closes
    again_of_id: Mapped[int | None] = reference("question.id")  # the question that is voted on again
    round: Mapped[int] = mapped_column(default=1)
    basis: Mapped[LongText] = mapped_column(default="")  # the clause that lets a secret vote on people be electronic
    committee_id: Mapped[int | None] = reference("counting_committee.id")
    figures: Mapped[dict[str, Any] | None] = mapped_column(Json)  # what the committee counted
    figures_by_id: Mapped[int | None] = reference("person.id")
    figures_at: Mapped[Moment | None]
    figures_confirmed_by_id: Mapped[int | None] = reference("person.id")
    figures_confirmed_at: Mapped[Moment | None]
    opened_present: Mapped[int] = mapped_column(default=0)  # members in the room when the box opened
    quorum_need: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[Moment | None]
    ends_at: Mapped[Moment | None]  # the box closes by itself
    paused_at: Mapped[Moment | None]  # since when its clock stands still
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
    lines: Mapped[list["QuestionLine"]] = relationship(order_by="QuestionLine.position", cascade="all, delete-orphan")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its item, and so of its meeting; and who sits on its counting committee counts."""
        hats = self.item.hats_of(actor, session)
        if not hats or self.committee_id is None:
            return hats
        seat = session.get(CountingSeat, (self.committee_id, actor.person_id))
        return hats | {Role.COUNTER} if seat else hats

    def hats_of_many(self, actors: Sequence[Actor], session: Session) -> dict[int, frozenset[Role]]:
        """The same for many people in one query, but for the committee; only guests are limited to items, and have no vote."""
        return self.meeting.hats_of_many(actors, session)


class QuestionLine(Base):
    """One person or proposition on a ballot paper."""

    __tablename__ = "question_line"
    __table_args__ = (UniqueConstraint("question_id", "position"),)
    id: Mapped[Id]
    question_id: Mapped[int] = reference("question.id", index=True)
    position: Mapped[int]  # 1, 2, 3 …
    title: Mapped[Name]  # the name as it is printed, or the proposition
    person_id: Mapped[int | None] = reference("person.id")
    office: Mapped[Name] = mapped_column(default="")  # chức vụ, chức danh
    detail: Mapped[Name] = mapped_column(default="")  # year of birth, present post


class CountingCommittee(Base):
    """Ban kiểm phiếu: elected in a meeting to count paper ballots."""

    __tablename__ = "counting_committee"
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    elected_by_id: Mapped[int | None] = mapped_column(default=None)  # the question that elected it
    formed_at: Mapped[Moment]
    formed_by_id: Mapped[int] = reference("person.id")
    dissolved_at: Mapped[Moment | None]
    seats: Mapped[list["CountingSeat"]] = relationship(cascade="all, delete-orphan")


class CountingSeat(Base):
    """Somebody on a counting committee: its head or a member."""

    __tablename__ = "counting_seat"
    committee_id: Mapped[int] = reference("counting_committee.id", primary_key=True)
    person_id: Mapped[int] = reference("person.id", primary_key=True)
    post: Mapped[Code]  # head, member
    person: Mapped[Person] = relationship(lazy="joined")


class VoteReview(Base):
    """A stretch of time in which everybody looks through the list of questions before the votes."""

    __tablename__ = "vote_review"
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    started_at: Mapped[Moment]
    started_by_id: Mapped[int] = reference("person.id")
    ended_at: Mapped[Moment | None]
    ended_by_id: Mapped[int | None] = reference("person.id")


class ReadyMark(Base):
    """That an elector said "ready" before the box opened."""

    __tablename__ = "ready_mark"
    __table_args__ = ({"sqlite_with_rowid": False},)
    question_id: Mapped[int] = reference("question.id", primary_key=True)
    person_id: Mapped[int] = reference("person.id", primary_key=True)
    at: Mapped[Moment]


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
    choice: Mapped[Code]  # empty where the paper has lines
    text: Mapped[LongText] = mapped_column(default="")
    marks: Mapped[dict[str, Any] | None] = mapped_column(Json)  # the mark on each line, by its id as text
    spoken: Mapped[bool] = mapped_column(default=False)  # ghi hộ: said aloud, entered by the secretary, confirmed by the chair


class SpokenBallot(Base):
    """A choice said aloud in an open vote by somebody whose tablet failed, as the secretary entered it."""

    __tablename__ = "spoken_ballot"
    __table_args__ = (CheckConstraint("state IN ('asked', 'confirmed', 'refused', 'lapsed')", name="state_known"),)
    id: Mapped[Id]
    question_id: Mapped[int] = reference("question.id", index=True)
    person_id: Mapped[int] = reference("person.id")
    choice: Mapped[Code] = mapped_column(default="")
    marks: Mapped[dict[str, Any] | None] = mapped_column(Json)
    text: Mapped[LongText] = mapped_column(default="")
    reason: Mapped[LongText] = mapped_column(default="")
    entered_by_id: Mapped[int] = reference("person.id")
    entered_at: Mapped[Moment]
    state: Mapped[Code] = mapped_column(default="asked")
    decided_by_id: Mapped[int | None] = reference("person.id")
    decided_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id], lazy="joined")


class SealedBallot(Base):
    """A secret ballot while the box is open: sealed text under a random key. No time, no row number, no name."""

    __tablename__ = "sealed_ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    question_id: Mapped[int] = reference("question.id")
    box: Mapped[bytes] = mapped_column(LargeBinary)


class BareBallot(Base):
    """A secret ballot after the close: a bare choice under a fresh nonce, written in shuffled order.

    A paper with lines gives one row for each line, all shuffled together: no ballot can be known by its pattern.
    """

    __tablename__ = "bare_ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)
    nonce: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    question_id: Mapped[int] = reference("question.id")
    choice: Mapped[Code]
    line_id: Mapped[int | None] = mapped_column(default=None)


class Result(Base):
    """What the close found: written once; only a tie may be settled later, by a recorded statement."""

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
    lines: Mapped[list[Any] | None] = mapped_column(Json)  # what came out for each line: see voting.tally
    invalid: Mapped[int] = mapped_column(default=0)
    issued: Mapped[int] = mapped_column(default=0)  # paper ballots given out
    returned: Mapped[int] = mapped_column(default=0)
    here: Mapped[int] = mapped_column(default=0)  # members in the room at the close
    quorum_need: Mapped[int] = mapped_column(default=0)
    quorum_met: Mapped[bool] = mapped_column(default=True)  # at the close; a loss is noted, it voids nothing
    spoken: Mapped[int] = mapped_column(default=0)  # ballots entered by the secretary
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))  # of the fingerprints of open ballots
    settled_side: Mapped[Code] = mapped_column(default="")  # a tie settled by a statement: for, against
    settled_text: Mapped[LongText] = mapped_column(default="")
    settled_at: Mapped[Moment | None]
    settled_by_id: Mapped[int | None] = reference("person.id")
