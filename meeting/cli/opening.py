"""Opening a data folder for a command: settings, tables, rooms."""

import os
from pathlib import Path

from sqlalchemy import select

from meeting import app, config, database, jobs, migrations
from meeting.database import reading
from meeting.organization.models import Account


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


def storage() -> Path:
    """The folder of files, database and lock; made when it is missing."""
    folder = config.settings().storage
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def open_store() -> None:
    """Brings the tables up to date and makes every act known."""
    app.load_rooms()
    migrations.upgrade()


def is_empty() -> bool:
    """Whether nobody is on file yet."""
    with reading() as session:
        return session.scalar(select(Account.id).limit(1)) is None


def close_store() -> None:
    """Closes the connections of this process, before another takes its place."""
    database.use(None)
