"""Whether anything in a store has changed, seen from outside the process that serves it."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tests.waiting import PATIENCE

#: Rows that stand there because somebody was refused: the first answer to a request, tries at a door, files turned away.
OF_REFUSALS = {"stored_answer", "sign_in", "file", "api_call"}


class Content(NamedTuple):
    """How many rows a table has, and a digest of all that stands in them."""

    rows: int
    digest: str


def contents(tables: Iterable[str], ask: Callable[[str], Sequence[Any]]) -> dict[str, Content]:
    """What each table holds."""
    found = {name: ask(f'SELECT * FROM "{name}"') for name in tables}
    return {name: Content(len(rows), sha256(repr(rows).encode()).hexdigest()) for name, rows in found.items()}


def differences(before: dict[str, Content], now: dict[str, Content]) -> list[str]:
    """The tables of which a row was added, removed or changed."""
    return [
        f"{name}: {was.rows} to {now[name].rows}" if was.rows != now[name].rows else f"{name}: rows changed"
        for name, was in before.items()
        if was != now[name]
    ]


class Watch:
    """A connection that only reads."""

    def __init__(self, path: Path) -> None:
        self._line = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=PATIENCE)
        found = self._line.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        self._tables = sorted(name for (name,) in found if name not in OF_REFUSALS and "_fts" not in name)
        self._version, self._contents = self._now(), self._all()

    def _now(self) -> int:
        return int(self._line.execute("PRAGMA data_version").fetchone()[0])

    def _all(self) -> dict[str, Content]:
        self._line.execute("BEGIN")  # one picture of the store for all tables
        found = contents(self._tables, lambda asked: self._line.execute(asked).fetchall())
        self._line.execute("COMMIT")
        return found

    def look(self) -> None:
        """Remembers how things stand."""
        if (now := self._now()) != self._version:
            self._version, self._contents = now, self._all()

    def changed(self) -> list[str]:
        """The tables that hold anything else than at the last look."""
        return differences(self._contents, self._all()) if self._now() != self._version else []

    def close(self) -> None:
        """Lets the store go."""
        self._line.close()
