"""Moves a store from any earlier version of the tables to today's; checks that models and migrations agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, select

from meeting.database import Database, database
from meeting.tables import Base, Setting

HERE = Path(__file__).parent


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the store of this process."""
    chosen = Config()
    chosen.set_main_option("script_location", str(HERE))
    chosen.attributes["connection"] = connection
    return chosen


def upgrade() -> None:
    """Brings the tables up to date and gives a new store its first settings. Harmless when nothing is to be done."""
    bring_up(database())


def bring_up(store: Database) -> None:
    """The same for any store, such as one that is being moved to."""
    with store.writing.connect() as connection, _tables_made_anew(connection), connection.begin():
        command.upgrade(configuration(connection), "head")
    with store.writing.begin() as connection:
        if connection.execute(select(Setting.value).where(Setting.name == "epoch")).first() is None:
            connection.execute(insert(Setting).values(name="epoch", value="1"))


@contextmanager
def _tables_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: meanwhile nothing may ask whether references hold. Afterwards all must."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.cursor()
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"references do not hold after the migration: {broken[:5]}")


def current() -> str | None:
    """The version the store has now; None for an empty one."""
    with database().writing.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The version that this program needs."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def differences() -> list[Any]:
    """What the models have and the migrated store has not, or the other way round. Empty: they agree."""
    with database().writing.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, Base.metadata))
