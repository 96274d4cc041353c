"""The shipped nginx configuration before a real server: it is accepted, tablets connect through it, figures stay inside."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bench import front
from tests.serving import Tablet, serving

pytestmark = [pytest.mark.server, pytest.mark.skipif(front.nginx() is None, reason="nginx is not installed")]


@pytest.fixture(scope="module")
def address(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the shipped configuration in front of it."""
    data = tmp_path_factory.mktemp("nginx")
    (data / "storage").mkdir()
    shutil.copy(template, data / "storage" / "meeting.db")
    behind = serving(data, ready=True, MEETING_BEHIND_NGINX="1")
    with behind as server, front.Front(data / "nginx", server.port, data / "storage") as before:
        yield f"http://127.0.0.1:{before.port}"


def test_figures_stay_on_the_machine(address: str) -> None:
    assert requests.get(f"{address}/healthz", timeout=10).json()["ok"] is True
    assert requests.get(f"{address}/metrics", timeout=10).status_code == 404


def test_a_tablet_connects_by_websocket(address: str) -> None:
    tablet = Tablet(address, "token-hoa").connect()

    assert tablet.call("live.join", meeting_id=1)["ok"] is False  # heard and answered: there is no such meeting
    tablet.close()
