"""The private address of one's own calendar: made, renewed, revoked. Only the SHA-256 of it is kept."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.calendars.models import CalendarFeed
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action

NOTED_AFTER = timedelta(hours=1)  # reads are noted to the hour


class FeedInput(ActInput):
    """The SHA-256 (hex) of a fresh token of 256 random bits; the token itself stays with the person."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    shows_closed: bool = False


@act("calendars.open_feed", Action.KEEP_OWN_CALENDAR)
def open_feed(tx: Tx, wanted: FeedInput) -> dict[str, Any]:
    """Makes the address of one's own calendar, or a new one in the place of the old, which ends at once.

    Titles of closed meetings say "Họp" there unless `shows_closed`. Calling again with the same hash changes only that choice.
    Records that an address was made, never the address.
    """
    tx.require(Action.KEEP_OWN_CALENDAR)
    held = _held(tx)
    if held is not None and held.sha256 == wanted.sha256:
        held.shows_closed = wanted.shows_closed
        tx.nothing_to_record("the address is the same")
        return {"feed_id": held.id}
    if held is not None:
        held.revoked_at = tx.now
    made = tx.add(
        CalendarFeed(person_id=tx.actor.person_id, sha256=wanted.sha256, shows_closed=wanted.shows_closed, created_at=tx.now)
    )
    tx.record(Event.FEED_OPENED, None, person_id=tx.actor.person_id, feed_id=made.id, renewed=held is not None)
    return {"feed_id": made.id}


class NoInput(ActInput):
    """Nothing to say."""


@act("calendars.revoke_feed", Action.KEEP_OWN_CALENDAR)
def revoke_feed(tx: Tx, _wanted: NoInput) -> dict[str, Any]:
    """Ends the address of one's own calendar at once. Refused as `no_feed` when there is none. Records the end."""
    tx.require(Action.KEEP_OWN_CALENDAR)
    held = _held(tx)
    if held is None:
        raise Refused("no_feed")
    held.revoked_at = tx.now
    tx.record(Event.FEED_REVOKED, None, person_id=tx.actor.person_id, feed_id=held.id)
    return {}


def _held(tx: Tx) -> CalendarFeed | None:
    wanted = select(CalendarFeed).where(CalendarFeed.person_id == tx.actor.person_id, CalendarFeed.revoked_at.is_(None))
    return tx.scalar(wanted)


class ReadInput(ActInput):
    """A feed that was fetched."""

    feed_id: int


@act("calendars.note_read", Action.TAKE_REPLIES)
def note_read(tx: Tx, wanted: ReadInput) -> dict[str, Any]:
    """The system notes, to the hour, that a feed was fetched, so that its owner sees whether somebody uses it."""
    tx.require(Action.TAKE_REPLIES)
    tx.nothing_to_record("reading a calendar is not part of what happened in a council")
    feed = tx.get(CalendarFeed, wanted.feed_id)
    if feed.read_at is None or tx.now - feed.read_at >= NOTED_AFTER:
        feed.read_at = tx.now
    return {}
