"""Files of an installation whose files lie in an object store: `storage/` is then only what was used lately on this machine.

Without MEETING_S3_URL nothing here does anything: `storage/` is the place itself. With it, every original is in the bucket
before anybody is told that it was received; page images and copies are put there too by the worker that made them, so that
another machine has them. What lies here is removed when it takes too much room, but never before the bucket has it.
"""

import logging
import os
import re
import shutil
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from meeting import config
from meeting.documents.store_places import CHUNK_BYTES, Breathe, Breathing, FileStore, S3Store, overwrite
from meeting.errors import N_, Refused, declare
from meeting.jobs import every
from meeting.relay import relay

log = logging.getLogger("meeting.documents")

IN_USE_SECONDS = 900  # what was opened so lately is not removed: somebody may be reading it
ASKED_AGAIN_SECONDS = 2.0  # after the bucket had no such file
PATIENCE_SECONDS, PAUSE_SECONDS = 600.0, 5.0
SHARED = ("files", "pages", "copies")
ERASED = "documents.erased"
PREFIX = re.compile(r"(files|pages|copies|archives|signing)/[0-9a-z-]+(/[0-9a-z]+)*(/|\.pdf|\.zip|\.p12)?")

declare({"file_damaged": N_("The stored file is not what was received. Tell the administrator: it is restored from a backup.")})

_bucket: tuple[config.Settings, S3Store] | None = None
_missed: dict[str, float] = {}
_brought = 0


def bucket() -> FileStore | None:
    """The object store of this installation; None where files lie in `storage/` alone."""
    global _bucket
    settings = config.settings()
    if not settings.s3_url:
        return None
    if _bucket is None or _bucket[0] != settings:
        _bucket = settings, S3Store(settings)
        _missed.clear()
    return _bucket[1]


def name_of(path: Path) -> str:
    """The name by which the bucket knows a file of `storage/`."""
    return path.relative_to(config.settings().storage).as_posix()


def share(path: Path, breathe: Breathe = lambda: None) -> None:
    """Puts a file of this machine into the bucket. Refused: `files_unreachable`."""
    there = bucket()
    if there is not None:
        with path.open("rb") as opened:
            there.put(name_of(path), Breathing(opened, breathe), path.stat().st_size)  # type: ignore[arg-type]


def here(path: Path, digest: str = "") -> Path:
    """The same path, with the bytes from the bucket where this machine has none; nothing happens where the bucket has none.

    With a digest they must be what it says: refused as `file_damaged` else. Refused: `files_unreachable`.
    """
    there = bucket()
    if there is None:
        return path
    try:
        found = path.stat()
        if time.time() - found.st_atime > 60:
            os.utime(path, ns=(time.time_ns(), found.st_mtime_ns))  # by hand: many disks do not note who read
    except FileNotFoundError:
        _bring(there, path, digest)
    return path


def _bring(there: FileStore, path: Path, digest: str) -> None:
    name = name_of(path)
    if time.monotonic() - _missed.get(name, -ASKED_AGAIN_SECONDS) < ASKED_AGAIN_SECONDS:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.urandom(6).hex()}.part")
    hashed = sha256()
    try:
        with there.open(name) as source, part.open("wb") as out:
            while chunk := _read(source.read):
                hashed.update(chunk)
                out.write(chunk)
        if digest and hashed.hexdigest() != digest:
            log.error("a file in the object store is not what was received", extra={"sha256": digest})
            raise Refused("file_damaged")
        size = part.stat().st_size
        os.replace(part, path)
        _note(size)
    except FileNotFoundError:
        if len(_missed) > 10_000:
            _missed.clear()
        _missed[name] = time.monotonic()
    finally:
        part.unlink(missing_ok=True)


def _note(size: int) -> None:
    """Looks at the room on this machine whenever a good deal was brought here."""
    global _brought
    _brought += size
    if _brought > config.settings().s3_cache_bytes // 10:
        _brought = 0
        trim()


def _read(read: Callable[[int], bytes]) -> bytes:
    try:
        return read(CHUNK_BYTES)
    except Exception as error:
        raise Refused("files_unreachable") from error


def share_folder(folder: Path, pattern: str = "*") -> None:
    """Puts what was made of a file into the bucket, so that other machines need not make it."""
    if bucket() is not None and folder.is_dir():
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and not path.name.startswith("."):
                share(path)


def patiently(work: Callable[[], object]) -> None:
    """Does it again and again for ten minutes while the bucket does not answer: for the worker, who has time."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            work()
        except Refused as refused:
            if refused.code != "files_unreachable" or time.monotonic() > ends:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


# ---- erasing -----------------------------------------------------------------------------------------------------------------


def erase(*prefixes: str) -> None:
    """Takes files away from the bucket whose names begin so. What cannot be erased now is erased as soon as it answers."""
    if bucket() is None:
        return
    relay.tell(ERASED, list(prefixes))
    for prefix in prefixes:
        mark = _mark(prefix)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    erase_marked()


def _mark(prefix: str) -> Path:
    return config.settings().storage / "erasing" / prefix.replace("/", "+")


def is_wanted(name: str) -> None:
    """The same bytes were received anew: what was still to be erased is kept."""
    _mark(name).unlink(missing_ok=True)


def _erased_elsewhere(_process: str, prefixes: Any) -> None:
    """Another machine erased them: what lies of them here goes too."""
    storage = config.settings().storage
    for prefix in prefixes:
        if PREFIX.fullmatch(prefix):
            if prefix.endswith("/"):
                shutil.rmtree(storage / prefix, ignore_errors=True)
            else:
                overwrite(storage / prefix)


relay.hear(ERASED, _erased_elsewhere)


def erase_marked() -> None:
    """Erases what is marked to be erased; what does not succeed stays marked."""
    there = bucket()
    if there is None:
        return
    for mark in sorted((config.settings().storage / "erasing").glob("*")):
        try:
            for each in list(there.names(mark.name.replace("+", "/"))):
                there.erase(each.name)
            there.erase(mark.name.replace("+", "/"))  # its versions too, where the newest was taken away before
        except Refused:
            log.warning("the object store does not answer: what is to be erased there stays marked")
            return
        mark.unlink(missing_ok=True)


every(60)(erase_marked)


# ---- room --------------------------------------------------------------------------------------------------------------------


@every(600)
def trim() -> None:
    """Removes what was not used for longest from this machine when it takes more room than the settings allow.

    A file that the bucket has not, or has otherwise, stays: nothing is lost when a bucket is named before the files are in it.
    """
    there = bucket()
    if there is None:
        return
    storage = config.settings().storage
    lying = sorted(
        (found.st_atime, found.st_size, path)
        for name in SHARED
        for path in (storage / name).rglob("*")
        if path.is_file() and not path.name.startswith(".") and (found := path.stat())
    )
    over = sum(size for _, size, _ in lying) - config.settings().s3_cache_bytes
    for used, size, path in lying:
        if over <= 0:
            return
        if time.time() - used < IN_USE_SECONDS or there.size(name_of(path)) != size:
            continue
        path.unlink(missing_ok=True)
        over -= size
