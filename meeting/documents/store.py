"""Files on the disk by their SHA-256, original bytes untouched: signatures stay valid. Page images lie beside them."""

import os
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from meeting import config
from meeting.database import reading
from meeting.documents import kinds, office, store_claims, store_shared
from meeting.documents.models import NAMING, File
from meeting.documents.store_places import Breathing, overwrite
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
    virus: str = ""  # what the scanner found: then there are no bytes


_tickets: dict[str, Received] = {}
MAX_TICKETS = 1000


def file_path(digest: str) -> Path:
    """Where the bytes of a file lie on this machine, brought here from the object store where there is one.

    Refused: `files_unreachable`, `file_damaged`.
    """
    return store_shared.here(_file_place(digest), digest)


def _file_place(digest: str) -> Path:
    return config.settings().storage / "files" / digest[:2] / digest


def pages_folder(digest: str) -> Path:
    """Where the page images made of a file lie."""
    return config.settings().storage / "pages" / digest[:2] / digest


def image_path(digest: str, number: int, width: int) -> Path | None:
    """The image of a page at one of the kept widths; None while it has not been made."""
    folder = pages_folder(digest)
    wanted = [folder / f"{number}-{width}.{ending}" for ending in IMAGE_ENDINGS]
    lying = next((path for path in wanted if path.exists()), None)
    if store_shared.bucket() is None:
        return lying
    return next((path for path in ([lying] if lying else wanted) if store_shared.here(path).exists()), None)


def made_pdf(digest: str) -> Path:
    """Where the PDF lies that was made of a file which is none."""
    return store_shared.here(pages_folder(digest) / "converted.pdf")


def image_nearest(digest: str, number: int, width: int) -> Path | None:
    """The same, or for pages made when other widths were kept the one that comes nearest: the worker makes them anew."""
    exact = image_path(digest, number, width)
    if exact is not None:
        return exact
    found = [path for ending in IMAGE_ENDINGS for path in pages_folder(digest).glob(f"{number}-*.{ending}")]
    return min(found, key=lambda path: abs(int(path.stem.partition("-")[2]) - width), default=None)


def take_in(
    stream: BinaryIO, breathe: Callable[[], None] = lambda: None, check: Callable[[Path], str] = lambda _path: ""
) -> Received:
    """Writes a stream to the disk in pieces and gives a ticket for it. Refused: `empty_file`, `too_large`, what
    `kinds.of_file` refuses, `office_not_possible`.

    The file appears under its hash in one step, after its bytes are on the disk; nothing half-written is ever seen.
    `breathe` is called between pieces, so that a large file does not hold up the tablets. `check` is the virus scanner's
    look: the name of what it found, and then the bytes are gone and only the ticket remains, for the record.
    """
    incoming = config.settings().storage / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    partial = incoming / secrets.token_hex(16)
    try:
        digest, size = _write(stream, partial, breathe)
        virus = check(partial)
        if virus:
            overwrite(partial)
            return _ticket(Received(secrets.token_hex(32), digest, size, "", virus))
        media_type = kinds.of_file(partial)
        if kinds.BY_TYPE[media_type].family == "office" and not office.can_convert():
            raise Refused("office_not_possible")
        place, ticket = _file_place(digest), secrets.token_hex(32)
        with store_claims.alone():
            store_claims.claim(digest, ticket)
        _share(partial, place, breathe)
        with store_claims.alone():
            _put_in_place(partial, place)
    finally:
        partial.unlink(missing_ok=True)
    return _ticket(Received(ticket, digest, size, media_type))


def _share(partial: Path, place: Path, breathe: Callable[[], None]) -> None:
    """The bytes are in the object store before they are anywhere else. Refused: `files_unreachable`."""
    there, name, size = store_shared.bucket(), store_shared.name_of(place), partial.stat().st_size
    if there is None:
        return
    store_shared.is_wanted(name)
    if there.size(name) != size:
        with partial.open("rb") as opened:
            there.put(name, Breathing(opened, breathe), size)  # type: ignore[arg-type]


def _ticket(received: Received) -> Received:
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


def registered(received: Received) -> None:
    """The row of what came in is durable: from now on the row keeps its bytes."""
    store_claims.release(received.sha256, received.ticket)


def erase(digest: str, *, whoever_sends: bool = False) -> None:
    """Overwrites and removes the bytes of a file and everything made of it. Harmless when they are gone.

    Bytes that a row still names stay; those that somebody is sending this moment are looked at again later, unless they may be
    here in nobody's name.
    """
    with store_claims.alone():
        if not whoever_sends and store_claims.is_claimed(digest):
            store_claims.postpone(digest)
            return
        if _is_named(digest):
            store_claims.settled(digest)
            return
        overwrite(_file_place(digest))
        shutil.rmtree(pages_folder(digest), ignore_errors=True)
        store_claims.settled(digest)
    _erase_shared(digest)


def erase_postponed() -> None:
    """Erases what nobody claims any more."""
    for digest in store_claims.postponed():
        erase(digest)


def _is_named(digest: str) -> bool:
    with reading() as session:
        named = select(File.id).where(File.sha256 == digest, File.state.in_(NAMING)).limit(1)
        return session.scalar(named) is not None


def _erase_shared(digest: str) -> None:
    store_shared.erase(f"files/{digest[:2]}/{digest}", f"pages/{digest[:2]}/{digest}/")
