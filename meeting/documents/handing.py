"""Files that one process makes and another hands over: sheets, reports, cards. What is lost is made anew: no backup has them.

They lie in `storage/`, and where there is an object store in that alone: whichever machine is asked hands over the same.
"""

import io
import time

from meeting import config
from meeting.documents.store_places import FileStore, FolderStore
from meeting.documents.store_shared import bucket


def _place() -> FileStore:
    return bucket() or FolderStore(config.settings().storage)


def put(name: str, content: bytes) -> None:
    """Keeps it under a name like `sheets/7.pdf`, whole or not at all. Refused: `files_unreachable`."""
    _place().put(name, io.BytesIO(content), len(content))


def lies(name: str) -> bool:
    """Whether it is there. Refused: `files_unreachable`."""
    return _place().size(name) is not None


def fetch(name: str) -> bytes:
    """Its bytes; FileNotFoundError where there are none. Refused: `files_unreachable`."""
    with _place().open(name) as opened:
        return opened.read()


def sweep(folder: str, kept_seconds: float) -> None:
    """Takes away what has lain in a folder for so long."""
    there = _place()
    for each in list(there.names(f"{folder}/")):
        if each.written < time.time() - kept_seconds:
            there.erase(each.name)
