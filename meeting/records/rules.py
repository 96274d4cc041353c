"""What a backup is made of, and what is refused about it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from meeting.errors import N_, Refused, declare

FORMAT = 1
STORE = "meeting.db"
MANIFEST = "manifest.json"
LEFT_OUT = ("meeting.db", "jobs.db", "web.lock", "session.key", "tmp", "copies")  # the rest is made anew

declare(
    {
        "backup_unreadable": N_("This file is no backup of this system."),
        "backup_damaged": N_("The backup is damaged: %(file)s is not what it was. Nothing was restored."),
        "backup_incomplete": N_("The backup is incomplete: %(file)s is missing. Nothing was restored."),
        "backup_newer": N_("The backup was made by a newer version of the program. Nothing was restored."),
        "server_runs": N_("A server runs on this data folder. Stop it first."),
        "not_one_file": N_("The database is not a file on this machine. Use the tools of the database for its backup."),
        "file_exists": N_("%(file)s exists already. Nothing was overwritten."),
        "system_not_empty": N_("The system is not empty. The demo council fills only an empty one."),
    }
)


@dataclass(frozen=True)
class Piece:
    """One file of a backup: where it belongs under `storage/`, its size in bytes and its hash."""

    path: str
    size_bytes: int
    sha256: str


def belongs(path: str) -> bool:
    """Whether a file under `storage/` goes into a backup."""
    first = PurePosixPath(path).parts[0]
    return not any(first == name or first.startswith(f"{name}-") for name in LEFT_OUT)


def is_safe(path: str) -> bool:
    """Whether a path of an archive stays inside the folder it is unpacked to."""
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts and "\\" not in path and "\0" not in path


def read_manifest(raw: Any) -> dict[str, Piece]:
    """The pieces that a manifest lists, by path. Refused: `backup_unreadable`, `backup_newer`."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("pieces"), list):
        raise Refused("backup_unreadable")
    if raw.get("format", 0) > FORMAT:
        raise Refused("backup_newer")
    try:
        pieces = [Piece(str(p["path"]), int(p["size_bytes"]), str(p["sha256"])) for p in raw["pieces"]]
    except (KeyError, TypeError, ValueError):
        raise Refused("backup_unreadable") from None
    if not all(is_safe(piece.path) for piece in pieces):
        raise Refused("backup_unreadable")
    return {piece.path: piece for piece in pieces}


def compare(listed: Mapping[str, Piece], found: Mapping[str, Piece]) -> None:
    """Demands that exactly what is listed was found, byte for byte. Refused: `backup_incomplete`, `backup_damaged`."""
    for path, piece in listed.items():
        if path not in found:
            raise Refused("backup_incomplete", file=path)
        if found[path] != piece:
            raise Refused("backup_damaged", file=path)
    for path in found:
        if path not in listed:
            raise Refused("backup_damaged", file=path)
