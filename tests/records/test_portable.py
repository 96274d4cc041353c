"""A backup of a system on PostgreSQL is the same file as any other: it is restored there, elsewhere, and on SQLite."""

import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, MetaData, String, Table, create_engine, insert, text

from meeting import database
from meeting.cli.opening import open_store
from meeting.errors import Refused
from meeting.records import backup, holding, moving, portable, service
from meeting.records.rows import PostgresSide, SqliteSide, digest
from meeting.tables import UtcDateTime
from tests.records import stores
from tests.records.stores import Cluster, everything

RENEWED = {"journal", "setting", "job", "stale_mark", "passage"}  # a restore is told, the epoch rises, search is fed anew


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with stores.cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def office(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An office that has moved to PostgreSQL; its address."""
    folder = tmp_path_factory.mktemp("office")
    stores.left_by(stores.VERSIONS[-1], folder)
    url = postgres.with_tables()
    moving.move(url)
    return url


@pytest.fixture(scope="module")
def saved(office: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, with a file."""
    folder = tmp_path_factory.mktemp("saved")
    stores.use(folder, office)
    paper = folder / "storage" / "files" / "ab" / "abcd"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"%PDF-1.7 to trinh")
    backup.back_up(folder / "b.tar")
    database.use(None)
    return folder / "b.tar"


def same_but_for_the_restore(one: str, other: str) -> None:
    before, after = everything(one), everything(other)
    assert {name for name in before if before[name] != after[name]} <= RENEWED
    assert [row for row in before["journal"] if row not in after["journal"]] == []
    assert len(after["journal"]) == len(before["journal"]) + 1


def test_it_holds_the_store_as_one_file_that_any_machine_can_open(saved: Path, office: str, tmp_path: Path) -> None:
    with tarfile.open(saved) as archive:
        archive.extract("meeting.db", tmp_path, filter="data")

    with closing(sqlite3.connect(tmp_path / "meeting.db")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert everything(f"sqlite:///{tmp_path / 'meeting.db'}") == everything(office)


def test_it_is_restored_into_another_empty_postgresql(saved: Path, office: str, postgres: Cluster, tmp_path: Path) -> None:
    url = postgres.fresh()
    stores.use(tmp_path, url)

    service.restore(saved)

    assert service.verify_journal().faults == []
    same_but_for_the_restore(office, url)
    assert (tmp_path / "storage" / "files" / "ab" / "abcd").read_bytes() == b"%PDF-1.7 to trinh"


def test_it_replaces_what_stood_there_and_keeps_that_as_a_file(
    saved: Path, office: str, postgres: Cluster, tmp_path: Path
) -> None:
    url = postgres.fresh(office)
    stores.use(tmp_path, url)
    with create_engine(url).begin() as connection:
        connection.execute(text("UPDATE unit SET name = 'after the backup' WHERE id = 1"))
    stood = everything(url)

    old = service.restore(saved)

    same_but_for_the_restore(office, url)
    assert old is not None
    assert everything(f"sqlite:///{old / 'meeting.db'}") == stood


def test_it_is_restored_on_a_machine_with_sqlite(saved: Path, office: str, tmp_path: Path) -> None:
    stores.use(tmp_path)

    service.restore(saved)

    same_but_for_the_restore(office, f"sqlite:///{tmp_path / 'storage' / 'meeting.db'}")


def test_a_backup_of_an_earlier_sqlite_is_restored_into_postgresql(postgres: Cluster, tmp_path: Path) -> None:
    stores.left_by(stores.VERSIONS[2], tmp_path / "old")
    backup.back_up(tmp_path / "b.tar")
    url = postgres.with_tables()
    stores.use(tmp_path / "new", url)

    service.restore(tmp_path / "b.tar")

    stores.use(tmp_path / "old")
    open_store()
    same_but_for_the_restore(f"sqlite:///{tmp_path / 'old' / 'storage' / 'meeting.db'}", url)


def test_nothing_is_restored_under_a_server(saved: Path, postgres: Cluster, tmp_path: Path) -> None:
    url = postgres.with_tables()
    stores.use(tmp_path, url)
    holding.serve_here()
    try:
        with pytest.raises(Refused, match="server_runs"):
            service.restore(saved)
    finally:
        holding.let_go()
    assert {name for name, rows in everything(url).items() if rows} == {"setting"}


ODD = Table(
    "odd",
    MetaData(),
    Column("key", LargeBinary, primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("words", String),
    Column("number", Integer),
    Column("is_so", Boolean),
    Column("at", UtcDateTime),
    Column("on_day", Date),
)
ROWS: list[dict[str, Any]] = [
    {"key": b"\x00\xff\\", "name": "ơ", "words": "tab\tline\nreturn\r\\N back\\slash '\"", "number": -1, "is_so": True},
    {"key": b"", "name": "Z", "words": "", "number": 2**31 - 1, "is_so": False, "at": datetime(2026, 11, 23, tzinfo=UTC)},
    {
        "key": b"",
        "name": "a",
        "words": "Việt Nam 🇻🇳",
        "at": datetime(1999, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        "on_day": date(1, 1, 1),
    },
    {"key": b"", "name": "b", "words": " ", "on_day": date(1, 1, 1)},
    {"key": b"", "name": "Á", "words": None, "number": None, "is_so": None, "at": None, "on_day": None},
]


def test_every_kind_of_value_is_the_same_on_both_sides(postgres: Cluster, tmp_path: Path) -> None:
    lite, grown = create_engine(f"sqlite:///{tmp_path / 'odd.db'}"), create_engine(postgres.fresh())
    for engine in (lite, grown):
        ODD.metadata.create_all(engine)
    with lite.begin() as connection:
        for row in ROWS:
            connection.execute(insert(ODD).values(**row))

    with closing(sqlite3.connect(tmp_path / "odd.db")) as raw, grown.begin() as connection:
        here, there = SqliteSide(raw), PostgresSide(portable.raw_of(connection))
        there.put(ODD, list(here.rows(ODD)))
        assert list(there.rows(ODD)) == list(here.rows(ODD))
        assert digest(there.rows(ODD)) == digest(here.rows(ODD))
        assert [row[1] for row in there.rows(ODD)] == ["Z", "a", "b", "Á", "ơ"]
    for engine in (lite, grown):
        engine.dispose()
