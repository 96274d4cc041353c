"""Rows of a store in one plain form, whichever engine holds them: numbers, texts, bytes; moments and days as text in UTC.

So a row that was carried from one engine to another is the same Python value on both sides, and a table has one digest.
Tables are read by their primary key: no order but that of their keys comes along.
"""

import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import Boolean, Column, Date, DateTime, LargeBinary, String, Table, TypeDecorator

from meeting.errors import Refused

Row = tuple[Any, ...]
AT_ONCE = 5000  # rows read or written in one go
VERSION = "alembic_version"


class Side(Protocol):
    """A store on one engine, inside one transaction of it."""

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table by its primary key, in the plain form."""

    def count(self, table: Table) -> int:
        """How many there are."""

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Adds rows in the plain form. Refused: `row_does_not_fit`."""

    def version(self) -> str | None:
        """The version of its tables; None where there are none."""


def kind(column: Column[Any]) -> str:
    """How a column is carried: `bool`, `moment`, `day`, `bytes`, `text` or `plain`."""
    of = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    known = ((Boolean, "bool"), (DateTime, "moment"), (Date, "day"), (LargeBinary, "bytes"), (String, "text"))
    return next((name for type_, name in known if isinstance(of, type_)), "plain")


def digest(rows: Iterable[Row]) -> tuple[int, str]:
    """How many rows there are, and the one hash of all of them in their order."""
    hashed, count = sha256(), 0
    for row in rows:
        hashed.update(repr(row).encode())
        count += 1
    return count, hashed.hexdigest()


def _quoted(name: str) -> str:
    return f'"{name}"'


def _names(table: Table) -> str:
    return ", ".join(_quoted(column.name) for column in table.columns)


class SqliteSide:
    """A store in one file."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def rows(self, table: Table) -> Iterator[Row]:
        """See `Side`."""
        chosen = ", ".join(_from_sqlite(column) for column in table.columns)
        order = ", ".join(_quoted(column.name) for column in table.primary_key.columns)
        cursor = self.raw.execute(f"SELECT {chosen} FROM {_quoted(table.name)} ORDER BY {order}")  # noqa: S608 - our own tables
        while found := cursor.fetchmany(AT_ONCE):
            yield from found

    def count(self, table: Table) -> int:
        """See `Side`."""
        return int(self.raw.execute(f"SELECT count(*) FROM {_quoted(table.name)}").fetchone()[0])  # noqa: S608

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """See `Side`."""
        marks = ", ".join("?" for _ in table.columns)
        statement = f"INSERT INTO {_quoted(table.name)} ({_names(table)}) VALUES ({marks})"  # noqa: S608 - our own tables
        try:
            self.raw.executemany(statement, rows)
        except (sqlite3.IntegrityError, sqlite3.DataError) as error:
            raise Refused("row_does_not_fit", table=table.name, why=str(error)) from None

    def version(self) -> str | None:
        """See `Side`."""
        try:
            found = self.raw.execute(f"SELECT version_num FROM {VERSION}").fetchone()  # noqa: S608
        except sqlite3.OperationalError:
            return None
        return str(found[0]) if found else None


def _from_sqlite(column: Column[Any]) -> str:
    name = _quoted(column.name)
    if kind(column) == "moment":  # written by hand in an old migration: without fractions of a second
        return f"CASE length({name}) WHEN 19 THEN {name} || '.000000' ELSE {name} END"
    return name


class PostgresSide:
    """A store in a PostgreSQL database; `raw` is psycopg2's connection, in a transaction."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def rows(self, table: Table) -> Iterator[Row]:
        """See `Side`. Read through a cursor of the server, so that no table is ever whole in memory."""
        chosen = ", ".join(_from_postgres(column) for column in table.columns)
        order = ", ".join(_ordered(column) for column in table.primary_key.columns)
        bytes_at = [at for at, column in enumerate(table.columns) if kind(column) == "bytes"]
        with self.raw.cursor(name=f"rows_of_{table.name}") as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(f"SELECT {chosen} FROM {_quoted(table.name)} ORDER BY {order}")  # noqa: S608 - our own tables
            yield from (map(_with_bytes(bytes_at), cursor) if bytes_at else cursor)

    def count(self, table: Table) -> int:
        """See `Side`."""
        return int(self.ask(f"SELECT count(*) FROM {_quoted(table.name)}")[0][0])  # noqa: S608 - our own tables

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """See `Side`."""
        writers = [_WRITERS.get(kind(column), str) for column in table.columns]
        text = "".join(
            "\t".join(["\\N" if value is None else write(value) for write, value in zip(writers, row, strict=True)]) + "\n"
            for row in rows
        )
        with self.raw.cursor() as cursor:
            try:
                cursor.copy_expert(f"COPY {_quoted(table.name)} ({_names(table)}) FROM STDIN", io.StringIO(text))
            except (self.raw.DataError, self.raw.IntegrityError) as error:
                where = error.diag.context or ""
                why = f"{error.diag.message_primary} ({where.partition(chr(10))[0]})"
                raise Refused("row_does_not_fit", table=table.name, why=why) from None

    def version(self) -> str | None:
        """See `Side`."""
        if not self.ask("SELECT to_regclass(%s)", VERSION)[0][0]:
            return None
        found = self.ask(f"SELECT version_num FROM {VERSION}")  # noqa: S608
        return str(found[0][0]) if found else None

    def ask(self, statement: str, *values: Any) -> list[Row]:
        """All rows of a small answer; none for a statement that answers nothing."""
        with self.raw.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall()) if cursor.description else []


def _from_postgres(column: Column[Any]) -> str:
    name = _quoted(column.name)
    forms = {
        "bool": f"{name}::int",
        "moment": f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
        "day": f"to_char({name}, 'YYYY-MM-DD')",
    }
    return forms.get(kind(column), name)


def _ordered(column: Column[Any]) -> str:
    """Letters in the order of their code points, as SQLite has them."""
    return _quoted(column.name) + (' COLLATE "C"' if kind(column) == "text" else "")


def _with_bytes(places: list[int]) -> Callable[[Row], Row]:
    def plain(row: Row) -> Row:
        values = list(row)
        for at in places:
            values[at] = None if values[at] is None else bytes(values[at])
        return tuple(values)

    return plain


_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_WRITERS: dict[str, Callable[[Any], str]] = {
    "text": lambda value: str(value).translate(_ESCAPED),
    "bytes": lambda value: "\\\\x" + value.hex(),
    "moment": lambda value: value + "+00",
}
