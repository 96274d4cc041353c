"""A system whose files lie in a real object store: it moves there, is backed up, drilled, restored, and shows its papers."""

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update

from meeting import config, database
from meeting.cli.commands import meeting as command_line
from meeting.cli.opening import open_store
from meeting.config import CHECKOUT
from meeting.documents import made
from meeting.documents.models import File
from meeting.documents.store_places import S3Store
from meeting.errors import Refused
from meeting.jobs import run_waiting
from meeting.records import backup, portable_files
from meeting.records.drill import drill
from meeting.records.sealed import new_keys, read_key
from meeting.records.service import restore, verify_journal
from meeting.web import doors
from tests import object_store
from tests.conftest import Council
from tests.documents.papers import paper
from tests.object_store import KEY, SECRET, ObjectStore
from tests.records import stores
from tests.records.stores import Cluster, everything

PAPERS = 4
READER = "hoa"  # who sent them
COLUMNS = File.id, File.sha256, File.page_count


@pytest.fixture(scope="module")
def gateway() -> Iterator[ObjectStore]:
    with object_store.running() as running:
        yield running


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with stores.cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with papers that were read, on SQLite and a folder."""
    folder = tmp_path_factory.mktemp("office")
    stores.left_by(stores.VERSIONS[-1], folder)
    open_store()
    with database.database().writing.begin() as connection:
        connection.execute(update(File).values(state="failed"))  # of the papers it had, no byte was left behind
    for number in range(PAPERS):
        made.bring(Council().actor(READER), paper(number + 1, heading=f"Tờ trình {number}"), f"{number}.pdf")
    run_waiting()
    database.database().empty_log()
    database.use(None)
    return folder


@pytest.fixture
def office(furnished: Path, tmp_path: Path) -> Path:
    """A copy of it, in use."""
    shutil.copytree(furnished / "storage", tmp_path / "office" / "storage")
    stores.use(tmp_path / "office")
    return tmp_path / "office"


def in_bucket(address: str) -> S3Store:
    """This installation has its files there from now on."""
    config.use(replace(config.settings(), s3_url=address, s3_key=KEY, s3_secret=SECRET))
    return S3Store(config.settings())


def environment(address: str) -> dict[str, str]:
    return {"MEETING_S3_URL": address, "MEETING_S3_KEY": KEY, "MEETING_S3_SECRET": SECRET, "MEETING_LANGUAGE": "en"}


def lying(storage: Path) -> dict[str, str]:
    """What of a folder belongs into an object store: names and digests."""
    found = (path for name in ("files", "pages") for path in (storage / name).rglob("*") if path.is_file())
    return {path.relative_to(storage).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def kept(there: S3Store) -> dict[str, str]:
    """The same of a bucket."""
    return {each.name: sha256(there.open(each.name).read()).hexdigest() for each in there.names()}


def papers() -> list[tuple[int, str, int]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(select(*COLUMNS).where(File.state == "ready").order_by(File.id))]


def shown(app: Flask) -> dict[str, bytes]:
    """The first page of every paper and its bytes, as the application gives them to who sent them."""
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = doors.loader.session_id(Council().actor(READER)), True
    answers = {}
    for file_id, digest, _pages in papers():
        for path in (f"/documents/{file_id}/pages/1?w=800", f"/documents/{file_id}/original"):
            heard = browser.get(path)
            assert heard.status_code == 200, (path, heard.status_code)
            answers[path] = heard.data
        assert sha256(answers[f"/documents/{file_id}/original"]).hexdigest() == digest
    return answers


def sent_once(there: S3Store) -> bool:
    """Whether no file has an earlier version: nothing was sent twice."""
    versions = there._client.list_object_versions(Bucket=there.bucket)["Versions"]
    return len(versions) == len({each["Key"] for each in versions})


def is_empty(url: str) -> bool:
    return {name for name, rows in everything(url).items() if rows} <= {"setting"}


def another_machine(folder: Path, url: str, address: str) -> None:
    """The same installation on a machine that has no file of it."""
    stores.use(folder, url)
    in_bucket(address)


def moves(to: str, folder: Path, address: str) -> Any:
    words = ["move", "--to", to, "--files-to-s3", "--data", str(folder)]
    return CliRunner().invoke(command_line, words, env=environment(address))


def test_an_office_moves_with_its_files_and_another_machine_shows_them(
    office: Path, gateway: ObjectStore, postgres: Cluster, app: Flask, tmp_path: Path
) -> None:
    before, files, pictures = everything(config.settings().database_url), lying(office / "storage"), shown(app)
    chain = verify_journal()
    target, address = postgres.with_tables(), gateway.new_bucket()
    database.use(None)
    in_bucket(address)

    ended = moves(target, office, address)

    assert ended.exit_code == 0, ended.output
    assert f"Files in the object store: {len(files)}," in ended.output
    another_machine(tmp_path / "second", target, address)
    assert kept(S3Store(config.settings())) == files
    assert everything(target) == before
    assert verify_journal() == chain
    assert shown(app) == pictures
    assert lying(office / "storage") == files


CUT = """
import os, signal, sys
from meeting.cli import moving
from meeting.cli.commands import meeting
class Cut(moving.Progress):
    def __call__(self, what, done, total):
        if what == "files" and done > total // 2:
            os.kill(os.getpid(), signal.SIGKILL)
