"""One matter on the programmes of several meetings: an item and the earlier item that it goes on from."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from meeting.agenda.models import Item
from meeting.organization.models import Person
from meeting.tables import Base, Code, Id, Moment, reference


class ItemLink(Base):
    """That an item goes on with an earlier one. Items that hang together this way are one matter."""

    __tablename__ = "item_link"
    __table_args__ = (
        UniqueConstraint("item_id", "earlier_id"),
        CheckConstraint("item_id != earlier_id", name="two_items"),
        CheckConstraint("how IN ('copied', 'deferred', 'sitting', 'linked')", name="how_known"),
        Index("ix_item_link_earlier_id", "earlier_id"),
    )
    id: Mapped[Id]
    item_id: Mapped[int] = reference("item.id")
    earlier_id: Mapped[int] = reference("item.id")
    how: Mapped[Code]  # copied with its meeting, put off to this one, carried into a sitting, linked by hand
    linked_at: Mapped[Moment]
    linked_by_id: Mapped[int | None] = reference("person.id")  # None: by the system
    item: Mapped[Item] = relationship(foreign_keys=[item_id])
    earlier: Mapped[Item] = relationship(foreign_keys=[earlier_id])
    linked_by: Mapped[Person | None] = relationship(foreign_keys=[linked_by_id])


class ItemsApart(Base):
    """Said by the desk: these two items are not one matter, so nobody is asked again whether they are. The smaller id first."""

    __tablename__ = "items_apart"
    one_id: Mapped[int] = reference("item.id", primary_key=True)
    other_id: Mapped[int] = reference("item.id", primary_key=True)
    said_at: Mapped[Moment]
    said_by_id: Mapped[int] = reference("person.id")
