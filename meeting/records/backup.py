"""Backup of a running system: one file with everything and a manifest of hashes, counts and the journal's heads."""

import fcntl
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from meeting import clock, config
from meeting.errors import Refused
from meeting.records import pieces
from meeting.records.pieces import Stored
from meeting.records.restoring import CHUNK_BYTES, alone, read_through
from meeting.records.rules import FORMAT, MANIFEST, STORE, Piece
from meeting.records.sealed import Keys, Sealer

__all__ = ["Made", "alone", "back_up", "make"]

Progress = Callable[[int, int], None]  # bytes done, bytes in all


@dataclass(frozen=True)
class Made:
    """A backup that stands and was read back."""

    path: Path
    files: int
    size_bytes: int
    is_sealed: bool


def back_up(target: Path, keys: Keys | None = None) -> int:
    """Writes a backup while everything goes on; returns the number of files in it. See `make`."""
    return make(target, keys).files


def make(target: Path, keys: Keys | None = None, progress: Progress = lambda _done, _total: None) -> Made:
    """Writes a backup while everything goes on, reads it back, and only then gives it its name.

    The store is copied as one moment's picture; files come after it, because they are only ever added. With a key it is
    encrypted. Refused: `not_one_file`, `file_exists`, `backup_running`, `backup_no_room`, `backup_no_folder`, and what reading
    back refuses. Nobody else may read the file.
    """
    if target.exists():
        raise Refused("file_exists", file=target.name)
    with one_at_a_time():
        total = _room_for(target.parent)
        unfinished = target.with_name(target.name + ".part")
        try:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
                file_key, listed = _write(unfinished, Path(folder) / STORE, keys, lambda done: progress(done, total))
            if read_through(unfinished, file_key=file_key).pieces != {each.path: each for each in listed}:
                raise Refused("backup_damaged", file=target.name)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    progress(total, total)
    return Made(target, len(listed), target.stat().st_size, keys is not None)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Whichever process makes a backup of this installation, it is the only one: `backup_running` else."""
    storage = config.settings().storage
    storage.mkdir(parents=True, exist_ok=True)
    with (storage / "backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("backup_running") from None
        yield


def _room_for(folder: Path) -> int:
    """How many bytes will be written. Refused: `backup_no_folder`, `backup_no_room`; a twentieth stays free."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise Refused("backup_no_folder", folder=str(folder)) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused("backup_no_folder", folder=str(folder))
    needed, free = pieces.needed_bytes(), pieces.free_bytes(folder)
    if needed * 1.05 > free:
        raise Refused("backup_no_room", needed=round(needed / 1e6) + 1, free=round(free / 1e6))
    return needed


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(target: Path, copy: Path, keys: Keys | None, told: Callable[[int], None]) -> tuple[bytes | None, list[Piece]]:
    """Writes the file; answers the key it was encrypted with, for reading it back, and what is in it."""
    pieces.copy_store(copy)
    with open(target, "wb", opener=_private) as file:
        sealer = Sealer(file, keys) if keys else None
        with tarfile.open(fileobj=sealer or file, mode="w|", bufsize=CHUNK_BYTES) as archive:
            files = chain(pieces.stored_files(), pieces.secrets() if keys else ())
            listed = _pack_all(archive, copy, told, files)
            _pack_manifest(archive, copy, listed)
        if sealer:
            sealer.close()
        file.flush()
        os.fsync(file.fileno())
    return (sealer.file_key if sealer else None), listed


def _pack_all(archive: tarfile.TarFile, copy: Path, told: Callable[[int], None], files: Iterable[Stored]) -> list[Piece]:
    with copy.open("rb") as store:
        listed = [_pack(archive, store, STORE, copy.stat().st_size)]
    done = 2 * listed[0].size_bytes
    for found in files:
        told(done)
        try:
            with found.open() as file:
                listed.append(_pack(archive, file, found.path, found.size_bytes))
        except FileNotFoundError:  # erased meanwhile (a paper with a secrecy mark)
            continue
        done += found.size_bytes + 1024
    return listed


class _Hashed:
    """Reads on, and hashes what goes by."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.hashed = file, sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        content = self._file.read(size)
        self.hashed.update(content)
        return content


def _pack(archive: tarfile.TarFile, file: BinaryIO, name: str, size: int) -> Piece:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    passing = _Hashed(file)
    archive.addfile(entry, passing)
    return Piece(name, size, passing.hashed.hexdigest())


def _pack_manifest(archive: tarfile.TarFile, copy: Path, listed: list[Piece]) -> None:
    found = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        **figures(copy),
        "pieces": [{"path": p.path, "size_bytes": p.size_bytes, "sha256": p.sha256} for p in listed],
    }
    text = json.dumps(found, ensure_ascii=False).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(text), 0o600
    archive.addfile(entry, io.BytesIO(text))


def figures(store: Path) -> dict[str, Any]:
    """What a restored store is compared with: the rows of every table, the end of every chain of the journal, the revision."""
    with closing(sqlite3.connect(store)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        counts = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - the store's own names
            for name in names
            if not name.startswith("sqlite_")
        }
        ends = connection.execute("SELECT chain, max(seq), hash FROM journal GROUP BY chain").fetchall()
        revision = (
            connection.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in counts else None
        )
    heads = {str(chain): [seq, head] for chain, seq, head in ends}
    return {"revision": revision[0] if revision else "", "counts": counts, "heads": heads}
