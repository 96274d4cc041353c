"""Minutes with their versions; the documents a meeting ends in, with their lines: conclusions, resolutions, decisions."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.rules import Line
from meeting.organization.models import OfficialNumber, Person, Unit
from meeting.permissions import Action, Actor, Role, hat
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference
from meeting.voting.models import Question

WRITERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.SYSTEM, hat(Action.WRITE_CONCLUSIONS)})
INSIDE_READERS = WRITERS | {Role.MEMBER, Role.INSPECTOR}


class Minutes(Base):
    """The minutes of one meeting: drafted by the system, edited as text, fixed by a signature."""

    __tablename__ = "minutes"
    __table_args__ = (CheckConstraint("state IN ('draft', 'signed')", name="state_known"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", unique=True)
    state: Mapped[Code] = mapped_column(default="draft")
    text: Mapped[LongText]
    version: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[Moment]
    signed_at: Mapped[Moment | None]
    signed_by_id: Mapped[int | None] = reference("person.id")
    second_signed_at: Mapped[Moment | None]  # of the secretary, where two sign: before the presiding person
    second_signed_by_id: Mapped[int | None] = reference("person.id")
    correcting: Mapped[LongText] = mapped_column(default="")  # why signed minutes are open again; empty: they are not
    corrections: Mapped[int] = mapped_column(default=0)
    sealing: Mapped[Code] = mapped_column(default="")  # how they were signed: mark, key, outside
    number_id: Mapped[int | None] = reference("official_number.id", unique=True)
    document_id: Mapped[int | None] = reference("file.id")  # the PDF, once the worker has set it
    laid_out_id: Mapped[int | None] = reference("file.id")  # with open places for signatures
    signed_file_id: Mapped[int | None] = reference("file.id")  # with the signatures so far
    verify_code: Mapped[Code | None] = mapped_column(unique=True)  # leads to the page that says whether a copy is genuine
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id], lazy="joined")
    second_signed_by: Mapped[Person | None] = relationship(foreign_keys=[second_signed_by_id], lazy="joined")
    number: Mapped[OfficialNumber | None] = relationship(lazy="joined")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """A draft is the office's and the chair's; signed minutes are read by members and inspectors too."""
        readers = INSIDE_READERS if self.state == "signed" else WRITERS
        return self.meeting.hats_of(actor, session) & readers


class MinutesVersion(Base):
    """How the minutes stood after each change. Nothing is overwritten."""

    __tablename__ = "minutes_version"
    __table_args__ = (UniqueConstraint("minutes_id", "version"),)
    id: Mapped[Id]
    minutes_id: Mapped[int] = reference("minutes.id")
    version: Mapped[int]
    text: Mapped[LongText]
    edited_at: Mapped[Moment]
    edited_by_id: Mapped[int | None] = reference("person.id")  # None: drafted by the system
    reason: Mapped[LongText] = mapped_column(default="")  # of the correction it begins
    signed_at: Mapped[Moment | None]  # when this version was signed
    signed_by_id: Mapped[int | None] = reference("person.id")
    second_signed_at: Mapped[Moment | None]  # by the secretary, where two sign
    second_signed_by_id: Mapped[int | None] = reference("person.id")
    document_id: Mapped[int | None] = reference("file.id")  # its signed PDF
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    second_signed_by: Mapped[Person | None] = relationship(foreign_keys=[second_signed_by_id])
    edited_by: Mapped[Person | None] = relationship(foreign_keys=[edited_by_id], lazy="joined")


class MinutesPart(Base):
    """What the secretary writes on one item while the meeting runs; without an item: on the meeting as a whole."""

    __tablename__ = "minutes_part"
    __table_args__ = (UniqueConstraint("meeting_id", "item_id"),)
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    item_id: Mapped[int | None] = reference("item.id")
    text: Mapped[LongText] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    edited_at: Mapped[Moment]
    edited_by_id: Mapped[int | None] = reference("person.id")
    edited_by: Mapped[Person | None] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship()

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """What is being written is the office's and the chair's, as a draft of the minutes is."""
        return self.meeting.hats_of(actor, session) & WRITERS


class MinutesPartVersion(Base):
    """How a part stood after each change. Nothing is overwritten."""

    __tablename__ = "minutes_part_version"
    __table_args__ = (UniqueConstraint("part_id", "version"),)
    id: Mapped[Id]
    part_id: Mapped[int] = reference("minutes_part.id")
    version: Mapped[int]
    text: Mapped[LongText]
    edited_at: Mapped[Moment]
    edited_by_id: Mapped[int | None] = reference("person.id")
    edited_by: Mapped[Person | None] = relationship(lazy="joined")


class Instrument(Base):
    """A document that a meeting ends in (văn bản): drafted, approved, signed, numbered, issued. A meeting may have several.

    Two families share the way and the editor: `Notice` tells what was concluded, `Resolution` decides. The table keeps the
    name of the family it began with.
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'approved', 'signed', 'numbered', 'issued')", name="state_known"),
        CheckConstraint("state != 'issued' OR (number_id IS NOT NULL AND issued_on IS NOT NULL)", name="issued_numbered"),
        CheckConstraint("relation IN ('', 'corrects', 'replaces', 'withdraws')", name="relation_known"),
        CheckConstraint("(relation = '') = (about_id IS NULL)", name="relation_names_document"),
        Index("ix_notice_meeting_id", "meeting_id"),
        Index("ix_notice_about_id", "about_id"),
    )
    __mapper_args__ = {"polymorphic_on": "family"}
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    family: Mapped[Code] = mapped_column(default="conclusion")  # conclusion, decision
    kind: Mapped[Code] = mapped_column(default="TB")  # TB, KL; NQ, QĐ
    state: Mapped[Code] = mapped_column(default="draft")
    item_id: Mapped[int | None] = reference("item.id")  # the matter it is on; None: the whole meeting
    question_id: Mapped[int | None] = reference("question.id")  # the vote that carries it
    abstract: Mapped[LongText]
    grounds: Mapped[LongText] = mapped_column(default="")  # căn cứ, one a line
    opening: Mapped[LongText]
    closing: Mapped[LongText]
    recipients: Mapped[LongText]  # one a line
    authority: Mapped[LongText] = mapped_column(default="")  # above the signature, one a line; empty: as the body's form has it
    signer_id: Mapped[int | None] = reference("person.id")  # who is to sign; None: as form and rule book have it
    version: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[Moment]
    drafted_by_id: Mapped[int] = reference("person.id")
    edited_at: Mapped[Moment | None]
    edited_by_id: Mapped[int | None] = reference("person.id")
    submitted_at: Mapped[Moment | None]  # shown to the chair for approval
    sent_back_reason: Mapped[LongText] = mapped_column(default="")
    approved_at: Mapped[Moment | None]
    approved_by_id: Mapped[int | None] = reference("person.id")
    signed_at: Mapped[Moment | None]
    signed_by_id: Mapped[int | None] = reference("person.id")
    sealing: Mapped[Code] = mapped_column(default="")  # how it was signed: mark, key, outside
    numbered_at: Mapped[Moment | None]
    numbered_by_id: Mapped[int | None] = reference("person.id")
    locked_at: Mapped[Moment | None]  # the body's signature is on it
    locked_by_id: Mapped[int | None] = reference("person.id")
    issued_at: Mapped[Moment | None]
    issued_by_id: Mapped[int | None] = reference("person.id")
    issued_on: Mapped[date | None]  # the date printed on the paper
    number_id: Mapped[int | None] = reference("official_number.id", unique=True)
    laid_out_id: Mapped[int | None] = reference("file.id")  # the PDF with open places for signatures, number and date
    signed_file_id: Mapped[int | None] = reference("file.id")  # the same with the signatures so far
    document_id: Mapped[int | None] = reference("file.id")  # the PDF that is issued
    text_digest: Mapped[str] = mapped_column(String(64), default="")  # of the words that were laid out
    verify_code: Mapped[Code | None] = mapped_column(unique=True)  # leads to the page that says whether a copy is genuine
    published_at: Mapped[Moment | None]
    published_by_id: Mapped[int | None] = reference("person.id")
    about_id: Mapped[int | None] = reference("notice.id")  # the earlier document this one is about
    relation: Mapped[Code] = mapped_column(default="")  # corrects, replaces, withdraws: in force once this one is issued
    relation_reason: Mapped[LongText] = mapped_column(default="")
    corrected_at: Mapped[Moment | None]  # by a later document
    replaced_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]
    sent_up_due_on: Mapped[date | None]  # a resolution goes to the body above
    sent_up_at: Mapped[Moment | None]
    sent_up_by_id: Mapped[int | None] = reference("person.id")
    sent_up_to: Mapped[Name] = mapped_column(default="")
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    item: Mapped[Item | None] = relationship()
    question: Mapped[Question | None] = relationship()
    number: Mapped[OfficialNumber | None] = relationship(lazy="joined")
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    signer: Mapped[Person | None] = relationship(foreign_keys=[signer_id])
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    numbered_by: Mapped[Person | None] = relationship(foreign_keys=[numbered_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    about: Mapped["Instrument | None"] = relationship(remote_side="Instrument.id")
    lines: Mapped[list["NoticeLine"]] = relationship(order_by="NoticeLine.position", back_populates="notice")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Before the issue the office's and the chair's; afterwards everyone's who may see the whole meeting.

        Whoever is named to sign it reads it from the approval on.
        """
        hats = self.meeting.hats_of(actor, session)
        if self.state != "issued":
            signs = self.signer_id == actor.person_id and self.state != "draft"
            return hats & (INSIDE_READERS if signs else WRITERS)
        return hats - {Role.GUEST} if self._limited(actor, session) else hats

    def _limited(self, actor: Actor, session: Session) -> bool:
        """Whether the actor was invited to some items only, and so may not read the conclusions on the others."""
        wanted = select(Participant.item_ids).where(
            Participant.meeting_id == self.meeting_id, Participant.person_id == actor.person_id
        )
        return bool(session.scalar(wanted))


class Notice(Instrument):
    """What was concluded: thông báo kết luận (TB), of the Party also kết luận (KL)."""

    __mapper_args__ = {"polymorphic_identity": "conclusion"}


class Resolution(Instrument):
    """What was decided: nghị quyết (NQ), quyết định (QĐ). Its lines are the articles."""

    __mapper_args__ = {"polymorphic_identity": "decision"}


class InstrumentVersion(Base):
    """How a document stood after somebody's stretch of writing. Nothing is overwritten."""

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("instrument_id", "version"),)
    id: Mapped[Id]
    instrument_id: Mapped[int] = reference("notice.id")
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    edited_at: Mapped[Moment]
    edited_by_id: Mapped[int | None] = reference("person.id")
    edited_by: Mapped[Person | None] = relationship(lazy="joined")


cooperation = Table(
    "notice_line_unit",
    Base.metadata,
    Column("line_id", ForeignKey("notice_line.id"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
)


class NoticeLine(Base):
    """One conclusion, or one article; with a lead unit it becomes a task when the document is issued."""

    __tablename__ = "notice_line"
    __table_args__ = (UniqueConstraint("notice_id", "position"),)
    id: Mapped[Id]
    notice_id: Mapped[int] = reference("notice.id")
    item_id: Mapped[int | None] = reference("item.id")
    position: Mapped[int]
    title: Mapped[Name] = mapped_column(default="")  # of an article
    text: Mapped[LongText]
    version: Mapped[int] = mapped_column(default=1)
    lead_unit_id: Mapped[int | None] = reference("unit.id")
    officer_id: Mapped[int | None] = reference("person.id")  # rõ người: who does it, one person
    process: Mapped[LongText] = mapped_column(default="")  # rõ quy trình: how, in which steps
    carries_id: Mapped[int | None] = reference("notice_line.id")  # of the document this one replaces: its task goes on
    edited_at: Mapped[Moment | None]
    edited_by_id: Mapped[int | None] = reference("person.id")
    leader_id: Mapped[int | None] = reference("person.id")  # lãnh đạo phụ trách
    due_on: Mapped[date | None]
    no_due: Mapped[bool] = mapped_column(default=False)
    product: Mapped[Name] = mapped_column(default="")
    notice: Mapped[Instrument] = relationship(back_populates="lines")
    item: Mapped[Item | None] = relationship(lazy="joined")
    lead_unit: Mapped[Unit | None] = relationship(lazy="joined")
    leader: Mapped[Person | None] = relationship(foreign_keys=[leader_id], lazy="joined")
    officer: Mapped[Person | None] = relationship(foreign_keys=[officer_id], lazy="joined")
    cooperating: Mapped[list[Unit]] = relationship(secondary=cooperation, order_by=Unit.name, lazy="selectin")

    @property
    def meeting_id(self) -> int:
        """So that changes of a line are told in its meeting's journal."""
        return self.notice.meeting_id

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Those of its notice."""
        return self.notice.hats_of(actor, session)

    def as_rule(self) -> Line:
        """The line as the rules see it."""
        helpers = tuple(unit.id for unit in self.cooperating)
        return Line(self.text, self.lead_unit_id, helpers, self.leader_id, self.due_on, self.no_due, self.product)
