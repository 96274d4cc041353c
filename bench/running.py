"""Servers in processes of their own, and the time until all clients have heard something."""

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.wire import Client

SETTLE_SECONDS = 0.4
CALM_SECONDS, CALM_MS = 60, 80
FLOOR = [sys.executable, "-m", "bench.floor"]
SYSTEM = [sys.executable, "-m", "meeting.cli", "run", "--empty"]
LATENESS = "MEETING_LATENESS"  # the file in which a server writes down how late its loop was


@dataclass(frozen=True)
class Watched:
    """A serving process: how much of the processor it took, and how late its loop was."""

    pid: int
    late: Path | None = None  # what it writes down for `MEETING_LATENESS`

    def cpu_ms(self) -> float:
        """Processor time so far: tells the work apart from what other programs on the machine take."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e6

    async def calm(self) -> float:
        """Seconds until it has done almost nothing for a second: a server that was just started still makes itself ready."""
        began, before = time.monotonic(), self.cpu_ms()
        while time.monotonic() - began < CALM_SECONDS:
            await asyncio.sleep(1)
            before, spent = self.cpu_ms(), self.cpu_ms() - before
            if spent < CALM_MS:
                return time.monotonic() - began
        raise SystemExit(f"the server is not at rest after {CALM_SECONDS} s")

    def stall_ms(self, since: float) -> float:
        """The worst that the loop was late since a moment; to be asked a moment after what is measured."""
        assert self.late is not None
        lines = [line.split() for line in self.late.read_text().splitlines()]
        return max((float(line[1]) for line in lines if len(line) == 2 and float(line[0]) >= since), default=0.0)


class Running:
    """A server in a process of its own, until the end of the run."""

    def __init__(self, command: list[str], folder: Path, *, health: bool, **environment: str) -> None:
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = int(asked.getsockname()[1])
        self._command = [*command, "--port", str(self.port), "--data", str(folder)] if health else [*command, str(self.port)]
        self._folder = folder
        self._health = health
        self._environment = environment

    @property
    def pid(self) -> int:
        """Of the process started."""
        return self._process.pid

    def __enter__(self) -> "Running":
        log = (self._folder / f"server-{self.port}.log").open("ab")
        keys = {} if os.environ.get("MEETING_KEYS") else {"MEETING_KEYS": str(self._folder / "keys")}
        environment = {**os.environ, **keys, **self._environment}
        self._process = subprocess.Popen(self._command, stdout=log, stderr=log, env=environment, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if self._health:
                    urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).close()
                else:
                    socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
            except OSError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return self
        self.__exit__()
        raise SystemExit("the server did not start:\n" + Path(log.name).read_text()[-3000:])

    def __exit__(self, *_problem: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(5)

    @property
    def worker(self) -> int:
        """The process that serves: the system's is the one that holds the data folder."""
        return int((self._folder / "storage" / "web.lock").read_text()) if self._health else self.pid

    @property
    def watched(self) -> Watched:
        """The serving process."""
        late = self._environment.get(LATENESS)
        return Watched(self.worker, Path(late) if late else None)

    def cpu_ms(self) -> float:
        """Processor time of the serving process so far."""
        return self.watched.cpu_ms()

    def stall_ms(self, since: float) -> float:
        """The worst that the loop was late since a moment."""
        return self.watched.stall_ms(since)


async def timed(fleet: list[Client], awaited: Callable[[str], bool], start: Callable[[], None]) -> float:
    """Milliseconds from the start until every client has heard what is awaited."""
    await asyncio.sleep(SETTLE_SECONDS)
    done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    waiting = set(map(id, fleet))

    def heard(client: Client, text: str) -> None:
        if id(client) not in waiting or not awaited(text):
            return
        if text.startswith("43") and '"ok":true' not in text.replace(" ", ""):
            lost(RuntimeError(text))
        waiting.discard(id(client))
        if not waiting and not done.done():
            done.set_result(time.perf_counter())

    def lost(problem: Exception) -> None:
        if not done.done():
            done.set_exception(problem)

    for client in fleet:
        client.heard, client.lost = heard, lost
    gc.disable()
    began = time.perf_counter()
    start()
    try:
        ended = await asyncio.wait_for(done, 60)
    except TimeoutError:
        raise SystemExit(f"{len(waiting)} of {len(fleet)} clients heard nothing in 60 s") from None
    gc.enable()
    for client in fleet:
        client.heard = None  # from here on it only counts again what it is told
    return (ended - began) * 1000
