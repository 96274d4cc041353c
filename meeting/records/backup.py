"""Backup of a running system, and restore of a stopped one. A backup is one tar file with a manifest of hashes."""

import fcntl
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from meeting import clock, config
from meeting.database import database, use
from meeting.errors import Refused
from meeting.records.rules import FORMAT, MANIFEST, STORE, Piece, belongs, compare, is_safe, read_manifest

CHUNK_BYTES = 1024 * 1024


def back_up(target: Path) -> int:
    """Writes a backup while everything goes on; returns the number of files in it.

    The store is copied by SQLite's backup, so that it is one moment's picture; files come after it, because they are only ever
    added. Refused: `not_one_file`, `file_exists`. The target appears only when it is whole; nobody else may read it.
    """
    if not database().sqlite:
        raise Refused("not_one_file")
    if target.exists():
        raise Refused("file_exists", file=target.name)
    unfinished = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / STORE
        _copy_store(copy)
        with open(unfinished, "wb", opener=_private) as file, tarfile.open(fileobj=file, mode="w") as archive:
            pieces = [_pack(archive, copy, STORE)]
            pieces += [piece for path in _files() if (piece := _pack_if_there(archive, path))]
            _pack_manifest(archive, pieces)
            file.flush()
            os.fsync(file.fileno())
    unfinished.replace(target)
    return len(pieces)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def store_file() -> Path:
    """Where SQLite keeps everything."""
    return Path(config.settings().database_url.removeprefix("sqlite:///"))


def _copy_store(target: Path) -> None:
    with closing(sqlite3.connect(store_file())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _files() -> list[Path]:
    storage = config.settings().storage
    found = [path for path in storage.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(path for path in found if belongs(path.relative_to(storage).as_posix()))


def _pack_if_there(archive: tarfile.TarFile, path: Path) -> Piece | None:
    """A file that was erased meanwhile (a paper with a secrecy mark) stays out."""
    try:
        return _pack(archive, path, path.relative_to(config.settings().storage).as_posix())
    except FileNotFoundError:
        return None


def _pack(archive: tarfile.TarFile, path: Path, name: str) -> Piece:
    with path.open("rb") as file:
        hashed = _digest(file)
        file.seek(0)
        entry = archive.gettarinfo(arcname=name, fileobj=file)
        archive.addfile(entry, file)
    return Piece(name, entry.size, hashed)


def _pack_manifest(archive: tarfile.TarFile, pieces: list[Piece]) -> None:
    listed = [{"path": p.path, "size_bytes": p.size_bytes, "sha256": p.sha256} for p in pieces]
    text = json.dumps({"format": FORMAT, "made_at": clock.now().isoformat(), "pieces": listed}, ensure_ascii=False)
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(text.encode())
    archive.addfile(entry, io.BytesIO(text.encode()))


def _digest(file: BinaryIO) -> str:
    hashed = sha256()
    while chunk := file.read(CHUNK_BYTES):
        hashed.update(chunk)
    return hashed.hexdigest()


def put_back(source: Path) -> Path | None:
    """Puts a backup in the place of what is there; returns where the old storage lies now, if there was one.

    Every file is unpacked beside the old storage and compared with the manifest first, and the store is looked through, before
    anything is replaced. Refused: `server_runs`, `not_one_file`, `backup_unreadable`, `backup_newer`, `backup_damaged`,
    `backup_incomplete`. Sessions end (their key is made anew) and the search index is rebuilt afterwards.
    """
    if not config.settings().database_url.startswith("sqlite:///"):
        raise Refused("not_one_file")
    storage = config.settings().storage
    storage.mkdir(parents=True, exist_ok=True)
    with alone(storage), tempfile.TemporaryDirectory(dir=storage.parent, prefix=".restore-") as folder:
        fresh = Path(folder) / "storage"
        fresh.mkdir()
        _unpack(source, fresh)
        _look_through(fresh / STORE)
        use(None)
        return _exchange(storage, fresh)


@contextmanager
def alone(storage: Path) -> Iterator[None]:
    """Holds the lock that a web process holds while it runs; refused as `server_runs` when one does."""
    with (storage / "web.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("server_runs") from None
        yield


def _unpack(source: Path, folder: Path) -> None:
    found: dict[str, Piece] = {}
    manifest: object = None
    try:
        with tarfile.open(source, mode="r:") as archive:
            for entry in archive:
                content = archive.extractfile(entry) if entry.isreg() and is_safe(entry.name) else None
                if content is None:
                    raise Refused("backup_unreadable")
                if entry.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    found[entry.name] = _write(folder / entry.name, entry.name, content)
    except (tarfile.TarError, OSError, ValueError, EOFError):
        raise Refused("backup_unreadable") from None
    compare(read_manifest(manifest), found)
    if STORE not in found:
        raise Refused("backup_incomplete", file=STORE)


def _write(target: Path, name: str, content: object) -> Piece:
    target.parent.mkdir(parents=True, exist_ok=True)
    hashed, size = sha256(), 0
    with open(target, "xb", opener=_private) as file:
        while chunk := content.read(CHUNK_BYTES):  # type: ignore[attr-defined]
            hashed.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Piece(name, size, hashed.hexdigest())


def _look_through(store: Path) -> None:
    """The store itself must be sound, whatever its hash says."""
    try:
        with closing(sqlite3.connect(store)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            connection.execute("SELECT count(*) FROM journal")
    except sqlite3.DatabaseError:
        raise Refused("backup_damaged", file=STORE) from None
    if not sound or loose is not None:
        raise Refused("backup_damaged", file=STORE)


def _exchange(storage: Path, fresh: Path) -> Path | None:
    old = storage.with_name("storage.before-restore")
    had_one = store_file().exists()
    if had_one:
        shutil.rmtree(old, ignore_errors=True)
        storage.rename(old)
    else:
        shutil.rmtree(storage)
    fresh.rename(storage)
    shutil.rmtree(config.settings().search_index, ignore_errors=True)
    return old if had_one else None
