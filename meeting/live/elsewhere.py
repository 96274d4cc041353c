"""Whose screens and devices are connected to the other web processes: each tells its own, and forgets what was told long ago."""

import time
from collections.abc import Callable

from meeting.live.screens import ROOMS
from meeting.relay import relay

PAUSE_SECONDS = 0.250
AGAIN_SECONDS = 5.0  # a process that was killed says nothing any more
GONE_SECONDS = 12.0

DEVICES = 0  # in the place of a meeting: whose devices have any line at all

devices_here: Callable[[], set[int]] = set  # the live door sets it
_told: dict[int, tuple[float, list[int]]] = {}  # by meeting: when and what this process told last
_heard: dict[int, dict[str, tuple[float, list[int]]]] = {}  # by meeting and process: until when it holds, and who


def people(meeting_id: int) -> set[int]:
    """Who has a screen open on this meeting at another process, by person id."""
    now = time.monotonic()
    return {person for until, told in _heard.get(meeting_id, {}).values() if until > now for person in told}


def here(meeting_id: int) -> list[int]:
    """Who has one open at this process."""
    if meeting_id == DEVICES:
        return sorted(devices_here())
    room = ROOMS.get(meeting_id)
    return sorted(room.persons()) if room else []


def tell() -> None:
    """Tells the others what is new here, and all of it every few seconds."""
    now = time.monotonic()
    for meeting_id in {*ROOMS, *_told, DEVICES}:
        found, (then, before) = here(meeting_id), _told.get(meeting_id, (0.0, []))
        if found != before or (found and now - then > AGAIN_SECONDS):
            relay.tell("here", [meeting_id, found])
            _told[meeting_id] = (now, found)
        if not found:
            _told.pop(meeting_id, None)


def tell_again(_process: str, _message: object) -> None:
    """Somebody new listens."""
    _told.clear()


def take(process: str, message: list[int | list[int]]) -> int | None:
    """What another process tells; answers the meeting whose list of connected people is another one now."""
    meeting_id, told = message
    assert isinstance(meeting_id, int)
    assert isinstance(told, list)
    before = people(meeting_id)
    by_process = _heard.setdefault(meeting_id, {})
    by_process[process] = (time.monotonic() + GONE_SECONDS, told)
    if not told:
        del by_process[process]
    return meeting_id if people(meeting_id) != before else None


def lapsed() -> list[int]:
    """The meetings of which a process has said nothing for long; what it said is forgotten."""
    now, found = time.monotonic(), []
    for meeting_id, by_process in list(_heard.items()):
        silent = [process for process, (until, _) in by_process.items() if until <= now]
        for process in silent:
            del by_process[process]
        if silent:
            found.append(meeting_id)
        if not by_process:
            del _heard[meeting_id]
    return found
