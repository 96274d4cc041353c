"""Whether anything in a store has changed, seen from outside the process that serves it."""

import sqlite3
from pathlib import Path

#: Rows that stand there because somebody was refused: the first answer to a request, tries at a door, files turned away.
OF_REFUSALS = {"stored_answer", "sign_in", "file", "api_call"}


class Watch:
    """A connection that only reads."""

    def __init__(self, path: Path) -> None:
        self._line = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
        found = self._line.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        self._tables = sorted(name for (name,) in found if name not in OF_REFUSALS and "_fts" not in name)
        self._version, self._counts = self._now(), self._count()

    def _now(self) -> int:
        return int(self._line.execute("PRAGMA data_version").fetchone()[0])

    def _count(self) -> dict[str, int]:
        parts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in self._tables)
        return dict(self._line.execute(parts).fetchall())

    def look(self) -> None:
        """Remembers how things stand."""
        if (now := self._now()) != self._version:
            self._version, self._counts = now, self._count()

    def changed(self) -> list[str]:
        """The tables that have more or fewer rows than at the last look."""
        if self._now() == self._version:
            return []
        before, now = self._counts, self._count()
        return [f"{name}: {before[name]} to {now[name]}" for name in self._tables if before[name] != now[name]]

    def close(self) -> None:
        """Lets the store go."""
        self._line.close()
