"""The files of an installation whose files lie in an object store: in its backups, after a restore, and when it moves there."""

from collections.abc import Callable, Iterator
from hashlib import file_digest, md5
from pathlib import Path

from meeting import config
from meeting.documents.store_places import FileStore, FolderStore, Kept
from meeting.documents.store_shared import bucket
from meeting.errors import N_, Refused, declare
from meeting.records import pieces
from meeting.records.pieces import Stored

KEPT = ("files/", "pages/")  # what lies in the object store for good; copies for one reader are made anew

declare({"no_object_store": N_("No object store is set. Set MEETING_S3_URL, MEETING_S3_KEY and MEETING_S3_SECRET first.")})


def _listed() -> Iterator[Stored]:
    """What a backup takes from the object store: all that does not lie on this machine too."""
    there = bucket()
    if there is not None:
        for prefix in KEPT:
            for kept in there.names(prefix):
                yield Stored(kept.name, kept.size_bytes, lambda name=kept.name: there.open(name))  # type: ignore[misc]


def _placed(fresh: Path) -> None:
    """After a restore: the object store gets what it has not."""
    there = bucket()
    if there is not None:
        send(fresh, there)


def send(folder: Path, there: FileStore, tell: Callable[[str, int, int], None] = lambda *_: None) -> tuple[int, int]:
    """Puts the files of a folder into a store that has them not, or has others; answers how many, and their bytes.

    Broken off and begun anew it goes on with what is missing.
    """
    source = FolderStore(folder)
    wanted = [kept for prefix in KEPT for kept in source.names(prefix)]
    total, done = sum(kept.size_bytes for kept in wanted), 0
    listed = _names(there)
    for kept in wanted:
        tell("files", done, total)
        if not _is_the_same(folder / kept.name, kept, listed.get(kept.name)):
            with source.open(kept.name) as opened:
                there.put(kept.name, opened, kept.size_bytes)
        done += kept.size_bytes
    listed = _names(there)
    if any(kept.name not in listed or listed[kept.name].size_bytes != kept.size_bytes for kept in wanted):
        raise Refused("files_unreachable")
    tell("files", total, total)
    return len(wanted), total


def _names(there: FileStore) -> dict[str, Kept]:
    return {kept.name: kept for prefix in KEPT for kept in there.names(prefix)}


def _is_the_same(path: Path, here: Kept, there: Kept | None) -> bool:
    if there is None or there.size_bytes != here.size_bytes or not there.md5:
        return False
    with path.open("rb") as opened:
        return file_digest(opened, lambda: md5(usedforsecurity=False)).hexdigest() == there.md5


def send_all(tell: Callable[[str, int, int], None]) -> tuple[int, int]:
    """Puts all files of this installation into its object store. Refused: `no_object_store`, `files_unreachable`."""
    there = bucket()
    if there is None:
        raise Refused("no_object_store")
    return send(config.settings().storage, there, tell)


pieces.listing["s3"] = _listed
pieces.placing["s3"] = _placed
