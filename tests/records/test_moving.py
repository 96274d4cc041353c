"""A system moves from one database to another: everything arrives, or nothing has changed."""

import fcntl
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.orm import Session

from meeting import clock, database
from meeting.cli.commands import meeting as command_line
from meeting.cli.opening import open_store
from meeting.config import CHECKOUT
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.organization.models import Account, Unit
from meeting.records import holding, moving
from meeting.records.service import verify_journal
from meeting.web import doors
from tests.conftest import Council
from tests.records import stores
from tests.records.stores import Cluster, everything

NEWEST = stores.VERSIONS[-1]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with stores.cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def grown_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with today's tables."""
    store = stores.left_by(NEWEST, tmp_path_factory.mktemp("office"))
    open_store()
    database.database().empty_log()
    database.use(None)
    return store


@pytest.fixture
def office(grown_up: Path, tmp_path: Path) -> Path:
    """A copy of it, in use; its store."""
    return stores.copied(grown_up, tmp_path)


def hashed(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("version", [stores.VERSIONS[0], stores.VERSIONS[3], NEWEST])
def test_an_office_moves_as_any_version_left_it(version: str, postgres: Cluster, tmp_path: Path) -> None:
    store = stores.left_by(version, tmp_path)
    before, target = hashed(store), postgres.with_tables()

    moved = moving.move(target)

    assert hashed(store) == before
    assert moved.census.faults == []
    open_store()
    here, there = everything(f"sqlite:///{store}"), everything(target)
    assert {name for name in here if here[name] != there[name]} == set()
    assert moved.census.rows == {name: len(rows) for name, rows in there.items()}
    stores.use(tmp_path, target)
    assert verify_journal().entries == len(there["journal"]) > 0


RESOURCES = ("/meetings", "/meetings/1", "/bodies", "/people", "/units", "/me", "/tasks", "/meetings/1/documents", "/calendar")


def test_pages_and_programs_are_told_the_same_afterwards(office: Path, postgres: Cluster, app: Flask, tmp_path: Path) -> None:
    target = postgres.with_tables()
    moving.move(target)

    def told() -> dict[str, Any]:
        answers = {}
        for username in ("lan", "hoa", "admin"):
            browser = app.test_client()
            with browser.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = doors.loader.session_id(Council().actor(username)), True
            for path in RESOURCES:
                heard = browser.get(f"/api/v1{path}")
                answers[username, path] = heard.status_code, heard.get_json(silent=True)
        return answers

    with clock.frozen(clock.now()):
        here = told()
        stores.use(tmp_path, target)
        there = told()

    assert here == there
    assert sum(status == 200 for status, _ in there.values()) >= 10


def test_the_moved_system_goes_on_numbering_after_the_last_row(office: Path, postgres: Cluster) -> None:
    target = postgres.with_tables()
    moving.move(target)

    with Session(create_engine(target)) as session:
        highest = session.scalar(select(Unit.id).order_by(Unit.id.desc()))
        session.add(new := Unit(name="Trạm Y tế", short_name="TYT"))
        session.commit()
        assert new.id == highest + 1
        session.get_bind().dispose()


def test_there_and_back_again_everything_is_the_same(office: Path, postgres: Cluster, tmp_path: Path) -> None:
    target, back = postgres.with_tables(), tmp_path / "back.db"
    moving.move(target)
    stores.use(tmp_path / "other", target)

    moving.move(f"sqlite:///{back}")

    assert everything(f"sqlite:///{back}") == everything(f"sqlite:///{office}")


KILLED = """
import os, signal, sys
from pathlib import Path
from meeting import app
from meeting.cli.opening import use_folder
from meeting.records import moving
use_folder(Path(sys.argv[1]))
app.load_rooms()
def tell(what, done, total):
    if what == "meeting":
        os.kill(os.getpid(), signal.SIGKILL)
moving.move(sys.argv[2], tell)
"""


def test_killed_in_the_middle_it_begins_anew_and_no_server_starts_meanwhile(
    office: Path, postgres: Cluster, tmp_path: Path
) -> None:
    before, target = hashed(office), postgres.with_tables()

    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), target], cwd=CHECKOUT, check=False, timeout=60)

    assert ended.returncode == -signal.SIGKILL
    assert hashed(office) == before
    stores.use(tmp_path, target)
    with pytest.raises(Refused, match="store_unfinished"):
        holding.serve_here()
    with pytest.raises(Refused, match="store_unfinished"):
        open_store()
    stores.use(tmp_path)
    moving.move(target)
    stores.use(tmp_path, target)
    open_store()
    assert not holding.is_unfinished(target)
    assert len(everything(target)["journal"]) == len(everything(f"sqlite:///{office}")["journal"])


