"""Opening a data folder for a command: settings, tables, rooms."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from meeting import app, config, database, jobs, migrations
from meeting.database import reading
from meeting.organization.models import Account
from meeting.records.holding import refuse_unfinished

HALF_FILLED = "demo.filling"


def use_folder(data: Path | None) -> None:
    """Takes the data folder of `--data` (else of MEETING_DATA, else the checkout), for this process and its children."""
    if data is not None:
        os.environ["MEETING_DATA"] = str(data.resolve())
    config.use(config.Settings.from_env())
    database.use(None)
    jobs.queue.forget()


def is_new() -> bool:
    """Whether nothing was ever stored here."""
    url = config.settings().database_url
    if url.startswith("sqlite:///"):
        return not Path(url.removeprefix("sqlite:///")).exists()
    return migrations.current() is None


@contextmanager
def filling() -> Iterator[None]:
    """While the demo is filled a mark lies beside the store: a filling that broke off is found by it at the next start."""
    mark = storage() / HALF_FILLED
    mark.touch()
    yield
    mark.unlink()


def clear_half_filled() -> bool:
    """Removes what a demo's filling that broke off has left (SQLite), nothing else; answers whether there was anything."""
    folder, url = config.settings().storage, config.settings().database_url
    if not (folder / HALF_FILLED).exists() or not url.startswith("sqlite:///"):
        return False
    store = url.removeprefix("sqlite:///")
    for name in (store, f"{store}-wal", f"{store}-shm", str(folder / "jobs.db"), str(folder / HALF_FILLED)):
        Path(name).unlink(missing_ok=True)
    return True


def storage() -> Path:
    """The folder of files, database and lock; made when it is missing."""
    folder = config.settings().storage
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def open_store() -> None:
    """Brings the tables up to date and makes every act known. Refused: `store_unfinished`."""
    app.load_rooms()
    refuse_unfinished()
    migrations.upgrade()


def open_to_serve() -> None:
    """The same for who only starts another process: where no table is to be changed, the rooms need not be loaded for it."""
    if migrations.current() != migrations.newest():
        app.load_rooms()
    refuse_unfinished()
    migrations.upgrade()


def is_empty() -> bool:
    """Whether nobody is on file yet."""
    with reading() as session:
        return session.scalar(select(Account.id).limit(1)) is None


def close_store() -> None:
    """Closes the connections of this process, before another takes its place."""
    database.use(None)
