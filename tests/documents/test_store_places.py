"""Files in a folder and in a real object store: the same functions, the same promises."""

import io
import os
import secrets
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from meeting import config
from meeting.config import Settings
from meeting.documents import made, store, store_shared
from meeting.documents.models import File
from meeting.documents.store_places import FileStore, FolderStore, S3Store
from meeting.errors import Refused
from meeting.jobs import run_waiting
from meeting.permissions import SYSTEM
from meeting.relay import relay
from meeting.writer import perform
from tests import object_store
from tests.conftest import Council
from tests.object_store import KEY, SECRET, ObjectStore


@pytest.fixture(scope="module")
def gateway() -> Iterator[ObjectStore]:
    with object_store.running() as running:
        yield running


def new_bucket(gateway: ObjectStore, data: Path) -> tuple[Settings, S3Store]:
    """A bucket of its own, and the settings of an installation that has its files there."""
    url = f"sqlite:///{data / 'storage' / 'meeting.db'}"
    s3 = {"s3_url": gateway.new_bucket(), "s3_key": KEY, "s3_secret": SECRET}
    settings = Settings(data=data, database_url=url, keys=data / "keys", **s3)
    return settings, S3Store(settings)


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "folder":
        return FolderStore(tmp_path)
    return new_bucket(request.getfixturevalue("gateway"), tmp_path)[1]


def put(place: FileStore, name: str, content: bytes) -> None:
    place.put(name, io.BytesIO(content), len(content))


def read(place: FileStore, name: str, start: int = 0, end: int | None = None) -> bytes:
    with place.open(name, start, end) as opened:
        return opened.read()


def test_what_is_put_comes_back_whole_and_in_part(place: FileStore) -> None:
    content = secrets.token_bytes(300_000)
    put(place, "files/ab/abcd", content)

    assert place.size("files/ab/abcd") == len(content)
    assert read(place, "files/ab/abcd") == content
    assert read(place, "files/ab/abcd", 10, 20) == content[10:20]
    assert read(place, "files/ab/abcd", 299_990) == content[-10:]


def test_what_is_not_there_is_said_so(place: FileStore) -> None:
    assert place.size("files/ab/none") is None
    with pytest.raises(FileNotFoundError):
        place.open("files/ab/none")
    place.erase("files/ab/none")


def test_files_are_listed_by_the_beginning_of_their_names(place: FileStore) -> None:
    for name in ("files/ab/2", "files/ab/1", "pages/ab/1/1-800.png"):
        put(place, name, name.encode())

    assert [(kept.name, kept.size_bytes) for kept in place.names("files/")] == [("files/ab/1", 10), ("files/ab/2", 10)]
    assert [kept.name for kept in place.names("pages/ab/1/")] == ["pages/ab/1/1-800.png"]
    assert len(list(place.names())) == 3


def test_the_same_name_again_replaces_and_erasing_leaves_no_version(place: FileStore) -> None:
    put(place, "files/ab/1", b"first")
    put(place, "files/ab/1", b"second")
    put(place, "files/ab/12", b"another that begins alike")
    assert read(place, "files/ab/1") == b"second"

    place.erase("files/ab/1")

    assert place.size("files/ab/1") is None
    assert place.size("files/ab/12") == 25
    if isinstance(place, S3Store):
        left = place._client.list_object_versions(Bucket=place.bucket)
        assert [each["Key"] for each in left["Versions"]] == ["files/ab/12"]
        assert "DeleteMarkers" not in left


class _CutOff(io.BytesIO):
    """A stream during whose sending something happens."""

    def __init__(self, content: bytes, happens: Any) -> None:
        super().__init__(content)
        self._happens, self._read = happens, 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(min(size, 65536) if size and size > 0 else 65536)
        self._read += len(found)
        if self._read > len(self.getvalue()) * 3 // 2 and self._happens:  # hashed once already: now it is on its way
            happens, self._happens = self._happens, None
            happens()
        return found


def test_a_store_killed_in_the_middle_keeps_nothing_half_and_takes_it_afterwards(gateway: ObjectStore, tmp_path: Path) -> None:
    _, place = new_bucket(gateway, tmp_path)
    content = secrets.token_bytes(8_000_000)

    with pytest.raises(Refused, match="files_unreachable"):
        place.put("files/ab/1", _CutOff(content, gateway.kill_gateway), len(content))

    with pytest.raises(Refused, match="files_unreachable"):
        place.size("files/ab/1")
    gateway.open_gateway()
    assert list(place.names()) == []
    put(place, "files/ab/1", content)
    assert read(place, "files/ab/1") == content


def test_a_wrong_secret_is_refused_in_words(gateway: ObjectStore, tmp_path: Path) -> None:
    settings, _ = new_bucket(gateway, tmp_path)
    wrong = S3Store(Settings(**{**settings.__dict__, "s3_secret": "another"}))

    with pytest.raises(Refused, match="files_unreachable"):
        put(wrong, "files/ab/1", b"x")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "ftp://host/bucket", "bucket"])
def test_an_address_without_a_bucket_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="files_misset"):
        S3Store(Settings(data=tmp_path, database_url="", s3_url=url))


# ---- an installation whose files lie there ----------------------------------------------------------------------------------


