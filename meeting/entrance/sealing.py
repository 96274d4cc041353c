"""Secrets at rest: sealed with a key file of the installation that lies outside the database and outside `storage/`.

A copy of the database alone tells nothing. After a restore without this file second steps cannot be read: they are reset. So the
file is taken along by encrypted backups, and by no other.
"""

import hmac
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from meeting import config
from meeting.errors import Refused

NAME = "entrance.key"


def key_file() -> Path:
    """Where the key lies: beside `storage/`, never in it; several machines share one by `MEETING_SECOND_STEP_KEY_FILE`."""
    chosen = os.environ.get("MEETING_SECOND_STEP_KEY_FILE")
    return Path(chosen) if chosen else config.settings().data / "secrets" / NAME


def _key() -> bytes:
    """The key; made at first use, readable by the server's own account only."""
    path = key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f"{NAME}.{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(Fernet.generate_key())
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):  # the first of two processes wins
            os.link(made, path)
        made.unlink()
    return path.read_bytes().strip()


def seal(secret: str) -> str:
    """A secret as it may be kept."""
    return Fernet(_key()).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """A secret that was kept. Refused: `second_step_unreadable` when the key file is another one."""
    try:
        return Fernet(_key()).decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        raise Refused("second_step_unreadable") from None


def digest(code: str) -> str:
    """The keyed hash of a recovery code: without the key file nothing can be tried against it."""
    return hmac.new(_key(), b"recovery code:" + code.encode(), sha256).hexdigest()
