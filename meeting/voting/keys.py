"""Where the private keys of ballot boxes lie while their votes are open: in memory, never beside the ballots.

A key file outlives a killed process but no backup or disk copy has it, and a power cut destroys it (that vote is held
again). Where the machine offers no memory file system the file lies on the disk, with a warning, and is overwritten before
it is removed. Keys of closed votes are destroyed after the close is durable, and once more by the sweep at start.
"""

import logging
import os
import secrets
from hashlib import sha256
from pathlib import Path

from meeting import config

log = logging.getLogger("meeting.voting")

_MEMORY = ("tmpfs", "ramfs")
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a memory file system, and a folder of our own in it


def write(public: bytes, private: bytes) -> None:
    """Keeps a private key under its public one, readable by this account only, durable before the vote opens."""
    folder = _folder()
    if not in_memory(folder):
        log.warning("ballot keys lie on a disk: set MEETING_KEYS to a memory file system", extra={"folder": str(folder)})
    handle = os.open(folder / _name(public), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private)
        file.flush()
        os.fsync(file.fileno())


def read(public: bytes) -> bytes | None:
    """The private key, or None when it is lost."""
    path = _folder() / _name(public)
    return path.read_bytes() if path.exists() else None


def destroy(public: bytes) -> None:
    """Overwrites and removes a key. Harmless when it is gone already."""
    _wipe(_folder() / _name(public))


def sweep(needed: list[bytes]) -> int:
    """Destroys every key of this installation that no open vote needs; returns how many."""
    keep = {_name(public) for public in needed}
    stale = [path for path in _folder().iterdir() if path.name not in keep]
    for path in stale:
        _wipe(path)
    return len(stale)


def in_memory(folder: Path) -> bool:
    """Whether this folder lies in a memory file system, as far as the machine tells."""
    try:
        mounts = Path("/proc/mounts").read_text().splitlines()
    except OSError:
        return False
    places = [(Path(words[1]), words[2]) for words in (line.split() for line in mounts)]
    under = [(place, kind) for place, kind in places if folder.resolve().is_relative_to(place)]
    return max(under, key=lambda each: len(each[0].parts), default=(folder, ""))[1] in _MEMORY


def _folder() -> Path:
    """This installation's own folder: two installations on one machine must not sweep each other's keys."""
    settings = config.settings()
    mark = sha256(f"{settings.data}\n{settings.database_url}".encode()).hexdigest()[:16]
    problem: OSError | None = None
    for base in _candidates(settings.keys):
        try:
            folder = base / mark
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            problem = error
        else:
            return folder
    raise RuntimeError("no folder for ballot keys can be made: set MEETING_KEYS") from problem


def _candidates(chosen: Path) -> list[Path]:
    """The chosen folder when somebody chose one; else memory before disk."""
    if os.environ.get("MEETING_KEYS") or chosen != Path("/run/meeting"):
        return [chosen]
    shared = [_SHARED_MEMORY / f"meeting-{os.getuid()}"] if in_memory(_SHARED_MEMORY) else []
    return [chosen, *shared] if in_memory(Path("/run")) else [*shared, chosen]


def _name(public: bytes) -> str:
    return sha256(public).hexdigest() + ".key"


def _wipe(path: Path) -> None:
    if not path.is_file():
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(max(path.stat().st_size, 32)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
