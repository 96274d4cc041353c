"""The commands in processes of their own, on a data folder of their own."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from meeting import database
from meeting.cli import opening
from meeting.cli.commands import meeting
from tests.waiting import PATIENCE

pytestmark = pytest.mark.server
ROOT = Path(__file__).resolve().parent.parent.parent


class Installation:
    """A data folder and the commands on it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.running: list[subprocess.Popen[str]] = []
        self.environment = {**os.environ, "MEETING_DATA": str(data), "MEETING_KEYS": str(data / "keys"), "PYTHONPATH": str(ROOT)}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs one command to its end."""
        command = [sys.executable, "-m", "meeting.cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, cwd=self.data.parent)

    def inside(self, *arguments: str) -> Result:
        """Runs one command in this process, which is quicker."""
        heard = CliRunner(catch_exceptions=False).invoke(meeting, arguments)
        database.use(None)
        return heard

    def serve(self, *arguments: str) -> tuple[subprocess.Popen[str], str, list[str]]:
        """Starts the server; returns it, its address and the other lines it promised."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "meeting.cli", "run", "--port", str(port), *arguments]
        server = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.running.append(server)
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        return server, address, []

    def stop(self) -> None:
        """Ends whatever still runs."""
        for server in self.running:
            if server.poll() is None:
                server.kill()
            server.communicate()


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("MEETING_DATA", str(tmp_path / "data"))
    made = Installation(tmp_path / "data")
    yield made
    made.stop()


@pytest.fixture
def with_admin(installation: Installation) -> Installation:
    """An installation with an administrator and nothing else."""
    done = installation.inside("user", "create", "quantri", "--role", "admin", "--name", "Ngô Quản Trị")
    assert done.exit_code == 0, done.stderr
    return installation


def get(address: str, path: str, token: str = "") -> tuple[int, str]:
    request = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as heard:
            return heard.status, heard.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_a_user_gets_a_first_password_and_a_token(installation: Installation) -> None:
    made = installation.run("user", "create", "quantri", "--role", "admin")
    token = installation.run("token", "create", "quantri")
    again = installation.run("user", "create", "quantri", "--role", "admin")

    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\n", made.stdout), made.stderr
    assert re.fullmatch(r"[\w-]{43}\n", token.stdout), token.stderr
    assert (again.returncode, again.stdout) == (1, "")
    assert "quantri" in again.stderr


def test_unknown_people_bodies_and_roles_end_in_a_sentence(with_admin: Installation) -> None:
    for arguments in (
        ("token", "create", "aivay"),
        ("token", "create", "--body", "Hội lạ"),
        ("user", "create", "hoa", "--role", "member"),
        ("user", "create", "hoa", "--role", "member", "--body", "Hội lạ"),
    ):
        done = with_admin.inside(*arguments)
        assert (done.exit_code, done.stdout) == (1, ""), arguments
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
    assert with_admin.inside("user", "create", "hoa", "--role", "vua").exit_code == 2


def test_a_list_with_wrong_lines_is_not_imported(with_admin: Installation, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("Họ tên;Đơn vị\nLê Hoa;Phòng Lạ\n", encoding="utf-8")
    (tmp_path / "right.csv").write_text("Họ tên;Thư điện tử\nLê Hoa;hoa@example.org\n", encoding="utf-8")

    wrong = with_admin.inside("import", "people", str(tmp_path / "wrong.csv"))
    dry = with_admin.inside("import", "people", "--dry-run", str(tmp_path / "right.csv"))
    right = with_admin.inside("import", "people", str(tmp_path / "right.csv"))

    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "Phòng Lạ" in wrong.stderr
    assert (dry.exit_code, right.exit_code, right.stdout) == (0, 0, "")
    assert with_admin.inside("token", "create", "hoa.l").exit_code == 0


def test_the_journal_verifies_until_somebody_tampers_with_it(with_admin: Installation) -> None:
    whole = with_admin.inside("journal", "verify")
    with sqlite3.connect(with_admin.data / "storage" / "meeting.db") as raw:
        raw.execute("DROP TRIGGER IF EXISTS journal_no_update")
        raw.execute("UPDATE journal SET facts = replace(facts, 'quantri', 'kexau') WHERE seq = 1")
    raw.close()
    broken = with_admin.inside("journal", "verify")

    assert (whole.exit_code, whole.stdout.count("\n")) == (0, 1), whole.stderr
    assert broken.exit_code == 1
    assert re.search(r"\b1\b", broken.stdout)


def test_a_backup_brings_everything_back(with_admin: Installation, tmp_path: Path) -> None:
    assert with_admin.inside("backup", str(tmp_path / "b.tar")).exit_code == 0
    with_admin.inside("user", "create", "sau", "--role", "admin")

    restored = with_admin.inside("restore", str(tmp_path / "b.tar"))

    assert (restored.exit_code, restored.stdout) == (0, ""), restored.stderr
    assert with_admin.inside("token", "create", "sau").exit_code == 1
    assert with_admin.inside("token", "create", "quantri").exit_code == 0
    assert with_admin.inside("journal", "verify").exit_code == 0


def test_models_and_migrations_agree(installation: Installation) -> None:
    done = installation.run("db-check")

    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_an_empty_system_offers_one_address_and_stops_when_told(installation: Installation) -> None:
    server, address, _ = installation.serve("--empty")
    assert server.stdout is not None
    first = server.stdout.readline().strip()

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    assert first.startswith(f"{address}/first/")
    assert get(address, "/healthz")[0] == 200
    assert get(address, first.removeprefix(address))[0] == 200
    second = subprocess.run(
        [sys.executable, "-m", "meeting.cli", "run", "--port", "1", "--empty"],
        env=installation.environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert second.returncode == 1
    assert "Traceback" not in second.stderr
    server.send_signal(signal.SIGTERM)
    assert server.wait(60) == 0


def test_a_token_made_on_the_command_line_opens_the_running_server(with_admin: Installation) -> None:
    _, address, _ = with_admin.serve()
    token = with_admin.run("token", "create", "quantri").stdout.strip()

    status, body = get(address, "/api/v1/me", token)
    me: dict[str, Any] = json.loads(body)

    assert (status, me["username"]) == (200, "quantri")
    assert get(address, "/api/v1/me", "falsch")[0] == 401


def test_a_demo_whose_filling_broke_off_is_begun_anew_and_nothing_else_is_touched(installation: Installation) -> None:
    storage = installation.data / "storage"
    storage.mkdir()
    (storage / "meeting.db").write_bytes(b"half a council")
    (storage / "session.key").write_text("kept", encoding="utf-8")
    opening.use_folder(installation.data)

    assert not opening.clear_half_filled()
    assert (storage / "meeting.db").exists()
    (storage / opening.HALF_FILLED).touch()

    assert opening.clear_half_filled()
    assert opening.is_new()
    assert sorted(path.name for path in storage.iterdir()) == ["session.key"]


def test_the_mark_of_filling_stays_when_the_filling_breaks_off(installation: Installation) -> None:
    opening.use_folder(installation.data)

    with pytest.raises(OSError, match="no space"), opening.filling():
        raise OSError("no space")

    assert (installation.data / "storage" / opening.HALF_FILLED).exists()
    with opening.filling():
        pass
    assert not (installation.data / "storage" / opening.HALF_FILLED).exists()
