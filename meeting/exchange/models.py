"""Other systems: who they are, their keys and rights, what they asked, what they were told, calendars for them."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meeting.exchange.rules import FEED_KINDS, KINDS
from meeting.organization.models import Body, Person
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference


class Client(Base):
    """Another system that may read. Never deleted: it is switched off."""

    __tablename__ = "api_client"
    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    contact: Mapped[Name]  # who answers for it, with telephone or mail
    purpose: Mapped[LongText] = mapped_column(default="")
    on: Mapped[bool] = mapped_column("is_on", default=True)
    valid_until: Mapped[date | None]
    addresses: Mapped[list[Any]] = mapped_column(Json, default=list)  # networks it may ask from; empty: any
    per_minute: Mapped[int] = mapped_column(default=120)
    created_at: Mapped[Moment]
    created_by: Mapped[int] = reference("person.id")
    keys: Mapped[list["ClientKey"]] = relationship(order_by="ClientKey.id", back_populates="client")
    rights: Mapped[list["ClientRight"]] = relationship(order_by="ClientRight.id")
    webhooks: Mapped[list["Webhook"]] = relationship(order_by="Webhook.id", back_populates="client")


class ClientKey(Base):
    """A key: 256 random bits, of which only the SHA-256 is kept, and its last letters to tell it from another."""

    __tablename__ = "api_client_key"
    id: Mapped[Id]
    client_id: Mapped[int] = reference("api_client.id", index=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[Code] = mapped_column(default="")
    created_at: Mapped[Moment]
    ends_at: Mapped[Moment | None]
    client: Mapped[Client] = relationship(back_populates="keys", lazy="joined")


class ClientRight(Base):
    """One kind of things of one body that a client may read."""

    __tablename__ = "api_client_right"
    __table_args__ = (
        UniqueConstraint("client_id", "body_id", "kind"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind_known"),
    )
    id: Mapped[Id]
    client_id: Mapped[int] = reference("api_client.id")
    body_id: Mapped[int] = reference("body.id")
    kind: Mapped[Code]
    given_at: Mapped[Moment]
    given_by: Mapped[int] = reference("person.id")


class ApiCall(Base):
    """One call of a client. Pruned only by the retention rule, which is itself recorded."""

    __tablename__ = "api_call"
    __table_args__ = (Index("ix_api_call_client", "client_id", "at"), Index("ix_api_call_at", "at"))
    id: Mapped[Id]
    client_id: Mapped[int] = reference("api_client.id")
    at: Mapped[Moment]
    address: Mapped[Code]
    path: Mapped[Name]  # never the query
    status: Mapped[int]
    ms: Mapped[int]


class Webhook(Base):
    """An address of a client that is told of what happens. The secret is sealed with a key that is not in the store."""

    __tablename__ = "webhook"
    id: Mapped[Id]
    client_id: Mapped[int] = reference("api_client.id", index=True)
    url: Mapped[LongText]
    events: Mapped[list[Any]] = mapped_column(Json)
    secret: Mapped[LongText]
    on: Mapped[bool] = mapped_column("is_on", default=True)
    created_at: Mapped[Moment]
    failing_since: Mapped[Moment | None]
    succeeded_at: Mapped[Moment | None]
    switched_off_at: Mapped[Moment | None]  # by itself, after days of failing
    ended_at: Mapped[Moment | None]  # taken away
    client: Mapped[Client] = relationship(back_populates="webhooks", lazy="joined")


class WebhookDelivery(Base):
    """One thing that one address is told. The receiver knows it by its key, at every try the same."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'taken', 'failed', 'dropped')", name="state_known"),
        Index("ix_webhook_delivery_state", "state", "next_at"),
        Index("ix_webhook_delivery_webhook", "webhook_id", "subject"),
    )
    id: Mapped[Id]
    webhook_id: Mapped[int] = reference("webhook.id")
    key: Mapped[str] = mapped_column(String(40), unique=True)
    type: Mapped[Code]
    subject: Mapped[Code] = mapped_column(default="")  # task-3: what of one subject comes later waits for the earlier
    occurred_at: Mapped[Moment]
    state: Mapped[Code] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[Moment]  # from when the three days count: made, or sent again by hand
    next_at: Mapped[Moment]  # not before; while it is being tried: when another may try
    tried_at: Mapped[Moment | None]
    status: Mapped[int] = mapped_column(default=0)  # of the last answer; 0: there was none
    answer: Mapped[LongText] = mapped_column(default="")  # its first letters, or what went wrong
    webhook: Mapped[Webhook] = relationship(lazy="joined")


class BodyFeed(Base):
    """A calendar address of a body for other systems and portals: 256 random bits, of which only the SHA-256 is kept."""

    __tablename__ = "body_feed"
    __table_args__ = (CheckConstraint(f"kind IN {tuple(FEED_KINDS)}", name="kind_known"),)
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    kind: Mapped[Code]
    name: Mapped[Name]  # for whom
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    created_by: Mapped[int] = reference("person.id")
    read_at: Mapped[Moment | None]  # to the hour
    ended_at: Mapped[Moment | None]
    body: Mapped[Body] = relationship(lazy="joined")
    maker: Mapped[Person] = relationship(lazy="joined")