moving.Progress = Cut
meeting(["move", "--to", sys.argv[1], "--files-to-s3", "--data", sys.argv[2]])
"""


def test_cut_off_among_the_files_the_same_command_goes_on_with_the_rest(
    office: Path, gateway: ObjectStore, postgres: Cluster, app: Flask, tmp_path: Path
) -> None:
    files, pictures = lying(office / "storage"), shown(app)
    target, address = postgres.with_tables(), gateway.new_bucket()
    database.use(None)
    there = in_bucket(address)
    command = [sys.executable, "-c", CUT, target, str(office)]

    ended = subprocess.run(command, cwd=CHECKOUT, env={**os.environ, **environment(address)}, check=False, timeout=120)

    assert ended.returncode == -signal.SIGKILL
    assert 0 < len(kept(there)) < len(files)
    assert is_empty(target)
    again = moves(target, office, address)
    assert again.exit_code == 0, again.output
    assert kept(there) == files
    assert sent_once(there)
    another_machine(tmp_path / "second", target, address)
    assert shown(app) == pictures


def test_an_object_store_that_does_not_answer_stops_the_moving_before_the_database(
    office: Path, gateway: ObjectStore, postgres: Cluster
) -> None:
    target, address = postgres.with_tables(), gateway.new_bucket()
    in_bucket(address)
    gateway.kill_gateway()
    try:
        ended = moves(target, office, address)
    finally:
        gateway.open_gateway()

    assert ended.exit_code != 0
    assert is_empty(target)


@pytest.fixture
def apart(office: Path, gateway: ObjectStore) -> tuple[Path, str]:
    """The office with all its files in a bucket and none on this machine; the address of the bucket."""
    address = gateway.new_bucket()
    in_bucket(address)
    portable_files.send_all(lambda *_: None)
    for name in ("files", "pages"):
        shutil.rmtree(office / "storage" / name)
    return office, address


@pytest.mark.parametrize("sealed", [False, True], ids=["open", "sealed"])
def test_a_backup_of_files_elsewhere_stands_a_drill_and_is_restored_into_an_empty_bucket(
    apart: tuple[Path, str], gateway: ObjectStore, app: Flask, tmp_path: Path, sealed: bool
) -> None:
    office, _address = apart
    files, before, chain = kept(S3Store(config.settings())), everything(config.settings().database_url), verify_journal()
    secret = read_key(new_keys()[1]) if sealed else None

    backup.back_up(tmp_path / "b", secret)

    assert lying(office / "storage") == {}, "a backup filled this machine"
    found = drill(tmp_path / "b", secret)
    assert found.ok, found
    fresh = gateway.new_bucket()
    another_machine(tmp_path / "second", "", fresh)
    restore(tmp_path / "b", secret)
    assert kept(S3Store(config.settings())) == files
    after = everything(config.settings().database_url)
    changed = {name for name in before if before[name] != after[name]} - {"job", "stale_mark"}  # what can be found is read anew
    assert changed == {"journal", "setting"}
    assert verify_journal().entries == chain.entries + 1
    assert verify_journal().faults == []
    shutil.rmtree(config.settings().storage / "files")
    shutil.rmtree(config.settings().storage / "pages")
    assert len(shown(app)) == 2 * PAPERS


def test_a_restore_puts_right_what_is_damaged_or_missing_in_the_bucket_and_leaves_the_rest(
    apart: tuple[Path, str], app: Flask, tmp_path: Path
) -> None:
    there = S3Store(config.settings())
    files, pictures = kept(there), shown(app)
    backup.back_up(tmp_path / "b")
    damaged, missing = [name for name in files if name.startswith("files/")][:2]
    content = there.open(damaged).read()
    there.put(damaged, io.BytesIO(b"x" * len(content)), len(content))
    there.erase(missing)

    restore(tmp_path / "b")

    assert kept(there) == files
    changed = [each["Key"] for each in there._client.list_object_versions(Bucket=there.bucket)["Versions"]]
    assert {name for name in changed if changed.count(name) > 1} == {damaged}
    assert shown(app) == pictures


def test_a_restore_while_the_bucket_is_away_replaces_nothing(
    apart: tuple[Path, str], gateway: ObjectStore, tmp_path: Path
) -> None:
    backup.back_up(tmp_path / "b")
    before = everything(config.settings().database_url)
    gateway.kill_gateway()
    try:
        with pytest.raises(Refused, match="files_unreachable"):
            restore(tmp_path / "b")
    finally:
        gateway.open_gateway()

    assert everything(config.settings().database_url) == before
