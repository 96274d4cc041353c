"""The live door: joining a meeting, and every act by its name."""

import logging
from datetime import date
from functools import partial
from typing import Any

from flask import request, session
from flask_socketio import ConnectionRefusedError as Turned
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from meeting import acts, clock
from meeting.batch import Answer, refusal
from meeting.database import database
from meeting.errors import N_, Malformed, Refused, Unauthorized, Unavailable
from meeting.inputs import LARGEST_NUMBER
from meeting.live import elsewhere, joining, push
from meeting.live.screens import Listener, channel, personal_channel
from meeting.live.together import Together
from meeting.organization import identity
from meeting.permissions import Actor
from meeting.relay import relay
from meeting.tablets import presence, queries
from meeting.web import doors, security
from meeting.web.sockets import NAMESPACE, Caller, socketio, take_acts
from meeting.web.wire import Encoded
from meeting.writer import writer

log = logging.getLogger("meeting.live")

TOGETHER = 100  # so many that connect in the same moment are looked up at once

_tokens: dict[str, str] = {}  # by socket: the API token it connected with
_sessions: dict[str, str] = {}  # by socket: the session it connected with
_devices: dict[str, str] = {}  # by socket: what its browser is known by
_channels: dict[str, list[str]] = {}
_actors: dict[str, tuple[tuple[int | None, date], Actor]] = {}  # by socket: who it is, and the rights that were read for it
_owners: Together[str, Actor | None] = Together(identity.by_tokens, TOGETHER)


def _forget_request() -> None:
    """werkzeug keeps each request in the environment of the socket, with all it has found out: ten kilobytes a tablet."""
    request.environ.pop("werkzeug.request", None)


def connect(auth: dict[str, Any] | None = None) -> None:
    """A socket opens: by API token, else by the session cookie. Anything else is turned away."""
    sid = request.sid  # type: ignore[attr-defined]
    _forget_request()
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is not None:
        who = _owners.ask(str(token))
        _tokens[sid] = str(token)
    else:
        who = doors.actor_or_none()
    if who is None or who.only_meeting is not None:
        _tokens.pop(sid, None)
        raise Turned("sign_in_first")
    if token is None:
        _sessions[sid] = str(session.get("_user_id") or doors.loader.session_id(who))
        _devices[sid] = doors.devices.mark()
        doors.devices.connects()


def disconnect(_reason: str = "") -> None:
    """A socket closed or fell silent."""
    sid = request.sid  # type: ignore[attr-defined]
    for kept in (_tokens, _sessions, _devices, _channels, _actors):
        kept.pop(sid, None)
    push.leave(sid)


def actor_of(sid: str) -> Actor:
    """Who speaks on a socket, as the rights stand now; refused when the session or token has ended.

    Looked up again only when rights changed or a new day began: 500 ballots at once would otherwise ask 500 times.
    """
    mark = (database().rights_mark(), clock.today())
    kept = _actors.get(sid)
    if kept is not None and kept[0] == mark and mark[0] is not None:
        return kept[1]
    if kept is not None:  # rights changed, perhaps in another process, whose change the short memory of tokens does not know
        identity.forget_tokens()
    who = _looked_up(sid)
    _actors[sid] = (mark, who)
    return who


def known(sid: str) -> Actor | None:
    """Who speaks on a socket now; None when the session or token has ended."""
    try:
        return actor_of(sid)
    except Unauthorized:
        return None


def _looked_up(sid: str) -> Actor:
    if sid in _tokens:
        who = doors.loader.by_token(_tokens[sid])
    else:
        who = doors.loader.by_session(_sessions.get(sid, ""))
        who = who if who and doors.devices.admits(who, _devices.get(sid, "")) else None
    if who is None:
        raise Unauthorized()
    return who


def take(caller: Caller, name: str, message: Any) -> None:
    """What a tablet asks for: `live.join`, or an act by its name. Hands it in and goes on; the acknowledgement comes later."""
    who = None
    try:
        who = actor_of(caller.sid)
        if doors.devices.rests(who, _devices.get(caller.sid, "")):
            raise Unauthorized("tablet_locked")
        if name == "live.join":
            _join(caller, who, message)
        else:
            _act(caller, who, name, message)
    except Refused as refused:
        _acknowledge(caller, who, refusal(refused))
    except (OperationalError, InterfaceError, PoolTimeout) as problem:
        log.warning("the store did not answer", extra={"act": name, "problem": type(problem).__name__})
        _acknowledge(caller, who, refusal(Unavailable("busy")), "vi")
    except Exception:
        log.exception("what a tablet asked for could not be taken", extra={"act": name})
        _acknowledge(caller, who, Answer(500, {"code": "bug", "facts": {}}))


