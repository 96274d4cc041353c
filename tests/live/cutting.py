"""A line between tablet and server that can be cut, and a tablet that comes again by itself."""

import socket
import threading
import time
from contextlib import suppress
from typing import Any

from tests.serving import Server, Tablet


class Line:
    """A proxy on the loopback. `cut()` ends every connection through it, without a good-bye."""

    def __init__(self, port: int) -> None:
        self._behind = port
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        """Where tablets connect."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """The Wi-Fi is gone for a moment."""
        with self._lock:
            lines, self._open = self._open, set()
        for each in lines:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Ends it."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._behind), timeout=5)
                except OSError:  # the server is away
                    near.close()
                    continue
                far.settimeout(None)
                with self._lock:
                    self._open |= {near, far}
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(65536):
                target.sendall(received)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        source.close()


class Returning:
    """A tablet on a line of its own: when the line falls it connects and joins again."""

    def __init__(self, server: Server, username: str, meeting_id: int, **more: str) -> None:
        self.username = username
        self.line = Line(server.port)
        self._meeting_id, self._more = meeting_id, more
        self.tablet = Tablet(self.line.address, f"token-{username}")
        self.come()

    def come(self, seconds: float = 60.0) -> None:
        """Connects and joins, as often as it needs."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.tablet.connect()
                heard = self.tablet.join(self._meeting_id, **self._more)
            except Exception:  # whatever the client says of a line that fell
                if time.monotonic() > deadline:
                    raise
                with suppress(Exception):
                    self.tablet.close()
                time.sleep(0.05)
            else:
                assert heard["ok"], heard
                return

    def act(self, name: str, wanted: dict[str, Any]) -> dict[str, Any] | None:
        """The answer, or None when the line fell meanwhile."""
        try:
            return self.tablet.call(name, **wanted)
        except Exception:  # whatever the client says of a line that fell
            return None

    def cut(self) -> None:
        """Loses the line, and comes again."""
        self.line.cut()
        with suppress(Exception):
            self.tablet.close()
        self.come()

    def shows(self, truth: dict[str, Any]) -> bool:
        """Whether the screen is what a fresh reading says."""
        return {name: self.tablet.sections.get(name) for name in truth["state"]} == truth["state"] and self.tablet.me == truth[
            "me"
        ]

    def close(self) -> None:
        """Goes away."""
        with suppress(Exception):
            self.tablet.close()
        self.line.close()
