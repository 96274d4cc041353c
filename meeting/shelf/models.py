"""One's own papers in folders. Nobody but their owner ever sees them."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from meeting.documents.models import File
from meeting.tables import Base, Id, LongText, Moment, Name, reference


class Folder(Base):
    """A folder of one's shelf."""

    __tablename__ = "shelf_folder"
    __table_args__ = (Index("ix_shelf_folder_person", "person_id", "parent_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    parent_id: Mapped[int | None] = reference("shelf_folder.id")
    name: Mapped[Name]
    made_at: Mapped[Moment]


class ShelfPaper(Base):
    """A paper on somebody's shelf: their own upload, or a paper of a meeting put here to be found again."""

    __tablename__ = "shelf_paper"
    __table_args__ = (UniqueConstraint("person_id", "file_id"), Index("ix_shelf_paper_folder", "person_id", "folder_id"))
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    folder_id: Mapped[int | None] = reference("shelf_folder.id")
    file_id: Mapped[int] = reference("file.id", index=True)
    title: Mapped[Name]
    added_at: Mapped[Moment]
    thrown_at: Mapped[Moment | None]
    file: Mapped[File] = relationship(lazy="joined")


class ShelfText(Base):
    """The text of one page of an own upload, folded for finding: see `rules.folded`."""

    __tablename__ = "shelf_text"
    __table_args__ = (UniqueConstraint("file_id", "page"),)
    id: Mapped[Id]
    file_id: Mapped[int] = reference("file.id")
    page: Mapped[int]
    text: Mapped[LongText]
