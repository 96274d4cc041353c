"""A real PostgreSQL for a test: a cluster of its own on a free port of the loopback, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.serving import free_port

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
OWNER = "postgres"  # its programs refuse to run as root


def programs() -> Path:
    """The folder of its programs; skips where they are not installed."""
    found = shutil.which("initdb")
    if not INSTALLED and not found:
        pytest.skip("PostgreSQL is not installed")
    return Path(found).parent if found else INSTALLED[-1].parent


def run(*command: str, folder: Path) -> None:
    """A command as the owner of the cluster."""
    as_owner = ["runuser", "-u", OWNER, "--", *command] if os.geteuid() == 0 else list(command)
    with (folder / "commands.log").open("ab") as log:
        subprocess.run(as_owner, check=True, stdout=log, stderr=log, timeout=120, cwd=folder)


class Cluster:
    """A PostgreSQL in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._programs = programs()
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
        initdb = str(self._programs / "initdb")
        run(initdb, "-D", f"{folder}/data", "-U", OWNER, "-A", "trust", "--no-sync", folder=folder)

    def _control(self, *command: str) -> None:
        run(str(self._programs / "pg_ctl"), "-D", f"{self.folder}/data", "-w", *command, folder=self.folder)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off"
        self._control("-o", options, "-l", f"{self.folder}/server.log", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stops it: `immediate` is what a crash does."""
        self._control("-m", mode, "stop")

    def address(self, name: str = "postgres") -> str:
        """Of one of its databases, for SQLAlchemy."""
        return f"postgresql+psycopg2://{OWNER}@127.0.0.1:{self.port}/{name}"


@contextmanager
def cluster() -> Iterator[str]:
    """Starts one, empty; answers its address for SQLAlchemy."""
    with tempfile.TemporaryDirectory(prefix="meeting-pg-") as name:
        found = Cluster(Path(name))
        found.start()
        try:
            yield found.address()
        finally:
            found.stop()
