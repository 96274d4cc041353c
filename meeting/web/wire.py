"""How messages leave: framed once for everybody, and written at once, tablet by tablet, without waking a thread for each.

python-socketio gives every websocket a queue and a thread that empties it. With five hundred tablets that costs more than
what they are told. Here the queue of a websocket is the line itself: what is put into it goes to the kernel in the same
moment; only what a slow tablet does not take waits for a thread of its own. Long polling stays as it is.
"""

import _socket
import logging
import struct
from collections import deque
from contextlib import suppress
from functools import partial
from json import JSONEncoder
from socket import SHUT_RDWR
from ssl import SSLWantReadError, SSLWantWriteError
from typing import Any

from engineio import exceptions, packet
from engineio import json as careful

from meeting import asyncmode

log = logging.getLogger("meeting.web.wire")

TEXT, BINARY = 0x81, 0x82
GRACE_SECONDS = 1.0
MOST_WAITING_BYTES = 8 * 1024 * 1024  # a tablet that takes no more than this is let go; it comes again and gets the state

_plain = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Encoded:
    """A value that is JSON already: it is put into a message as it stands."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def fields(**texts: str) -> str:
    """A JSON object of values that are JSON already."""
    return "{" + ",".join(f'"{name}":{text}' for name, text in texts.items()) + "}"


def encoded(value: Any) -> str:
    """The JSON of a value as it goes on the wire: letters as they are, no spaces."""
    return value.text if isinstance(value, Encoded) else _plain(value)


class Json:
    """The JSON of the sockets: lists of arguments may hold values that are JSON already."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        """The text of a message."""
        return "[" + ",".join(map(encoded, value)) + "]" if type(value) is list else encoded(value)

    loads = staticmethod(careful.loads)


def framed(message: Any) -> bytes:
    """The websocket frame of an Engine.IO packet, made once however many tablets get it."""
    known: bytes | None = getattr(message, "frame", None)
    if known is not None:
        return known
    body = message.encode()
    kind, data = (TEXT, body.encode("utf-8", "replace")) if isinstance(body, str) else (BINARY, bytes(body))
    size = len(data)
    if size < 126:
        head = struct.pack("!BB", kind, size)
    elif size < 65536:
        head = struct.pack("!BBH", kind, 126, size)
    else:
        head = struct.pack("!BBQ", kind, 127, size)
    message.frame = head + data
    return message.frame  # type: ignore[no-any-return]


class Line:
    """One websocket's way out. Stands where Engine.IO expects the queue of the socket; `put(None)` ends it."""

    __slots__ = ("_bytes", "_ended", "_owner", "_raw", "_socket", "_waiting", "_ws")

    def __init__(self, owner: Any, ws: Any, socket: Any, raw: Any) -> None:
        self._owner = owner  # the Engine.IO socket
        self._ws = ws
        self._socket = socket  # waits green
        self._raw = raw  # never waits
        self._waiting: deque[bytes] | None = None  # what the tablet has not taken yet; None: nothing, write at once
        self._bytes = 0
        self._ended = False

    def put(self, message: Any) -> None:
        """Writes a packet now, or behind what waits already."""
        if self._ended:
            return
        if message is None:
            self._ended = True
            self._owner.server.start_background_task(self.close if self._waiting is None else self._cut)
            return
        frame = framed(message)
        if self._waiting is not None:
            self._keep(frame)
            return
        try:
            sent = self._raw.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:  # the reader hears of it and ends everything
            self._ended = True
            return
        if sent < len(frame):
            self._waiting = deque()
            self._keep(frame[sent:])
            self._owner.server.start_background_task(self._flush)

    def _keep(self, frame: bytes) -> None:
        assert self._waiting is not None
        self._waiting.append(frame)
        self._bytes += len(frame)
        if self._bytes > MOST_WAITING_BYTES:
            log.warning("a tablet takes nothing more and is let go")
            self._waiting.clear()
            self.put(None)

    def _flush(self) -> None:
        """Hands over what waits, as fast as the tablet takes it."""
        lock = getattr(self._ws, "_sendlock", None)  # eventlet: an answer to a ping frame must not fall into ours
        try:
            while self._waiting:
                frame = self._waiting.popleft()
                if lock is None:
                    self._socket.sendall(frame)
                else:
                    with lock:
                        self._socket.sendall(frame)
                self._bytes -= len(frame)
        except Exception:
            self._ended = True
        self._waiting = None
        if self._ended:
            self.close()

    def _cut(self) -> None:
        """Gives a tablet that is behind a moment to take the rest, and then ends the line under it."""
        self._owner.server.sleep(GRACE_SECONDS)
        with suppress(OSError):
            self._raw.shutdown(SHUT_RDWR)

    def close(self) -> None:
        """Closes the websocket: its reader ends with it."""
        self._ended = True
        with suppress(Exception):  # it may be closed already, by either side
            self._ws.close()
        with suppress(OSError):
            self._raw.shutdown(SHUT_RDWR)

    def join(self) -> None:
        """As a queue has it. Nobody waits for what a tablet takes."""

    def empty(self) -> bool:
        """Whether nothing waits."""
        return self._waiting is None

    task_done = join


