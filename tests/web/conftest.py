"""A running server with browsers in front of it, one for all tests of a module."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from meeting import config, database
from tests.browsing import House, chromium
from tests.conftest import Council
from tests.serving import serving


@pytest.fixture(scope="module")
def running(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The standing cast in front of a server of this module's own."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "storage").mkdir()
    shutil.copy(template, folder / "storage" / "meeting.db")
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    with serving(folder, ready=True) as server, chromium() as browser:
        yield House(server, browser, Council())
    database.use(None)


@pytest.fixture
def house(running: House) -> Iterator[House]:
    """Each test opens its own browsers; at its end no script may have failed."""
    yield running
    running.close()
    faults, running.faults = running.faults, []
    assert faults == []
