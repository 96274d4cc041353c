"""How long a large system takes to be backed up, restored and moved: `python -m bench.moving [--meetings 5000]`.

The busiest meeting of a demo council with everything that hangs on it is multiplied, each with a valid chain of its own in the
journal; then the system is backed up, restored elsewhere, and moved to a real PostgreSQL. Every count, every row's digest and
every chain is compared by the product itself; the figures are minutes of this machine.
"""

import argparse
import os
import secrets
import shutil
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, String, Table, UniqueConstraint, func, select

from meeting import app, config, database, journal
from meeting.agenda.models import Meeting
from meeting.cli.opening import open_store
from meeting.database import reading
from meeting.journal import GENESIS, Entry
from meeting.records import backup, moving, portable, service
from meeting.tables import Base, UtcDateTime
from tests.records import stores

Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
STEP = 100_000  # between the numbers of one copy and those of the next: PostgreSQL's numbers end at 2,147,483,647
FILE_BYTES = 50_000


class Multiplied:
    """Everything that hangs on one meeting, ready to be written again under other numbers."""

    def __init__(self, raw: sqlite3.Connection, meeting_id: int) -> None:
        raw.row_factory = sqlite3.Row
        self._raw, self._meeting_id = raw, meeting_id
        self._tables = [table for table in portable.tables() if table.name not in ("journal", "job", "stored_answer")]
        self.rows: Rows = defaultdict(dict)
        self.rows["meeting"][(meeting_id,)] = dict(raw.execute("SELECT * FROM meeting WHERE id = ?", [meeting_id]).fetchone())
        while self._grow() or self._take_partners():
            pass
        entries = raw.execute("SELECT * FROM journal WHERE chain = ? ORDER BY seq", [meeting_id]).fetchall()
        self._entries = [dict(each) for each in entries]
        self.highest_entry = raw.execute("SELECT max(id) FROM journal").fetchone()[0]
        raw.row_factory = None

    def _grow(self) -> bool:
        found = False
        for table in self._tables:
            for row in map(dict, self._raw.execute(f'SELECT * FROM "{table.name}"').fetchall()):
                key = tuple(row[column.name] for column in table.primary_key.columns)
                if key not in self.rows[table.name] and any(self._is_ours(table, name, row[name]) for name in row):
                    self.rows[table.name][key] = row
                    found = True
        return found

    def _take_partners(self) -> bool:
        """Rows that belong to one of ours and to no other, as the number of a notice does."""
        found = False
        for table in self._tables:
            for (name,) in (unique for unique in self._unique(table) if len(unique) == 1):
                there = self._points_to(table, name)
                for row in list(self.rows[table.name].values()) if there else ():
                    if row[name] is not None and (row[name],) not in self.rows[there]:
                        partner = self._raw.execute(f'SELECT * FROM "{there}" WHERE id = ?', [row[name]]).fetchone()
                        self.rows[there][row[name],] = dict(partner)
                        found = True
        return found

    def _points_to(self, table: Table, name: str) -> str:
        keys = list(table.columns[name].foreign_keys)
        return keys[0].column.table.name if keys else "meeting" if name == "meeting_id" else ""

    def _is_ours(self, table: Table, name: str, value: Any) -> bool:
        return value is not None and (value,) in self.rows.get(self._points_to(table, name), {})

    def copy(self, number: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """The rows of the copy of that number, by table."""
        for table in self._tables:
            if self.rows[table.name]:
                names = [column.name for column in table.columns]
                made = [self._shifted(table, row, number) for row in self.rows[table.name].values()]
                yield table.name, [tuple(row[name] for name in names) for row in made]

    def _shifted(self, table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
        made = dict(row)
        moved = {name for name in row if self._is_ours(table, name, row[name])}
        for name in moved:
            made[name] = row[name] + number * STEP
        keys = [column.name for column in table.primary_key.columns]
        if keys == ["id"]:
            made["id"] = row["id"] + number * STEP
            moved.add("id")
        for unique in self._unique(table):
            if moved.isdisjoint(unique) and all(row[name] is not None for name in unique):
                self._renamed(table, made, unique, number)
        return made

    def _unique(self, table: Table) -> list[list[str]]:
        stated = [list(each.columns.keys()) for each in table.constraints if isinstance(each, UniqueConstraint)]
        indexed = [list(each.columns.keys()) for each in table.indexes if each.unique]
        return [*stated, *indexed, list(table.primary_key.columns.keys())]

    def _renamed(self, table: Table, made: dict[str, Any], unique: list[str], number: int) -> None:
        for name in reversed(unique):
            column = table.columns[name]
            if isinstance(column.type, LargeBinary):
                made[name] = sha256(made[name] + str(number).encode()).digest()[: max(16, len(made[name]))]
                return
            if isinstance(column.type, String):
                made[name] = f"{str(made[name])[: (column.type.length or 300) - 8]}~{number}"
                return
            if isinstance(made[name], int) and not column.foreign_keys:
                made[name] += number * 1000
                return
            if column.nullable:
                made[name] = None
                return

    def chain(self, number: int, first_id: int) -> list[tuple[Any, ...]]:
        """The journal of the copy, each entry following from the one before it."""
        chain, previous, made = self._meeting_id + number * STEP, GENESIS, []
        moment = UtcDateTime()
        for place, each in enumerate(self._entries):
            at = moment.process_result_value(_parsed(each["at"]), None)  # type: ignore[arg-type]
            facts = journal.Json().process_result_value(each["facts"], None)  # type: ignore[attr-defined,arg-type]
            hashed = journal.digest(previous, chain, each["seq"], at, each["actor_id"], each["event"], facts)  # type: ignore[arg-type]
            row = {**each, "id": first_id + place, "chain": chain, "previous": previous, "hash": hashed}
            made.append(tuple(row[column.name] for column in Entry.__table__.columns))
            previous = hashed
        return made

    @property
    def entries(self) -> int:
        """How long each chain is."""
        return len(self._entries)


def _parsed(text: str) -> Any:
    from datetime import datetime  # noqa: PLC0415

    return datetime.fromisoformat(text)


def insertion(table: Table) -> str:
    """The statement that writes a row, its columns in the order of the models."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" for _ in table.columns)})'


def multiply(store: Path, meetings: int) -> None:
    """Writes so many meetings more into a store."""
    highest = max(_highest(store).values())
    if highest >= STEP or meetings * STEP + highest >= 2**31:
        raise SystemExit(f"numbers up to {highest} cannot be multiplied by {meetings}")
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        busiest = "SELECT chain FROM journal WHERE chain > 0 GROUP BY chain ORDER BY count(*) DESC LIMIT 1"
        many = Multiplied(raw, raw.execute(busiest).fetchone()[0])
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN")
        for number in range(1, meetings + 1):
            for name, rows in many.copy(number):
                raw.executemany(insertion(Base.metadata.tables[name]), rows)
            chain = many.chain(number, many.highest_entry + 1 + (number - 1) * many.entries)
            raw.executemany(insertion(Entry.__table__), chain)  # type: ignore[arg-type]
        raw.execute("COMMIT")
        broken = raw.execute("PRAGMA foreign_key_check").fetchmany(5)
    if broken:
        raise SystemExit(f"the multiplied meetings do not hold together: {broken}")


def lay_files(storage: Path, count: int) -> None:
    """So many papers of 50 kB, as an office has two a meeting at least."""
    for _ in range(count):
        content = secrets.token_bytes(FILE_BYTES)
        digest = sha256(content).hexdigest()
        path = storage / "files" / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def figures(url: str) -> tuple[int, int, int]:
    """Meetings, entries of the journal, chains, in the store in use; every chain is proved."""
    found = service.verify_journal()
    if found.faults:
        raise SystemExit(f"the journal of {url} does not hold together: {found.faults[:3]}")
    with reading() as session:
        return session.scalar(select(func.count(Meeting.id))) or 0, found.entries, found.chains


def timed(what: str, work: Callable[[], Any]) -> Any:
    """Does it and prints how long it took."""
    began = time.monotonic()
    answer = work()
    seconds = time.monotonic() - began
    print(f"{what:<58}{int(seconds) // 60:>4} min {seconds % 60:4.1f} s", flush=True)
    return answer


def main() -> None:
    """Builds, saves, restores, moves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--meetings", type=int, default=5000)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="meeting-bench-", dir=asked.folder))
    try:
        run(folder, asked.meetings, asked.papers)
    finally:
        database.use(None)
        shutil.rmtree(folder, ignore_errors=True)


def run(folder: Path, meetings: int, papers: int) -> None:
    """The four pieces of work, each compared with what was there before."""
    app.load_rooms()
    store = stores.left_by(stores.VERSIONS[-1], folder / "office")
    open_store()
    database.database().empty_log()
    database.use(None)
    timed(f"{meetings} meetings more", lambda: multiply(store, meetings))
    lay_files(folder / "office" / "storage", papers)
    before = timed("every chain proved", lambda: figures("the office"))
    rows = sum(_counts(store).values())
    print(f"{before[0]} meetings, {rows} rows, {before[1]} entries in {before[2]} chains, {os.path.getsize(store) / 1e6:.0f} MB")
    timed("backup", lambda: backup.back_up(folder / "b.tar"))
    print(f"backup of {os.path.getsize(folder / 'b.tar') / 1e6:.0f} MB")
    stores.use(folder / "restored")
    timed("restore on SQLite", lambda: service.restore(folder / "b.tar"))
    _compare(before, figures("the restored office"), "restored", more=1)
    database.use(None)
    shutil.rmtree(folder / "restored")
    with stores.cluster() as cluster:
        target = cluster.fresh()
        stores.use(folder / "office")
        moved = timed("move to PostgreSQL, compared row by row", lambda: moving.move(target))
        stores.use(folder / "moved", target)
        _compare(before, timed("every chain proved on PostgreSQL", lambda: figures(target)), "moved")
        print(f"{moved.census.total} rows in {len(moved.census.rows)} tables are the same on both sides")
        there = cluster.fresh()
        stores.use(folder / "again", there)
        timed("restore into PostgreSQL", lambda: service.restore(folder / "b.tar"))
        _compare(before, figures(there), "restored into PostgreSQL", more=1)
        open_store()


def _counts(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as raw:
        return {table.name: raw.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0] for table in portable.tables()}


def _highest(store: Path) -> dict[str, int]:
    """The greatest number a table has given so far."""
    named = [table.name for table in portable.tables() if list(table.primary_key.columns.keys()) == ["id"]]
    with closing(sqlite3.connect(store)) as raw:
        return {name: raw.execute(f'SELECT coalesce(max(id), 0) FROM "{name}"').fetchone()[0] for name in named}


def _compare(before: tuple[int, int, int], after: tuple[int, int, int], what: str, more: int = 0) -> None:
    """A restore is told in the journal: one entry more."""
    if (before[0], before[1] + more, before[2]) != after:
        raise SystemExit(f"{what}: {after} instead of {before}")


if __name__ == "__main__":
    config.settings()
    main()
