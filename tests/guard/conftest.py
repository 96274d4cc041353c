"""One demo council with watchers for all files of this folder; each file goes on with a copy of its own."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from meeting import database
from tests.guard.house import Watched, furnish, stand_on


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo and the watchers; where several processes test, one of them fills it for all."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / "guard"
    with (base / "guard.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "furnished").exists():
            furnish(folder)
            (folder / "furnished").touch()
    return folder


@pytest.fixture(scope="module")
def watched(app: Flask, furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The furnished store under the application, for this file alone."""
    folder = tmp_path_factory.mktemp("guard-copy") / "data"
    shutil.copytree(furnished, folder)
    stand_on(folder)
    yield Watched(folder, app)
    database.use(None)
