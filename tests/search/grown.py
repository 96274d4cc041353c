"""A PostgreSQL that holds the standing cast, copied for each test as the file of SQLite is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from meeting import config, database, migrations
from meeting.search.engines import engine
from tests import postgresql
from tests.conftest import _seed


class Grown:
    """A cluster of its own, with a database that every test's is a copy of."""

    def __init__(self, address: str) -> None:
        self._server = address.rpartition("/")[0]
        self._numbers = count(1)
        self._keeper = create_engine(address, isolation_level="AUTOCOMMIT")
        self._say("CREATE DATABASE cast_template")
        before = config.settings()
        config.use(replace(before, database_url=f"{self._server}/cast_template"))
        database.use(database.Database(config.settings().database_url))
        migrations.upgrade()
        with Session(database.database().writing) as session:
            _seed(session)
            session.commit()
        database.use(None)
        config.use(before)

    def _say(self, statement: str) -> None:
        with self._keeper.connect() as connection:
            connection.execute(text(statement))

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a database of its own, gone afterwards."""
        name = f"house_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE cast_template STRATEGY wal_log")
        yield f"{self._server}/{name}"
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Lets the cluster go."""
        self._keeper.dispose()


@contextmanager
def cluster() -> Iterator[Grown]:
    """Starts one with the standing cast in it."""
    with postgresql.cluster() as address:
        found = Grown(address)
        yield found
        found.close()


@contextmanager
def moved_to(address: str) -> Iterator[None]:
    """This process works on another store for a while."""
    config.use(replace(config.settings(), database_url=address))
    database.use(database.Database(address))
    yield
    engine.forget()
    database.use(None)


on_postgresql = pytest.mark.parametrize("store", ["postgresql"], indirect=True)
on_both = pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)
