"""What another system may be given, when its key holds, and how it is told. Pure.

Functions 54-59 of the tender's list: upcoming and past meetings of a unit and of a person, a meeting, its papers.
"""

import hmac
import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from meeting.errors import N_, Malformed, declare

PREFIX = "hkg_"  # begins every key, so that one that was published by mistake is recognised
KINDS: dict[str, str] = {
    "meetings": N_("Meetings and programmes"),
    "papers": N_("Papers"),
    "people": N_("People who take part"),
    "notices": N_("Issued documents"),
    "tasks": N_("Tasks"),
}
#: What can be told to another system, and which right it needs.
EVENTS: dict[str, tuple[str, str]] = {
    "meeting.issued": ("meetings", N_("A meeting was issued")),
    "meeting.changed": ("meetings", N_("The programme of a meeting changed")),
    "meeting.postponed": ("meetings", N_("A meeting was postponed")),
    "meeting.cancelled": ("meetings", N_("A meeting was cancelled")),
    "notice.issued": ("notices", N_("A notice of conclusions was issued")),
    "resolution.issued": ("notices", N_("A resolution or decision was issued")),
    "task.assigned": ("tasks", N_("A task was assigned")),
    "task.changed": ("tasks", N_("A task changed")),
    "task.done": ("tasks", N_("A task was done")),
    "task.overdue": ("tasks", N_("A task became overdue")),
}
TEST = "ping"  # what the test button sends
FEED_KINDS = {"issued": N_("All issued meetings"), "public": N_("Sittings open to the public")}
MOST_PER_MINUTE = 6000
USUAL_PER_MINUTE = 120
OVERLAPS = (0, 7, 30)  # days in which both keys are valid after a renewal
GIVE_UP_AFTER = timedelta(days=3)
#: Pauses before the next try, by how often it was tried; the last one again and again until `GIVE_UP_AFTER`.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
SIGNATURE_AGE = timedelta(minutes=5)  # what receivers should accept at most

declare(
    {
        "client_key_missing": N_("Send your key as “Authorization: Bearer hkg_…” or in the header X-API-Key."),
        "client_key_unknown": N_("This key is not known."),
        "client_key_ended": N_("This key has ended. Ask the office for a new one."),
        "client_off": N_("This connection is switched off. Ask the office."),
        "client_expired": N_("This connection was agreed until %(until)s. Ask the office to renew it."),
        "client_address": N_("The key may not be used from this address (%(address)s)."),
        "client_right_missing": N_("This connection has no right to this (%(kind)s) of any body. Ask the office."),
        "client_name_taken": N_("There is already a connected system with this name."),
        "client_key_last": N_("This is the last key. Switch the connection off, or make a new key first."),
        "party_not_confirmed": N_("Papers of the Party go to another system only after a second confirmation."),
        "practice_not_shared": N_("What happens in a practice body is given to nobody."),
        "webhook_address_bad": N_("The address must begin with https:// and hold no user name or password."),
        "webhook_address_inside": N_("The address leads into this network. It must be on the list MEETING_WEBHOOK_HOSTS first."),
        "webhook_address_unknown": N_("The name of this address cannot be found."),
        "webhook_off": N_("The address is switched off. Switch it on first."),
        "delivery_waiting": N_("It is still being tried."),
        "feed_already_ended": N_("This calendar address has ended."),
        "calls_kept_too_short": N_("Calls are kept for at least %(least)s days."),
    }
)


def key_digest(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode()).hexdigest()


def networks_of(written: str) -> list[str]:
    """The networks of a text, one word each: 10.0.0.0/8, 192.0.2.7, 2001:db8::/32. Refused as malformed when one is none."""
    try:
        return [str(ipaddress.ip_network(word, strict=False)) for word in re.split(r"[\s,;]+", written.strip()) if word]
    except ValueError:
        raise Malformed({"addresses": N_("Addresses look like 203.0.113.7 or 10.20.0.0/16.")}) from None


def allows_address(networks: Sequence[str], address: str) -> bool:
    """Whether an address lies in one of the networks; any does when there are none."""
    if not networks:
        return True
    try:
        asked = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(asked, ipaddress.IPv6Address) and asked.ipv4_mapped is not None:
        asked = asked.ipv4_mapped
    return any(asked in ipaddress.ip_network(each) for each in networks)


def still_valid(valid_until: date | None, today: date) -> bool:
    """A client is valid to the end of its last day."""
    return valid_until is None or today <= valid_until


@dataclass(frozen=True)
class Caller:
    """Another system that asks: no person. `rights`: the bodies by kind."""

    id: int
    name: str
    rights: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def bodies(self, *kinds: str) -> frozenset[int]:
        """The bodies in which it has all these rights."""
        found = [self.rights.get(kind, frozenset()) for kind in kinds]
        return frozenset.intersection(*found) if found else frozenset()

    def may(self, kind: str, body_id: int) -> bool:
        """Whether it has one right in one body."""
        return body_id in self.rights.get(kind, frozenset())


def rights_of(rows: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """(kind, body) pairs as bodies by kind."""
    found: dict[str, set[int]] = {}
    for kind, body_id in rows:
        found.setdefault(kind, set()).add(body_id)
    return {kind: frozenset(bodies) for kind, bodies in found.items()}


def signature(secret: str, moment: int, body: bytes) -> str:
    """The header X-HKG-Signature: HMAC-SHA256 over the second of sending, a point, and the bytes of the body."""
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    return f"t={moment},v1={made}"


def next_try(attempts: int, begun_at: datetime, now: datetime) -> datetime | None:
    """When to try again after so many tries; None once it is given up."""
    again = now + PAUSES[min(attempts, len(PAUSES)) - 1]
    return again if again - begun_at <= GIVE_UP_AFTER else None


def taken(status: int) -> bool:
    """Whether the receiver took it: any 2xx. Redirects are not followed and count as a failure."""
    return 200 <= status < 300


def is_public_sitting(body_kind: str, closed: bool, sitting: str) -> bool:
    """Whether anybody may come: sittings of the council that are not closed, in the hall and not in a Tổ (họp công khai,
    Luật Tổ chức chính quyền địa phương)."""
    return body_kind == "council" and not closed and sitting not in ("group", "preparatory")
