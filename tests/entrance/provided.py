"""A real provider of identities on the loopback, run for a module of tests."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

from tests.serving import free_port
from tests.waiting import until

SCRIPT = Path(__file__).with_name("provider.mjs")
SECRET = "a secret of the tests"


@dataclass
class Provided:
    """The provider, and the person it signs in next."""

    port: int

    @property
    def issuer(self) -> str:
        """Where it answers, which is its name too."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """The settings of an installation that trusts it."""
        return {
            "MEETING_OIDC_ISSUER": self.issuer,
            "MEETING_OIDC_CLIENT_ID": "meeting",
            "MEETING_OIDC_CLIENT_SECRET": SECRET,
            "MEETING_OIDC_NAME": "Cổng của tỉnh",
        }

    def tell(self, what: str, **said: Any) -> None:
        """Who comes next; new keys; silence."""
        assert requests.post(f"{self.issuer}/test/{what}", json=said, timeout=10).text == "done"

    def answer(self, address: str, origin: str) -> str:
        """What a browser does there: follows all redirects until it is sent back; returns the path and query."""
        browser = requests.Session()
        for _ in range(10):
            heard = browser.get(address, allow_redirects=False, timeout=10)
            assert heard.is_redirect, heard.text[:500]
            address = urljoin(address, heard.headers["Location"])
            if address.startswith(origin):
                return address.removeprefix(origin)
        raise AssertionError("it never came back")


@contextmanager
def providing(*origins: str) -> Iterator[Provided]:
    """A provider for an installation at these origins."""
    port = free_port()
    running = subprocess.Popen(
        ["node", str(SCRIPT), str(port), *origins], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=SCRIPT.parent
    )
    try:
        until(lambda: _answers(port), "the provider answers")
        yield Provided(port)
    finally:
        running.kill()
        running.wait(10)


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/.well-known/openid-configuration", timeout=5).ok
    except requests.RequestException:
        return False
