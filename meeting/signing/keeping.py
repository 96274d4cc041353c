"""Where key files lie, and what a door has just proven about a key. The file stays locked as it came; no secret is kept."""

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from meeting import config
from meeting.documents import store_shared
from meeting.errors import Refused
from meeting.signing.rules import MOST_FILE_BYTES


@dataclass(frozen=True)
class Opened:
    """A key that its owner has just opened at the door: what its certificate says, and where it is. No secret."""

    kind: str
    file: str
    module: str
    token: str
    label: str
    facts: dict[str, Any]


_opened: dict[str, tuple[int, Opened]] = {}
MOST = 200


def folder() -> Path:
    """The folder of key files, readable by the server's own account only. It lies with the data: `MEETING_KEYS` is memory, gone
    at the next start, and these stay locked by their own passphrases."""
    found = config.settings().storage / "signing"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def keep_file(content: bytes) -> str:
    """Lays a key file down under a name that tells nothing. Refused: `key_file_too_large`, `files_unreachable`."""
    if len(content) > MOST_FILE_BYTES:
        raise Refused("key_file_too_large")
    name = f"{sha256(content).hexdigest()[:16]}-{secrets.token_hex(4)}.p12"
    handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        store_shared.share(folder() / name)
    except Refused:
        (folder() / name).unlink()
        raise
    return name


def drop_file(name: str) -> None:
    """Removes a key file. Harmless when it is gone."""
    if name:
        (folder() / name).unlink(missing_ok=True)
        store_shared.erase(f"signing/{name}")


def file_of(name: str) -> Path:
    """Where a key file lies. Refused: `key_gone`."""
    path = store_shared.here(folder() / Path(name).name)
    if not path.is_file():
        raise Refused("key_gone")
    return path


def ticket_for(account_id: int, opened: Opened) -> str:
    """A name for what was proven, for the act that follows at once."""
    while len(_opened) >= MOST:
        _opened.pop(next(iter(_opened)))
    ticket = secrets.token_hex(16)
    _opened[ticket] = (account_id, opened)
    return ticket


def ticketed(account_id: int, ticket: str) -> Opened:
    """What a ticket stands for, for who got it. Refused: `upload_unknown`."""
    owner, found = _opened.get(ticket, (0, None))
    if found is None or owner != account_id:
        raise Refused("upload_unknown")
    return found
