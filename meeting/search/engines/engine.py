"""What an engine of search is: it names the passages that hold certain terms, and nothing else.

Two stand behind this: Whoosh in `search_index/` (default) and PostgreSQL. What an engine holds is derived: the passages in the
database are the truth, and every index can be written anew from them.
"""

import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyroaring import BitMap

from meeting import config

Progress = Callable[[int, int], None]  # how many of how many
Hook = Callable[[], object] | None


@dataclass(frozen=True)
class Entry:
    """A passage as an engine takes it: its number, the revision of its text, and the terms of its head and its text."""

    key: int
    revision: int
    terms: tuple[str, ...]


class Unreadable(Exception):
    """There is no index, it has an older form, or it cannot be opened. The worker writes it anew."""


class Engine(Protocol):
    """One kind of index, as one process sees it."""

    name: str

    def ready(self) -> bool:
        """Whether it can be searched."""

    def mark(self) -> object:
        """What is another after each commit, cheap to ask: answers may be kept as long as it stays. Raises `Unreadable`."""

    def find(self, terms: Sequence[str]) -> BitMap:
        """The passages that hold all of these terms, as a set of the caller's own. Raises `Unreadable`.

        It may name passages that are gone from the database in this moment. No terms: no passages.
        """

    def ahead(self, questions: Iterable[Sequence[str]]) -> None:
        """Fetches in one go what `find` will be asked next, so that it need not go for each. Raises `Unreadable`."""

    def known(self, terms: Sequence[str]) -> set[str]:
        """Those of the terms that occur at all. Raises `Unreadable`."""

    def write(self, entries: Sequence[Entry], gone: Sequence[int]) -> None:
        """Adds or replaces passages and forgets those gone, in one commit. Only the worker does. Raises `Unreadable`."""

    def rebuild(
        self,
        entries: Iterable[Entry],
        total: int,
        progress: Progress | None = None,
        before_switch: Hook = None,
    ) -> int:
        """Writes everything anew beside what there is and then takes its place; what is written meanwhile is taken along.

        Searching goes on all the time; `before_switch` is called when the new one is about to take the place of the old one.
        Returns how many of `entries` were written.
        """

    def held(self) -> Iterator[tuple[int, int]]:
        """The number and revision of every passage in the index, in any order. Raises `Unreadable`."""

    def tidy(self) -> None:
        """Puts small pieces together, for a quiet hour. Only the worker does."""


def packed(keys: BitMap) -> bytes:
    """A set of passages as bytes: a short one as numbers, a long one as a compressed bitmap."""
    if len(keys) <= SHORT:
        return b"n" + struct.pack(f"!{len(keys)}I", *keys)
    return b"b" + keys.serialize()


SHORT = 16


def unpacked(data: bytes) -> BitMap:
    """The set that was packed."""
    if data[:1] == b"n":
        return BitMap(numbers(data[1:]))
    return BitMap.deserialize(data[1:])


def numbers(data: bytes) -> "array[int]":
    """Four-byte numbers, the high byte first."""
    found = array("I")
    found.frombytes(data)
    found.byteswap()
    return found


_opened: dict[tuple[str, str], Engine] = {}


def current() -> Engine:
    """The engine of this installation; one object a process."""
    settings = config.settings()
    kind = engine_name(settings)
    where = str(settings.search_index) if kind == "whoosh" else settings.database_url
    if (kind, where) not in _opened:
        forget()
        _opened[kind, where] = _made(kind, where)
    return _opened[kind, where]


def engine_name(settings: config.Settings) -> str:
    """As the setting says; without one PostgreSQL searches where it keeps the store, Whoosh elsewhere."""
    return settings.search_engine or ("postgresql" if settings.database_url.startswith("postgresql") else "whoosh")


def _made(kind: str, where: str) -> Engine:
    if kind == "whoosh":
        from meeting.search.engines.whoosh_engine import WhooshEngine  # noqa: PLC0415 - each engine needs this module

        return WhooshEngine(Path(where))
    if kind == "postgresql" and where.startswith("postgresql"):
        from meeting.search.engines.postgresql_engine import PostgresqlEngine  # noqa: PLC0415 - each engine needs this module

        return PostgresqlEngine(where)
    raise LookupError(f"MEETING_SEARCH: {kind!r} is no engine of search for this database")


def forget() -> None:
    """Closes what this process holds open (tests; another data folder)."""
    _opened.clear()
