"""Keeping the engine in step with the passages: what it lacks is written, all can be written anew, both can be compared."""

import fcntl
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field
from sqlalchemy import bindparam, func, select, update

from meeting import clock, config
from meeting.acts import ActInput, Tx, act
from meeting.database import reading
from meeting.jobs import every
from meeting.permissions import SYSTEM, Action
from meeting.search import rules
from meeting.search.engines import engine
from meeting.search.engines.engine import Entry, Progress, Unreadable
from meeting.search.language.words import index_terms
from meeting.search.models import Passage
from meeting.writer import perform

log = logging.getLogger("meeting.search")

AT_ONCE = 200  # passages a commit, so that what was just written need not wait for a long commit
SLICE = 500  # passages a reading of a rebuild
NIGHT = range(1, 5)  # the hours in which small pieces are put together


class Written(ActInput):
    """Passages that the engine has now: the passage, the revision it has, and the one it was known to have before."""

    passages: list[tuple[int, int, int]] = Field(max_length=1000)


@act("search.indexed", Action.FEED_SEARCH)
def indexed(tx: Tx, wanted: Written) -> dict[str, Any]:
    """Notes which passages the engine has, unless somebody else noted another since. Only the worker; nothing is recorded."""
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record("search only repeats what other rooms have recorded")
    if wanted.passages:
        table = Passage.__table__
        same = (table.c.id == bindparam("key")) & (table.c.indexed == bindparam("had"))
        noted = update(table).where(same).values(indexed=bindparam("has"))  # type: ignore[arg-type]
        tx.execute(noted, [{"key": key, "has": has, "had": had} for key, has, had in wanted.passages])
    return {}


def entry_of(row: Passage) -> Entry:
    """A passage as the engine takes it."""
    return Entry(row.id, row.revision, tuple(index_terms(rules.head_of(row), row.text)))


def catch_up() -> int:
    """Writes what the engine lacks; writes it anew where it cannot be opened. Returns how many passages."""
    if not engine.current().ready():
        return _rebuild_once()
    done = 0
    while True:
        try:
            with _alone("feeding"):
                count = _write_some()
        except Unreadable:
            log.warning("the search index could not be opened and is rebuilt")
            return done + _rebuild_once()
        done += count
        if count < AT_ONCE:
            return done


def _write_some() -> int:
    with reading() as session:
        waiting = select(Passage).where(Passage.indexed != Passage.revision).order_by(Passage.seq.desc()).limit(AT_ONCE)
        rows = list(session.scalars(waiting))
    if rows:
        engine.current().write([entry_of(row) for row in rows if not row.gone], [row.id for row in rows if row.gone])
        _note([(row.id, row.revision, row.indexed) for row in rows])
    return len(rows)


def _note(passages: Sequence[tuple[int, int, int]]) -> None:
    for start in range(0, len(passages), AT_ONCE):
        perform(SYSTEM, "search.indexed", {"passages": list(passages[start : start + AT_ONCE])})


def _rebuild_once() -> int:
    """Of several that find the index broken in the same moment, one rebuilds it."""
    with _alone("repairing"):
        return 0 if engine.current().ready() else rebuild()


def rebuild(progress: Progress | None = None) -> int:
    """Writes everything anew from the passages in the database, for the worker and the command line.

    `progress(done, total)` is called now and then. Searching and feeding go on; the old index answers until the new one is whole.
    """
    with reading() as session:
        total = session.scalar(select(func.count()).select_from(Passage).where(~Passage.gone)) or 0
    unknown: list[tuple[int, int, int]] = []
    with ExitStack() as held:
        # from the switch until it is noted what the new one holds, nothing else is written
        done = engine.current().rebuild(entries(unknown), total, progress, lambda: held.enter_context(_alone("feeding")))
        _note(unknown)
    return done


def entries(unknown: list[tuple[int, int, int]]) -> Iterator[Entry]:
    """All passages, in short readings so that none keeps the store's log from being emptied.

    Adds to `unknown` those of which it is to be noted that the engine has them.
    """
    last = 0
    while rows := _slice(last):
        for row in rows:
            if row.indexed != row.revision:
                unknown.append((row.id, row.revision, row.indexed))
            if not row.gone:
                yield entry_of(row)
        last = rows[-1].id


def _slice(after: int) -> list[Passage]:
    with reading() as session:
        return list(session.scalars(select(Passage).where(Passage.id > after).order_by(Passage.id).limit(SLICE)))


@dataclass
class Checked:
    """How engine and database differ: numbers of passages. What waits to be written is no difference."""

    total: int = 0  # passages in the database
    held: int = 0  # passages in the engine
    waiting: int = 0
    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.missing and not self.stale and not self.extra

    @property
    def differing(self) -> list[int]:
        """All that differ."""
        return [*self.missing, *self.stale, *self.extra]


def check() -> Checked:
    """Compares engine and database. What differs is looked at twice, for a commit may come between the two looks."""
    found = _compare()
    if not found.same:
        time.sleep(SETTLING_SECONDS)
        again = _compare()
        for name in ("missing", "stale", "extra"):
            setattr(again, name, sorted(set(getattr(again, name)) & set(getattr(found, name))))
        found = again
    return found


SETTLING_SECONDS = 0.5


def _compare() -> Checked:
    found = Checked()
    held = dict(engine.current().held())
    columns = (Passage.id, Passage.revision, Passage.indexed, Passage.gone)
    with reading() as session:
        for key, revision, noted, gone in session.execute(select(*columns).order_by(Passage.id)):
            had = held.pop(key, None)
            found.total += not gone
            found.held += had is not None
            if noted != revision:
                found.waiting += 1
            elif gone and had is not None:
                found.extra.append(key)
            elif not gone and had is None:
                found.missing.append(key)
            elif not gone and had != revision:
                found.stale.append(key)
    found.held += len(held)
    found.extra += held
    return found


def repair(found: Checked) -> int:
    """Writes what differs, and what waits. Returns how many passages."""
    keys = found.differing
    with _alone("feeding"):
        for start in range(0, len(keys), AT_ONCE):
            part = keys[start : start + AT_ONCE]
            with reading() as session:
                rows = {row.id: row for row in session.scalars(select(Passage).where(Passage.id.in_(part), ~Passage.gone))}
            engine.current().write([entry_of(row) for row in rows.values()], [key for key in part if key not in rows])
            _note([(row.id, row.revision, row.indexed) for row in rows.values()])
    return len(keys) + catch_up()


def named(keys: Sequence[int]) -> list[tuple[int, str, str, str]]:
    """Number, kind, symbol and title of passages, for people; empty words where the row is gone."""
    with reading() as session:
        rows = {row.id: row for row in session.scalars(select(Passage).where(Passage.id.in_(keys)))}
    return [(key, row.kind, row.symbol, row.title) if (row := rows.get(key)) else (key, "", "", "") for key in keys]


@every(1800)
def tidy() -> None:
    """At night small pieces of the index are put together."""
    if clock.local(clock.now()).hour in NIGHT and engine.current().ready():
        engine.current().tidy()


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """One at a time on this machine, whichever process: the worker's lane, its sweep, the command line."""
    folder = config.settings().search_index
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{what}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
