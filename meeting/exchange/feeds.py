"""Calendar addresses of a body for other systems and portals: made, renewed, ended. Only the SHA-256 of one is kept."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.exchange.clients import Digest, check_shared
from meeting.exchange.models import BodyFeed
from meeting.organization.models import Body
from meeting.permissions import Action

NOTED_AFTER = timedelta(hours=1)


class NewFeed(ActInput):
    """The calendar of a body: `issued` all its issued meetings, `public` sittings open to the public only."""

    body_id: int
    kind: Literal["issued", "public"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    sha256: Digest
    confirm_party: bool = False


class FeedInput(ActInput):
    """One calendar address."""

    feed_id: int


class RenewedFeed(FeedInput):
    """The same calendar under a new address."""

    sha256: Digest


@act("exchange.open_feed", Action.KEEP_CLIENTS)
def open_feed(tx: Tx, wanted: NewFeed) -> dict[str, Any]:
    """Makes a calendar address of a body. Closed meetings never stand in it.

    Refused: `party_not_confirmed`, `practice_not_shared`, `not_found`. Recorded with body and kind, never the address.
    """
    tx.require(Action.KEEP_CLIENTS)
    body = tx.get(Body, wanted.body_id)
    check_shared(body, wanted.confirm_party)
    fields = {"body_id": body.id, "kind": wanted.kind, "name": wanted.name, "sha256": wanted.sha256}
    made = tx.add(BodyFeed(**fields, created_at=tx.now, created_by=tx.actor.person_id))
    tx.record(Event.BODY_FEED_OPENED, None, feed_id=made.id, body_id=body.id, kind=made.kind, name=made.name)
    return {"feed_id": made.id}


@act("exchange.renew_feed", Action.KEEP_CLIENTS)
def renew_feed(tx: Tx, wanted: RenewedFeed) -> dict[str, Any]:
    """Gives a calendar a new address; the old one ends at once. Refused as `feed_already_ended`. Recorded."""
    tx.require(Action.KEEP_CLIENTS)
    row = _standing(tx, wanted.feed_id)
    row.sha256, row.read_at = wanted.sha256, None
    tx.record(Event.BODY_FEED_OPENED, None, feed_id=row.id, body_id=row.body_id, kind=row.kind, renewed=True)
    return {"feed_id": row.id}


@act("exchange.end_feed", Action.KEEP_CLIENTS)
def end_feed(tx: Tx, wanted: FeedInput) -> dict[str, Any]:
    """Ends a calendar address at once. Refused as `feed_already_ended`. Recorded."""
    tx.require(Action.KEEP_CLIENTS)
    row = _standing(tx, wanted.feed_id)
    row.ended_at = tx.now
    tx.record(Event.BODY_FEED_ENDED, None, feed_id=row.id, body_id=row.body_id)
    return {}


def _standing(tx: Tx, feed_id: int) -> BodyFeed:
    row = tx.get(BodyFeed, feed_id)
    if row.ended_at is not None:
        raise Refused("feed_already_ended")
    return row


@act("exchange.note_feed_read", Action.SEND_WEBHOOKS)
def note_feed_read(tx: Tx, wanted: FeedInput) -> dict[str, Any]:
    """The system notes, to the hour, that a calendar was fetched, so that the administrator sees whether it is used."""
    tx.require(Action.SEND_WEBHOOKS)
    tx.nothing_to_record("reading a calendar is not part of what happened in a council")
    row = tx.get(BodyFeed, wanted.feed_id)
    if row.read_at is None or tx.now - row.read_at >= NOTED_AFTER:
        row.read_at = tx.now
    return {}
