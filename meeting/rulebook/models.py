"""Kinds of meetings, the rules that hold for them from day to day, and the days that differ from the ordinary calendar."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.organization.models import Body
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Name, reference


class MeetingType(Base):
    """A kind of meeting of a body. Its rules are in its rule books."""

    __tablename__ = "meeting_type"
    __table_args__ = (UniqueConstraint("body_id", "code"),)
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    code: Mapped[Code]
    name: Mapped[Name]
    retired_on: Mapped[date | None]
    body: Mapped[Body] = relationship()
    books: Mapped[list["RuleBook"]] = relationship(back_populates="type", order_by="RuleBook.starts_on")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its body."""
        return actor.roles_in(self.body_id)


class RuleBook(Base):
    """The rules of one kind of meeting while they are in force, each with its source.

    A book that an issued meeting follows is never changed: a new rule makes a new book from a day on.
    """

    __tablename__ = "rule_book"
    __table_args__ = (
        UniqueConstraint("type_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("approver IN ('none', 'chair', 'chief')", name="approver_known"),
        CheckConstraint("head_approval IN ('none', 'optional', 'required')", name="head_approval_known"),
        CheckConstraint("substitutes IN ('none', 'speaks', 'votes')", name="substitutes_known"),
        CheckConstraint("summons IN ('invitation', 'decision')", name="summons_known"),
    )
    id: Mapped[Id]
    type_id: Mapped[int] = reference("meeting_type.id")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    instrument: Mapped[LongText] = mapped_column(default="")  # the law or regulation, with its articles
    sources: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # rule: {"article", "verified", "note"}
    verified: Mapped[bool] = mapped_column(default=True)  # False: some rule here was not read in a primary text
    programme_days: Mapped[int] = mapped_column(default=0)  # before the day of the meeting, laid before the approver
    programme_unit: Mapped[Code] = mapped_column(default="working")  # working or calendar days
    papers_due_days: Mapped[int]
    papers_due_unit: Mapped[Code] = mapped_column(default="working")
    invite_days: Mapped[int]
    invite_unit: Mapped[Code] = mapped_column(default="working")
    check_days: Mapped[int] = mapped_column(default=2)  # working days in which the office answers on a dossier
    approver: Mapped[Code] = mapped_column(default="none")  # of the programme: none, chair, chief
    head_approval: Mapped[Code] = mapped_column(default="optional")  # of papers by the unit's head
    substitutes: Mapped[Code] = mapped_column(default="none")  # none, speaks, votes
    substitute_consent: Mapped[bool] = mapped_column(default=True)  # of the chair
    substitutable: Mapped[Code] = mapped_column(default="members")  # members or all
    closed: Mapped[bool] = mapped_column(default=False)  # họp kín unless the meeting says otherwise
    summons: Mapped[Code] = mapped_column(default="invitation")  # invitation or decision (quyết định triệu tập)
    sequence: Mapped[list[Any]] = mapped_column(Json, default=list)  # stages of papers owed for an item
    voters: Mapped[Code] = mapped_column(default="members")  # whose total counts: members of the body, or those invited
    quorum: Mapped[Code] = mapped_column(default="2/3")  # share of all who have a vote; "0": none is asked for
    majority: Mapped[Code] = mapped_column(default="more_than_half")  # rule of voting.rules
    tie: Mapped[Code] = mapped_column(default="none")  # or chair_side
    choices: Mapped[Code] = mapped_column(default="for against")  # of an open vote, in their fixed order
    notice_required: Mapped[bool] = mapped_column(default=True)  # a conclusion notice must follow
    notice_days: Mapped[int] = mapped_column(default=3)
    notice_unit: Mapped[Code] = mapped_column(default="calendar")
    signer: Mapped[Code] = mapped_column(default="chair")  # who signs papers of the meeting: chair or chief
    speech_seconds: Mapped[int] = mapped_column(default=420)
    debate_seconds: Mapped[int] = mapped_column(default=120)
    question_seconds: Mapped[int] = mapped_column(default=60)
    explain_seconds: Mapped[int] = mapped_column(default=180)
    answer_seconds: Mapped[int] = mapped_column(default=180)  # of whoever is questioned
    warn_seconds: Mapped[int] = mapped_column(default=30)  # before the end of a turn
    floor_order: Mapped[Code] = mapped_column(default="registration")  # or unspoken_first
    debate_first: Mapped[bool] = mapped_column(default=False)  # a debate goes before new speakers
    turns_per_item: Mapped[int] = mapped_column(default=0)  # 0: no limit
    check_in: Mapped[Code] = mapped_column(default="self")  # or code: only with the code at the seat or the door
    remote: Mapped[Code] = mapped_column(default="full")  # who takes part from elsewhere: full, speaks, none
    elections: Mapped[Code] = mapped_column(default="each")  # for or against each person, or choose (up to as many as seats)
    electronic_votes: Mapped[LongText] = mapped_column(default="")  # the clause that lets secret votes on people be electronic
    missing_names: Mapped[bool] = mapped_column(default=True)  # in open votes the chair sees who has not voted
    minutes_signers: Mapped[Code] = mapped_column(default="both")  # chief; both: the secretary, then who presided; chair
    longest_minutes: Mapped[int] = mapped_column(default=0)  # a meeting of this kind lasts at most so long; 0: no rule
    type: Mapped[MeetingType] = relationship(back_populates="books")

    @property
    def needs_approval(self) -> bool:
        """Whether somebody has to approve the programme before it is issued."""
        return self.approver != "none"

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its kind of meeting."""
        return self.type.hats_of(actor, session)


class CalendarDay(Base):
    """A day that differs from the ordinary calendar: off (a compensatory day) or worked (a make-up Saturday)."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    works: Mapped[bool]
    name: Mapped[Name] = mapped_column(default="")  # what is said on the calendar
    source: Mapped[LongText] = mapped_column(default="")  # the decision that says so
