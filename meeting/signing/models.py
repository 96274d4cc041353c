"""The certificates that people and bodies sign with. Secrets are never kept: they are typed when somebody signs."""

from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.organization.models import Body, Person
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference


class SigningKey(Base):
    """One certificate with its key: a file as it came (PKCS#12, locked by its own secret), or a place on a token (PKCS#11)."""

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("kind IN ('pkcs12', 'pkcs11')", name="kind_known"),
        CheckConstraint("(person_id IS NULL) != (body_id IS NULL)", name="one_owner"),
        Index("ix_signing_key_person_id", "person_id"),
        Index("ix_signing_key_body_id", "body_id"),
    )
    id: Mapped[Id]
    person_id: Mapped[int | None] = reference("person.id")
    body_id: Mapped[int | None] = reference("body.id")
    name: Mapped[Name]
    kind: Mapped[Code]
    file: Mapped[Name] = mapped_column(default="")  # in the folder of keys
    module: Mapped[Name] = mapped_column(default="")  # of a token: which driver of those the server allows
    token: Mapped[Name] = mapped_column(default="")
    label: Mapped[Name] = mapped_column(default="")
    subject: Mapped[LongText] = mapped_column(default="")
    issuer: Mapped[LongText] = mapped_column(default="")
    serial: Mapped[Name] = mapped_column(default="")
    fingerprint: Mapped[Name] = mapped_column(default="")  # SHA-256 of the certificate
    valid_from: Mapped[Moment | None]
    valid_until: Mapped[Moment | None]
    added_at: Mapped[Moment]
    added_by_id: Mapped[int] = reference("person.id")
    retired_at: Mapped[Moment | None]
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    body: Mapped[Body | None] = relationship(foreign_keys=[body_id])

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Of a body's key the roles there; one's own key is nobody else's."""
        if self.body_id is not None:
            return actor.roles_in(self.body_id)
        return frozenset({Role.MEMBER}) if actor.person_id == self.person_id else frozenset()