def install(server: Any) -> None:
    """Lets a Socket.IO server write to its websockets directly. In the mode of threads everything stays as it is."""
    mode = asyncmode.mode()
    if mode not in ("eventlet", "gevent"):
        return
    driver: Any = server.eio._async["websocket"]

    class Door(driver):  # type: ignore[misc]
        """The websocket of this mode, served by `attend`."""

        def __init__(self, handler: Any, of: Any) -> None:
            super().__init__(partial(_attend, handler, mode), of)

        def _negotiate_permessage_deflate(self, _extensions: Any) -> None:
            """eventlet: a compressor for each tablet takes 300 KiB and compresses every message again for each."""

    server.eio._async = {**server.eio._async, "websocket": Door}


class Safe:
    """The way out of a socket under TLS: as a plain one, it never waits."""

    __slots__ = ("_bare", "_tls")

    def __init__(self, socket: Any) -> None:
        self._tls = socket._sslobj
        self._bare = getattr(socket, "_sock", None) or partial(_socket.socket.shutdown, socket)

    def send(self, frame: bytes) -> int:
        """Hands a frame to TLS whole, or not at all: then exactly this frame comes first again."""
        try:
            return int(self._tls.write(frame))
        except (SSLWantReadError, SSLWantWriteError):
            raise BlockingIOError from None

    def shutdown(self, how: int) -> None:
        """Ends the line underneath: its reader hears of it."""
        getattr(self._bare, "shutdown", self._bare)(how)

    def setblocking(self, _waits: bool) -> None:
        """It never waits anyway."""


def _raw(socket: Any, mode: str) -> Any:
    """What a frame may be written to at once; nothing that can send where that is not known."""
    if hasattr(socket, "cipher"):
        return Safe(socket) if getattr(socket, "_sslobj", None) is not None else None
    return getattr(socket, "fd" if mode == "eventlet" else "_sock", None)


def _attend(handler: Any, mode: str, ws: Any) -> Any:
    """Serves a websocket until it ends; where its socket cannot be written to directly, as Engine.IO does it."""
    owner = handler.__self__
    socket = ws.socket if mode == "eventlet" else ws._sock.handler.socket
    raw: Any = _raw(socket, mode)
    if not hasattr(raw, "send"):
        return handler(ws)
    raw.setblocking(False)
    if mode == "eventlet":
        socket.settimeout(owner.server.ping_interval + owner.server.ping_timeout)
        ws._apply_mask = _unmasked
    if owner.connected and not _upgrade(owner, ws):
        return []
    owner.connected = owner.upgraded = True
    waited, owner.queue = owner.queue, Line(owner, ws, socket, raw)
    while not waited.empty():
        owner.queue.put(waited.get(block=False))
    _hear(owner, ws)
    owner.queue.close()
    owner.close(wait=False, abort=True, reason=owner.server.reason.TRANSPORT_CLOSE)
    return []


def _upgrade(owner: Any, ws: Any) -> bool:
    """A tablet that began with long polling changes to this websocket, as the protocol says it."""
    owner.upgrading = True  # polls are answered with nothing meanwhile
    try:
        probe = packet.Packet(encoded_packet=_heard(owner, ws) or "6")
        if probe.packet_type != packet.PING or probe.data != "probe":
            return False
        ws.send(packet.Packet(packet.PONG, data="probe").encode())
        owner.queue.put(packet.Packet(packet.NOOP))  # ends the poll that is under way
        return packet.Packet(encoded_packet=_heard(owner, ws) or "6").packet_type == packet.UPGRADE  # type: ignore[no-any-return]
    finally:
        owner.upgrading = False


def _hear(owner: Any, ws: Any) -> None:
    """Takes what the tablet says until the line ends."""
    while True:
        try:
            said = _heard(owner, ws)
        except Exception as problem:
            log.debug("a line ended: %s", problem)
            return
        if said is None:
            return
        try:
            owner.receive(packet.Packet(encoded_packet=said))
        except exceptions.UnknownPacketError:
            continue
        except exceptions.SocketIsClosedError:
            return
        except Exception:
            log.exception("what a tablet said could not be taken")
            return


def _heard(owner: Any, ws: Any) -> Any:
    said = ws.wait()
    if said and len(said) > owner.server.max_http_buffer_size:
        raise ValueError("packet is too large")
    return said


def _unmasked(data: bytes, mask: tuple[int, ...], length: int | None = None, offset: int = 0) -> bytes:
    """The bytes of a client's frame without their mask, all in one step."""
    size = len(data) if length is None else length
    if not size:
        return b""
    turned = bytes(mask[(offset + place) % 4] for place in range(4))
    key = (turned * (size // 4 + 1))[:size]
    return (int.from_bytes(data[:size], "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
