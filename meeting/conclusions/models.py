"""Minutes with their versions, conclusion notices with their lines."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.rules import Line
from meeting.organization.models import OfficialNumber, Person, Unit
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference

WRITERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.SYSTEM})
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
    number_id: Mapped[int | None] = reference("official_number.id", unique=True)
    document_id: Mapped[int | None] = reference("file.id")  # the PDF, once the worker has set it
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    signed_by: Mapped[Person | None] = relationship(lazy="joined")
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
    edited_by: Mapped[Person | None] = relationship(lazy="joined")


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


class Notice(Base):
    """The conclusion notice of one meeting (thông báo kết luận)."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'approved', 'signed', 'issued')", name="state_known"),
        CheckConstraint("state != 'issued' OR (number_id IS NOT NULL AND issued_on IS NOT NULL)", name="issued_numbered"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", unique=True)
    state: Mapped[Code] = mapped_column(default="draft")
    abstract: Mapped[LongText]
    opening: Mapped[LongText]
    closing: Mapped[LongText]
    recipients: Mapped[LongText]  # one a line
    drafted_at: Mapped[Moment]
    drafted_by_id: Mapped[int] = reference("person.id")
    submitted_at: Mapped[Moment | None]  # shown to the chair for approval
    sent_back_reason: Mapped[LongText] = mapped_column(default="")
    approved_at: Mapped[Moment | None]
    approved_by_id: Mapped[int | None] = reference("person.id")
    signed_at: Mapped[Moment | None]
    signed_by_id: Mapped[int | None] = reference("person.id")
    issued_at: Mapped[Moment | None]
    issued_by_id: Mapped[int | None] = reference("person.id")
    issued_on: Mapped[date | None]  # the date printed on the paper
    number_id: Mapped[int | None] = reference("official_number.id", unique=True)
    document_id: Mapped[int | None] = reference("file.id")  # the PDF, once the worker has set it
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    number: Mapped[OfficialNumber | None] = relationship(lazy="joined")
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    lines: Mapped[list["NoticeLine"]] = relationship(order_by="NoticeLine.position", back_populates="notice")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Before the issue the office's and the chair's; afterwards everyone's who may see the whole meeting."""
        hats = self.meeting.hats_of(actor, session)
        if self.state != "issued":
            return hats & WRITERS
        return hats - {Role.GUEST} if self._limited(actor, session) else hats

    def _limited(self, actor: Actor, session: Session) -> bool:
        """Whether the actor was invited to some items only, and so may not read the conclusions on the others."""
        wanted = select(Participant.item_ids).where(
            Participant.meeting_id == self.meeting_id, Participant.person_id == actor.person_id
        )
        return bool(session.scalar(wanted))


cooperation = Table(
    "notice_line_unit",
    Base.metadata,
    Column("line_id", ForeignKey("notice_line.id"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
)


class NoticeLine(Base):
    """One conclusion; with a lead unit it becomes a task when the notice is issued."""

    __tablename__ = "notice_line"
    __table_args__ = (UniqueConstraint("notice_id", "position"),)
    id: Mapped[Id]
    notice_id: Mapped[int] = reference("notice.id")
    item_id: Mapped[int | None] = reference("item.id")
    position: Mapped[int]
    text: Mapped[LongText]
    lead_unit_id: Mapped[int | None] = reference("unit.id")
    leader_id: Mapped[int | None] = reference("person.id")  # lãnh đạo phụ trách
    due_on: Mapped[date | None]
    no_due: Mapped[bool] = mapped_column(default=False)
    product: Mapped[Name] = mapped_column(default="")
    notice: Mapped[Notice] = relationship(back_populates="lines")
    item: Mapped[Item | None] = relationship(lazy="joined")
    lead_unit: Mapped[Unit | None] = relationship(lazy="joined")
    leader: Mapped[Person | None] = relationship(lazy="joined")
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
