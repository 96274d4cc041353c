"""Browsers that take notifications: a person's own devices come, are tried and go."""

import base64
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints
from sqlalchemy import func, select

from meeting import config
from meeting.acts import ActInput, Tx, act
from meeting.config import Settings
from meeting.errors import Missing, Refused
from meeting.notify.channels import states
from meeting.notify.models import PushDevice
from meeting.notify.rules import MOST_DEVICES
from meeting.notify.telling import tell
from meeting.permissions import Action

#: The push services of the browsers. An address elsewhere would let somebody send this server to places inside the network.
KNOWN_SERVICES = re.compile(
    r"(fcm\.googleapis\.com|android\.googleapis\.com|([a-z0-9-]+\.)*push\.services\.mozilla\.com"
    r"|([a-z0-9-]+\.)*notify\.windows\.com|([a-z0-9-]+\.)*push\.apple\.com)"
)
OWN = "which devices somebody uses is nobody else's business"
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,120}={0,2}$")]


def allowed_endpoint(endpoint: str, settings: Settings) -> bool:
    """Whether a subscription's address is that of a push service: https to a known one, or one that the settings name
    (`push.example`, or `http://127.0.0.1:9000` for a test bench)."""
    parts = urlsplit(endpoint)
    if f"{parts.scheme}://{parts.netloc}" in settings.push_hosts:
        return True
    if parts.scheme != "https" or parts.username or parts.port not in (None, 443):
        return False
    host = (parts.hostname or "").lower()
    return bool(KNOWN_SERVICES.fullmatch(host)) or host in settings.push_hosts


class DeviceInput(ActInput):
    """What the browser says of its subscription; `name` is what the person reads in the list of devices."""

    endpoint: Annotated[str, StringConstraints(min_length=10, max_length=1000)]
    p256dh: Key
    auth: Key
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)] = Field(default="Trình duyệt")


@act("notify.add_device", Action.READ_NOTICES)
def add_device(tx: Tx, wanted: DeviceInput) -> dict[str, Any]:
    """Lets this browser show one's notifications. The same browser again, also by somebody else who signed in there, takes
    the place of what was known of it, so that a shared tablet tells only its present user.

    Refused as `channel_off`, `device_address_refused`, `devices_full`. No journal entry.
    """
    tx.require(Action.READ_NOTICES)
    tx.nothing_to_record(OWN)
    ready = states(config.settings())["push"]
    if not ready.works:
        raise Refused("channel_off", missing=" ".join(ready.remarks))
    if not allowed_endpoint(wanted.endpoint, config.settings()) or not _real_keys(wanted):
        raise Refused("device_address_refused")
    known = tx.scalar(select(PushDevice).where(PushDevice.endpoint == wanted.endpoint))
    if known is None or known.person_id != tx.actor.person_id:
        _check_room(tx)
    row = known or PushDevice(endpoint=wanted.endpoint, created_at=tx.now)
    row.person_id, row.p256dh, row.auth, row.name = tx.actor.person_id, wanted.p256dh, wanted.auth, wanted.name
    row.ended_at, row.ended_because = None, ""
    tx.add(row)
    return {"device_id": row.id}


def _real_keys(wanted: DeviceInput) -> bool:
    """Whether the keys are of the right form: a point of P-256 and 16 bytes."""

    def bytes_of(text: str) -> bytes:
        bare = text.rstrip("=")
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))

    try:
        point, secret = bytes_of(wanted.p256dh), bytes_of(wanted.auth)
    except ValueError:
        return False
    return len(point) == 65 and point[0] == 4 and len(secret) == 16


def _check_room(tx: Tx) -> None:
    mine = select(func.count()).where(PushDevice.person_id == tx.actor.person_id, PushDevice.ended_at.is_(None))
    count = tx.scalar(mine) or 0
    if count >= MOST_DEVICES:
        raise Refused("devices_full", n=count)


class EndpointInput(ActInput):
    """One of one's own devices, by its number or, from the browser itself, by its address."""

    device_id: int | None = None
    endpoint: str = ""


@act("notify.remove_device", Action.READ_NOTICES)
def remove_device(tx: Tx, wanted: EndpointInput) -> dict[str, Any]:
    """Ends the notifications on one of one's own devices (also done when signing out there). Calling twice is harmless.

    Somebody else's device is not to be known of. No journal entry.
    """
    tx.require(Action.READ_NOTICES)
    tx.nothing_to_record(OWN)
    row = _own(tx, wanted)
    if row.ended_at is None:
        row.ended_at, row.ended_because = tx.now, "removed"
    return {"device_id": row.id}


def _own(tx: Tx, wanted: EndpointInput) -> PushDevice:
    which = PushDevice.id == wanted.device_id if wanted.device_id is not None else PushDevice.endpoint == wanted.endpoint
    row = tx.scalar(select(PushDevice).where(which, PushDevice.person_id == tx.actor.person_id))
    if row is None:
        raise Missing()
    return row


class TryInput(ActInput):
    """Nothing to say."""


@act("notify.try_out", Action.READ_NOTICES)
def try_out(tx: Tx, _wanted: TryInput) -> dict[str, Any]:
    """Sends oneself a notification, to see which way it comes: in the inbox, by mail and to the devices that are switched on.

    Not more than one a minute counts: a second one within it is the same. No journal entry.
    """
    tx.require(Action.READ_NOTICES)
    tx.nothing_to_record(OWN)
    return {"told": tell(tx, [tx.actor.person_id], "tried_out", "/channels", once=f"try:{tx.now:%Y%m%d%H%M}")}
