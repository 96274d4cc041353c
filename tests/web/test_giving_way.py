"""A page that is made lets others go on between its statements."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from meeting.web import doors
from meeting.web.sockets import socketio
from tests.conftest import Council

Client = Callable[[str], FlaskClient]


@pytest.mark.parametrize(("turn_seconds", "gives_way"), [(-1.0, True), (3600.0, False)])
def test_a_page_gives_way_when_its_turn_is_over(
    turn_seconds: float, gives_way: bool, app: Flask, client: Client, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, sleep = list[float](), socketio.server.sleep
    found = council.meeting(state="issued")
    reader = client("hoa")
    monkeypatch.setattr(doors, "TURN_SECONDS", turn_seconds)
    monkeypatch.setattr(socketio.server, "sleep", lambda seconds=0: (turns.append(seconds), sleep(seconds))[1])

    assert reader.get(f"/meetings/{found}").status_code == 200

    assert (len(turns) > 10) is gives_way
