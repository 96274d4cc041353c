"""The drill: a backup is restored beside the running system and compared; a bad one is found out; nothing stays."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meeting import config, migrations
from meeting.documents.models import File
from meeting.records import backup, pieces
from meeting.records.drill import LOOKS, drill
from meeting.records.sealed import new_keys, read_key
from tests.documents.papers import paper
from tests.serving import serving

Do = Callable[..., dict[str, Any]]
Council = Any


@pytest.fixture
def filled(store: Path, do: Do, council: Council, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a paper."""
    monkeypatch.setattr(migrations, "upgrade", lambda: None)  # the tests' store is made from the models
    from hashlib import sha256

    from meeting import clock

    content = paper(1)
    digest = sha256(content).hexdigest()
    folder = store / "storage" / "files" / digest[:2]
    folder.mkdir(parents=True)
    (folder / digest).write_bytes(content)
    kind = {"media_type": "application/pdf", "name": "x.pdf", "size_bytes": len(content)}
    council.write(File(sha256=digest, state="ready", page_count=1, pages_done=1, uploaded_at=clock.now(), **kind))
    do("admin", "organization.add_unit", name="Trạm Y tế", short_name="TYT")
    return store


def outcome(found: Any) -> dict[str, bool]:
    """What was looked at and how it was."""
    return {each["name"]: each["ok"] for each in found.findings}


def test_a_good_backup_passes_every_look_and_leaves_nothing(filled: Path, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "b.tar")
    before = sorted(path.name for path in filled.iterdir())

    found = drill(tmp_path / "b.tar")

    assert found.ok, found
    assert outcome(found) == dict.fromkeys(LOOKS, True)
    assert sorted(path.name for path in filled.iterdir()) == before
    assert config.settings().data == filled


def _less(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as raw:
        for verb in ("update", "delete"):
            raw.execute(f"DROP TRIGGER IF EXISTS journal_no_{verb}")
        raw.execute(statement)
    raw.close()


@pytest.mark.parametrize(
    ("statement", "look"),
    [
        ("DELETE FROM sign_in", ""),
        ("DELETE FROM api_token WHERE id = 1", "counts"),
        ("UPDATE journal SET hash = 'x' WHERE seq = 1", "heads"),
        ("UPDATE journal SET facts = replace(facts, '\"', '\" ') WHERE seq = 1", "journal"),
        ("UPDATE file SET sha256 = replace(sha256, substr(sha256, 1, 1), 'z')", "papers"),
    ],
)
def test_a_store_that_is_not_what_its_list_says_is_found_out(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str, look: str
) -> None:
    figures = backup.figures
    told = figures(pieces.store_file())
    monkeypatch.setattr(backup, "figures", lambda _copy: told)  # the list is of before, the store of after
    copy = pieces.copiers["sqlite"]

    def changed(target: Path) -> None:
        copy(target)
        _less(target, statement)

    monkeypatch.setitem(pieces.copiers, "sqlite", changed)
    backup.back_up(tmp_path / "b.tar")
    monkeypatch.setattr(backup, "figures", figures)

    found = drill(tmp_path / "b.tar")

    wrong = {look, "journal"} if look == "heads" else {look}
    assert outcome(found) == {name: name not in wrong for name in LOOKS}
    assert found.ok is (look == "")


def test_an_encrypted_one_needs_the_secret_key(filled: Path, tmp_path: Path) -> None:
    public, secret = new_keys()
    backup.back_up(tmp_path / "b.hkg", read_key(public))

    assert drill(tmp_path / "b.hkg", read_key(public)).error == "backup_key_needed"
    assert drill(tmp_path / "b.hkg", read_key(new_keys()[1])).error == "backup_wrong_key"
    assert drill(tmp_path / "b.hkg", read_key(secret)).ok


def test_a_cut_off_one_is_no_backup(filled: Path, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "b.tar")
    whole = (tmp_path / "b.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])

    assert drill(tmp_path / "cut.tar").error == "backup_unreadable"


@pytest.mark.server
def test_the_drill_of_the_command_line_leaves_the_running_system_alone(template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "storage").mkdir(parents=True)
    shutil.copy(template, data / "storage" / "meeting.db")
    secret = tmp_path / "secret"
    said = [sys.executable, "-m", "meeting.cli"]
    public = subprocess.run([*said, "backup", "keygen", str(secret)], capture_output=True, text=True, check=True).stdout.strip()
    (tmp_path / "public").write_text(public)
    with serving(data, ready=True) as server:
        made = [*said, "backup", str(tmp_path / "b.hkg"), "--key-file", str(tmp_path / "public"), "--data", str(data)]
        subprocess.run(made, check=True, capture_output=True)
        tried = [*said, "drill", str(tmp_path / "b.hkg"), "--key-file", str(secret), "--json", "--data", str(data)]
        ended = subprocess.run(tried, capture_output=True, text=True, check=False)
        assert server.act("admin", "organization.add_unit", name="Trong khi thử", short_name="TKT")[0] == 200

    found = json.loads(ended.stdout)
    assert found["ok"], (found, ended.stderr)
    assert [each["name"] for each in found["findings"]] == list(LOOKS)
    assert secret.stat().st_mode & 0o777 == 0o600
    assert not list(data.glob(".drill-*"))
