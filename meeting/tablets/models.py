"""The devices on which accounts read."""

from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting.tables import Base, Id, LongText, Moment, Name, reference
from meeting.tablets.pins import MOST_TRIES


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
    paired_at: Mapped[Moment | None]  # handed over by the desk: from then on its owner comes in with a PIN
    pin_hash: Mapped[LongText] = mapped_column(default="", server_default="")  # argon2; empty: no PIN holds now
    pin_tries: Mapped[int] = mapped_column(default=0, server_default="0")  # taken since the last right PIN
    locked_at: Mapped[Moment | None]  # its sessions have ended; the PIN opens it again
    lost_at: Mapped[Moment | None]  # reported as lost
    cleared_at: Mapped[Moment | None]  # taken off, and the device itself said that nothing is left on it
    battery: Mapped[int | None]  # percent, where the browser tells
    charging: Mapped[bool | None]

    @property
    def is_blocked(self) -> bool:
        """Whether so many wrong PINs were given that only the desk opens it again."""
        return bool(self.pin_hash) and self.pin_tries >= MOST_TRIES


class TabletPairing(Base):
    """A one-time address with which a browser becomes somebody's tablet. Of the address and of the short code only hashes."""

    __tablename__ = "tablet_pairing"
    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    code_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[Moment]
    made_by: Mapped[int] = reference("person.id")
    ends_at: Mapped[Moment]
    used_at: Mapped[Moment | None]
    tablet_id: Mapped[int | None] = reference("tablet.id")  # what came of it
