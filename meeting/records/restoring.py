"""Restoring: a backup is read through and compared with its manifest before anything is replaced."""

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
from typing import BinaryIO, cast

from meeting import config
from meeting.database import use
from meeting.errors import Refused
from meeting.records import pieces
from meeting.records.rules import MANIFEST, STORE, Manifest, Piece, compare, is_safe, read_manifest
from meeting.records.sealed import Keys, Opener, is_sealed

CHUNK_BYTES = 1024 * 1024


def put_back(source: Path, keys: Keys | None = None) -> Path | None:
    """Puts a backup in the place of what is there; returns where the old storage lies now, if there was one.

    Every file is unpacked beside the old storage and compared with the manifest first, and the store is looked through, before
    anything is replaced. Refused: `server_runs`, `not_one_file`, and what `unpack` and `look_through` refuse. Sessions end
    (their key is made anew) and the search index is rebuilt afterwards.
    """
    put_store = pieces.putters.get(pieces.engine_name())
    if put_store is None:
        raise Refused("not_one_file")
    storage = config.settings().storage
    storage.mkdir(parents=True, exist_ok=True)
    guard = pieces.guards[pieces.engine_name()]
    with alone(storage), guard(), tempfile.TemporaryDirectory(dir=storage.parent, prefix=".restore-") as folder:
        fresh = Path(folder) / "storage"
        fresh.mkdir()
        unpack(source, fresh, keys)
        look_through(fresh / STORE)
        for place in pieces.placing.values():  # they only add: where one of them fails nothing has been replaced
            place(fresh)
        use(None)
        put_store(fresh / STORE)
        pieces.put_secrets(fresh)
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


def read_through(source: Path, keys: Keys | None = None, file_key: bytes | None = None) -> Manifest:
    """Reads a backup to its end and compares every byte with its manifest, without unpacking. Refused as `unpack` refuses."""
    return _read(source, None, keys, file_key)


def unpack(source: Path, folder: Path, keys: Keys | None = None) -> Manifest:
    """Unpacks a backup into an empty folder and compares every byte with its manifest.

    Refused: `backup_unreadable`, `backup_newer`, `backup_damaged`, `backup_incomplete`, `backup_cut_off`,
    `backup_piece_damaged`, `backup_key_needed`, `backup_wrong_key`.
    """
    return _read(source, folder, keys, None)


def _read(source: Path, folder: Path | None, keys: Keys | None, file_key: bytes | None) -> Manifest:
    found: dict[str, Piece] = {}
    manifest: object = None
    try:
        with source.open("rb") as file:
            stream = Opener(file, keys, file_key) if is_sealed(source) else file
            with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|", bufsize=CHUNK_BYTES) as archive:
                for entry in archive:
                    content = archive.extractfile(entry) if entry.isreg() and is_safe(entry.name) else None
                    if content is None or entry.name in found:
                        raise Refused("backup_unreadable")
                    if entry.name == MANIFEST:
                        manifest = json.load(content)
                    else:
                        found[entry.name] = _taken(folder, entry.name, cast("BinaryIO", content))
            while stream.read(CHUNK_BYTES):
                pass
    except (tarfile.TarError, OSError, ValueError, EOFError):
        raise Refused("backup_unreadable") from None
    told = read_manifest(manifest)
    compare(told.pieces, found)
    if STORE not in found:
        raise Refused("backup_incomplete", file=STORE)
    return told


def _taken(folder: Path | None, name: str, content: BinaryIO) -> Piece:
    """One file of the archive: hashed, and written where there is a folder."""
    if folder is None:
        return _passed(io.BytesIO(), name, content, keep=False)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        piece = _passed(file, name, content, keep=True)
        file.flush()
        os.fsync(file.fileno())
    return piece


def _passed(target: BinaryIO, name: str, content: BinaryIO, keep: bool) -> Piece:
    hashed, size = sha256(), 0
    while chunk := content.read(CHUNK_BYTES):
        hashed.update(chunk)
        size += len(chunk)
        if keep:
            target.write(chunk)
    return Piece(name, size, hashed.hexdigest())


def look_through(store: Path) -> None:
    """The store itself must be sound, whatever its hash says. Refused: `backup_damaged`."""
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
    sqlite = pieces.engine_name() == "sqlite"
    had_one = pieces.store_file().exists() if sqlite else any(path.name != "web.lock" for path in storage.iterdir())
    if not sqlite:
        (fresh / STORE).unlink()
    if had_one:
        shutil.rmtree(old, ignore_errors=True)
        storage.rename(old)
    else:
        shutil.rmtree(storage)
    fresh.rename(storage)
    shutil.rmtree(config.settings().search_index, ignore_errors=True)
    return old if had_one else None
