"""Moving a whole system from one database to another: one command, all or nothing, and safe to begin anew.

The source is only read, and nobody serves it meanwhile. The target bears a mark until everything is there and compared; no
server starts on it before that.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from meeting import migrations
from meeting.database import Database, database
from meeting.errors import N_, Refused, declare
from meeting.records import pieces, portable
from meeting.records.holding import alone, is_unfinished, lasting, mark_unfinished
from meeting.records.portable import Census
from meeting.records.rows import VERSION, Side
from meeting.tables import Base, Setting

declare(
    {
        "store_not_current": N_("The tables of this store are not those of this version. Start the server on it once."),
        "row_does_not_fit": N_("A row of the table %(table)s does not fit into the new database: %(why)s. Nothing was changed."),
        "copy_differs": N_("The copy of the table %(table)s is not what the original is. Nothing was changed."),
        "move_target_unknown": N_(
            "A system moves to an address like postgresql+psycopg2://user@host/name or sqlite:////folder/file."
        ),
        "move_same_engine": N_("Source and target are the same kind of database. Use a backup for that."),
        "move_target_away": N_("The new database cannot be reached: %(why)s"),
        "move_target_not_empty": N_("The new database is not empty. A system moves only into an empty one."),
        "move_target_foreign": N_("The new database holds tables of another program: %(tables)s."),
        "move_nothing_here": N_("There is no system here that could be moved."),
    }
)

#: Told while it goes on: what is being done, how far of how much.
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Moved:
    """What arrived, and the setting that makes the system use it."""

    census: Census
    url: str


def move(to: str, tell: Tell = lambda *_: None) -> Moved:
    """Moves everything that the database of this installation holds to another one.

    Refused: `move_target_unknown`, `move_same_engine`, `move_nothing_here`, `server_runs`, `move_target_away`,
    `move_target_not_empty`, `move_target_foreign`, and what `portable.carry` refuses. After a refusal, and after a kill at any
    moment, the source is what it was and the same command begins anew.
    """
    url = target_of(to)
    if pieces.engine_name() == "sqlite":
        if not pieces.store_file().exists():
            raise Refused("move_nothing_here")
        with alone(), _reached(url), alone(url):
            return Moved(_to_postgres(url, tell), url)
    with alone():
        if migrations.current() != migrations.newest():
            raise Refused("store_not_current")
        with portable.picture(database().url) as source:
            return Moved(portable.fill_file(source, Path(url.removeprefix("sqlite:///")), tell), url)


def target_of(to: str) -> str:
    """The address as SQLAlchemy wants it. Refused: `move_target_unknown`, `move_same_engine`."""
    try:
        url = make_url(to.replace("postgres://", "postgresql://", 1))
        engine = url.get_backend_name()
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise Refused("move_target_unknown") from None
    if engine not in ("postgresql", "sqlite") or (engine == "sqlite" and not url.database):
        raise Refused("move_target_unknown")
    if engine == pieces.engine_name():
        raise Refused("move_same_engine")
    if engine == "postgresql":
        url = url.set(drivername="postgresql+psycopg2")
    return url.render_as_string(hide_password=False)


@contextmanager
def _reached(url: str) -> Iterator[None]:
    try:
        with lasting(url).connect():
            pass
    except DBAPIError as error:
        raise Refused("move_target_away", why=str(error.orig).strip().partition("\n")[0]) from None
    yield


def _to_postgres(url: str, tell: Tell) -> Census:
    check_empty(url)
    tell(PREPARING, 0, 0)
    target = Database(url)
    migrations.bring_up(target)
    with target.writing.begin() as connection:
        mark_unfinished(connection)
    target.close()
    with _current(pieces.store_file()) as source, lasting(url).begin() as connection:
        return portable.fill_postgres(source, connection, tell)  # the mark goes with the rows that stood there


PREPARING = "preparing"  # told instead of a table's name


def check_empty(url: str) -> None:
    """Whether a system may move into a database. Refused: `move_target_foreign`, `move_target_not_empty`.

    Empty are one without tables, one with our tables and no rows in them, and one that an earlier moving left half done.
    """
    ours = {VERSION, *Base.metadata.tables}
    with lasting(url).connect() as connection:
        there = set(inspect(connection).get_table_names())
        foreign = sorted(there - ours)
        if foreign:
            raise Refused("move_target_foreign", tables=foreign[:5])
        for table in portable.tables():
            if table.name in there and table.name != Setting.__tablename__ and _has_rows(connection, table):
                raise Refused("move_target_not_empty")
        if Setting.__tablename__ in there and not is_unfinished(url):
            more = select(func.count()).select_from(Setting).where(Setting.name != "epoch")
            if connection.scalar(more):
                raise Refused("move_target_not_empty")


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(1).select_from(table).limit(1)).first() is not None


@contextmanager
def _current(store: Path) -> Iterator[Side]:
    """A picture of the store with today's tables: of the store itself, or of a copy beside it that was brought up to date."""
    with portable.picture(f"sqlite:///{store}") as source:
        if source.version() == migrations.newest():
            yield source
            return
    with tempfile.TemporaryDirectory(dir=store.parent.parent, prefix=".moving-") as folder:
        copy = Path(folder) / store.name
        pieces.copy_store(copy)
        portable.bring_file_up(copy)
        with portable.picture(f"sqlite:///{copy}") as source:
            yield source
