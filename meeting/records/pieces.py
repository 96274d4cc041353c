"""What a backup is taken of, and where a restore puts it: the store as one SQLite file, and the files by their path.

Whatever the store is, a backup holds it as one SQLite file, so that restoring, drilling and moving know one form. Another
store or another place for files is registered here under its name.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.engine import make_url

from meeting import config
from meeting.errors import Refused
from meeting.records.rules import belongs


@dataclass(frozen=True)
class Stored:
    """One file of the installation: its path under `storage/`, its size and how it is opened (FileNotFoundError: gone since)."""

    path: str
    size_bytes: int
    open: Callable[[], BinaryIO]


def store_file() -> Path:
    """Where SQLite keeps everything."""
    return Path(config.settings().database_url.removeprefix("sqlite:///"))


def engine_name() -> str:
    """Which store this installation has: sqlite or postgresql."""
    return make_url(config.settings().database_url).get_backend_name()


def _copy_sqlite(target: Path) -> None:
    with closing(sqlite3.connect(store_file())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _put_sqlite(fresh: Path) -> None:
    """The store of SQLite lies among the files and comes with them."""


def _listed_on_disk() -> Iterator[Stored]:
    storage = config.settings().storage
    keys = config.settings().keys.resolve()  # of open ballot boxes: in no backup, wherever somebody put them
    for folder, inner, names in os.walk(storage):
        inner.sort()
        for name in sorted(names):
            path = Path(folder) / name
            inside = path.relative_to(storage).as_posix()
            if path.is_symlink() or not path.is_file() or not belongs(inside) or path.resolve().is_relative_to(keys):
                continue
            yield Stored(inside, path.stat().st_size, lambda path=path: path.open("rb"))  # type: ignore[misc]


#: By the name of the store: writes all tables of one moment into a fresh SQLite file.
copiers: dict[str, Callable[[Path], None]] = {"sqlite": _copy_sqlite}
#: By the name of the store: puts all tables of a SQLite file into the place of what is there.
putters: dict[str, Callable[[Path], None]] = {"sqlite": _put_sqlite}
#: By the name of the store: what keeps servers on other machines from it while it is restored.
guards: dict[str, Callable[[], AbstractContextManager[None]]] = {"sqlite": nullcontext}
#: Further places of files: each yields those that lie there.
listing: dict[str, Callable[[], Iterator[Stored]]] = {"disk": _listed_on_disk}
#: Further places of files: each takes the files of an unpacked folder.
placing: dict[str, Callable[[Path], None]] = {}


def copy_store(target: Path) -> None:
    """Writes one moment's picture of the store into a fresh SQLite file. Refused: `not_one_file` for a store nobody knows."""
    copier = copiers.get(engine_name())
    if copier is None:
        raise Refused("not_one_file")
    copier(target)


def stored_files() -> Iterator[Stored]:
    """All files of the installation that belong into a backup, one place after the other; a path comes once."""
    seen: set[str] = set()
    for place in listing.values():
        for found in place():
            if found.path not in seen:
                seen.add(found.path)
                yield found


def needed_bytes() -> int:
    """About how much room a backup takes, with the copy of the store that is made beside it."""
    store = store_file().stat().st_size if engine_name() == "sqlite" and store_file().exists() else 0
    return 2 * store + sum(found.size_bytes + 1024 for found in stored_files())


def free_bytes(folder: Path) -> int:
    """How much room is left where a folder lies or will lie."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def secrets() -> list[Stored]:
    """Keys without which something of the store cannot be used: they go into encrypted backups only."""
    folder = config.settings().data / "secrets"
    found = sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    return [Stored(f"secrets/{path.name}", path.stat().st_size, lambda path=path: path.open("rb")) for path in found]  # type: ignore[misc]


def put_secrets(fresh: Path) -> None:
    """Puts those of an unpacked backup where they belong, readable to the server alone."""
    if not (fresh / "secrets").is_dir():
        return
    folder = config.settings().data / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    for path in (fresh / "secrets").iterdir():
        os.replace(path, folder / path.name)
        (folder / path.name).chmod(0o600)
    (fresh / "secrets").rmdir()