def test_a_row_that_does_not_fit_is_named_and_nothing_arrives(office: Path, postgres: Cluster) -> None:
    target = postgres.with_tables()
    with Session(database.database().writing) as session:
        session.add(Unit(name="x" * 301, short_name="X"))
        session.commit()

    with pytest.raises(Refused, match="row_does_not_fit") as refused:
        moving.move(target)

    assert refused.value.facts["table"] == "unit"
    assert "line" in refused.value.facts["why"]
    assert {name: rows for name, rows in everything(target).items() if rows}.keys() == {"setting"}
    assert holding.is_unfinished(target)


def _with_account(url: str) -> None:
    with create_engine(url).begin() as connection:
        connection.execute(insert(Unit).values(name="Trạm", short_name="T"))


def _with_settings(url: str) -> None:
    with create_engine(url).begin() as connection:
        connection.execute(text("INSERT INTO setting VALUES ('demo', '1')"))


def _with_foreign_table(url: str) -> None:
    with create_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE invoices (id int)"))


@pytest.mark.parametrize(
    ("filled", "code"),
    [
        (_with_account, "move_target_not_empty"),
        (_with_settings, "move_target_not_empty"),
        (_with_foreign_table, "move_target_foreign"),
    ],
)
def test_a_target_that_is_in_use_is_refused(office: Path, postgres: Cluster, filled: Callable[[str], None], code: str) -> None:
    target = postgres.with_tables()
    filled(target)

    with pytest.raises(Refused, match=code):
        moving.move(target)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("sqlite:////nowhere/x.db", "move_same_engine"),
        ("mysql://root@127.0.0.1/x", "move_target_unknown"),
        ("what", "move_target_unknown"),
        ("postgresql+psycopg2://postgres@127.0.0.1:1/x", "move_target_away"),
    ],
)
def test_an_address_that_cannot_be_moved_to_is_refused(office: Path, to: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        moving.move(to)


def test_an_empty_folder_has_nothing_to_move(tmp_path: Path) -> None:
    stores.use(tmp_path)

    with pytest.raises(Refused, match="move_nothing_here"):
        moving.move("postgresql://postgres@127.0.0.1:1/x")


def test_nobody_serves_source_or_target_meanwhile(office: Path, postgres: Cluster, tmp_path: Path) -> None:
    target = postgres.with_tables()
    with (tmp_path / "storage" / "web.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="server_runs"):
            moving.move(target)
    stores.use(tmp_path / "served", target)
    holding.serve_here()
    stores.use(tmp_path)
    try:
        with pytest.raises(Refused, match="server_runs"):
            moving.move(target)
    finally:
        holding.let_go()
    with holding.alone(target):
        stores.use(tmp_path / "served", target)
        with pytest.raises(Refused, match="store_is_being_moved"):
            holding.serve_here()


def test_the_command_says_how_far_it_is_and_what_to_set(office: Path, postgres: Cluster, tmp_path: Path) -> None:
    target = postgres.with_tables()

    ended = CliRunner().invoke(command_line, ["move", "--to", target, "--data", str(tmp_path)], env={"MEETING_LANGUAGE": "en"})

    assert ended.exit_code == 0, ended.output
    assert f"MEETING_DATABASE_URL={target}" in ended.stdout
    assert "100 %" in ended.stderr
    listed = dict(line.split() for line in ended.stdout.splitlines() if "=" not in line)
    assert int(listed["journal"]) == len(everything(target)["journal"])
    with Session(create_engine(target)) as session:
        assert session.scalar(select(Account.id)) is not None
        assert session.scalar(select(Entry.id)) is not None
        session.get_bind().dispose()
