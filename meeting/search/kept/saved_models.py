"""What people keep of their searching. Theirs alone: nobody else is shown it, and nothing of it stands in the journal."""

from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting.search.kept.saved_rules import address
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference


class SavedSearch(Base):
    """A question that somebody keeps under a name, and may be told of when something new answers it."""

    __tablename__ = "saved_search"
    __table_args__ = (Index("ix_saved_search_person_id", "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    name: Mapped[Name]
    question: Mapped[dict[str, Any]] = mapped_column(Json)  # the words and the filters, as in the page's address
    alert: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    seen_seq: Mapped[int] = mapped_column(default=0)  # up to which change of the passages it was asked
    known: Mapped[LongText | None]  # passages that answered when it was saved: a change of their document is no new hit
    waiting: Mapped[list[Any] | None] = mapped_column(Json)  # passages that may answer but that the owner may not read yet

    @property
    def url(self) -> str:
        """The page that asks the same again."""
        return address(self.question)


class SavedHit(Base):
    """A document that answered a saved search after it was saved."""

    __tablename__ = "saved_hit"
    __table_args__ = (UniqueConstraint("saved_id", "kind", "source_id"),)
    id: Mapped[Id]
    saved_id: Mapped[int] = reference("saved_search.id")
    kind: Mapped[Code]
    source_id: Mapped[int]
    found_at: Mapped[Moment]
    seen_at: Mapped[Moment | None]


class RecentSearch(Base):
    """What somebody looked for lately, the same words once."""

    __tablename__ = "recent_search"
    __table_args__ = (UniqueConstraint("person_id", "typed"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    typed: Mapped[Name]
    question: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[Moment]

    @property
    def url(self) -> str:
        """The page that asks the same again."""
        return address(self.question)
