"""The grown house, and what the tests of other rooms ask for, there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from meeting import config, database
from tests import object_store
from tests.conftest import Council
from tests.grown.house import House, grown
from tests.serving import Server


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for all tests of this folder, gone after the last of them."""
    with object_store.running() as files:
        folder = tmp_path_factory.mktemp("grown") / "house"
        with grown(folder, bucket=files.new_bucket()) as found:
            yield found


@pytest.fixture(autouse=True)
def _up_again(house: House) -> Iterator[None]:
    """What a test that failed has killed is there for the next one."""
    yield
    for web in house.web:
        if web.process is None or web.process.poll() is not None:
            web.start()


@pytest.fixture
def server(house: House) -> Server:
    """Where people come in: nginx."""
    return house.front


@pytest.fixture
def store(house: House) -> Iterator[Path]:
    """Its store, for this process too."""
    before: Any = config.settings()
    house.open()
    yield house.folder
    database.use(None)
    config.use(before)


@pytest.fixture
def council(store: Path) -> Council:
    """The standing cast there."""
    return Council()
