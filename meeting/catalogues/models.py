"""What forms choose from, and the rooms with their seats. An entry that is no longer used retires; nothing is deleted."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference

KINDS = ("position", "document_type", "authority")


class CatalogueEntry(Base):
    """One position, kind of document or issuing authority."""

    __tablename__ = "catalogue_entry"
    __table_args__ = (
        UniqueConstraint("kind", "style", "name"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint("style IN ('', 'state', 'party')", name="style_known"),
    )
    id: Mapped[Id]
    kind: Mapped[Code]
    name: Mapped[Name]
    style: Mapped[Code] = mapped_column(default="")  # state, party, or empty: for both
    abbreviation: Mapped[Code] = mapped_column(default="")  # "TTr" of Tờ trình, "UBND" of an authority
    parent_id: Mapped[int | None] = reference("catalogue_entry.id")  # the authority above
    rank: Mapped[int] = mapped_column(default=0)  # order in lists; positions: the highest office first
    retired_on: Mapped[date | None]

    @property
    def called(self) -> str:
        """How the entry stands in a list of choices: "Tờ trình (TTr)"."""
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name


class Room(Base):
    """A place to meet, with its seats."""

    __tablename__ = "room"
    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    place: Mapped[Name] = mapped_column(default="")  # building and address
    capacity: Mapped[int] = mapped_column(default=0)
    equipment: Mapped[LongText] = mapped_column(default="")
    rank: Mapped[int] = mapped_column(default=0)  # order in lists
    plan: Mapped[dict[str, Any] | None] = mapped_column(Json)  # see catalogues.plans
    plan_version: Mapped[int] = mapped_column(default=0)  # 0: no plan yet
    plan_saved_by_id: Mapped[int | None] = reference("person.id")
    plan_saved_at: Mapped[Moment | None]
    retired_on: Mapped[date | None]
