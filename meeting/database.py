"""The store: two engines, and the one writer of a process.

The writer takes the acts that wait, opens one transaction, runs each in its own savepoint, commits once, and only then
answers the callers and tells the subscribers. Nobody hears "accepted" before the commit.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool

from meeting import config, postgresql
from meeting.errors import Unavailable
from meeting.tables import Base, Setting

BUSY_RETRY_SECONDS = 0.005
BUSY_LIMIT_SECONDS = 5.0
STATEMENTS_KEPT = postgresql.STATEMENTS_KEPT
MARK_SECONDS = 0.050  # PostgreSQL: so long what the record told last is taken as the newest


class LiveVersion(Base):
    """The number of a meeting's live state: raised by one in every transaction that changes what its screens show."""

    __tablename__ = "live_version"
    meeting_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=0)


def _pragmas(connection: Any, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(f"PRAGMA {statement}")
    cursor.close()


def _writer_engine(url: str) -> Engine:
    """Parameters never stand in an error's text: a ballot could be among them."""
    if not url.startswith("sqlite"):
        return postgresql.engine(url, pool_size=1, max_overflow=0)
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": 0}
    engine = create_engine(
        url, connect_args=arguments, poolclass=StaticPool, hide_parameters=True, query_cache_size=STATEMENTS_KEPT
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        _pragmas(connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")

    event.listen(engine, "begin", _begin_immediate)
    return engine


def _begin_immediate(connection: Connection) -> None:
    """Takes the write lock, waiting without blocking the tablets' loop; `busy` after five seconds."""
    give_up_at = time.monotonic() + BUSY_LIMIT_SECONDS
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if time.monotonic() > give_up_at:
                raise Unavailable("busy") from error
            time.sleep(BUSY_RETRY_SECONDS)
        else:
            return


def _reader_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return postgresql.engine(url, reads_only=True, isolation_level="REPEATABLE READ", pool_size=20, max_overflow=10)
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": 1}
    engine = create_engine(url, connect_args=arguments, pool_size=20, max_overflow=80, query_cache_size=STATEMENTS_KEPT)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        _pragmas(connection, "query_only=ON", "foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


KNOWN = "known"  # where a read-only session keeps what `asked_once` has found
Found = TypeVar("Found")


def asked_once(session: Session, key: tuple[Any, ...], find: Callable[[], Found]) -> Found:
    """What `find` says, asked once a read-only session: it sees one picture of the store, so nothing can change meanwhile.

    In the writer's session it is asked each time.
    """
    known = session.info.get(KNOWN)
    if known is None:
        return find()
    if key not in known:
        known[key] = find()
    found: Found = known[key]
    return found


@contextmanager
def asking_once(session: Session) -> Iterator[None]:
    """For a part of an act that only reads: what `asked_once` finds is kept until its end."""
    if KNOWN in session.info:
        yield
        return
    session.info[KNOWN] = {}
    try:
        yield
    finally:
        del session.info[KNOWN]


class Database:
    """One installation's store, as one process sees it."""

    def __init__(self, url: str) -> None:
        self.url = url
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        self.writing = _writer_engine(url)
        self._reading: Engine | None = None
        self._watching: sqlite3.Connection | None = None
        self._marked = (0, 0)
        self._marked_until = 0.0
        self._writes = 0

    @property
    def sqlite(self) -> bool:
        """Whether the store is one file on this machine."""
        return self.writing.dialect.name == "sqlite"

    @property
    def reader(self) -> Engine:
        """The engine of queries: it cannot write. Made at first use, after the writer has made the file."""
        if self._reading is None:
            if self.sqlite:
                with self.writing.connect():
                    pass
            self._reading = _reader_engine(self.url)
        return self._reading

    @contextmanager
    def reads(self) -> Iterator[Session]:
        """A session on one consistent picture of the store; it cannot write."""
        with Session(self.reader, expire_on_commit=False) as session:
            session.info[KNOWN] = {}
            yield session

    def change_mark(self) -> int | None:
        """SQLite: a number that moves when another connection has committed. Read on a connection of its own."""
        if not self.sqlite:
            return None
        if self._watching is None:
            path = self.url.removeprefix("sqlite:///")
            self._watching = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])

    def rights_mark(self) -> int | None:
        """The length of chain 0 of the journal. Roles, accounts, sessions and tokens change only together with it.

        So cheap that every act can ask whether what is known of its actor still holds: SQLite is read raw in some ten
        microseconds; PostgreSQL is asked at most every `MARK_SECONDS`, and once more by the writer inside its transaction.
        """
        if self.change_mark() is None or self._watching is None:
            return self._marks()[1]
        found = self._watching.execute("SELECT max(seq) FROM journal WHERE chain = 0").fetchone()
        return int(found[0] or 0)

    def newest_entry(self) -> int | None:
        """The number of the journal's newest entry, of all chains; on PostgreSQL as it was a moment ago at most."""
        if self.change_mark() is None or self._watching is None:
            return self._marks()[0]
        return int(self._watching.execute("SELECT max(id) FROM journal").fetchone()[0] or 0)

    def events_after(self, number: int) -> list[tuple[int, str]] | None:
        """(number, event) of the journal's entries after this one, whoever wrote them, in order."""
        asked = "SELECT id, event FROM journal WHERE id > {} ORDER BY id"
        if self.change_mark() is None or self._watching is None:
            if self._marks()[0] <= number:
                return []
            with self.reader.connect() as connection:
                return [(row[0], row[1]) for row in connection.execute(text(asked.format(":number")), {"number": number})]
        found: list[tuple[int, str]] = self._watching.execute(asked.format("?"), (number,)).fetchall()
        return found

    def _marks(self) -> tuple[int, int]:
        """PostgreSQL: the newest entry of the journal and the length of chain 0, asked once for all who ask at once."""
        now, writes = time.monotonic(), self._writes
        if now < self._marked_until:
            return self._marked
        with self.reader.connect() as connection:
            row = connection.execute(postgresql.MARKS).one()
        if writes == self._writes:
            self._marked, self._marked_until = (row[0], row[1]), now + MARK_SECONDS
        return row[0], row[1]

    def forget_marks(self) -> None:
        """This process has written: what it is asked next counts that in."""
        self._marked_until = 0.0
        self._writes += 1

    def throw_away_connection(self) -> None:
        """After a failed transaction: the next one starts on a new connection."""
        self.writing.dispose()
        if self.sqlite:
            self.writing = _writer_engine(self.url)

    def empty_log(self, tries: int = 200) -> bool:
        """Moves SQLite's write-ahead log into the file and truncates it, so that no trace of deleted rows stays in it."""
        if not self.sqlite:
            return True
        for _ in range(tries):
            raw = self.writing.raw_connection()
            try:
                cursor = raw.cursor()
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                cursor.close()
            except Exception as error:
                if "locked" not in str(error):
                    raise
                busy = 1
            finally:
                raw.close()
            if not busy:
                return True
            time.sleep(BUSY_RETRY_SECONDS)
        return False

    def close(self) -> None:
        """Closes all connections of this process."""
        self.writing.dispose()
        if self._reading is not None:
            self._reading.dispose()
        if self._watching is not None:
            self._watching.close()


def setting(session: Session, name: str, default: str = "") -> str:
    """A fact of the installation."""
    return session.scalar(select(Setting.value).where(Setting.name == name)) or default


def raise_versions(session: Session, meetings: set[int]) -> dict[int, int]:
    """Raises the live version of each meeting by one; returns the new numbers."""
    versions: dict[int, int] = {}
    for meeting_id in sorted(meetings):
        raised = update(LiveVersion).where(LiveVersion.meeting_id == meeting_id).values(version=LiveVersion.version + 1)
        number = session.scalar(raised.returning(LiveVersion.version))
        if number is None:
            session.execute(LiveVersion.__table__.insert().values(meeting_id=meeting_id, version=1))  # type: ignore[attr-defined]
            number = 1
        versions[meeting_id] = number
    return versions


def lock_journal(session: Session) -> None:
    """On PostgreSQL: one lock for all writers, taken before the first savepoint, so that no two processes can deadlock."""
    if session.get_bind().dialect.name == "postgresql":
        postgresql.begin_writing(session)


def rights_now(session: Session) -> int | None:
    """On PostgreSQL: the length of chain 0 inside the writer's transaction, when no other process can add to it."""
    return postgresql.rights_now(session) if session.get_bind().dialect.name == "postgresql" else None


_database: Database | None = None


def database() -> Database:
    """The store of this process, opened at first use from the settings."""
    global _database
    if _database is None:
        _database = Database(config.settings().database_url)
    return _database


def use(chosen: Database | None) -> None:
    """Replaces the store of this process (the command line's --data; tests)."""
    global _database
    if _database is not None and _database is not chosen:
        _database.close()
    _database = chosen


@contextmanager
def reading() -> Iterator[Session]:
    """A read-only session on the store of this process."""
    with database().reads() as session:
        yield session
