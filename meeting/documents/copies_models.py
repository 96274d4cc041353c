"""Copies of papers made for one reader."""

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.documents.models import File
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference

KINDS = ("stamped", "noted")
STATES = ("waiting", "making", "ready", "refused", "expired")


class Copy(Base):
    """A copy of a paper with its reader's name and the time on each page; the reader's notes too when it is `noted`."""

    __tablename__ = "copy"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        Index("ix_copy_person_id", "person_id", "asked_at"),
        Index("ix_copy_expires_at", "expires_at"),
    )
    id: Mapped[Id]
    file_id: Mapped[int] = reference("file.id", index=True)
    person_id: Mapped[int] = reference("person.id")
    kind: Mapped[Code]
    state: Mapped[Code] = mapped_column(default="waiting")
    title: Mapped[Name]  # of the paper, as the reader knew it
    bearer: Mapped[LongText]  # what stands on each page: name, office, moment
    asked_at: Mapped[Moment]
    pages_done: Mapped[int] = mapped_column(default=0)
    size_bytes: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[Moment | None]
    expires_at: Mapped[Moment]
    refusal: Mapped[Code] = mapped_column(default="")  # a code of documents.copies_rules
    overlay: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # the notes to draw; gone once it is made
    file: Mapped[File] = relationship()
