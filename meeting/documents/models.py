"""Files and the pages read from them."""

import json
import zlib
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

NAMING = ("waiting", "reading", "ready")  # rows in these keep the bytes they name
STATES = (*NAMING, "refused", "failed")


class File(Base):
    """A file somebody sent, or one the system made. Its bytes lie in the store under the SHA-256."""

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("pages_done >= 0 AND pages_done <= page_count", name="pages_done_within"),
        Index("ix_file_sha256", "sha256"),
    )
    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[Name]  # blank once refused for secrecy
    media_type: Mapped[Name]
    size_bytes: Mapped[int]
    uploaded_by: Mapped[int | None] = reference("person.id", index=True)  # None: made by the system
    uploaded_at: Mapped[Moment]
    state: Mapped[Code] = mapped_column(default="waiting")
    page_count: Mapped[int] = mapped_column(default=0)
    pages_done: Mapped[int] = mapped_column(default=0)
    recognised_pages: Mapped[int] = mapped_column(default=0)  # read by OCR
    refusal: Mapped[Code] = mapped_column(default="")  # a code of documents.rules
    refusal_facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    ready_at: Mapped[Moment | None]
    outline: Mapped[list[Any] | None] = mapped_column(Json)  # contents: {title, page, level, found?}; None: not looked for yet
    signatures: Mapped[list[Any] | None] = mapped_column(Json)  # facts of documents.signatures; None: not looked for yet
    notes: Mapped[list[Any] | None] = mapped_column(Json)  # codes of documents.rules.NOTES
    pages: Mapped[list["Page"]] = relationship(back_populates="file", order_by="Page.number")

    @property
    def first_page_read(self) -> bool:
        """Whether the secrecy check of page 1 is behind it: before, only the sender can open it."""
        return self.state in ("reading", "ready") and self.pages_done > 0

    @property
    def was_refused(self) -> bool:
        """Whether it will never be shown."""
        return self.state in ("refused", "failed")


class Page(Base):
    """One page: its size in points, its text in NFC and its words with boxes; the images lie in the store."""

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("file_id", "number"),
        CheckConstraint("source IN ('text', 'ocr', 'none')", name="source_known"),
    )
    id: Mapped[Id]
    file_id: Mapped[int] = reference("file.id")
    number: Mapped[int]  # from 1
    width: Mapped[int]
    height: Mapped[int]
    text: Mapped[LongText]
    boxes: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    source: Mapped[Code]  # where the text is from: the file's own layer, recognition, or there is none
    file: Mapped[File] = relationship(back_populates="pages")

    @property
    def words(self) -> list[list[Any]]:
        """[left, top, right, bottom, word] in thousandths of the page's width and height, in reading order."""
        found: list[list[Any]] = json.loads(zlib.decompress(self.boxes))
        return found


def packed(words: list[list[Any]]) -> bytes:
    """Words with boxes as they are stored."""
    return zlib.compress(json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode(), 6)
