"""Telling gives way to acting: when five hundred vote at once, their ballots are taken before the screens show the number."""

import time

from meeting.web.sockets import socketio
from meeting.writer import writer

LONGEST_SECONDS = 0.500
LOOK_SECONDS = 0.010


def to_acts() -> None:
    """Waits while many act in the same moment, so long at most."""
    ends = time.monotonic() + LONGEST_SECONDS
    while writer.is_crowded and time.monotonic() < ends:
        socketio.sleep(LOOK_SECONDS)
