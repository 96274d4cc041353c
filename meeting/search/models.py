"""Passages: what can be found, as text. The database is the truth; the index only proposes passages from it."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.organization.models import Body
from meeting.search.rules import KINDS
from meeting.tables import Base, Code, Id, LongText, Name, reference


class Passage(Base):
    """One findable piece: a notice's line, a page of a paper, an item. Who may read it is asked anew at every search."""

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("kind", "source_id", "part"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        Index("ix_passage_meeting", "meeting_id", "kind"),
        Index("ix_passage_waiting", "id", sqlite_where=text("indexed != revision")),
    )
    id: Mapped[Id]
    kind: Mapped[Code]
    source_id: Mapped[int]  # the row it was taken from: a notice, minutes, a submission, an item …
    part: Mapped[int]  # the line, the page; 0: the whole or its head
    page: Mapped[int | None]  # of the document that is opened
    document_id: Mapped[int | None]  # the file that is opened
    meeting_id: Mapped[int] = reference("meeting.id")
    body_id: Mapped[int] = reference("body.id")
    item_id: Mapped[int | None] = reference("item.id")
    symbol: Mapped[Name] = mapped_column(default="")
    title: Mapped[Name]
    text: Mapped[LongText]
    dated: Mapped[date]
    revision: Mapped[int] = mapped_column(default=1)  # raised when the text changes
    indexed: Mapped[int] = mapped_column(default=0)  # the revision that the index has
    body: Mapped[Body] = relationship(lazy="joined")


class StaleMark(Base):
    """That something findable of a meeting changed and its passages are to be read anew. Counted, so that no change is lost."""

    __tablename__ = "stale_mark"
    kind: Mapped[Code] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = reference("meeting.id", primary_key=True)
    times: Mapped[int] = mapped_column(default=1)
