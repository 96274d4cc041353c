"""Bytes that somebody is sending this moment are not erased under them because somebody else threw the same content away.

An upload claims the hash before it looks whether the bytes lie there already, and lets go of it once its row is durable. What
is to be erased meanwhile is noted and looked at again. Claims are empty files beside the store, so that all processes see them.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from meeting import config

CLAIM_SECONDS = 600  # an upload that has not been registered by then never will be


def _folder(name: str) -> Path:
    found = config.settings().storage / name
    found.mkdir(parents=True, exist_ok=True)
    return found


@contextmanager
def alone() -> Iterator[None]:
    """No other process claims or erases meanwhile. What stands inside is short and never waits."""
    with (_folder("claims") / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def claim(digest: str, ticket: str) -> None:
    """Somebody is about to register these bytes."""
    (_folder("claims") / f"{digest}.{ticket[:32]}").touch()


def release(digest: str, ticket: str) -> None:
    """They are registered, or never will be. Twice is harmless."""
    (_folder("claims") / f"{digest}.{ticket[:32]}").unlink(missing_ok=True)


def is_claimed(digest: str) -> bool:
    """Whether an upload of these bytes is under way; claims of uploads that came to nothing are forgotten."""
    claimed = False
    for each in _folder("claims").glob(f"{digest}.*"):
        try:
            fresh = time.time() - each.stat().st_mtime < CLAIM_SECONDS
        except FileNotFoundError:
            continue
        if not fresh:
            each.unlink(missing_ok=True)
        claimed = claimed or fresh
    return claimed


def postpone(digest: str) -> None:
    """Notes that these bytes are to be erased when nobody claims them any more."""
    descriptor = os.open(_folder("erase_later") / digest, os.O_CREAT | os.O_WRONLY, 0o600)
    os.fsync(descriptor)
    os.close(descriptor)


def settled(digest: str) -> None:
    """They are erased, or stay."""
    (_folder("erase_later") / digest).unlink(missing_ok=True)


def postponed() -> list[str]:
    """What is to be erased as soon as nobody claims it."""
    return sorted(each.name for each in _folder("erase_later").iterdir())
