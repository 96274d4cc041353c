"""The shipped units: systemd finds nothing wrong, and what they start says when it is ready, serves, and ends cleanly."""

import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from tests.deploy.units import PROGRAM, UNITS, listening, program, started, unit
from tests.serving import free_port
from tests.waiting import until

pytestmark = pytest.mark.server
SERVICES = ["meeting.service", "meeting-web@.service", "meeting-worker.service"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for path in UNITS.iterdir():
        text = path.read_text(encoding="utf-8").replace(PROGRAM, program()).replace("/srv/hop-khong-giay", "/srv")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    files = [str(path).replace("@.", "@8001.") for path in sorted(tmp_path.iterdir())]
    (tmp_path / "meeting-web@8001.service").symlink_to(tmp_path / "meeting-web@.service")

    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False)

    said = [line for line in checked.stderr.splitlines() if "meeting" in line]
    assert (checked.returncode, said) == (0, [])


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_little_and_keeps_open_ballot_boxes(name: str) -> None:
    settings = unit(name)

    for key, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
        "RuntimeDirectoryPreserve": "yes",
        "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    }.items():
        assert settings[key] == [value]
    assert int(settings["LimitNOFILE"][0]) >= 20_000
    assert settings["User"] != ["root"]
    assert "MEETING_KEYS=/run/meeting" in settings["Environment"]


def _data(template: Path, tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "storage").mkdir(parents=True)
    shutil.copy(template, data / "storage" / "meeting.db")
    return data


def test_the_service_is_ready_when_it_answers_and_ends_cleanly(template: Path, tmp_path: Path) -> None:
    data, port = _data(template, tmp_path), free_port()
    with listening(tmp_path / "n") as line, started("meeting.service", data, tmp_path / "n", port) as (process, ending):
        assert line.recv(100) == b"READY=1", (data / "service.log").read_text()
        assert requests.get(f"http://127.0.0.1:{port}/healthz", timeout=10).json()["ok"] is True
        assert line.recv(100) == b"WATCHDOG=1"

        process.send_signal(ending)

        assert process.wait(20) == 0
        assert line.recv(100) == b"STOPPING=1"


def test_the_worker_alone_gives_signs_of_life_and_ends_by_its_signal(template: Path, tmp_path: Path) -> None:
    import sqlite3

    data = _data(template, tmp_path)

    def heard() -> bool:
        with sqlite3.connect(data / "storage" / "meeting.db") as store:
            found = store.execute("SELECT value FROM setting WHERE name = 'worker_beat'").fetchone()
        store.close()
        return found is not None

    with started("meeting-worker.service", data, tmp_path / "n", 1) as (process, ending):
        until(heard, "the worker was not heard", seconds=60)
        assert ending.name == "SIGINT"
        process.send_signal(ending)

        assert process.wait(30) == 0, (data / "service.log").read_text()
