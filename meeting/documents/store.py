"""Files on the disk by their SHA-256, original bytes untouched: signatures stay valid. Page images lie beside them."""

import os
import secrets
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from meeting import config
from meeting.documents import office
from meeting.documents.rules import PDF, check_archive, kind_of
from meeting.errors import Refused

CHUNK_BYTES = 1024 * 1024
IMAGE_ENDINGS = ("png", "jpg")


@dataclass(frozen=True)
class Received:
    """Bytes that came in and are durable. `ticket` is what their sender names them by in the act that follows."""

    ticket: str
    sha256: str
    size_bytes: int
    media_type: str


_tickets: dict[str, Received] = {}
MAX_TICKETS = 1000


def file_path(digest: str) -> Path:
    """Where the bytes of a file lie."""
    return config.settings().storage / "files" / digest[:2] / digest


def pages_folder(digest: str) -> Path:
    """Where the page images made of a file lie."""
    return config.settings().storage / "pages" / digest[:2] / digest


def image_path(digest: str, number: int, width: int) -> Path | None:
    """The image of a page at one of the kept widths; None while it has not been made."""
    folder = pages_folder(digest)
    return next((path for ending in IMAGE_ENDINGS if (path := folder / f"{number}-{width}.{ending}").exists()), None)


def image_nearest(digest: str, number: int, width: int) -> Path | None:
    """The same, or for pages made when other widths were kept the one that comes nearest: the worker makes them anew."""
    exact = image_path(digest, number, width)
    if exact is not None:
        return exact
    found = [path for ending in IMAGE_ENDINGS for path in pages_folder(digest).glob(f"{number}-*.{ending}")]
    return min(found, key=lambda path: abs(int(path.stem.partition("-")[2]) - width), default=None)


def take_in(stream: BinaryIO, breathe: Callable[[], None] = lambda: None) -> Received:
    """Writes a stream to the disk in pieces and gives a ticket for it. Refused: `empty_file`, `too_large`, `wrong_kind`,
    `office_not_possible`.

    The file appears under its hash in one step, after its bytes are on the disk; nothing half-written is ever seen.
    `breathe` is called between pieces, so that a large file does not hold up the tablets.
    """
    incoming = config.settings().storage / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    partial = incoming / secrets.token_hex(16)
    try:
        digest, size = _write(stream, partial, breathe)
        media_type = content_kind(partial)
        if media_type != PDF and not office.can_convert():
            raise Refused("office_not_possible")
        _put_in_place(partial, file_path(digest))
    finally:
        partial.unlink(missing_ok=True)
    received = Received(secrets.token_hex(32), digest, size, media_type)
    while len(_tickets) >= MAX_TICKETS:
        _tickets.pop(next(iter(_tickets)))
    _tickets[received.ticket] = received
    return received


def ticketed(ticket: str) -> Received:
    """What a ticket stands for. Only who sent the bytes knows it, so that nobody claims another's file by its hash."""
    found = _tickets.get(ticket)
    if found is None:
        raise Refused("upload_unknown")
    return found


def clear_incoming(older_than_seconds: float = 24 * 3600) -> None:
    """Removes half-received files that nobody is writing any more."""
    limit = time.time() - older_than_seconds
    for partial in (config.settings().storage / "incoming").glob("*"):
        if partial.stat().st_mtime < limit:
            partial.unlink(missing_ok=True)


def _write(stream: BinaryIO, partial: Path, breathe: Callable[[], None]) -> tuple[str, int]:
    limit = config.settings().max_upload_bytes
    digest, size = sha256(), 0
    with partial.open("wb") as out:
        while piece := stream.read(CHUNK_BYTES):
            size += len(piece)
            if size > limit:
                raise Refused("too_large", limit_mb=limit // (1024 * 1024))
            digest.update(piece)
            out.write(piece)
            breathe()
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise Refused("empty_file")
    return digest.hexdigest(), size


def _put_in_place(partial: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        os.replace(partial, target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def content_kind(path: Path) -> str:
    """The media type by what the file holds, never by its name. Refused: `wrong_kind`, `unpacks_too_large`, `active_content`."""
    with path.open("rb") as opened:
        head = opened.read(2048)
    if not head.startswith(b"PK\x03\x04"):
        return kind_of(head)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused("wrong_kind") from None
    names = [entry.filename for entry in entries]
    media_type = kind_of(head, names)
    check_archive(path.stat().st_size, sum(entry.file_size for entry in entries), names)
    return media_type


def erase(digest: str) -> None:
    """Overwrites and removes the bytes of a file and everything made of it. Harmless when they are gone."""
    path = file_path(digest)
    if path.exists():
        with path.open("r+b") as opened:
            left = path.stat().st_size
            while left > 0:
                opened.write(b"\0" * min(left, CHUNK_BYTES))
                left -= CHUNK_BYTES
            opened.flush()
            os.fsync(opened.fileno())
        path.unlink(missing_ok=True)
    shutil.rmtree(pages_folder(digest), ignore_errors=True)
