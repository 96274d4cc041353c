"""Tells the screens: after a commit the changed sections go out once for each audience, whole, at most every 100 ms.

What was last sent to an audience is remembered and only differences travel, so no act has to remember whom to tell.
"""

import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.database import LiveVersion, database, reading
from meeting.events import Event
from meeting.journal import Told
from meeting.live import state
from meeting.permissions import Action, Actor, Role, allows
from meeting.web.sockets import NAMESPACE, socketio

log = logging.getLogger("meeting.live")

GAP_SECONDS = 0.100
WATCH_SECONDS = 0.200
LARGE_BYTES = 8 * 1024
LARGE_GAP_SECONDS = 1.0
CHECK_SECONDS = 1.0

Audience = tuple[str, frozenset[int] | None]  # the audience's name and, for a limited guest, his items


@dataclass(eq=False)
class Listener:
    """One connected screen."""

    sid: str
    actor: Actor
    audience: Audience


@dataclass
class Room:
    """The screens of one meeting and what they were last sent."""

    meeting_id: int
    listeners: dict[str, Listener] = field(default_factory=dict)
    sent: dict[Audience, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    sent_me: dict[int, str] = field(default_factory=dict)
    large_sent_at: dict[tuple[Audience, str], float] = field(default_factory=dict)
    dirty: bool = False
    running: bool = False
    seen: int = -1
    uncertain: bool = True  # who takes part may have changed
    checked_at: float = 0.0
    rights: int | None = None  # where the record of roles and accounts stood when everybody was last asked for

    def people(self) -> dict[int, Actor]:
        """Everyone connected, by person id."""
        return {each.actor.person_id: each.actor for each in self.listeners.values()}


ROOMS: dict[int, Room] = {}
NOBODY = Actor(account_id=0, person_id=0, name="")
Identify = Callable[[str], Actor | None]
identify: Identify = lambda _sid: None  # noqa: E731 - the live door sets it: who speaks on a socket now


def channel(meeting_id: int, audience: Audience) -> str:
    """The Socket.IO room of an audience."""
    name, items = audience
    return f"m{meeting_id}:{name}" + (":" + "-".join(map(str, sorted(items))) if items else "")


def personal_channel(meeting_id: int, person_id: int) -> str:
    """The Socket.IO room of one person's screens."""
    return f"m{meeting_id}:p{person_id}"


def enter(meeting_id: int, listener: Listener) -> None:
    """A screen joins. Call before reading its state, so that no commit falls between."""
    room = ROOMS.setdefault(meeting_id, Room(meeting_id))
    room.listeners[listener.sid] = listener
    mark(meeting_id)


def read_in(meeting_id: int, listener: Listener, sections: dict[str, Any]) -> None:
    """Forgets as 'sent' what the joining screen read newer than the last broadcast: it must be sent again if it turns back."""
    room = ROOMS.get(meeting_id)
    if room is None:
        return
    room.sent_me.pop(listener.actor.person_id, None)
    sent = room.sent[listener.audience]
    for name, value in sections.items():
        if sent.get(name) != _text(value):
            sent.pop(name, None)


def leave(sid: str) -> None:
    """A screen went away."""
    for room in list(ROOMS.values()):
        if room.listeners.pop(sid, None) is not None:
            mark(room.meeting_id)
            if not room.listeners:
                ROOMS.pop(room.meeting_id, None)


def connected(meeting_id: int) -> list[int]:
    """Who has a screen open on this meeting, by person id."""
    room = ROOMS.get(meeting_id)
    return sorted(room.people()) if room else []


def changed(versions: dict[int, int]) -> None:
    """The writer's subscriber."""
    for meeting_id in versions:
        mark(meeting_id)


@on(Event.PARTICIPANTS_SET, Event.MEETING_EDITED, Event.PRESIDER_CHANGED)
def doubt(_tx: Tx, told: Told) -> None:
    """Who takes part may be another now: the next telling looks before it speaks."""
    room = ROOMS.get(told.chain)
    if room is not None:
        room.uncertain = True


def mark(meeting_id: int) -> None:
    """Something changed: the first change goes out at once, the following ones together."""
    room = ROOMS.get(meeting_id)
    if room is None:
        return
    room.dirty = True
    if not room.running:
        room.running = True
        socketio.start_background_task(_run, room)


def _run(room: Room) -> None:
    try:
        while room.dirty and room.listeners:
            room.dirty = False
            began = time.monotonic()
            try:
                _push(room)
            except Exception:
                log.exception("screens were not told", extra={"meeting": room.meeting_id})
            socketio.sleep(max(GAP_SECONDS, 2 * (time.monotonic() - began)))  # telling never takes the time of acting
    finally:
        room.running = False


def _push(room: Room) -> None:
    """First what everybody waits for, then each person's own part: two reads, each with the version it was read at."""
    turn_out(room)
    _tell_audiences(room)
    _tell_people(room)


def turn_out(room: Room) -> list[str]:
    """Lets go of screens whose rights no longer reach what they were sent: they come again and hear what holds now.

    Who somebody is is asked anew when roles, accounts or tokens changed; who takes part, when the meeting's participants
    or its chair did, and at least once a second while anything changes.
    """
    mark, now = database().rights_mark(), time.monotonic()
    if mark is not None and mark == room.rights and not room.uncertain and now - room.checked_at < CHECK_SECONDS:
        return []
    room.uncertain, room.checked_at = False, now
    with reading() as session:
        meeting = session.get(Meeting, room.meeting_id)
        if meeting is None:
            return []
        listeners = list(room.listeners.values())
        if mark is None or mark != room.rights:
            for each in listeners:
                each.actor = identify(each.sid) or NOBODY
            room.rights = mark
        hats = meeting.hats_of_many([each.actor for each in listeners], session)
        gone = [each.sid for each in listeners if not _reached(session, meeting, each, hats[each.actor.person_id])]
    for sid in gone:
        leave(sid)
        socketio.server.disconnect(sid, namespace=NAMESPACE)
    return gone


def _reached(session: Session, meeting: Meeting, listener: Listener, hats: frozenset[Role]) -> bool:
    """Whether a screen's audience is still the one these hats belong to."""
    if not allows(Action.JOIN_LIVE, hats):
        return False
    if listener.audience[0] == "hall":
        return allows(Action.SHOW_HALL, hats)
    name = state.audience_of(hats)
    items = state.item_limit(session, meeting, listener.actor) if name == "guest" else None
    return listener.audience == (name, items)


def _head(room: Room, session: Session) -> dict[str, Any]:
    return {"meeting_id": room.meeting_id, "epoch": state.epoch(session), "seq": state.version(session, room.meeting_id)}


def _tell_audiences(room: Room) -> None:
    audiences = {each.audience for each in room.listeners.values()}
    with reading() as session:
        meeting = session.get(Meeting, room.meeting_id)
        if meeting is None:
            return
        head = _head(room, session)
        found = {audience: state.sections(session, meeting, *audience) for audience in audiences}
    room.seen = head["seq"]
    for audience, sections in found.items():
        if audience[0] == "desk":
            sections["connections"] = connected(room.meeting_id)
        news = _news(room, audience, sections)
        if news:
            socketio.emit("live.state", {**head, "sections": news}, to=channel(room.meeting_id, audience), namespace=NAMESPACE)


def _tell_people(room: Room) -> None:
    with reading() as session:
        meeting = session.get(Meeting, room.meeting_id)
        if meeting is None:
            return
        head = _head(room, session)
        mine = state.personal(session, meeting, list(room.people().values()))
    for person_id, me in mine.items():
        text = _text(me)
        if room.sent_me.get(person_id) != text:
            room.sent_me[person_id] = text
            target = personal_channel(room.meeting_id, person_id)
            socketio.emit("live.me", {**head, "me": me}, to=target, namespace=NAMESPACE)


def _news(room: Room, audience: Audience, sections: dict[str, Any]) -> dict[str, Any]:
    news: dict[str, Any] = {}
    sent = room.sent[audience]
    for name, value in sections.items():
        text = _text(value)
        if sent.get(name) == text or _too_soon(room, audience, name, text):
            continue
        sent[name] = text
        news[name] = value
    return news


def _too_soon(room: Room, audience: Audience, name: str, text: str) -> bool:
    """A large section goes at most once a second; it stays dirty until then."""
    if len(text) <= LARGE_BYTES:
        return False
    key, now = (audience, name), time.monotonic()
    if now - room.large_sent_at.get(key, 0.0) < LARGE_GAP_SECONDS:
        room.dirty = True
        return True
    room.large_sent_at[key] = now
    return False


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def watch() -> None:
    """Learns what others committed (worker, command line): runs for ever beside the doors."""
    before = None
    while True:
        socketio.sleep(WATCH_SECONDS)
        try:
            before = _look(before)
        except Exception:
            log.exception("the store could not be watched")


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
        room = ROOMS.get(meeting_id)
        if room is not None and room.seen < number:
            mark(meeting_id)
    return now
