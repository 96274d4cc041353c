"""Acts on other systems that may read: taken up, changed, switched on and off; their keys and their rights."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.exchange.models import Client, ClientKey, ClientRight
from meeting.exchange.rules import MOST_PER_MINUTE, USUAL_PER_MINUTE, networks_of
from meeting.organization.models import Body
from meeting.permissions import Action

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Ending = Annotated[str, Field(max_length=8)]
Kind = Literal["meetings", "papers", "people", "notices", "tasks"]


class ClientFields(ActInput):
    """What is known of another system. `addresses`: networks it may ask from, parted by spaces; empty: any."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    contact: Annotated[str, Field(min_length=1, max_length=300)]
    purpose: Annotated[str, Field(max_length=2000)] = ""
    valid_until: date | None = None
    addresses: Annotated[str, Field(max_length=2000)] = ""
    per_minute: Annotated[int, Field(ge=1, le=MOST_PER_MINUTE)] = USUAL_PER_MINUTE


class NewClient(ClientFields):
    """The same with its first key: only the SHA-256 (hex) of it comes here, and its last letters."""

    sha256: Digest
    ending: Ending = ""


class EditedClient(ClientFields):
    """The same for one that is there."""

    client_id: int


class ClientInput(ActInput):
    """One system."""

    client_id: int


@act("exchange.add_client", Action.KEEP_CLIENTS)
def add_client(tx: Tx, wanted: NewClient) -> dict[str, Any]:
    """Takes up another system, with its first key and without any right yet.

    Refused: `client_name_taken`; malformed addresses. Recorded with its name, never the key.
    """
    tx.require(Action.KEEP_CLIENTS)
    _check_name(tx, wanted.name)
    made = tx.add(
        Client(
            name=wanted.name,
            contact=wanted.contact,
            purpose=wanted.purpose,
            valid_until=wanted.valid_until,
            addresses=networks_of(wanted.addresses),
            per_minute=wanted.per_minute,
            created_at=tx.now,
            created_by=tx.actor.person_id,
        )
    )
    tx.add(ClientKey(client_id=made.id, sha256=wanted.sha256, ending=wanted.ending, created_at=tx.now))
    tx.record(Event.CLIENT_ADDED, None, client_id=made.id, name=made.name)
    return {"client_id": made.id}


def _check_name(tx: Tx, name: str, but: int = 0) -> None:
    if tx.scalar(select(Client.id).where(Client.name == name, Client.id != but)) is not None:
        raise Refused("client_name_taken")


@act("exchange.edit_client", Action.KEEP_CLIENTS)
def edit_client(tx: Tx, wanted: EditedClient) -> dict[str, Any]:
    """Changes who answers for a system, until when it is valid, from where and how often it may ask. Holds from the next call.

    Refused: `client_name_taken`; malformed addresses. Recorded with the names of what changed.
    """
    tx.require(Action.KEEP_CLIENTS)
    row = tx.get(Client, wanted.client_id)
    _check_name(tx, wanted.name, row.id)
    fields = wanted.model_dump(exclude={"client_id", "meeting_id", "addresses"})
    fields["addresses"] = networks_of(wanted.addresses)
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    if not changed:
        tx.nothing_to_record("nothing changed")
        return {}
    for name in changed:
        setattr(row, name, fields[name])
    tx.record(Event.CLIENT_EDITED, None, client_id=row.id, changed=changed)
    return {}


class SwitchInput(ClientInput):
    """On or off."""

    on: bool


@act("exchange.switch_client", Action.KEEP_CLIENTS)
def switch_client(tx: Tx, wanted: SwitchInput) -> dict[str, Any]:
    """Switches a system on or off; holds from the next call, and nothing more is told to its addresses.

    The same again is harmless. Recorded.
    """
    tx.require(Action.KEEP_CLIENTS)
    row = tx.get(Client, wanted.client_id)
    if row.on == wanted.on:
        tx.nothing_to_record("it is so already")
        return {}
    row.on = wanted.on
    tx.record(Event.CLIENT_SWITCHED, None, client_id=row.id, on=wanted.on)
    return {}


