"""What units owe, what they sent, and who has read it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Item, Meeting
from meeting.catalogues.models import CatalogueEntry
from meeting.documents.models import File
from meeting.materials.guard import keep
from meeting.materials.lateness import DECISIONS, EXTENSION_STATES
from meeting.materials.life import AUDIENCES, HEAD_WORDS, STATES, VERSION_STATES
from meeting.organization.models import Person, Unit
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

HANDED_OUT = ("accepted", "returned")
UNIT_ROLES = frozenset({Role.OFFICER, Role.HEAD})


class Requirement(Base):
    """A paper that one unit is asked to prepare for a meeting, usually for one item."""

    __tablename__ = "requirement"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("first_late_minutes IS NULL OR first_late_minutes >= 0", name="late_not_negative"),
        CheckConstraint("(first_received_at IS NULL) = (first_late_minutes IS NULL)", name="first_receipt_whole"),
        CheckConstraint("overdue_minutes >= 0", name="overdue_not_negative"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience_known"),
        CheckConstraint(f"late_decision IN {('', *DECISIONS)}", name="late_decision_known"),
        CheckConstraint("(late_decision = '') = (late_decision_at IS NULL)", name="late_decision_whole"),
        Index("ix_requirement_meeting_id", "meeting_id"),
        Index("ix_requirement_unit_id", "unit_id"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id")
    item_id: Mapped[int | None] = reference("item.id")
    unit_id: Mapped[int] = reference("unit.id")
    what: Mapped[Name]  # "Tờ trình dự toán ngân sách năm 2027"
    form: Mapped[LongText] = mapped_column(default="")  # what it must hold, in which form
    document_type_id: Mapped[int | None] = reference("catalogue_entry.id")  # tờ trình, báo cáo …
    stage: Mapped[Code] = mapped_column(default="")  # its place in the book's sequence of papers
    audience: Mapped[Code] = mapped_column(default="all")  # all, members, office
    takeable: Mapped[Code] = mapped_column(default="original")  # what readers may take away: original, copy, none
    due_at: Mapped[Moment]  # in force now
    asked_due_at: Mapped[Moment | None]  # when it was due as first asked; never changed (older rows: see `first_due_at`)
    due_reason: Mapped[LongText] = mapped_column(default="")  # empty: the rule of the book
    overdue_minutes: Mapped[int] = mapped_column(default=0)  # lateness that had run up before more time was given
    asked_by: Mapped[int] = reference("person.id")
    asked_at: Mapped[Moment]
    state: Mapped[Code] = mapped_column(default="asked")
    begun_at: Mapped[Moment | None]  # the unit said that it prepares it
    begun_by: Mapped[int | None] = reference("person.id")
    draft_file_id: Mapped[int | None] = reference("file.id")  # what the unit works on, for its own eyes
    draft_by: Mapped[int | None] = reference("person.id")
    draft_at: Mapped[Moment | None]
    draft_message: Mapped[LongText] = mapped_column(default="")
    first_received_at: Mapped[Moment | None]  # set once, never changed: the store refuses it too
    first_late_minutes: Mapped[int | None]
    reminded_at: Mapped[Moment | None]
    late_decision: Mapped[Code] = mapped_column(default="")  # of the chair: accepted, postponed, read_out, refused
    late_decision_at: Mapped[Moment | None]
    late_decision_by: Mapped[int | None] = reference("person.id")
    late_decision_preset: Mapped[Code] = mapped_column(default="")  # the reason chosen with one tap
    late_decision_reason: Mapped[LongText] = mapped_column(default="")  # in words
    published_at: Mapped[Moment | None]  # first made readable
    meeting: Mapped[Meeting] = relationship()
    item: Mapped[Item | None] = relationship()
    unit: Mapped[Unit] = relationship(lazy="joined")
    asker: Mapped[Person] = relationship(foreign_keys=[asked_by])
    beginner: Mapped[Person | None] = relationship(foreign_keys=[begun_by])
    drafter: Mapped[Person | None] = relationship(foreign_keys=[draft_by])
    draft: Mapped[File | None] = relationship(foreign_keys=[draft_file_id])
    late_decider: Mapped[Person | None] = relationship(foreign_keys=[late_decision_by])
    document_type: Mapped[CatalogueEntry | None] = relationship()
    submissions: Mapped[list["Submission"]] = relationship(back_populates="requirement", order_by="Submission.number")
    extensions: Mapped[list["Extension"]] = relationship(back_populates="requirement", order_by="Extension.id")
    due_changes: Mapped[list["DueChange"]] = relationship(back_populates="requirement", order_by="DueChange.id")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its item or meeting; the hats of unit officers count only for their own unit's papers."""
        subject = self.item or self.meeting
        hats = subject.hats_of(actor, session)
        return hats if actor.unit_id == self.unit_id else hats - UNIT_ROLES

    @property
    def latest(self) -> "Submission | None":
        """The newest version."""
        return self.submissions[-1] if self.submissions else None

    @property
    def shown(self) -> "Submission | None":
        """The version that participants read: the newest published one."""
        return next((each for each in reversed(self.submissions) if each.is_published), None)

    @property
    def at_office(self) -> "Submission | None":
        """The version that waits for the office."""
        return next((each for each in reversed(self.submissions) if each.state == "sent"), None)

    @property
    def at_head(self) -> "Submission | None":
        """The version that waits for the unit's head."""
        return next((each for each in reversed(self.submissions) if each.state == "with_head"), None)

    @property
    def last_received(self) -> "Submission | None":
        """The newest version that reached the office."""
        return next((each for each in reversed(self.submissions) if each.received_at is not None), None)

    @property
    def first_due_at(self) -> datetime:
        """When it was due as first asked."""
        return self.asked_due_at or (self.due_changes[0].before if self.due_changes else self.due_at)

    @property
    def open_extension(self) -> "Extension | None":
        """The request for more time that waits for an answer."""
        return next((each for each in self.extensions if each.state == "asked"), None)


