"""Learns what others committed (worker, command line, another web process), and tells them what was committed here.

Every 200 ms the store is looked at; where there is a Redis the others tell it sooner.
"""

import logging
from typing import Any

from sqlalchemy import select

from meeting.database import LiveVersion, database, reading
from meeting.live import elsewhere, push, touched
from meeting.live.screens import ROOMS
from meeting.relay import relay
from meeting.web.sockets import socketio

log = logging.getLogger("meeting.live")

WATCH_SECONDS = 0.200


def watch() -> None:
    """Runs for ever beside the doors."""
    before, said = None, False
    while True:
        socketio.sleep(WATCH_SECONDS)
        try:
            before = _look(before)
            said = False
        except Exception:
            if not said:  # once, not five times a second
                log.exception("the store could not be watched")
            said = True


def _look(before: object) -> object:
    if not ROOMS:
        return before
    now = database().change_mark()
    if now is not None and now == before:
        return now
    with reading() as session:
        rows = session.execute(select(LiveVersion).where(LiveVersion.meeting_id.in_(list(ROOMS))))
        versions = {row.LiveVersion.meeting_id: row.LiveVersion.version for row in rows}
    for meeting_id, number in versions.items():
        push.written_elsewhere(meeting_id, number)
    for meeting_id in ROOMS.keys() - versions.keys():
        if ROOMS[meeting_id].newest > 0:  # nothing was ever written of the others
            push.erased(meeting_id)
    return now


def tell_who_is_here() -> None:
    """Runs for ever beside the doors, where several processes tell each other whose screens are connected."""
    while relay.running:
        socketio.sleep(elsewhere.PAUSE_SECONDS)
        elsewhere.tell()
        for meeting_id in elsewhere.lapsed():
            push.mark(meeting_id)


def _others_wrote(_process: str, message: dict[str, Any]) -> None:
    """Another process tells what it wrote: the tables, and which meetings are at which version now."""
    database().forget_marks()
    touched.written_elsewhere(message["tables"])
    for meeting_id, number in message["versions"].items():
        push.written_elsewhere(int(meeting_id), number, told=True)


def _others_are_here(process: str, message: Any) -> None:
    meeting_id = elsewhere.take(process, message)
    if meeting_id is not None:
        push.mark(meeting_id)


relay.hear("wrote", _others_wrote)
relay.hear("here", _others_are_here)
relay.hear("hello", elsewhere.tell_again)
