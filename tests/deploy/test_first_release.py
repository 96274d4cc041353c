"""The data folder of the first release, taken over by `meeting run` of today: it starts, serves, signs in, and is well."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
import requests
from alembic import command

from meeting import database, migrations
from meeting.organization import passwords
from tests.serving import serving
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.server
STORE = Path(__file__).resolve().parents[1] / "kernel" / "stores" / "0001.sql"


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """What an office had: the store as the first release left it, a password, nothing else."""
    (tmp_path / "storage").mkdir()
    database.use(database.Database(f"sqlite:///{tmp_path / 'storage' / 'meeting.db'}"))
    with database.database().writing.begin() as connection:
        command.upgrade(migrations.configuration(connection), "0001")
    with database.database().writing.connect() as connection:
        connection.connection.executescript(STORE.read_text(encoding="utf-8"))
    database.use(None)
    with sqlite3.connect(tmp_path / "storage" / "meeting.db") as raw:
        admin = raw.execute("SELECT id FROM account WHERE is_admin = 1").fetchone()[0]
        digest = sha256(b"token-admin").hexdigest()
        token = "INSERT INTO api_token (account_id, name, sha256, created_at) VALUES (?, 'x', ?, '2026-09-24 01:00:00')"
        raw.execute(token, [admin, digest])
        raw.execute("UPDATE account SET password_hash = ? WHERE username = 'minh'", [passwords.hashed("mật khẩu cũ 2026")])
    raw.close()
    return tmp_path


def bad(data: Path) -> dict[str, str]:
    """What the doctor finds bad; what the worker does first takes some seconds."""
    looked = [sys.executable, "-m", "meeting.cli", "doctor", "--json", "--full", "--data", str(data)]
    ended = subprocess.run(looked, capture_output=True, text=True, env=dict(os.environ), check=False)
    found = json.loads(ended.stdout)
    return {each["name"]: each["sentence"] % each["facts"] for each in found["checks"] if each["state"] == "bad"}


def test_todays_server_takes_over_what_the_first_release_left(left: Path) -> None:
    with serving(left) as server:
        browser = requests.Session()
        page = browser.get(f"{server.address}/sign-in", timeout=PATIENCE).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        fields = {"csrf_token": token[1], "username": "minh", "password": "mật khẩu cũ 2026"}
        browser.post(f"{server.address}/sign-in", data=fields, timeout=PATIENCE)
        me = browser.get(f"{server.address}/api/v1/me", timeout=PATIENCE)
        meetings = browser.get(f"{server.address}/api/v1/meetings", timeout=PATIENCE).json()["data"]
        assert server.act("admin", "records.back_up_now")[0] == 200
        # The dump of its rows has no files beside it, and a drill rightly says that papers are missing.
        until(lambda: set(bad(left)) <= {"drill"}, "the doctor finds something bad", seconds=90)

    assert (me.status_code, me.json()["username"]) == (200, "minh")
    assert len(meetings) > 3
