"""Figures for Prometheus: in its text form, for whom they are meant, with no word about a person."""

import dataclasses
import re
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import requests

from meeting import config, gauges
from meeting.health import metrics
from tests.serving import serving

Do = Callable[..., dict[str, Any]]
LINE = re.compile(r'^meeting_[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [0-9.e+-]+$')


def figures(text: str) -> dict[str, float]:
    """Each figure by its name with labels."""
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if not line.startswith("#")}


def test_every_line_is_in_the_form_of_prometheus(client: Any, do: Do) -> None:
    do("admin", "organization.add_unit", name="Trạm Y tế", short_name="TYT")
    client("lan").get("/keeping")

    answer = client("lan").get("/metrics")

    text = answer.get_data(as_text=True)
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert [line for line in text.splitlines() if not line.startswith("#") and not LINE.match(line)] == []
    kinds = set(re.findall(r"# TYPE (\S+)", text))
    assert {"meeting_requests_total", "meeting_acts_total", "meeting_jobs", "meeting_disk_free_bytes"} <= kinds
    found = figures(text)
    assert found['meeting_acts_total{act="organization.add_unit",outcome="done"}'] >= 1
    assert found['meeting_request_seconds_bucket{room="records",le="+Inf"}'] >= 1
    assert not re.search(r"\blan\b|Vũ Thị|TYT|127\.0\.0\.1", text)


def test_a_spread_counts_up_to_each_bound() -> None:
    spread = gauges.Spread((1, 2, 5))
    for value in (0.5, 1, 1.5, 4, 9):
        spread.note(value)

    lines = {labels.get("le", name): value for name, labels, value in metrics._spread("x", spread, {})}

    assert lines == {"1": 2, "2": 3, "5": 4, "+Inf": 5, "x_sum": 16.0, "x_count": 5}


@pytest.mark.parametrize(
    ("token", "brought", "address", "through", "status"),
    [
        ("", "", "127.0.0.1", "", 200),
        ("", "", "::1", "", 200),
        ("", "", "10.0.0.7", "", 404),
        ("", "", "127.0.0.1", "10.0.0.7", 404),  # came through a proxy on this machine
        ("s3cret", "", "127.0.0.1", "", 404),
        ("s3cret", "wrong", "127.0.0.1", "", 404),
        ("s3cret", "s3cret", "10.0.0.7", "", 200),
    ],
)
def test_who_may_read_them(app: Any, token: str, brought: str, address: str, through: str, status: int) -> None:
    config.use(dataclasses.replace(config.settings(), metrics_token=token))
    headers = {"Authorization": f"Bearer {brought}"} if brought else {}
    headers |= {"X-Forwarded-For": through} if through else {}

    answer = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == status


def test_labels_are_few(client: Any) -> None:
    for path in ("/no/such/1", "/no/such/2", "/meetings/1", "/meetings/2", "/static/nothing.js"):
        client("lan").get(path)

    assert {room for room, _ in gauges.requests} <= {"none", "agenda", "static", "web", "api", "metrics", "health", "records"} | {
        room for room, _ in gauges.requests if "/" not in room and not any(each.isdigit() for each in room)
    }
    assert [room for room, _ in gauges.requests if "/" in room] == []


def test_noting_an_act_costs_next_to_nothing() -> None:
    answer = SimpleNamespace(status=200)
    done = [SimpleNamespace(act=SimpleNamespace(name="x.y"), answer=answer, asked_at=time.monotonic())] * 100
    before = gauges.acts["x.y", "done"]

    for _ in range(20):
        gauges.note_batch(done)

    assert gauges.acts["x.y", "done"] == before + 2000


@pytest.mark.server
def test_a_real_server_tells_of_sockets_and_acts(template: Any, tmp_path: Any) -> None:
    import shutil

    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, ready=True) as server:
        assert server.act("admin", "organization.add_unit", name="Trạm", short_name="T")[0] == 200
        found = figures(requests.get(f"{server.address}/metrics", timeout=10).text)

    assert found['meeting_acts_total{act="organization.add_unit",outcome="done"}'] == 1
    assert found["meeting_sockets"] == 0
    assert found['meeting_writer_batch_acts_bucket{le="1"}'] >= 1