class NewKey(ClientInput):
    """Another key for a system; the keys before stay valid for so many days: both work while it is changed over there."""

    sha256: Digest
    ending: Ending = ""
    overlap_days: Literal[0, 7, 30] = 7


@act("exchange.renew_key", Action.KEEP_CLIENTS)
def renew_key(tx: Tx, wanted: NewKey) -> dict[str, Any]:
    """Gives a system a new key; older ones end after the days said, or at once. Recorded, never the key."""
    tx.require(Action.KEEP_CLIENTS)
    row = tx.get(Client, wanted.client_id)
    ends_at = tx.now + timedelta(days=wanted.overlap_days)
    for key in _valid(tx, row.id):
        key.ends_at = min(key.ends_at or ends_at, ends_at)
    made = tx.add(ClientKey(client_id=row.id, sha256=wanted.sha256, ending=wanted.ending, created_at=tx.now))
    tx.record(Event.CLIENT_KEY_MADE, None, client_id=row.id, key_id=made.id, older_until=ends_at.isoformat())
    return {"key_id": made.id}


class KeyInput(ActInput):
    """One key."""

    key_id: int


@act("exchange.end_key", Action.KEEP_CLIENTS)
def end_key(tx: Tx, wanted: KeyInput) -> dict[str, Any]:
    """Ends one key at once. Refused as `client_key_last` when no other key is valid, `client_key_ended`. Recorded."""
    tx.require(Action.KEEP_CLIENTS)
    key = tx.get(ClientKey, wanted.key_id)
    if key.ends_at is not None and key.ends_at <= tx.now:
        raise Refused("client_key_ended")
    if len(_valid(tx, key.client_id)) == 1:
        raise Refused("client_key_last")
    key.ends_at = tx.now
    tx.record(Event.CLIENT_KEY_ENDED, None, client_id=key.client_id, key_id=key.id)
    return {}


def _valid(tx: Tx, client_id: int) -> list[ClientKey]:
    lasting = (ClientKey.ends_at.is_(None)) | (ClientKey.ends_at > tx.now)
    return list(tx.scalars(select(ClientKey).where(ClientKey.client_id == client_id, lasting)))


class RightInput(ClientInput):
    """One kind of things of one body, given or taken. Of the Party's: only with `confirm_party`."""

    body_id: int
    kind: Kind
    granted: bool
    confirm_party: bool = False


@act("exchange.set_right", Action.KEEP_CLIENTS)
def set_right(tx: Tx, wanted: RightInput) -> dict[str, Any]:
    """Lets a system read one kind of things of one body, or no longer; holds from the next call.

    Refused: `party_not_confirmed` for a body of the Party, `practice_not_shared`, `not_found`. The same again is harmless.
    Recorded with body and kind.
    """
    tx.require(Action.KEEP_CLIENTS)
    client, body = tx.get(Client, wanted.client_id), tx.get(Body, wanted.body_id)
    held = select(ClientRight).where(ClientRight.client_id == client.id, ClientRight.body_id == body.id)
    row = tx.scalar(held.where(ClientRight.kind == wanted.kind))
    if (row is not None) == wanted.granted:
        tx.nothing_to_record("it is so already")
        return {}
    if row is not None:
        tx.delete(row)
    else:
        check_shared(body, wanted.confirm_party)
        mine = {"given_at": tx.now, "given_by": tx.actor.person_id}
        tx.add(ClientRight(client_id=client.id, body_id=body.id, kind=wanted.kind, **mine))
    tx.record(Event.CLIENT_RIGHT_SET, None, client_id=client.id, body_id=body.id, kind=wanted.kind, granted=wanted.granted)
    return {}


def check_shared(body: Body, confirmed: bool) -> None:
    """Whether anything of a body may go to other systems: `practice_not_shared`, `not_found`, `party_not_confirmed`."""
    if body.practice_of_id is not None:
        raise Refused("practice_not_shared")
    if body.retired_on is not None:
        raise Missing()
    if body.is_party and not confirmed:
        raise Refused("party_not_confirmed")
