"""The Socket.IO server object, and the door of the acts on it. What is said is in the live room."""

from collections.abc import Callable, Container
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from flask_socketio import SocketIO
from socketio import packet

NAMESPACE = "/live"
socketio = SocketIO()


@dataclass(frozen=True, slots=True)
class Caller:
    """A tablet that asked for an act and waits for its acknowledgement."""

    sid: str
    line: str  # the Engine.IO socket
    number: int | None  # of the acknowledgement; None: it wants none

    @property
    def is_there(self) -> bool:
        """Whether the tablet is still connected."""
        return self.line in socketio.server.environ

    def acknowledge(self, body: Any) -> None:
        """Sends the acknowledgement; a tablet that has gone meanwhile gets none."""
        if self.number is not None:
            server = socketio.server
            server._send_packet(self.line, server.packet_class(packet.ACK, [body], NAMESPACE, self.number, binary=False))

    def context(self, *, spoken: bool) -> AbstractContextManager[Any]:
        """Where sentences can be said: in the application where it is known who hears them, else in the tablet's request."""
        environ = dict(socketio.server.environ.get(self.line, {}))
        app = environ["flask.app"]
        return app.app_context() if spoken else app.request_context(environ)  # type: ignore[no-any-return]


Take = Callable[[Caller, str, Any], None]


def take_acts(names: Container[str], take: Take) -> None:
    """Lets acts in as they come, without a thread and a Flask request for each: `take(caller, name, message)` only puts them
    into the writer's queue, which acknowledges them later. All other events stay Flask-SocketIO's.
    """
    server = socketio.server
    others = server._handle_event

    def handle(line: str, namespace: str, number: int | None, said: Any) -> None:
        is_act = namespace == NAMESPACE and isinstance(said, list) and said and isinstance(said[0], str) and said[0] in names
        if not is_act:
            others(line, namespace, number, said)
            return
        sid = server.manager.sid_from_eio_sid(line, namespace)
        if sid is not None and server.manager.is_connected(sid, namespace):
            take(Caller(sid, line, number), said[0], said[1] if len(said) > 1 else None)

    server._handle_event = handle
