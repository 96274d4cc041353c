"""The real server: it starts, is healthy, refuses a second one on the same data, and stops cleanly."""

import shutil
import subprocess
import sys

import pytest
import requests
import socketio

from tests.serving import Server, Tablet, free_port, serving
from tests.waiting import PATIENCE

pytestmark = pytest.mark.server


@pytest.fixture
def folder(template, tmp_path):
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    return tmp_path


@pytest.fixture(scope="module", params=["eventlet", "gevent"])
def server(template, tmp_path_factory, request):
    data = tmp_path_factory.mktemp("served")
    (data / "storage").mkdir()
    shutil.copy(template, data / "storage" / "meeting.db")
    with serving(data, "--empty", MEETING_ASYNC=request.param) as running:
        yield running


def test_it_is_healthy_and_says_who_may_come_in(server):
    healthy = requests.get(server.address + "/healthz", timeout=PATIENCE)
    stranger = requests.get(server.address + "/api/v1/meetings", timeout=PATIENCE)

    assert healthy.json()["ok"] is True
    assert (stranger.status_code, stranger.json()["code"]) == (401, "sign_in_first")


def test_a_wrong_token_is_turned_away_at_the_socket(server):
    with pytest.raises(socketio.exceptions.ConnectionError):
        Tablet(server.address, "wrong").connect()


def test_a_second_server_on_the_same_data_is_refused(server):
    command = [sys.executable, "-m", "meeting.cli", "run", "--port", str(free_port()), "--data", str(server.data), "--empty"]

    second = subprocess.run(command, capture_output=True, text=True, timeout=120)

    assert second.returncode != 0
    assert "Traceback" not in second.stderr


def test_sigterm_ends_it_cleanly_and_it_starts_again(folder):
    server = Server(folder).start("--empty")

    assert server.stop() == 0
    again = Server(folder).start("--empty")
    assert again.stop() == 0
