"""A grown installation with its real servers: PostgreSQL, Redis, files in S3, two web processes, one worker, nginx in front."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from sqlalchemy.orm import Session

from bench import front
from meeting import config, database, jobs, migrations
from tests import postgresql
from tests.conftest import _seed
from tests.object_store import KEY, SECRET
from tests.serving import Server, free_port
from tests.waiting import PATIENCE

MODES = ("eventlet", "gevent")  # of the two web processes: both are to hold


class Redis:
    """A redis-server that keeps nothing on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """For the setting."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ends = time.monotonic() + 20
        while subprocess.run(["redis-cli", "-p", str(self.port), "ping"], capture_output=True, check=False).stdout != b"PONG\n":
            assert time.monotonic() < ends, "redis-server did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """As a crash does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


@dataclass
class House:
    """All of it. `front` is where people come in; `web` are the two processes behind it."""

    folder: Path
    store: postgresql.Cluster
    redis: Redis
    web: list[Server] = field(default_factory=list)
    front: Server = field(default_factory=lambda: Server(Path()))
    worker: subprocess.Popen[bytes] | None = None
    bucket: str = ""  # the address of the bucket in which the files lie; empty: in the folder

    @property
    def environment(self) -> dict[str, str]:
        """What every process of it is started with."""
        return {
            "MEETING_DATA": str(self.folder),
            "MEETING_KEYS": str(self.folder / "keys"),
            "MEETING_DATABASE_URL": self.store.address(),
            "MEETING_REDIS_URL": self.redis.address,
            "MEETING_WEB_ONLY": "1",
            "MEETING_BEHIND_NGINX": "1",
            "MEETING_S3_URL": self.bucket,
            "MEETING_S3_KEY": KEY,
            "MEETING_S3_SECRET": SECRET,
        }

    def settings(self) -> config.Settings:
        """The same, for this process."""
        files = {"s3_url": self.bucket, "s3_key": KEY, "s3_secret": SECRET}
        return config.Settings(data=self.folder, database_url=self.store.address(), keys=self.folder / "keys", **files)

    def open(self) -> None:
        """Takes its store for this process."""
        config.use(self.settings())
        database.use(database.Database(self.store.address()))
        jobs.queue.forget()
        jobs.queue.held = True

    def sockets(self, web: Server) -> int:
        """How many screens one of the web processes serves."""
        return int(_figures(web)["meeting_sockets"])

    def places(self) -> list[str]:
        """For each web process a value of the cookie `meeting_place` with which nginx leads there."""
        found: dict[int, str] = {}
        for number in range(100):
            before = [_asked(web) for web in self.web]
            place = f"place-{number}"
            assert requests.get(f"{self.front.address}/sign-in", cookies={"meeting_place": place}, timeout=PATIENCE).ok
            after = [_asked(web) for web in self.web]
            (at,) = (at for at, (was, now) in enumerate(zip(before, after, strict=True)) if now > was)
            found.setdefault(at, place)
            if len(found) == len(self.web):
                return [found[at] for at in range(len(self.web))]
        raise AssertionError("nginx leads everybody to one process")

    def start_worker(self) -> None:
        """`meeting worker`."""
        command = [sys.executable, "-m", "meeting.cli", "worker", "--data", str(self.folder)]
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, **self.environment}, start_new_session=True
            )

    def end(self) -> None:
        """Stops what still runs."""
        for each in self.web:
            if each.process is not None:
                each.kill()
        if self.worker is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait(10)


def _figures(web: Server) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in requests.get(f"{web.address}/metrics", timeout=PATIENCE).text.splitlines())
    return {name: float(value) for name, _, value in lines if not name.startswith("#")}


def _asked(web: Server) -> float:
    """How many pages this process was asked for, its figures apart."""
    counted = "meeting_requests_total{"
    return sum(value for name, value in _figures(web).items() if name.startswith(counted) and 'room="metrics"' not in name)


def missing() -> str:
    """Which program is not installed."""
    found = {"redis-server": shutil.which("redis-server"), "nginx": front.nginx()}
    found["PostgreSQL"] = str(postgresql.INSTALLED or shutil.which("initdb") or "")
    return ", ".join(name for name, path in found.items() if not path or path == "[]")


@contextmanager
def grown(
    folder: Path, *, seated: Callable[[House], None] | None = None, bucket: str = "", **environment: str
) -> Iterator[House]:
    """The whole house, with the standing cast or whom `seated` puts in; skips with the reason where a program is missing."""
    if missing():
        pytest.skip(f"not installed: {missing()}")
    with ExitStack() as stack:
        (folder / "storage").mkdir(parents=True)
        cluster = stack.enter_context(tempfile.TemporaryDirectory(prefix="meeting-pg-"))  # its owner is another user
        house = House(folder, postgresql.Cluster(Path(cluster)), Redis(folder), bucket=bucket)
        house.store.start()
        stack.callback(house.store.stop)
        house.redis.start()
        stack.callback(house.redis.kill)
        stack.callback(house.end)
        if seated is not None:
            seated(house)
        else:
            house.open()
            migrations.upgrade()
            with Session(database.database().writing) as session:
                _seed(session)
                session.commit()
            database.use(None)
        house.web = [
            Server(folder, environment={**house.environment, "MEETING_ASYNC": mode, **environment}, ready=True) for mode in MODES
        ]
        house.start_worker()
        for each in house.web:
            each.start()
        assert house.worker is not None
        assert house.worker.poll() is None, (folder / "worker.log").read_text()[-3000:]
        before = stack.enter_context(front.Front(folder / "nginx", [each.port for each in house.web], folder / "storage"))
        house.front = Server(folder, port=before.port)
        yield house
