"""Tells the screens: after a commit the changed sections go out once for each audience, whole, at most every 100 ms.

What was last sent to an audience is remembered and only differences travel, so no act has to remember whom to tell. What may
have changed is read and told (see `known`); every few seconds everything is read once, so that nothing is missed, and at once
when somebody wrote of whom it is not known here what.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable

from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.database import database
from meeting.events import Event
from meeting.journal import Told
from meeting.live import elsewhere, giving_way, state, touched
from meeting.live.known import Audience, Picture, picture, text_of
from meeting.live.screens import ROOMS, Listener, Room, channel, personal_channel
from meeting.permissions import Action, Actor, Role, allows
from meeting.web.sockets import NAMESPACE, socketio
from meeting.web.wire import Encoded, fields
from meeting.writer import writer

log = logging.getLogger("meeting.live")

GAP_SECONDS = 0.100
LARGE_BYTES = 8 * 1024
LARGE_GAP_SECONDS = 1.0
WHOLE_SECONDS = 5.0  # everything is read at most so often: of a council it costs a tenth of a second
CALM_SECONDS = 0.300  # and a moment after the change that asked for it
GRACE_SECONDS = 0.050  # so long another process may take to tell what it wrote
BREATH_PEOPLE = 50  # so many are told before others may go on


NOBODY = Actor(account_id=0, person_id=0, name="")
Identify = Callable[[str], Actor | None]
identify: Identify = lambda _sid: None  # noqa: E731 - the live door sets it: who speaks on a socket now


def enter(meeting_id: int, listener: Listener) -> Room:
    """A screen joins. Call before reading its state, so that no commit falls between."""
    room = ROOMS.setdefault(meeting_id, Room(meeting_id))
    room.listeners[listener.sid] = listener
    mark(meeting_id)
    return room


def read_in(room: Room, audience: Audience) -> None:
    """Forgets as 'sent' what joining screens read newer than the last broadcast: it must be sent again if it turns back."""
    sent = room.sent[audience]
    for name, text in texts_of(room, audience).items():
        if sent.get(name) != text:
            sent.pop(name, None)


def leave(sid: str) -> None:
    """A screen went away."""
    for room in list(ROOMS.values()):
        gone = room.listeners.pop(sid, None)
        if gone is None:
            continue
        mark(room.meeting_id)
        if gone.actor.person_id not in room.persons():
            room.people.forget(gone.actor.person_id)
        if not room.listeners:
            ROOMS.pop(room.meeting_id, None)


def changed(versions: dict[int, int]) -> None:
    """The writer's subscriber."""
    touched.publish()
    for meeting_id, number in versions.items():
        room = ROOMS.get(meeting_id)
        if room is not None:
            room.cover(number)
            room.owed = True
            mark(meeting_id)


@on(Event.PARTICIPANTS_SET, Event.MEETING_EDITED, Event.PRESIDER_CHANGED)
def doubt(_tx: Tx, told: Told) -> None:
    """Who takes part may be another now: the next telling looks before it speaks."""
    room = ROOMS.get(told.chain)
    if room is not None:
        room.uncertain = True


def written_elsewhere(meeting_id: int, number: int, *, told: bool = False) -> None:
    """Another process wrote. `told`: it said into which tables; otherwise everything is to be read."""
    room = ROOMS.get(meeting_id)
    if room is None or number <= room.covered:
        return
    (room.cover if told else room.hear)(number)
    room.owed = True
    mark(meeting_id)


def erased(meeting_id: int) -> None:
    """A meeting of which no version is kept any more: it is looked at whether it is still there."""
    room = ROOMS[meeting_id]
    room.owed = room.doubted = True
    mark(meeting_id)


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
    """Tells what changed until nothing is new."""
    try:
        while room.dirty and room.listeners:
            giving_way.to_acts()
            room.dirty, began = False, time.monotonic()
            _push(room, whole=False)
            if room.owed and not room.reading:
                room.reading = True
                socketio.start_background_task(_read_whole, room)
            socketio.sleep(max(GAP_SECONDS, time.monotonic() - began))  # telling never takes the time of acting
    finally:
        room.running = False


def _read_whole(room: Room) -> None:
    """Reads everything a moment after changes, part by part, while changes go on being told."""
    try:
        while room.owed and room.listeners:
            _wait_for_calm(room)
            giving_way.to_acts()
            room.owed = False
            _push(room, whole=True)
            room.whole_at = time.monotonic()
    finally:
        room.reading = False


def _wait_for_calm(room: Room) -> None:
    """Until it is time to read everything; no longer than a moment while somebody wrote who has not told what."""
    now = time.monotonic()
    due, behind = max(now + CALM_SECONDS, room.whole_at + WHOLE_SECONDS), room.is_behind
    while time.monotonic() < due:
        socketio.sleep(GRACE_SECONDS)
        if behind and room.is_behind:
            return
        behind = room.is_behind