@pytest.fixture
def shared(gateway: ObjectStore, store: Path) -> S3Store:
    """The installation of a test with its files in the object store."""
    settings, there = new_bucket(gateway, store)
    config.use(settings)
    return there


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj" \
      b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>"  # fmt: skip


def another_machine(data: Path) -> None:
    """The same installation on a machine that has nothing yet."""
    (data / "storage").mkdir(parents=True)
    config.use(Settings(**{**config.settings().__dict__, "data": data}))


def test_a_paper_is_read_here_and_shown_by_a_machine_that_never_had_it(council: Council, shared: S3Store, tmp_path: Path) -> None:
    file_id = made.keep(PDF, "a.pdf")
    run_waiting()
    digest = council.one(select(File.sha256).where(File.id == file_id))
    assert council.one(select(File.state).where(File.id == file_id)) == "ready"
    here = store.image_path(digest, 1, 800) or store.image_nearest(digest, 1, 800)
    assert here is not None
    image = here.read_bytes()
    width = int(here.stem.partition("-")[2])

    another_machine(tmp_path / "second")

    assert store.file_path(digest).read_bytes() == PDF
    there = store.image_path(digest, 1, width)
    assert there is not None
    assert there.is_relative_to(tmp_path / "second")
    assert there.read_bytes() == image
    assert store.image_path(digest, 2, width) is None


def test_bytes_that_were_changed_in_the_store_are_not_shown(shared: S3Store, store: Path, tmp_path: Path) -> None:
    digest = sha256(PDF).hexdigest()
    put(shared, f"files/{digest[:2]}/{digest}", PDF.replace(b"200", b"300"))

    with pytest.raises(Refused, match="file_damaged"):
        store_module_path(digest)
    assert not [path for path in (store / "storage" / "files").rglob("*") if path.is_file()]


def store_module_path(digest: str) -> Path:
    return store_shared.here(config.settings().storage / "files" / digest[:2] / digest, digest)


def test_an_upload_is_refused_in_words_while_the_store_is_away_and_nothing_half_stays(
    council: Council, shared: S3Store, gateway: ObjectStore
) -> None:
    storage = config.settings().storage
    gateway.kill_gateway()
    try:
        with pytest.raises(Refused, match="files_unreachable"):
            store.take_in(io.BytesIO(PDF))
        assert not [path for path in storage.rglob("*") if path.is_file() and PDF in path.read_bytes()]
    finally:
        gateway.open_gateway()
    received = store.take_in(io.BytesIO(PDF))
    assert shared.size(f"files/{received.sha256[:2]}/{received.sha256}") == len(PDF)


def test_a_secret_paper_is_erased_there_too_even_when_the_store_was_away(
    council: Council, shared: S3Store, gateway: ObjectStore
) -> None:
    file_id = made.keep(PDF, "a.pdf")
    run_waiting()
    assert len(list(shared.names())) > 1
    gateway.kill_gateway()
    try:
        perform(SYSTEM, "documents.refuse", {"file_id": file_id, "refusal": "secret"})
    finally:
        gateway.open_gateway()

    store_shared.erase_marked()

    assert "Versions" not in shared._client.list_object_versions(Bucket=shared.bucket)
    digest = sha256(PDF).hexdigest()
    assert not store.file_path(digest).exists()


def test_what_another_machine_erased_goes_here_too(shared: S3Store, store: Path) -> None:
    lying = store / "storage" / "files" / "ab" / "abcd"
    lying.parent.mkdir(parents=True)
    lying.write_bytes(b"secret")
    kept = store / "storage" / "session.key"
    kept.write_text("key")

    for hearer in relay._hearers[store_shared.ERASED]:
        hearer("another", ["files/ab/abcd", "session.key", "files/../session.key"])

    assert not lying.exists()
    assert kept.exists()


def test_only_what_the_store_has_makes_room_here(gateway: ObjectStore, shared: S3Store, store: Path) -> None:
    config.use(Settings(**{**config.settings().__dict__, "s3_cache_bytes": 10}))
    folder = store / "storage" / "files" / "ab"
    folder.mkdir(parents=True)
    for name in ("there", "not-there", "in-use"):
        (folder / name).write_bytes(b"x" * 100)
    put(shared, "files/ab/there", b"x" * 100)
    put(shared, "files/ab/in-use", b"x" * 100)
    for name in ("there", "not-there"):
        os.utime(folder / name, (1, 1))

    store_shared.trim()

    assert {path.name for path in folder.iterdir()} == {"not-there", "in-use"}
    assert store_shared.here(folder / "there").read_bytes() == b"x" * 100


def test_many_that_ask_for_the_same_file_all_have_it_whole(shared: S3Store, store: Path) -> None:
    content = secrets.token_bytes(2_000_000)
    digest = sha256(content).hexdigest()
    put(shared, f"files/{digest[:2]}/{digest}", content)
    read: list[bytes] = []
    asking = [threading.Thread(target=lambda: read.append(store_module_path(digest).read_bytes())) for _ in range(6)]

    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert [sha256(each).hexdigest() for each in read] == [digest] * 6
    assert [path.name for path in (store / "storage" / "files" / digest[:2]).iterdir()] == [digest]
