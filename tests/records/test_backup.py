"""Backup and restore: everything comes back, verified; what is damaged is refused before anything is replaced."""

import fcntl
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from meeting import config, database, migrations
from meeting.database import reading
from meeting.errors import Refused
from meeting.records import backup, rules, service

Council = Any
Do = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _tables_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' store is made from the models, not by the migrations."""
    monkeypatch.setattr(migrations, "upgrade", lambda: None)


@pytest.fixture
def filled(store: Path, do: Do) -> Path:
    """A store with a file, a journal entry and things that stay out."""
    do("admin", "organization.add_unit", name="Trạm Y tế", short_name="TYT")
    files = store / "storage" / "files" / "ab"
    files.mkdir(parents=True)
    (files / "abcd.pdf").write_bytes(b"%PDF-1.7 to trinh")
    (store / "storage" / "session.key").write_text("secret")
    (store / "storage" / "reports").mkdir()
    (store / "storage" / "reports" / "0123.file").write_bytes(b"a report that waits for one person")
    return store


def everything() -> dict[str, list[Any]]:
    """All rows of all tables."""
    with reading() as session:
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        return {name: sorted(map(repr, session.execute(text(f'SELECT * FROM "{name}"')))) for name in names}


def test_what_was_backed_up_comes_back(filled: Path, do: Do, tmp_path: Path) -> None:
    before = everything()
    assert backup.back_up(tmp_path / "b.tar") == 2
    do("admin", "organization.add_unit", name="Sau sao lưu", short_name="SAU")
    (filled / "storage" / "files" / "ab" / "abcd.pdf").unlink()

    old = service.restore(tmp_path / "b.tar")

    after = everything()
    changed = {name for name in before if before[name] != after[name]} - {"job", "stale_mark"}  # what can be found is read anew
    assert changed == {"journal", "setting"}
    assert [row for row in after["journal"] if row not in before["journal"]] == after["journal"][-1:]
    assert (filled / "storage" / "files" / "ab" / "abcd.pdf").read_bytes() == b"%PDF-1.7 to trinh"
    assert old is not None
    assert (old / "meeting.db").exists()
    assert not (filled / "storage" / "session.key").exists()
    assert service.verify_journal().faults == []


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("files/ab/abcd.pdf", True),
        ("reports/0123.file", False),
        ("survey_keys/4", False),
        ("signing/1", False),
        ("session.key", False),
        ("meeting.db-wal", False),
    ],
)
def test_what_is_made_anew_or_secret_stays_out(path: str, kept: bool) -> None:
    assert rules.belongs(path) is kept


def test_waiting_reports_are_in_no_backup(filled: Path, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as made:
        names = made.getnames()

    assert any(name.endswith("abcd.pdf") for name in names)
    assert not [name for name in names if "reports" in name]


def test_the_epoch_is_higher_after_every_restore(filled: Path, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "b.tar")
    epochs = []

    for _ in range(2):
        service.restore(tmp_path / "b.tar")
        with reading() as session:
            epochs.append(int(session.scalar(text("SELECT value FROM setting WHERE name = 'epoch'")) or 0))

    assert 1 < epochs[0] < epochs[1]


def test_a_backup_is_restored_on_an_empty_machine(filled: Path, tmp_path: Path, council: Council) -> None:
    backup.back_up(tmp_path / "b.tar")
    elsewhere = tmp_path / "elsewhere"
    url = f"sqlite:///{elsewhere / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=elsewhere, database_url=url, keys=elsewhere / "keys"))
    database.use(None)

    assert service.restore(tmp_path / "b.tar") is None

    assert council.actor("hoa").username == "hoa"


def _repacked(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with tarfile.open(source) as archive:
        parts = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    change(parts)
    with tarfile.open(target, "w") as archive:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return target


def _flip(parts: dict[str, bytes]) -> None:
    parts["files/ab/abcd.pdf"] = b"%PDF-1.7 to trjnh"


def _drop(parts: dict[str, bytes]) -> None:
    del parts["files/ab/abcd.pdf"]


def _smuggle(parts: dict[str, bytes]) -> None:
    parts["files/more.pdf"] = b"x"


def _climb(parts: dict[str, bytes]) -> None:
    parts["../outside"] = b"x"


def _forget(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


def _age(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), "format": 99}).encode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_flip, "backup_damaged"),
        (_drop, "backup_incomplete"),
        (_smuggle, "backup_damaged"),
        (_climb, "backup_unreadable"),
        (_forget, "backup_unreadable"),
        (_age, "backup_newer"),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_is_replaced(
    filled: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    backup.back_up(tmp_path / "b.tar")
    before = everything()

    with pytest.raises(Refused, match=code):
        service.restore(_repacked(tmp_path / "b.tar", tmp_path / "changed.tar", change))

    assert everything() == before
    assert not (tmp_path / "outside").exists()


def test_a_file_that_is_no_backup_is_refused(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"not a tar")

    with pytest.raises(Refused, match="backup_unreadable"):
        service.restore(tmp_path / "x.tar")


def test_a_running_server_is_not_restored_under(filled: Path, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "b.tar")

    with (filled / "storage" / "web.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="server_runs"):
            service.restore(tmp_path / "b.tar")


def test_a_backup_overwrites_nothing_and_is_private(filled: Path, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "b.tar")

    assert (tmp_path / "b.tar").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="file_exists"):
        backup.back_up(tmp_path / "b.tar")


def test_keys_locks_and_queues_stay_out() -> None:
    out = ["meeting.db", "meeting.db-wal", "jobs.db", "jobs.db-shm", "web.lock", "session.key", "tmp/x"]

    assert [rules.belongs(path) for path in [*out, "files/ab/x.pdf", "pages/1.png"]] == [False] * 7 + [True] * 2


@pytest.mark.parametrize(
    ("tampering", "seq", "what"),
    [
        ("UPDATE journal SET facts = replace(facts, 'TYT', 'XXX') WHERE seq = 2", 2, "hash"),
        ("UPDATE journal SET actor_id = actor_id + 1 WHERE seq = 1", 1, "hash"),
        ("DELETE FROM journal WHERE seq = 2", 3, "gap"),
    ],
)
def test_tampering_with_the_journal_is_found_and_the_entry_named(
    store: Path, do: Do, tampering: str, seq: int, what: str
) -> None:
    for name in ("TYT", "TYT 2", "TYT 3"):
        do("admin", "organization.add_unit", name=f"Trạm {name}", short_name=name)
    assert service.verify_journal().faults == []
    with sqlite3.connect(store / "storage" / "meeting.db") as raw:
        for verb in ("update", "delete"):
            raw.execute(f"DROP TRIGGER IF EXISTS journal_no_{verb}")
        raw.execute(tampering)
    raw.close()

    (fault,) = service.verify_journal().faults

    assert (fault.chain, fault.seq, fault.what) == (0, seq, what)


def test_only_the_system_marks_a_demo_or_a_restore(do: Do) -> None:
    for act, wanted in (("records.restored", {"epoch_before": 1}), ("records.mark_demo", {"accounts": [], "place": ""})):
        for username in ("admin", "lan"):
            with pytest.raises(Refused, match="forbidden"):
                do(username, act, **wanted)
