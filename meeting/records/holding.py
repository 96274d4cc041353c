"""Who may work on a store: servers together, moving and restoring alone, and nobody on a store that is only half moved.

SQLite: the lock file of the data folder. PostgreSQL: an advisory lock of the database, which servers and workers share and
which ends with the connection that holds it, however a process dies.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import Connection, Engine, create_engine, delete, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from meeting import clock, config
from meeting.database import database
from meeting.errors import N_, Refused, declare
from meeting.jobs import every
from meeting.records.restoring import alone as alone_on_folder
from meeting.tables import Setting

SERVING_LOCK = 0x48_4B_47_10
UNFINISHED = "moving"  # the setting that marks a store to which a system is being moved

declare(
    {
        "store_unfinished": N_(
            "A system is being moved to this database and has not arrived whole. Move it again, or use the old database."
        ),
        "store_is_being_moved": N_("This database is being restored or moved to right now. Wait until that is done."),
    }
)

_held: dict[str, Connection] = {}
_PLACES = text(
    "SELECT DISTINCT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted"
    " AND objid = :lock AND mode = 'ShareLock' AND datname = current_database() ORDER BY 1"
)


def lasting(url: str, **options: object) -> Engine:
    """An engine whose connections are closed as soon as they are given back."""
    return create_engine(url, poolclass=NullPool, hide_parameters=True, **options)


def serve_here() -> None:
    """Holds the store for a server or worker for as long as its process lives.

    Refused: `store_unfinished`, `store_is_being_moved`. On SQLite the lock of the folder does it.
    """
    url = database().url
    refuse_unfinished()
    if database().sqlite or _still_held(url):
        return
    named = {"application_name": _keys_here()}
    connection = lasting(url, isolation_level="AUTOCOMMIT", connect_args=named).connect()
    if not connection.scalar(text("SELECT pg_try_advisory_lock_shared(:lock)"), {"lock": SERVING_LOCK}):
        connection.close()
        raise Refused("store_is_being_moved")
    _held[url] = connection


def _keys_here() -> str:
    """A name for the place where this process keeps the keys of ballots: the machine, and a mark of the folders."""
    settings = config.settings()
    mark = sha256(f"{settings.keys.resolve()}\n{settings.data}".encode()).hexdigest()[:8]
    return f"{socket.gethostname()[:40]} {mark}"


def key_places() -> list[str]:
    """The different places of those that serve this store now: one, where they share the keys of ballots."""
    if database().sqlite:
        return [_keys_here()]
    with lasting(database().url).connect() as connection:
        return list(connection.scalars(_PLACES, {"lock": SERVING_LOCK}))


every(60)(serve_here)  # again, when the database was started anew meanwhile


def _still_held(url: str) -> bool:
    if url not in _held:
        return False
    try:
        _held[url].execute(text("SELECT 1"))
    except DBAPIError:
        del _held[url]  # the database was started anew meanwhile
        return False
    return True


def let_go() -> None:
    """Gives the stores back (tests; a process that ends does it by ending)."""
    while _held:
        _held.popitem()[1].close()


def refuse_unfinished() -> None:
    """Refused as `store_unfinished` on a store to which a system is being moved, or was when the moving broke off."""
    if not database().sqlite and is_unfinished(database().url):
        raise Refused("store_unfinished")


def is_unfinished(url: str) -> bool:
    """Whether a store bears the mark."""
    with lasting(url).connect() as connection:
        if not inspect(connection).has_table(Setting.__tablename__):
            return False
        return connection.scalar(select(Setting.name).where(Setting.name == UNFINISHED)) is not None


def mark_unfinished(connection: Connection) -> None:
    """Puts the mark on a store whose tables stand."""
    table = Setting.__table__
    connection.execute(delete(Setting).where(Setting.name == UNFINISHED))
    connection.execute(table.insert().values(name=UNFINISHED, value=clock.now().isoformat()))  # type: ignore[attr-defined]


@contextmanager
def alone(url: str | None = None) -> Iterator[None]:
    """Nobody else serves or restores this store meanwhile. Refused: `server_runs`."""
    url = url or database().url
    if url.startswith("sqlite"):
        storage = config.settings().storage
        storage.mkdir(parents=True, exist_ok=True)
        with alone_on_folder(storage):
            yield
        return
    with lasting(url, isolation_level="AUTOCOMMIT").connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": SERVING_LOCK}):
            raise Refused("server_runs")
        yield
