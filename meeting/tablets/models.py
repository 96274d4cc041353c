"""The devices on which accounts read."""

from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting.tables import Base, Id, Moment, Name, reference


class Tablet(Base):
    """A browser on a device, as one account uses it. The browser holds a random key, of which only the hash is here."""

    __tablename__ = "tablet"
    __table_args__ = (UniqueConstraint("key_sha256", "account_id"),)
    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=True)
    key_sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[Name]
    first_seen: Mapped[Moment]
    last_seen: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    revoked_by: Mapped[int | None] = reference("person.id")
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by meeting: bytes, at, version, done
    storage: Mapped[dict[str, Any]] = mapped_column(default=dict)  # persistent, installed, free_bytes
