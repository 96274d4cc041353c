"""Guides as the office changed them, the pictures and videos in them, and the remarks of users."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.documents.models import File
from meeting.guides.rules import KINDS, STATES
from meeting.organization.models import Person
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference


class GuideVersion(Base):
    """A guide as somebody saved it. `as_shipped`: from here on the text that comes with the product holds again."""

    __tablename__ = "guide_version"
    __table_args__ = (UniqueConstraint("guide", "language", "number"),)
    id: Mapped[Id]
    guide: Mapped[Code]
    language: Mapped[Code]
    number: Mapped[int]
    text: Mapped[LongText]
    shipped_sha256: Mapped[str] = mapped_column(String(64))  # of the shipped text that the editor knew
    shipped_text: Mapped[LongText]  # and the text itself, to show what has changed since
    as_shipped: Mapped[bool] = mapped_column(default=False)
    restores: Mapped[int | None]  # the number of the version that was brought back
    written_by: Mapped[int] = reference("person.id")
    written_at: Mapped[Moment]
    writer: Mapped[Person] = relationship(lazy="joined")


class GuideFile(Base):
    """A picture or a video that can stand in guides."""

    __tablename__ = "guide_file"
    __table_args__ = (CheckConstraint("kind IN ('picture', 'video')", name="kind_known"),)
    id: Mapped[Id]
    kind: Mapped[Code]
    title: Mapped[Name]  # read out where the picture cannot be seen
    file_id: Mapped[int | None] = reference("file.id", index=True)  # a picture: read and drawn anew like every file
    sha256: Mapped[str] = mapped_column(String(64), default="")  # a video
    media_type: Mapped[Name] = mapped_column(default="")
    size_bytes: Mapped[int] = mapped_column(default=0)
    added_by: Mapped[int] = reference("person.id")
    added_at: Mapped[Moment]
    file: Mapped[File | None] = relationship(lazy="joined")


class KeyWish(Base):
    """Somebody who wants no keyboard shortcuts. No row: they hold."""

    __tablename__ = "key_wish"
    person_id: Mapped[int] = mapped_column(primary_key=True)
    off: Mapped[bool] = mapped_column(default=True)


class Remark(Base):
    """What a user told of a page, and what the administrator answered."""

    __tablename__ = "remark"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind_known"),
        CheckConstraint(f"state IN {tuple(STATES)}", name="state_known"),
        Index("ix_remark_state", "state", "given_at"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id", index=True)
    kind: Mapped[Code]
    text: Mapped[LongText]
    page: Mapped[LongText] = mapped_column(default="")  # its address within the site
    browser: Mapped[LongText] = mapped_column(default="")
    given_at: Mapped[Moment]
    state: Mapped[Code] = mapped_column(default="new")
    answer: Mapped[LongText] = mapped_column(default="")
    answered_by: Mapped[int | None] = reference("person.id")
    answered_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    answerer: Mapped[Person | None] = relationship(foreign_keys=[answered_by])
