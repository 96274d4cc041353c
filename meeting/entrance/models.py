"""What is kept of second steps and of identities at a provider. No code, secret or token stands here in clear."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting.tables import Base, Id, LongText, Moment, Name, reference


class SecondStep(Base):
    """The authenticator application of an account. The secret is sealed with the installation's key file."""

    __tablename__ = "second_step"
    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", unique=True)
    sealed: Mapped[LongText]  # the secret in use; empty until the first one is confirmed
    offered: Mapped[LongText] = mapped_column(default="")  # a secret shown, not confirmed yet
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)  # the thirty seconds of the last code that was taken: never again


class RecoveryCode(Base):
    """One of ten codes for the day on which the telephone is lost: its keyed hash, and when it was used."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "digest"),)
    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=True)
    digest: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class OutsideIdentity(Base):
    """Who an account is at the provider of identities: found again by issuer and subject only, never by a name."""

    __tablename__ = "outside_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=True)
    issuer: Mapped[Name]
    subject: Mapped[Name]
    called: Mapped[Name] = mapped_column(default="")  # how the provider names the person, to recognise it on the profile
    linked_at: Mapped[Moment]