def _breathe() -> None:
    socketio.sleep(0)


def _push(room: Room, *, whole: bool) -> None:
    try:
        turn_out(room, always=whole)
        _tell_all(room, whole=whole)
    except Exception:
        log.exception("screens were not told", extra={"meeting": room.meeting_id})


def _tell_all(room: Room, *, whole: bool) -> None:
    """First what everybody waits for, the largest audience before the others, then each person's own part."""
    counts: dict[Audience, int] = defaultdict(int)
    versions, heard = list[int](), room.newest
    for each in room.listeners.values():
        counts[each.audience] += 1
    for audience in sorted(counts, key=lambda each: -counts[each]):
        if not whole and _is_told(room, audience):
            continue
        with picture(room.meeting_id) as found:
            if not found.there:
                return
            room.of(audience).refresh(found, whole=whole, pause=_breathe)
        versions.append(found.seq)
        _tell_audience(room, audience, found, whole=whole)
        socketio.sleep(0)
    if not whole and room.people.holds:
        return
    with picture(room.meeting_id) as found:
        if found.there:
            room.people.refresh(found, list(room.persons().values()), whole=whole, pause=_breathe)
            _tell_people(room, found)
            if whole:
                room.known = {audience: known for audience, known in room.known.items() if audience in counts}
                room.has_read(max(heard, min([*versions, found.seq])))  # what was heard of before is in every picture


def turn_out(room: Room, *, always: bool = False) -> list[str]:
    """Lets go of screens whose rights no longer reach what they were sent: they come again and hear what holds now.

    Who somebody is is asked anew when roles, accounts or tokens changed or a new day began; who takes part, when what it was
    read from was written, and whenever everything is read.
    """
    mark, day = database().rights_mark(), clock.today()
    then, tables = room.hats_read
    same = mark is not None and (mark, day) == room.rights and not room.uncertain
    if same and not always and not touched.written_since(then, tables):
        return []
    room.uncertain = False
    listeners = list(room.listeners.values())
    if mark is None or (mark, day) != room.rights:
        for each in listeners:
            each.actor = identify(each.sid) or NOBODY
        room.rights = (mark, day)
        room.people.read.pop("", None)
    with picture(room.meeting_id) as found:

        def unreached(session: Session, meeting: Meeting) -> list[str]:
            hats = meeting.hats_of_many([each.actor for each in listeners], session)
            return [each.sid for each in listeners if not _reached(session, meeting, each, hats[each.actor.person_id])]

        gone = [each.sid for each in listeners]  # all of them from a meeting that was erased
        if found.there:
            gone, looked = found.read(unreached)
            room.hats_read = (found.moment, looked)
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


def _head(room: Room, found: Picture) -> dict[str, str]:
    return {"meeting_id": str(room.meeting_id), "epoch": text_of(found.epoch), "seq": str(found.seq)}


def texts_of(room: Room, audience: Audience) -> dict[str, str]:
    """What an audience is told, with whose screens are connected for those who run the meeting."""
    sections = room.of(audience).texts()
    if audience[0] == "desk":
        sections["connections"] = text_of(sorted({*elsewhere.here(room.meeting_id), *elsewhere.people(room.meeting_id)}))
    return sections


def _is_told(room: Room, audience: Audience) -> bool:
    """Whether nothing of what this audience sees was written, and all that is known went out."""
    return room.of(audience).holds and texts_of(room, audience) == room.sent[audience]


def _tell_audience(room: Room, audience: Audience, found: Picture, *, whole: bool) -> None:
    room.hear(found.seq)
    if not whole and room.is_behind:
        room.owed = True  # another process wrote meanwhile
    news = _news(room, audience, texts_of(room, audience))
    if news:
        message = Encoded(fields(**_head(room, found), sections=fields(**news)))
        socketio.emit("live.state", message, to=channel(room.meeting_id, audience), namespace=NAMESPACE)


def _tell_people(room: Room, found: Picture) -> None:
    head = _head(room, found)
    waiting, room.people.changed = sorted(room.people.changed), set()
    for number, person_id in enumerate(waiting, 1):
        if person_id not in room.people.mine:
            continue
        message = Encoded(fields(**head, me=room.people.text(person_id)))
        socketio.emit("live.me", message, to=personal_channel(room.meeting_id, person_id), namespace=NAMESPACE)
        if number % BREATH_PEOPLE == 0:
            socketio.sleep(0)


def _news(room: Room, audience: Audience, sections: dict[str, str]) -> dict[str, str]:
    news: dict[str, str] = {}
    sent = room.sent[audience]
    for name, text in sections.items():
        if sent.get(name) == text or _too_soon(room, audience, name, text):
            continue
        sent[name] = news[name] = text
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


writer.tables_written = touched.since_last
