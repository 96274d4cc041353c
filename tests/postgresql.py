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


@contextmanager
def cluster() -> Iterator[str]:
    """Starts one, empty; answers its address for SQLAlchemy."""
    there = programs()
    with tempfile.TemporaryDirectory(prefix="meeting-pg-") as name:
        folder, port = Path(name), free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
        run(str(there / "initdb"), "-D", f"{folder}/data", "-U", OWNER, "-A", "trust", "--no-sync", folder=folder)
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
        pg_ctl = str(there / "pg_ctl"), "-D", f"{folder}/data", "-w"
        run(*pg_ctl, "-o", options, "-l", f"{folder}/server.log", "start", folder=folder)
        try:
            yield f"postgresql+psycopg2://{OWNER}@127.0.0.1:{port}/postgres"
        finally:
            run(*pg_ctl, "-m", "immediate", "stop", folder=folder)
