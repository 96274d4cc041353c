"""A real server on a safe line, with the council's own authority."""

import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import requests

from meeting import config
from meeting.entrance import authority
from tests.serving import Server, free_port
from tests.waiting import PATIENCE, until

NAME = "hop.example.test"


@dataclass
class SafeServer(Server):
    """`meeting run --cert --key` on a name of its own; this process finds the name on the loopback."""

    redirect_port: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"https://{NAME}:{self.port}"

    @property
    def files(self) -> authority.Files:
        """The certificates."""
        return authority.Files(self.data / "certificates")

    def certify(self) -> None:
        """A certificate for the name and the loopback; the root at the first time."""
        before = config.settings()
        config.use(replace(before, data=self.data))
        hosts = [authority.host_of(each) for each in (NAME, "127.0.0.1", "::1")]
        if not self.files.root.exists():
            authority.make_root("Phường Ví Dụ", hosts)
        authority.make_server(hosts)
        config.use(before)

    def start(self, *_options: str) -> "SafeServer":
        """Starts the web process and waits until it is healthy; makes a certificate where there is none yet."""
        if not self.files.server.exists():
            self.certify()
        line = {
            "MEETING_DATA": str(self.data),
            "MEETING_KEYS": str(self.data / "keys"),
            "MEETING_TLS_CERTIFICATE": str(self.files.server),
            "MEETING_TLS_KEY": str(self.files.server_key),
            "MEETING_REDIRECT_PORT": str(self.redirect_port),
            "MEETING_GUARD": "1",
        }
        with (self.data / "server.log").open("ab") as log:
            command = [sys.executable, "-m", self.program, "::", str(self.port)]
            environment = {**os.environ, **line, **self.environment}
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        until(self._is_healthy, "the server is healthy", 120)
        return self

    def _is_healthy(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.data / "server.log").read_text()[-3000:]
        try:
            return self.asks().get(f"{self.address}/healthz", timeout=5).ok
        except requests.RequestException:
            return False

    def asks(self) -> requests.Session:
        """A client that trusts the council's authority and nobody else."""
        client = requests.Session()
        client.verify = str(self.files.root)
        client.trust_env = False
        return client

    def act(self, username: str, name: str, /, **wanted: Any) -> tuple[int, dict[str, Any]]:
        """An act over the safe line."""
        headers = {"Authorization": f"Bearer token-{username}"}
        heard = self.asks().post(f"{self.address}/api/v1/acts/{name}", json=wanted, headers=headers, timeout=PATIENCE)
        return heard.status_code, heard.json()

    def get(self, username: str, path: str) -> tuple[int, Any]:
        """A GET under /api/v1."""
        headers = {"Authorization": f"Bearer token-{username}"}
        heard = self.asks().get(f"{self.address}/api/v1{path}", headers=headers, timeout=PATIENCE)
        return heard.status_code, heard.json()

    def wrapped(self, host: str, **versions: ssl.TLSVersion) -> ssl.SSLSocket:
        """A connection of one's own."""
        context = ssl.create_default_context(cafile=str(self.files.root))
        for name, value in versions.items():
            setattr(context, name, value)
        return context.wrap_socket(socket.create_connection((host, self.port), 30), server_hostname=NAME)


@contextmanager
def name_on_loopback() -> Iterator[None]:
    """In this process the name leads to the loopback, as a council's own DNS would say."""
    real = socket.getaddrinfo

    def found(host: Any, *more: Any, **named: Any) -> Any:
        return real("127.0.0.1" if host in (NAME, NAME.encode()) else host, *more, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", found)
        yield


@contextmanager
def on_safe_line(data: Path, **environment: str) -> Iterator[SafeServer]:
    """A running server on a safe line, stopped at the end."""
    with name_on_loopback():
        server = SafeServer(data, environment=environment)
        try:
            yield server.start()
        finally:
            if server.process is not None:
                server.stop()