class Submission(Base):
    """One version of a paper. The time of receipt is the server's and never changes; none while it lies with the unit's head."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("requirement_id", "number"),
        CheckConstraint(f"state IN {VERSION_STATES}", name="state_known"),
        CheckConstraint("late_minutes IS NULL OR late_minutes >= 0", name="late_not_negative"),
        CheckConstraint("(received_at IS NULL) = (late_minutes IS NULL)", name="receipt_whole"),
        CheckConstraint("state IN ('with_head', 'rejected', 'replaced') OR received_at IS NOT NULL", name="received_once_sent"),
        CheckConstraint(f"head_word IN {HEAD_WORDS}", name="head_word_known"),
        Index("ix_submission_file_id", "file_id"),
        Index("ix_submission_requirement_id", "requirement_id"),
    )
    id: Mapped[Id]
    requirement_id: Mapped[int] = reference("requirement.id")
    number: Mapped[int]  # 1, 2, 3: "bản 2"
    file_id: Mapped[int] = reference("file.id")
    received_at: Mapped[Moment | None]  # by the office
    sent_by: Mapped[int] = reference("person.id")
    laid_at: Mapped[Moment | None]  # before the unit's head
    head_id: Mapped[int | None] = reference("person.id")  # who approved, rejected, or made it as a head
    head_at: Mapped[Moment | None]
    head_word: Mapped[Code] = mapped_column(default="")
    head_reason: Mapped[LongText] = mapped_column(default="")
    due_at: Mapped[Moment | None]  # the due time it was judged against
    late_minutes: Mapped[int | None]
    late_reason: Mapped[LongText] = mapped_column(default="")
    message: Mapped[LongText] = mapped_column(default="")  # a word to the office
    state: Mapped[Code] = mapped_column(default="sent")
    answer_due_at: Mapped[Moment | None]  # until when the office answers (book.check_days)
    taken_up_at: Mapped[Moment | None]
    taken_up_by: Mapped[int | None] = reference("person.id")
    checks: Mapped[dict[str, Any] | None] = mapped_column(Json)  # {complete, form, signed: yes | no | na}
    check_reasons: Mapped[dict[str, Any] | None] = mapped_column(Json)  # what failed each of them
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = reference("person.id")  # None on a returned one: the system, because of the file
    return_reason: Mapped[LongText] = mapped_column(default="")
    published_at: Mapped[Moment | None]
    symbol: Mapped[Code] = mapped_column(default="")  # "12/TTr-UBND"
    authority_id: Mapped[int | None] = reference("catalogue_entry.id")  # who issued it
    signed_on: Mapped[date | None]
    requirement: Mapped[Requirement] = relationship(back_populates="submissions")
    file: Mapped[File] = relationship(lazy="joined")
    sender: Mapped[Person] = relationship(foreign_keys=[sent_by], lazy="joined")
    head: Mapped[Person | None] = relationship(foreign_keys=[head_id])
    checker: Mapped[Person | None] = relationship(foreign_keys=[taken_up_by])
    decider: Mapped[Person | None] = relationship(foreign_keys=[decided_by])
    authority: Mapped[CatalogueEntry | None] = relationship()

    @property
    def is_published(self) -> bool:
        """Whether participants read it (or a newer one); also while it is put right, until it is taken back."""
        return self.state in HANDED_OUT and self.published_at is not None

    @property
    def handed_at(self) -> datetime | None:
        """When the unit handed it on: to its head or to the office."""
        return self.laid_at or self.received_at

    @property
    def meeting_id(self) -> int:
        """The meeting whose journal tells of it."""
        return self.requirement.meeting_id

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its requirement."""
        return self.requirement.hats_of(actor, session)


