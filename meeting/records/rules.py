"""What a backup is made of, and what is refused about it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from meeting.errors import N_, Refused, declare

FORMAT = 2  # 1: without the counts of rows and the heads of the journal
STORE = "meeting.db"
MANIFEST = "manifest.json"
#: Made anew; reports wait a short while for whoever asked for them; but not keys: those for signing their holders have, those of
#: surveys are never to leave this machine.
LEFT_OUT = (
    *("meeting.db", "jobs.db", "web.lock", "session.key", "tmp", "copies", "signing", "survey_keys", "reports", "incoming"),
    *("backup.lock", "archives", ".session-key", "sheets", "cards", "erasing"),
)

declare(
    {
        "backup_unreadable": N_("This file is no backup of this system."),
        "backup_cut_off": N_("The end of the backup is missing or was changed. Nothing was restored."),
        "backup_piece_damaged": N_("The backup is damaged: a part of it was changed, moved or is missing. Nothing was restored."),
        "backup_key_needed": N_("The backup is encrypted. Give the file with the secret key: --key-file."),
        "backup_wrong_key": N_("The backup was encrypted for another key. Nothing was restored."),
        "backup_key_wrong": N_("This is no key for backups. “meeting backup keygen” makes one."),
        "backup_running": N_("A backup is being made right now. Wait until it is done."),
        "backup_no_room": N_("There is not enough room for the backup: %(needed)s MB are needed, %(free)s MB are free."),
        "backup_no_folder": N_("The folder for backups cannot be written to: %(folder)s"),
        "backup_unknown": N_("This backup is not there any more."),
        "backup_broke_off": N_("The backup broke off: %(reason)s."),
        "drill_broke_off": N_("The drill broke off."),
        "backup_times_wrong": N_("Write times of day as 01:30, at most six."),
        "backup_keep_nothing": N_("At least one backup must be kept."),
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


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. Of the first form there are only the pieces."""

    pieces: dict[str, Piece]
    made_at: str = ""
    revision: str = ""
    counts: dict[str, int] = field(default_factory=dict)  # rows by table
    heads: dict[str, list[Any]] = field(default_factory=dict)  # by chain of the journal: its length and last hash


def read_manifest(raw: Any) -> Manifest:
    """What a manifest says. Refused: `backup_unreadable`, `backup_newer`."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("pieces"), list):
        raise Refused("backup_unreadable")
    if raw.get("format", 0) > FORMAT:
        raise Refused("backup_newer")
    try:
        pieces = [Piece(str(p["path"]), int(p["size_bytes"]), str(p["sha256"])) for p in raw["pieces"]]
        counts = {str(name): int(count) for name, count in raw.get("counts", {}).items()}
        heads = {str(chain): list(head) for chain, head in raw.get("heads", {}).items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused("backup_unreadable") from None
    if not all(is_safe(piece.path) for piece in pieces):
        raise Refused("backup_unreadable")
    by_path = {piece.path: piece for piece in pieces}
    return Manifest(by_path, str(raw.get("made_at", "")), str(raw.get("revision", "")), counts, heads)


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
