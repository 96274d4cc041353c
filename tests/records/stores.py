"""Stores for the tests of moving: offices as earlier versions left them, and databases of a real PostgreSQL."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from meeting import config, database, jobs, migrations
from meeting.config import Settings
from meeting.records import portable
from tests import postgresql

LEFT = Path(__file__).parents[1] / "kernel" / "stores"
VERSIONS = sorted(path.stem for path in LEFT.glob("*.sql"))


def use(folder: Path, url: str = "") -> None:
    """Makes a folder, or a folder with a store elsewhere, the installation of this process."""
    (folder / "storage").mkdir(parents=True, exist_ok=True)
    url = url or f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(None)
    jobs.queue.forget()
    jobs.queue.held = True


def left_by(version: str, folder: Path) -> Path:
    """The store of an office as a version left it, in use; its file."""
    use(folder)
    store = database.database()
    with store.writing.begin() as connection:
        command.upgrade(migrations.configuration(connection), version)
    with store.writing.connect() as connection:
        connection.connection.executescript((LEFT / f"{version}.sql").read_text(encoding="utf-8"))
    store.empty_log()
    database.use(None)
    return folder / "storage" / "meeting.db"


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables as Python values, read as the rooms read them."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in portable.tables()}


@dataclass
class Cluster:
    """A real PostgreSQL with as many databases as the tests want."""

    address: str

    def fresh(self, template: str = "") -> str:
        """The address of a new database: without tables, or as another one is."""
        name = f"office_{secrets.token_hex(4)}"
        source = f" TEMPLATE {make_url(template).database}" if template else ""
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}{source}"))
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def with_tables(self) -> str:
        """The address of a new database with today's tables and nothing in them."""
        if not hasattr(self, "_template"):
            self._template = self.fresh()
            store = database.Database(self._template)
            migrations.bring_up(store)
            store.close()
        return self.fresh(self._template)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Starts one; nothing is held when it ends."""
    with postgresql.cluster() as address:
        try:
            yield Cluster(address)
        finally:
            database.use(None)


def copied(store: Path, folder: Path) -> Path:
    """A copy of a store in another data folder, in use."""
    use(folder)
    return Path(shutil.copy(store, folder / "storage" / "meeting.db"))
