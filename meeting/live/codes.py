"""The codes that prove somebody is in the room: on a card at each seat, and at the door, where it changes every few minutes.

A code is signed with a secret of the installation and says only what it stands for; nothing is stored. Whoever sends a picture
of a seat's code to somebody outside can still cheat; the code at the door lasts 3 to 6 minutes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from meeting import config
from meeting.errors import Refused

WINDOW = timedelta(minutes=3)


@dataclass(frozen=True)
class Read:
    """What a code stands for: a seat by its label, a person without a seat, or the door."""

    meeting_id: int
    label: str = ""
    person_id: int = 0
    window: int | None = None


def seat_code(meeting_id: int, label: str) -> str:
    """The code on the card of a seat."""
    return _signer().dumps([meeting_id, "s", label])


def person_code(meeting_id: int, person_id: int) -> str:
    """The code on the card of somebody who has no seat on the plan."""
    return _signer().dumps([meeting_id, "p", person_id])


def door_code(meeting_id: int, now: datetime) -> str:
    """The code at the door as it is now."""
    return _signer().dumps([meeting_id, "d", window_of(now)])


def window_of(now: datetime) -> int:
    """The number of the stretch of time in which a code at the door is shown."""
    return int(now.timestamp() // WINDOW.total_seconds())


def shown_until(now: datetime) -> datetime:
    """When the code at the door changes next."""
    return datetime.fromtimestamp((window_of(now) + 1) * WINDOW.total_seconds(), UTC)


def read(code: str, meeting_id: int) -> Read:
    """What a code of this meeting stands for. Refused as `code_unknown` when it is none."""
    try:
        found: Any = _signer().loads(code)
        of_meeting, kind, value = found
    except (BadSignature, ValueError, TypeError):
        raise Refused("code_unknown") from None
    if of_meeting != meeting_id:
        raise Refused("code_unknown")
    if kind == "s":
        return Read(meeting_id, label=str(value))
    return Read(meeting_id, person_id=int(value)) if kind == "p" else Read(meeting_id, window=int(value))


def check(code: str, meeting_id: int, now: datetime) -> Read:
    """The same for somebody who checks in now: of the door only this code or the one before. Refused: `code_expired`."""
    found = read(code, meeting_id)
    if found.window is not None and found.window not in (window_of(now), window_of(now) - 1):
        raise Refused("code_expired")
    return found


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(config.session_secret(), salt="code of a seat")
