"""Carrying a whole store from one engine to another: all or nothing, and compared table by table before it counts.

A backup always holds the store as one SQLite file, so that it can be restored anywhere; see `rows` for the form between.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, text

from meeting import config, journal, migrations
from meeting.database import Database, database
from meeting.errors import Refused
from meeting.journal import Fault
from meeting.records import pieces
from meeting.records.holding import alone, lasting
from meeting.records.rows import AT_ONCE, VERSION, PostgresSide, Row, Side, SqliteSide, digest
from meeting.tables import ERASED, Base

#: Told while it goes on: the table, rows done of how many.
Tell = Callable[[str, int, int], None]

FOREIGN_KEYS = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"""


@dataclass(frozen=True)
class Census:
    """What was carried: rows by table, and what is wrong with the chains of the journal (as it was before)."""

    rows: dict[str, int]
    faults: list[Fault]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


def tables() -> list[Table]:
    """All tables of the rooms."""
    return [Base.metadata.tables[name] for name in sorted(Base.metadata.tables)]


def carry(source: Side, target: Side, tell: Tell = lambda *_: None) -> dict[str, int]:
    """Copies every row, then reads all of the target again: count and digest of each table must be what the source has.

    Returns the rows by table. Refused: `store_not_current`, `row_does_not_fit`, `copy_differs`. The caller commits.
    """
    if source.version() != migrations.newest() or target.version() != migrations.newest():
        raise Refused("store_not_current")
    counts = {table.name: source.count(table) for table in tables()}
    total, done = 2 * sum(counts.values()), 0
    digests: dict[str, tuple[int, str]] = {}
    for table in tables():
        tell(table.name, done, total)
        digests[table.name] = digest(_copied(table, source, target, partial(_told, tell, table.name, done, total)))
        done += counts[table.name]
    for table in tables():
        tell(table.name, done, total)
        if digest(target.rows(table)) != digests[table.name]:
            raise Refused("copy_differs", table=table.name)
        done += counts[table.name]
    tell("", total, total)
    return {name: count for name, (count, _) in digests.items()}


def _told(tell: Tell, name: str, before: int, total: int, more: int) -> None:
    tell(name, before + more, total)


def _copied(table: Table, source: Side, target: Side, tell: Callable[[int], None]) -> Iterator[Row]:
    waiting: list[Row] = []
    done = 0
    for row in source.rows(table):
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            target.put(table, waiting)
            done += len(waiting)
            waiting = []
            tell(done)
        yield row
    if waiting:
        target.put(table, waiting)


@contextmanager
def picture(url: str) -> Iterator[Side]:
    """One moment's picture of a store, which goes on being used meanwhile; nothing can be written to it."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True, isolation_level=None)) as raw:
            raw.execute("BEGIN")
            yield SqliteSide(raw)
        return
    engine = lasting(url, isolation_level="REPEATABLE READ")
    with engine.connect().execution_options(postgresql_readonly=True) as connection:
        yield PostgresSide(raw_of(connection))


def raw_of(connection: Connection) -> Any:
    """The driver's own connection, with a transaction begun."""
    connection.execute(text("SELECT 1"))
    return connection.connection.driver_connection


def fill_file(source: Side, target: Path, tell: Tell = lambda *_: None) -> Census:
    """Writes a store into a new SQLite file with the same tables; it appears only when it is whole and compared.

    Refused like `carry`; `file_exists`.
    """
    if target.exists():
        raise Refused("file_exists", file=target.name)
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    engine = lasting(f"sqlite:///{unfinished}")
    Base.metadata.create_all(engine)
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("BEGIN")
        raw.execute(
            f"CREATE TABLE {VERSION} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {VERSION}_pkc PRIMARY KEY (version_num))"
        )
        raw.execute(f"INSERT INTO {VERSION} VALUES (?)", [source.version()])  # noqa: S608
        rows = carry(source, SqliteSide(raw), tell)
        raw.execute("COMMIT")
        raw.execute("PRAGMA synchronous=FULL")
        if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise Refused("copy_differs", table="foreign keys")
    with engine.connect() as connection:
        faults = list(journal.verify(connection))
    _sync(unfinished)
    unfinished.replace(target)
    return Census(rows, faults)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def fill_postgres(source: Side, connection: Connection, tell: Tell = lambda *_: None) -> Census:
    """Replaces all rows of a PostgreSQL store, in the caller's transaction: until it commits nothing has changed there.

    References are taken off meanwhile and put on again at the end, when PostgreSQL looks through all of them; sequences go on
    after the highest number. Refused like `carry`.
    """
    target = PostgresSide(raw_of(connection))
    target.ask("SET LOCAL lock_timeout = 0")
    references = target.ask(FOREIGN_KEYS)
    for table, name, _ in references:
        target.ask(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    target.ask("TRUNCATE " + ", ".join(f'"{table.name}"' for table in tables()))
    rows = carry(source, target, tell)
    for table, name, definition in references:
        target.ask(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    erased = target.ask("SELECT value FROM setting WHERE name = %s", ERASED)
    floors: dict[str, int] = json.loads(erased[0][0]) if erased else {}
    for each in tables():
        _go_on_after(target, each, floors.get(each.name))
    target.ask("ANALYZE")
    streaming = connection.execution_options(stream_results=True)
    faults = list(journal.verify(streaming))
    connection.execution_options(stream_results=False)
    return Census(rows, faults)


def _go_on_after(target: PostgresSide, table: Table, erased: int | None) -> None:
    """New numbers go on above the greatest there is, and above those that were given once and erased."""
    keys = list(table.primary_key.columns)
    if len(keys) != 1:
        return
    name = keys[0].name
    sequence = target.ask("SELECT pg_get_serial_sequence(%s, %s)", f'"{table.name}"', name)[0][0]
    if sequence:
        floor = f"{erased:d}" if erased else "NULL"  # `greatest` leaves it out
        highest = f'SELECT greatest(max("{name}"), {floor}) FROM "{table.name}"'  # noqa: S608 - our own tables
        target.ask(f"SELECT setval(%s, coalesce(({highest}), 1), ({highest}) IS NOT NULL)", sequence)


def copy_store(target: Path) -> None:
    """For a backup of a system on PostgreSQL: one moment of it as a SQLite file. Refused like `fill_file`."""
    with picture(database().url) as source:
        fill_file(source, target)


def put_in_store(copy: Path) -> None:
    """For a restore into PostgreSQL: replaces all rows there by those of a backup's file, in one transaction.

    Both are brought up to today's tables first. What stood there before is laid into the old storage as a SQLite file, as a
    restore of SQLite leaves it. Refused like `carry`.
    """
    bring_file_up(copy)
    target = Database(database().url)
    migrations.bring_up(target)
    target.close()
    before = config.settings().storage / copy.name
    before.unlink(missing_ok=True)
    with picture(target.url) as there:
        if any(there.count(table) for table in tables() if table.name != "setting"):
            fill_file(there, before)
    with picture(f"sqlite:///{copy}") as source, lasting(target.url).begin() as connection:
        fill_postgres(source, connection)


def bring_file_up(copy: Path) -> None:
    """Brings the tables of a copied SQLite file up to today's."""
    store = Database(f"sqlite:///{copy}")
    migrations.bring_up(store)
    store.empty_log()
    store.close()


pieces.guards["postgresql"] = alone
pieces.copiers["postgresql"] = copy_store
pieces.putters["postgresql"] = put_in_store
