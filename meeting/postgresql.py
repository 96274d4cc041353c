"""What is PostgreSQL's own: its connections, the lock of all writers, how new the record is, and whose turn a duty is."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from meeting import asyncmode
from meeting.errors import Unavailable

BUSY_SECONDS = 5
STATEMENTS_KEPT = 3_000  # compiled ones: all that the rooms ask; to compile one again takes some milliseconds
WRITE_LOCK = 0x48_4B_47_01  # who holds it writes, in one process at a time
TABLES_LOCK = 0x48_4B_47_02  # brings the tables up to date
DUTIES_LOCK = 0x48_4B_47_03  # does what has to happen every so often
LOCK_NOT_AVAILABLE = "55P03"
MARKS = text("SELECT coalesce((SELECT max(id) FROM journal), 0), coalesce((SELECT max(seq) FROM journal WHERE chain = 0), 0)")
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_RIGHTS = text("SELECT coalesce(max(seq), 0) FROM journal WHERE chain = 0")


def engine(url: str, *, reads_only: bool = False, **options: Any) -> Engine:
    """Connections are tried before they are used: after a restart of the server the first who asks is not turned away.

    Parameters never stand in an error's text: a ballot could be among them.
    """
    asyncmode.make_driver_green()
    session = f"-c lock_timeout={BUSY_SECONDS * 1000} -c timezone=UTC" + " -c default_transaction_read_only=on" * reads_only
    told = {"options": session, "connect_timeout": BUSY_SECONDS}
    return create_engine(
        url, pool_pre_ping=True, hide_parameters=True, connect_args=told, query_cache_size=STATEMENTS_KEPT, **options
    )


def begin_writing(session: Session) -> None:
    """Takes the lock of all writers until the transaction ends: who writes next sees all that was written. Refused: `busy`."""
    try:
        session.execute(_LOCK, {"lock": WRITE_LOCK})
    except OperationalError as error:
        if getattr(error.orig, "pgcode", None) == LOCK_NOT_AVAILABLE:
            raise Unavailable("busy") from error
        raise


def begin_tables(connection: Connection) -> None:
    """Of processes that start in the same moment one brings the tables up to date; the others wait for it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(_LOCK, {"lock": TABLES_LOCK})


def rights_now(session: Session) -> int:
    """The length of chain 0 of the journal, as this transaction sees it."""
    return int(session.execute(_RIGHTS).scalar_one())


class Turn:
    """Something that one process at a time does: held for as long as its connection lives, taken over by another after it."""

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._connection: Connection | None = None

    def is_mine(self, url: str) -> bool:
        """Whether this process is the one. On SQLite there is only one."""
        if url.startswith("sqlite"):
            return True
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))
                return True
            connection = engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect()
            if connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": self._lock}).scalar():
                self._connection = connection
                return True
            connection.close()
        except DBAPIError:
            self._connection = None  # the server has gone, and the lock with it
        return False