class Extension(Base):
    """A unit asked for more time, and what the office answered. The old due time stays here for ever."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint(f"state IN {EXTENSION_STATES}", name="state_known"),
        CheckConstraint("late_minutes >= 0", name="late_not_negative"),
        Index("ix_extension_requirement_id", "requirement_id"),
    )
    id: Mapped[Id]
    requirement_id: Mapped[int] = reference("requirement.id")
    asked_by: Mapped[int] = reference("person.id")
    asked_at: Mapped[Moment]
    due_before: Mapped[Moment]  # in force when it was asked
    late_minutes: Mapped[int] = mapped_column(default=0)  # already run up then
    wanted_due_at: Mapped[Moment]
    reason: Mapped[LongText]
    state: Mapped[Code] = mapped_column(default="asked")
    granted_due_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = reference("person.id")
    decided_at: Mapped[Moment | None]
    answer: Mapped[LongText] = mapped_column(default="")
    requirement: Mapped[Requirement] = relationship(back_populates="extensions")
    asker: Mapped[Person] = relationship(foreign_keys=[asked_by], lazy="joined")
    decider: Mapped[Person | None] = relationship(foreign_keys=[decided_by], lazy="joined")

    @property
    def meeting_id(self) -> int:
        """The meeting whose journal tells of it."""
        return self.requirement.meeting_id

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its requirement."""
        return self.requirement.hats_of(actor, session)


class DueChange(Base):
    """One change of a due time: from when to when, why, and the lateness that had run up by then."""

    __tablename__ = "due_change"
    __table_args__ = (
        CheckConstraint("kind IN ('rule', 'office', 'granted', 'returned')", name="kind_known"),
        Index("ix_due_change_requirement_id", "requirement_id"),
    )
    id: Mapped[Id]
    requirement_id: Mapped[int] = reference("requirement.id")
    before: Mapped[Moment]
    after: Mapped[Moment]
    kind: Mapped[Code]
    reason: Mapped[LongText] = mapped_column(default="")
    overdue_minutes: Mapped[int] = mapped_column(default=0)
    changed_by: Mapped[int | None] = reference("person.id")  # None: the system, because the meeting was moved
    changed_at: Mapped[Moment]
    requirement: Mapped[Requirement] = relationship(back_populates="due_changes")


class ReadingMark(Base):
    """How far somebody has read a document."""

    __tablename__ = "reading_mark"
    __table_args__ = (UniqueConstraint("file_id", "person_id"), Index("ix_reading_mark_person_id", "person_id"))
    id: Mapped[Id]
    file_id: Mapped[int] = reference("file.id")
    person_id: Mapped[int] = reference("person.id")
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    last_page: Mapped[int]
    seen_pages: Mapped[list[Any]] = mapped_column(Json)
    seconds: Mapped[int] = mapped_column(default=0)  # spent with the paper open and looked at


keep(Requirement.__table__)  # type: ignore[arg-type]
keep(Submission.__table__)  # type: ignore[arg-type]