def _join(caller: Caller, who: Actor, message: Any) -> None:
    """`live.join {meeting_id}`: enters the room first and reads after; the answer replaces all that the client knows."""
    meeting_id = _meeting_id(message)

    def answered(told: Encoded | Refused) -> None:
        if isinstance(told, Refused):
            _acknowledge(caller, who, refusal(told))
        else:
            caller.acknowledge(told)

    joining.join(joining.Joining(meeting_id, caller.sid, who, str(message.get("audience", "")), _enter), answered)


def _meeting_id(message: Any) -> int:
    raw = message.get("meeting_id") if isinstance(message, dict) else None
    if not isinstance(raw, int) or abs(raw) > LARGEST_NUMBER:
        raise Malformed({"meeting_id": N_("A whole number is expected.")})
    return raw


def _enter(listener: Listener, meeting_id: int) -> bool:
    """Puts a socket into the channels of a meeting, and out of those it was in. False: it has gone meanwhile."""
    sid, server = listener.sid, socketio.server
    if not server.manager.is_connected(sid, NAMESPACE):
        return False
    for name in _channels.pop(sid, []):
        server.leave_room(sid, name, namespace=NAMESPACE)
    push.leave(sid)
    channels = [channel(meeting_id, listener.audience), personal_channel(meeting_id, listener.actor.person_id)]
    for name in channels:
        server.enter_room(sid, name, namespace=NAMESPACE)
    _channels[sid] = channels
    return True


def _act(caller: Caller, who: Actor, name: str, message: Any) -> None:
    """An act: `{request_id, ...input}`. It is acknowledged when the writer has made it durable."""
    security.limit(security.ACTS_PER_ACCOUNT, "act", str(who.account_id))
    raw = dict(message) if isinstance(message, dict) else message
    request_id = raw.pop("request_id", None) if isinstance(raw, dict) else None
    writer.hand_in(partial(_acknowledge, caller, who), who, name, raw, str(request_id) if request_id else None)


def _acknowledge(caller: Caller, who: Actor | None, answer: Answer, otherwise: str | None = None) -> None:
    """The answer in the words of who asked; of one who is nobody any more, in the language of the browser."""
    if answer.ok:
        caller.acknowledge({"ok": True, **answer.body})
    elif caller.is_there:
        with caller.context(spoken=who is not None):
            caller.acknowledge(doors.wire(answer, who.language if who else otherwise))


def _tablets() -> set[int]:
    """The devices whose browsers hold a socket here."""
    found = {queries.tablet_of(known_by)[0] for known_by in list(_devices.values())}
    return {number for number in found if number is not None}


def _everywhere() -> set[int]:
    """Those that hold one at any of the web processes."""
    return _tablets() | elsewhere.people(elsewhere.DEVICES)


def _let_go(tablet_id: int) -> None:
    """Closes the sockets of a device that was locked or taken off, at the other web processes too."""
    relay.tell("let_go", tablet_id)
    _let_go_here("", tablet_id)


def _let_go_here(_process: str, tablet_id: int) -> None:
    presence.forget()
    for sid in [each for each, known_by in list(_devices.items()) if queries.tablet_of(known_by)[0] == tablet_id]:
        push.leave(sid)
        socketio.server.disconnect(sid, namespace=NAMESPACE)


def _tell_touch(tablet_id: int, when: float) -> None:
    relay.tell("touched", [tablet_id, when])


def _hear_touch(_process: str, told: list[float]) -> None:
    presence.note_touch(int(told[0]), told[1])


def register() -> None:
    """Puts every registered act on the wire. Call when all rooms are loaded."""
    presence.connected, presence.let_go, elsewhere.devices_here = _everywhere, _let_go, _tablets
    relay.hear("let_go", _let_go_here)
    presence.tell_touch = _tell_touch
    relay.hear("touched", _hear_touch)
    push.identify = known
    socketio.on_event("connect", connect, namespace=NAMESPACE)
    socketio.on_event("disconnect", disconnect, namespace=NAMESPACE)
    take_acts({"live.join", *acts.REGISTRY}, take)
