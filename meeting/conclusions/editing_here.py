"""Who has a document open just now, and on which line: in memory only, forgotten after a few seconds. Web processes tell it
each other.
"""

import time
from dataclasses import dataclass
from typing import Any

from meeting.relay import relay

AWAY_SECONDS = 13.0  # three times the pause between two looks
MOST = 200


@dataclass(frozen=True)
class Place:
    """Somebody's window on a document."""

    person_id: int
    name: str
    line: str
    seen: float


_open: dict[int, dict[str, Place]] = {}


def here(document_id: int, window: str, person_id: int, name: str, line: str) -> list[Place]:
    """Notes that a window is open on a document; returns the other windows that are."""
    now = time.monotonic()
    places = {key: place for key, place in _open.get(document_id, {}).items() if now - place.seen < AWAY_SECONDS}
    if window and len(places) < MOST:
        places[window] = Place(person_id, name, line, now)
        relay.tell("editing", [document_id, window, person_id, name, line])
    _open[document_id] = places
    for gone in [key for key, held in _open.items() if not held]:
        del _open[gone]
    return [place for key, place in places.items() if key != window]


def leave(document_id: int, window: str) -> None:
    """A window was closed."""
    if _open.get(document_id, {}).pop(window, None) is not None:
        relay.tell("editing", [document_id, window, 0, "", ""])


def _at_another(_process: str, message: list[Any]) -> None:
    """A window that another web process looks after."""
    document_id, window, person_id, name, line = message
    places = _open.setdefault(document_id, {})
    if not person_id:
        places.pop(window, None)
    elif window in places or len(places) < MOST:
        places[window] = Place(person_id, name, line, time.monotonic())


relay.hear("editing", _at_another)
