"""What keeps a survey anonymous: answers are sealed while it runs, and opened, taken apart and shuffled when it ends.

As with secret votes, the store, its log and its backups hold only sealed answers until the end, and afterwards only single
marks under random numbers. The key lies among the stored files, outside what a backup takes, and not in memory: a survey runs for
days, and a machine that is switched off at night must not lose it. Whoever can read that folder and the store at the same time
while a survey runs could open answers; nobody can once it ended, nor when too few answered.
"""

import json
import logging
import os
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nacl.public import PrivateKey, PublicKey, SealedBox

from meeting import config
from meeting.database import database
from meeting.voting.box import new_pair

log = logging.getLogger("meeting.evaluation")

PADDED_BYTES = 2048  # every slip is as long as every other
MOST_LETTERS = 300  # of a remark
A_DAY = 24 * 3600
_END = b"\x80"


@dataclass(frozen=True)
class Slip:
    """What one person answered: a level for each question, and perhaps a remark."""

    marks: dict[str, int]
    comment: str = ""


@dataclass(frozen=True)
class Bare:
    """One mark, or one remark, that belongs to nobody any more."""

    key: int
    marks: dict[str, int]
    comment: str = ""


def seal(public: bytes, slip: Slip) -> bytes:
    """One slip, sealed: always the same length, never twice the same bytes."""
    text = json.dumps([slip.marks, slip.comment], ensure_ascii=False).encode() + _END
    if len(text) > PADDED_BYTES:
        raise ValueError("a slip is too long for its envelope")
    return bytes(SealedBox(PublicKey(public)).encrypt(text.ljust(PADDED_BYTES, b"\0")))


def open_all(private: bytes, sealed: Iterable[bytes]) -> list[Slip]:
    """All slips, opened, in an order that tells nothing."""
    box = SealedBox(PrivateKey(private))
    read = [json.loads(box.decrypt(each).rstrip(b"\0").removesuffix(_END)) for each in sealed]
    slips = [Slip(marks, comment) for marks, comment in read]
    secrets.SystemRandom().shuffle(slips)
    return slips


def taken_apart(slips: Sequence[Slip]) -> list[Bare]:
    """Every mark and every remark by itself under a random number: no slip can be known by its pattern or its remark."""
    loose = [({code: level}, "") for slip in slips for code, level in slip.marks.items()]
    remarks: list[tuple[dict[str, int], str]] = [({}, slip.comment) for slip in slips if slip.comment]
    every = [*loose, *remarks]
    secrets.SystemRandom().shuffle(every)
    keys: set[int] = set()
    while len(keys) < len(every):
        keys.add(secrets.randbits(62))
    numbers = list(keys)
    secrets.SystemRandom().shuffle(numbers)
    return [Bare(key, marks, comment) for key, (marks, comment) in zip(numbers, every, strict=True)]


def make_key() -> bytes | None:
    """A fresh key pair: keeps the private one, gives the public one. None where no key can be kept: no survey then."""
    private, public = new_pair()
    try:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / _name(public), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(private)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        log.exception("no key for a survey can be kept: members are not asked")
        return None
    return public


def read_key(public: bytes) -> bytes | None:
    """The private key, or None when it is lost."""
    path = _folder() / _name(public)
    return path.read_bytes() if path.is_file() else None


def forget(public: bytes) -> None:
    """After the end is durable: nobody can open a sealed slip any more, and none stays in the write-ahead log."""
    path = _folder() / _name(public)
    if path.is_file():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(max(path.stat().st_size, 32)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    if not database().empty_log(tries=20):
        log.warning("the write-ahead log could not be emptied after a survey; the next one that ends does it")


def sweep(needed: Iterable[bytes]) -> int:
    """Destroys old keys that no running survey needs (of transactions that were never durable); returns how many."""
    keep, folder = {_name(public) for public in needed}, _folder()
    old = time.time() - A_DAY
    found = folder.iterdir() if folder.is_dir() else ()
    stale = [path for path in found if path.name not in keep and path.stat().st_mtime < old]
    for path in stale:
        path.unlink()
    return len(stale)


def _folder() -> Path:
    return config.settings().storage / "survey_keys"


def _name(public: bytes) -> str:
    return sha256(public).hexdigest() + ".key"
