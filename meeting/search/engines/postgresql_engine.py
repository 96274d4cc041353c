"""PostgreSQL as the engine: one row a passage, its terms as a tsvector with a GIN index, in a schema of its own.

The schema is derived data and made here, not by a migration. A number that each commit raises lets a reader keep its answers and
bring them up to date by the few rows that changed since.
"""

import io
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from psycopg2.extras import execute_values  # type: ignore[import-untyped]
from pyroaring import BitMap
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from meeting.search.engines import postgresql_words as words
from meeting.search.engines.engine import Entry, Hook, Progress, Unreadable, numbers
from meeting.search.engines.postgresql_words import copied, lexemes, question
from meeting.search.engines.remembered import Remembered

log = logging.getLogger("meeting.search")

FORMAT = "v2"  # raised when what is written changes: older tables are then rebuilt
WRITING, REBUILDING = 7_305_001, 7_305_002  # advisory locks: one writer, one rebuild
AT_ONCE = 1_000
PATIENCE = 0.05  # seconds for which no newer commit is asked for: the many questions of one search are answered alike
FEW = 500  # rows changed, up to which an answer is brought up to date
Asked = tuple[str, ...]


class PostgresqlEngine:
    """The tables in one database, as one process sees them. Under eventlet psycopg2 itself gives way while it waits."""

    name = "postgresql"

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        options = "-c enable_seqscan=off -c jit=off"  # a scan of all rows unpacks every tsvector: never worth it here
        connect = {"options": options}
        pool = {"pool_size": 5, "max_overflow": 15, "pool_reset_on_return": None}
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, connect_args=connect, **pool)
        self._patience = patience
        self._newest, self._until = 0, 0.0  # the last commit that was heard of, and how long that counts as new
        self._answers = Remembered()
        self._occurs: set[str] = set()
        self._rebuilt = -1

    # reading

    def mark(self) -> object:
        """What is another after each commit."""
        with self._reading() as connection:
            return self._change(connection)

    def ready(self) -> bool:
        """Whether the tables are there and have the present form."""
        try:
            self.mark()
        except Unreadable:
            return False
        return True

    def find(self, terms: Sequence[str]) -> BitMap:
        """The passages that hold all of these terms."""
        asked = tuple(sorted(set(terms)))
        if not asked:
            return BitMap()
        kept = self._answers.get(asked) if time.monotonic() < self._until else None
        if kept is not None and kept[1] == self._newest:
            return kept[0].copy()
        with self._reading() as connection:
            change = self._newest if time.monotonic() < self._until else self._change(connection)
            if len(lexemes(asked)) < len(asked):
                return BitMap()
            keys = self._kept(connection, asked, change)
            if keys is None:
                keys = _keys(connection.execute(text(words.HOLDING), {"q": question(asked)}).scalar())
        self._answers.keep(asked, keys, change)
        return keys.copy()

    def ahead(self, questions: Iterable[Sequence[str]]) -> None:
        """One statement for those whose answers are not kept."""
        asked = {tuple(sorted(set(terms))) for terms in questions}
        asked = {terms for terms in asked if self._answers.get(terms) is None and 0 < len(terms) == len(lexemes(terms))}
        if len(asked) < 2:
            return
        with self._reading() as connection:
            change = self._newest if time.monotonic() < self._until else self._change(connection)
            missing = [terms for terms in asked if self._kept(connection, terms, change) is None]
            facts = {"questions": [question(terms) for terms in missing]}
            for number, data in connection.execute(text(words.HOLDING_EACH), facts).all() if missing else ():
                self._answers.keep(missing[number - 1], _keys(data), change)

    def known(self, terms: Sequence[str]) -> set[str]:
        """Those of the terms that occur at all."""
        with self._reading() as connection:
            self._change(connection)
            asked = [term for term in lexemes(terms) if term not in self._occurs]
            if asked:
                facts = {"terms": asked, "questions": [question([term]) for term in asked]}
                self._occurs.update(connection.execute(text(words.OCCUR), facts).scalars())
        return self._occurs & set(terms)

    def held(self) -> Iterator[tuple[int, int]]:
        """The number and revision of every passage."""
        last = 0
        while True:
            with self._reading() as connection:
                self._change(connection)
                rows = [(row.key, row.revision) for row in connection.execute(text(words.PAGE), {"last": last})]
            if not rows:
                return
            yield from rows
            last = rows[-1][0]

    def _change(self, connection: Connection) -> int:
        row = connection.execute(text(words.STATE)).one_or_none()
        if row is None or row.format != FORMAT:
            raise Unreadable("the tables have an older form")
        if row.rebuilt != self._rebuilt:
            self._answers.clear()
            self._occurs.clear()
            self._rebuilt = row.rebuilt
        self._newest, self._until = int(row.change), time.monotonic() + self._patience
        return self._newest

    def _kept(self, connection: Connection, asked: Asked, change: int) -> BitMap | None:
        """An answer kept from before, with what changed since."""
        kept = self._answers.get(asked)
        if kept is None:
            return self._together(connection, asked, change)
        keys, then = kept
        if then == change:
            return keys
        since = connection.execute(text(words.CHANGED), {"q": question(asked), "then": then, "most": FEW + 1}).all()
        if len(since) > FEW:
            return None
        return (keys - BitMap(row.key for row in since)) | BitMap(row.key for row in since if row.holds)

    def _together(self, connection: Connection, asked: Asked, change: int) -> BitMap | None:
        """The answer to all of the terms where those to each one are kept."""
        if len(asked) < 2 or any(self._answers.get((term,)) is None for term in asked):
            return None
        parts = [self._kept(connection, (term,), change) for term in asked]
        whole = [part for part in parts if part is not None]
        return BitMap.intersection(*whole) if len(whole) == len(asked) else None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _readable(), self._engine.connect() as connection:
            yield connection

    # writing

    def write(self, entries: Sequence[Entry], gone: Sequence[int]) -> None:
        """One transaction; of several writers one at a time."""
        last = {entry.key: entry for entry in entries}
        with _readable(), self._alone(WRITING) as connection:
            self._change(connection)
            self._raised(connection)
            self._until = 0.0
            _put(connection, list(last.values()), [key for key in gone if key not in last])

    def rebuild(self, entries: Iterable[Entry], total: int, progress: Progress | None = None, before_switch: Hook = None) -> int:
        """Fills a new table, takes along what the old one was given meanwhile, and gives it the old one's name."""
        with self._engine.connect() as lock:
            lock.execute(text("SELECT pg_advisory_lock(:number)"), {"number": REBUILDING})
            try:
                start = self._prepare()
                done = self._fill(entries, total, progress)
                with self._engine.connect() as connection:
                    _all(connection, words.FINISHED)
                if before_switch:
                    before_switch()
                self._switch(start)
                self._until = 0.0
            finally:
                lock.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": REBUILDING})
        if progress:
            progress(done, total)
        return done

    def tidy(self) -> None:
        """Forgets what is gone long since, and lets PostgreSQL clear up."""
        if self.ready():
            with self._engine.connect() as connection:
                _all(connection, words.TIDIED)

    def _prepare(self) -> int:
        """The schema, and an empty new table; answers the number of the last commit."""
        with self._alone(WRITING) as connection:
            _all(connection, words.SCHEMA)
            form = connection.execute(text(words.STATE)).one().format
            if form not in ("", FORMAT):
                _all(connection, ("DROP SCHEMA search_index CASCADE", *words.SCHEMA))
            _all(connection, words.BEGUN)
            return int(connection.execute(text(words.STATE)).one().change)

    def _fill(self, entries: Iterable[Entry], total: int, progress: Progress | None) -> int:
        done = 0
        if progress:
            progress(0, total)
        stream = iter(entries)
        while portion := list(islice(stream, AT_ONCE)):
            lines = io.StringIO("".join(copied(entry) for entry in portion))
            with self._engine.connect() as connection:
                _raw(connection).copy_expert(words.COPY, lines)
            done += len(portion)
            if progress:
                progress(done, total)
        return done

    def _switch(self, start: int) -> None:
        with self._alone(WRITING) as connection:
            change = self._raised(connection)
            connection.execute(text(words.TAKEN_ALONG), {"start": start})
            connection.execute(text(words.GONE_MEANWHILE), {"start": start})
            _all(connection, words.RENAMED)
            connection.execute(text(words.SWITCHED), {"format": FORMAT, "change": change})

    def _raised(self, connection: Connection) -> int:
        return int(connection.execute(text(words.RAISED)).scalar_one())

    @contextmanager
    def _alone(self, number: int) -> Iterator[Connection]:
        """A transaction in which nobody else writes."""
        with self._engine.connect() as connection:
            connection.execute(text("BEGIN"))
            try:
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
                yield connection
            except BaseException:
                connection.execute(text("ROLLBACK"))
                raise
            connection.execute(text("COMMIT"))


def _keys(data: Any) -> BitMap:
    """The numbers that `int4send` has sent one after the other."""
    return BitMap(numbers(bytes(data))) if data is not None else BitMap()


def _put(connection: Connection, entries: Sequence[Entry], gone: Sequence[int]) -> None:
    if gone:
        for statement in words.FORGET:
            connection.execute(text(statement), {"keys": list(gone)})
    if entries:
        rows = [(entry.key, entry.revision, lexemes(entry.terms)) for entry in entries]
        execute_values(_raw(connection), words.PUT, rows, template=words.PUT_ROW)
        connection.execute(text(words.BACK), {"keys": [entry.key for entry in entries]})


def _all(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(text(statement))


def _raw(connection: Connection) -> Any:
    """psycopg2's own cursor, for what SQLAlchemy has no word for."""
    return connection.connection.cursor()


@contextmanager
def _readable() -> Iterator[None]:
    """Tables that are not there count as unreadable; a database that is away stays an error of its own."""
    try:
        yield
    except DBAPIError as problem:
        if getattr(problem.orig, "pgcode", "") in ("42P01", "3F000", "42703"):
            raise Unreadable(str(problem.orig).strip()) from problem
        raise
