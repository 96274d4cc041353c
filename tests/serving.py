"""Real server processes on the loopback, and real Socket.IO clients."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import socketio

from tests.waiting import PATIENCE


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@dataclass
class Server:
    """`meeting run` on a data folder. Where the tables stand (`ready`), what it ends in is started at once, which is quicker."""

    data: Path
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    ready: bool = False
    program: str = "meeting.cli.web_process"  # what a ready one is started as
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> "Server":
        """Starts it and waits until it is healthy."""
        command = [sys.executable, "-m", "meeting.cli", "run", "--port", str(self.port), "--data", str(self.data), *options]
        if self.ready:
            command = [sys.executable, "-m", self.program, "127.0.0.1", str(self.port)]
        log = (self.data / "server.log").open("ab")
        folders = {"MEETING_DATA": str(self.data), "MEETING_KEYS": str(self.data / "keys")}
        environment = {**os.environ, **folders, "MEETING_GUARD": "1", **self.environment}
        self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        log.close()
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                if requests.get(self.address + "/healthz", timeout=5).ok:
                    return self
            except requests.RequestException:
                assert self.process.poll() is None, (self.data / "server.log").read_text()[-3000:]
                time.sleep(0.1)
        raise AssertionError("the server did not become healthy: " + (self.data / "server.log").read_text()[-3000:])

    def kill(self) -> None:
        """kill -9 of the whole group: web, worker, all at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """SIGTERM; returns the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        return int(self.process.returncode)

    def act(self, username: str, name: str, /, **wanted: Any) -> tuple[int, dict[str, Any]]:
        """An act over HTTP with the token of the standing cast."""
        headers = {"Authorization": f"Bearer token-{username}"}
        heard = requests.post(f"{self.address}/api/v1/acts/{name}", json=wanted, headers=headers, timeout=PATIENCE)
        return heard.status_code, heard.json()

    def get(self, username: str, path: str) -> tuple[int, Any]:
        """A GET under /api/v1."""
        headers = {"Authorization": f"Bearer token-{username}"}
        heard = requests.get(f"{self.address}/api/v1{path}", headers=headers, timeout=PATIENCE)
        return heard.status_code, heard.json()


@contextmanager
def serving(data: Path, *options: str, ready: bool = False, **environment: str) -> Iterator[Server]:
    """A running server, stopped at the end."""
    server = Server(data, environment=environment, ready=ready).start(*options)
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Tablet:
    """A Socket.IO client that keeps the state as a tablet does: a seq for each section, newer or equal replaces."""

    address: str
    token: str
    sections: dict[str, Any] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)
    me: dict[str, Any] = field(default_factory=dict)
    messages: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    told_me: int = 0  # how often it was told something of its own
    transports: tuple[str, ...] = ("websocket",)
    jar: requests.Session | None = None  # its cookies, where it keeps them
    io: Any = None
    _one: threading.Lock = field(default_factory=threading.Lock)  # the client hears each message in a thread of its own

    def connect(self) -> "Tablet":
        """Connects to /live; raises when turned away."""
        self.io = socketio.Client(reconnection=False, http_session=self.jar)
        self.io.on("live.state", self._state, namespace="/live")
        self.io.on("live.me", self._me, namespace="/live")
        said, how = {"token": self.token}, list(self.transports)
        self.io.connect(self.address, auth=said, namespaces=["/live"], transports=how, wait_timeout=PATIENCE)
        return self

    def join(self, meeting_id: int, **more: Any) -> dict[str, Any]:
        """`live.join`; the answer replaces everything but what was told while it was on its way to this thread."""
        mark, told = len(self.messages), self.told_me
        heard: dict[str, Any] = self.call("live.join", meeting_id=meeting_id, **more)
        if heard["ok"]:
            with self._one:
                self.sections = dict(heard["state"])
                self.seqs = dict.fromkeys(self.sections, heard["seq"])
                self.me = heard["me"] if self.told_me == told else self.me
                for _, message in self.messages[mark:]:
                    self._take(message)
        return heard

    def call(self, name: str, /, **wanted: Any) -> dict[str, Any]:
        """Emits an act and returns its acknowledgement."""
        return dict(self.io.call(name, wanted, namespace="/live", timeout=PATIENCE))

    def until(self, condition: Any, seconds: float = 30.0) -> None:
        """Waits until the kept state fulfils a condition."""
        deadline = time.monotonic() + seconds
        while not condition(self):
            assert time.monotonic() < deadline, (self.sections, self.me)
            time.sleep(0.01)

    def close(self) -> None:
        """Goes away."""
        self.io.disconnect()

    def _state(self, message: dict[str, Any]) -> None:
        with self._one:
            self.messages.append((time.monotonic(), message))
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        for name, value in message["sections"].items():
            if message["seq"] >= self.seqs.get(name, -1):
                self.seqs[name], self.sections[name] = message["seq"], value

    def _me(self, message: dict[str, Any]) -> None:
        with self._one:
            self.me = message["me"]
            self.told_me += 1
