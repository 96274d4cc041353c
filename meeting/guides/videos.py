"""Videos of guides: looked at by their first bytes, stored by their SHA-256 beside all other files."""

import os
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from meeting import config
from meeting.documents import scanner, store, store_shared
from meeting.errors import Refused
from meeting.guides.rules import MAX_VIDEO_BYTES

HEAD_BYTES = 64
WEBM = b"\x1a\x45\xdf\xa3"  # EBML
BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV")


def media_type(head: bytes) -> str:
    """What a file is by its first bytes: video/mp4, video/webm or nothing of that."""
    if head.startswith(WEBM) and b"webm" in head:
        return "video/webm"
    return "video/mp4" if head[:2] == b"\0\0" and head[4:8] == b"ftyp" and head[8:12] in BRANDS else ""


def looks_like_one(stream: BinaryIO) -> bool:
    """Whether a stream begins like a video; it stands at its beginning again afterwards."""
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    return bool(media_type(head))


def take_in(stream: BinaryIO) -> dict[str, Any]:
    """Stores a video whole or not at all: `{sha256, media_type, size_bytes}`. Refused: `not_a_guide_video`, `virus_found`."""
    incoming = config.settings().storage / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    partial = incoming / secrets.token_hex(16)
    try:
        head, digest, size = _write(stream, partial)
        if virus := scanner.scan(partial):
            raise Refused("virus_found", virus=virus)
        target = store.file_path(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            os.replace(partial, target)
        store_shared.share(target)
    finally:
        partial.unlink(missing_ok=True)
    return {"sha256": digest, "media_type": media_type(head), "size_bytes": size}


def lies_here(digest: str, kind: str, size: int) -> bool:
    """Whether the store holds a video of this kind and size under a hash."""
    path = store.file_path(digest)
    if not path.exists() or path.stat().st_size != size:
        return False
    with path.open("rb") as stored:
        return media_type(stored.read(HEAD_BYTES)) == kind


def _write(stream: BinaryIO, partial: Path) -> tuple[bytes, str, int]:
    digest, size, head = sha256(), 0, b""
    with partial.open("wb") as out:
        while piece := stream.read(store.CHUNK_BYTES):
            head = head or piece[:HEAD_BYTES]
            size += len(piece)
            if size > MAX_VIDEO_BYTES:
                raise Refused("not_a_guide_video", most=MAX_VIDEO_BYTES // 1024**2)
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return head, digest.hexdigest(), size
