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
        Index("ix_passage_waiting", "id", sqlite_where=text("indexed != revision"), postgresql_where=text("indexed != revision")),
        Index("ix_passage_seq", "seq"),
    )
    id: Mapped[Id]
    kind: Mapped[Code]
    source_id: Mapped[int]  # the row it was taken from: a notice, minutes, a submission, an item …
    part: Mapped[int]  # the line, the page; 0: the whole or its head
    page: Mapped[int | None]  # of the document that is opened
    document_id: Mapped[int | None]  # the file that is opened
    meeting_id: Mapped[int | None] = reference("meeting.id")  # None: people, units, tasks given outside meetings
    body_id: Mapped[int | None] = reference("body.id")  # None: people and units, who belong to several
    item_id: Mapped[int | None] = reference("item.id")
    unit_id: Mapped[int | None] = reference("unit.id")  # that prepared or leads it
    person_id: Mapped[int | None] = reference("person.id")  # who spoke, presents or carries it out
    state: Mapped[Code] = mapped_column(default="")  # of its source, where that is told apart: see rules
    due_on: Mapped[date | None]  # of a task or a promise, so that what is overdue can be told on any day
    place: Mapped[Name] = mapped_column(default="")  # where in the document, as it is cited: mục 2, Điều 3, trang 4
    symbol: Mapped[Name] = mapped_column(default="")
    title: Mapped[Name]
    text: Mapped[LongText]
    dated: Mapped[date]
    revision: Mapped[int] = mapped_column(default=1)  # raised when the text changes
    indexed: Mapped[int] = mapped_column(default=0)  # the revision that the index has
    seq: Mapped[int] = mapped_column(default=0)  # higher than any before at each change of the row: what is newer is found by it
    gone: Mapped[bool] = mapped_column(default=False)  # no longer there at its source: the row stays until all have heard of it
    body: Mapped[Body | None] = relationship(lazy="joined")


class StaleMark(Base):
    """That something findable changed and its passages are to be read anew. Counted, so that no change is lost."""

    __tablename__ = "stale_mark"
    kind: Mapped[Code] = mapped_column(primary_key=True)
    scope: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the meeting; 0: outside meetings
    source_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0: all of the kind there
    times: Mapped[int] = mapped_column(default=1)
