"""Which sittings are shown to the public, and what was public when: the register that open data are read from."""

from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting.tables import Base, Code, Id, Json, LongText, Moment, reference


class PublicSitting(Base):
    """A sitting of the council that somebody released. Taken back, its row stays, so that a tombstone tells of it."""

    __tablename__ = "public_sitting"
    meeting_id: Mapped[int] = reference("meeting.id", primary_key=True, autoincrement=False)
    shown_at: Mapped[Moment]
    shown_by_id: Mapped[int] = reference("person.id")
    hidden_at: Mapped[Moment | None]
    hidden_by_id: Mapped[int | None] = reference("person.id")
    reason: Mapped[LongText] = mapped_column(default="")  # why it was taken back


class OpenObject(Base):
    """One object as the public reads it. Nothing else is read at the doors, so nothing else can leave by them.

    `content` has no addresses of this server in it: they begin with `~` and are made whole on the way out.
    """

    __tablename__ = "open_object"
    __table_args__ = (UniqueConstraint("kind", "key"), Index("ix_open_object_modified", "kind", "modified_at"))
    id: Mapped[Id]
    kind: Mapped[Code]  # as in the address: meeting, agendaitem, paper …
    key: Mapped[Code]  # "12", "b3"
    meeting_id: Mapped[int | None] = reference("meeting.id", index=True)  # of what is public only with its sitting
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))  # of the content with what is embedded in it
    created_at: Mapped[Moment]
    modified_at: Mapped[Moment]
    deleted_at: Mapped[Moment | None]
