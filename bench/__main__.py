"""`make bench`: one live change to 200 screens, and 200 and 500 ballots at once, beside a bare server in the same run.

    python -m bench [--rounds 5] [--sockets 200] [--ballots 200,500] [--kind secret]

The clients are raw websockets in this process; both servers are real ones in processes of their own, on free ports of the
loopback; the data folder is temporary. Times end with the last durable acknowledgement (ballots) or the last screen told
(fan-out). Rounds alternate between floor and system; medians are compared.
"""

import argparse
import asyncio
import gc
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.chamber import Seated, seat
from bench.wire import Client, connect, emitted

LIMIT_SECONDS = 420
SETTLE_SECONDS = 0.4


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--sockets", type=int, default=200)
    options.add_argument("--ballots", default="200,500")
    options.add_argument("--kind", choices=["open", "secret"], default="secret")
    chosen = options.parse_args()
    bursts = [int(each) for each in chosen.ballots.split(",")]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="meeting-bench-")))
        seated = seat(folder, max([chosen.sockets, *bursts]))
        floor = stack.enter_context(Running([sys.executable, "-m", "bench.floor"], folder, health=False))
        system = stack.enter_context(Running([sys.executable, "-m", "meeting.cli", "run", "--empty"], folder, health=True))
        run = measure(floor.port, system.port, seated, chosen, bursts)
        asyncio.run(asyncio.wait_for(run, LIMIT_SECONDS))


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


async def measure(floor_port: int, system_port: int, seated: Seated, chosen: Any, bursts: list[int]) -> None:
    """Connects both fleets and lets the rounds alternate."""
    (chair,) = await connect(system_port, [seated.chair])
    (whistle,) = await connect(floor_port, ["anybody"])
    floors: list[Client] = []
    systems: list[Client] = []
    print(f"cores: {os.cpu_count()}, rounds: {chosen.rounds} in pairs, medians; ballots: {chosen.kind}")
    floors, systems = await grown(floors, floor_port, systems, system_port, seated, chosen.sockets)
    times = await fan_out(chosen.rounds, whistle, floors, chair, systems, seated)
    report(f"one live change on {chosen.sockets} screens", times)
    for burst in bursts:
        floors, systems = await grown(floors, floor_port, systems, system_port, seated, burst)
        times = await ballots(chosen.rounds, floors[:burst], chair, systems[:burst], seated, chosen.kind)
        report(f"{burst} ballots at once, to the last durable acknowledgement", times)


async def grown(
    floors: list[Client], floor_port: int, systems: list[Client], system_port: int, seated: Seated, size: int
) -> tuple[list[Client], list[Client]]:
    """Fleets of at least this size, joined."""
    missing = max(0, size - len(systems))
    more_floors = await connect(floor_port, ["anybody"] * missing)
    more_systems = await connect(system_port, seated.members[len(systems) : len(systems) + missing])
    for client in more_floors + more_systems:
        heard = await client.call("live.join", {"meeting_id": seated.meeting_id})
        assert heard["ok"], heard
    return floors + more_floors, systems + more_systems


Times = list[tuple[float, float]]


async def fan_out(
    rounds: int, whistle: Client, floors: list[Client], chair: Client, systems: list[Client], seated: Seated
) -> Times:
    """From the act to the last screen that shows it."""
    times = []
    for number in range(rounds + 1):
        word = f"Giai lao {number}."  # plain letters: the wire escapes others
        pair = []
        for caller, fleet in ((whistle, floors), (chair, systems)):
            frame = emitted(1_000_000 + number, "live.tell", {"meeting_id": seated.meeting_id, "text": word})
            pair.append(
                await timed(fleet, lambda text, word=word: word in text, lambda caller=caller, frame=frame: caller.send(frame))
            )
        times.append((pair[0], pair[1]))
    return times[1:]


async def ballots(rounds: int, floors: list[Client], chair: Client, systems: list[Client], seated: Seated, kind: str) -> Times:
    """Everybody votes in the same moment; a new question each round."""
    times = []
    for number in range(rounds + 1):
        question = await opened(chair, seated, kind)
        base = 1_000 + number
        frames = [_ballot(base, question, place) for place in range(len(systems))]
        pair = []
        for fleet in (floors, systems):
            pair.append(
                await timed(fleet, lambda text: text.startswith("43"), lambda fleet=fleet, frames=frames: _fire(fleet, frames))
            )
        await closed(chair, seated.meeting_id, question, len(systems))
        times.append((pair[0], pair[1]))
    return times[1:]


def _ballot(number: int, question: int, place: int) -> bytes:
    choice = ("for", "against", "abstain")[place % 3]
    wanted = {"question_id": question, "choice": choice, "request_id": f"{question}-{place}"}
    return emitted(number, "voting.cast", wanted)


def _fire(fleet: list[Client], frames: list[bytes]) -> None:
    for client, frame in zip(fleet, frames, strict=True):
        client.send(frame)


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
    return (ended - began) * 1000


async def opened(chair: Client, seated: Seated, kind: str) -> int:
    """A fresh question whose box is open."""
    wanted = {"meeting_id": seated.meeting_id, "item_id": seated.item_id, "title": "Thông qua nghị quyết", "kind": kind}
    prepared = await chair.call("voting.prepare", wanted)
    assert prepared["ok"], prepared
    opening = await chair.call("voting.open", {"question_id": prepared["question_id"]})
    assert opening["ok"], opening
    return int(prepared["question_id"])


async def closed(chair: Client, meeting_id: int, question: int, expected: int) -> None:
    """Every acknowledged ballot must be in the result, or the figures are worth nothing."""
    heard = await chair.call("voting.close", {"question_id": question})
    assert heard["ok"], heard
    heard = await chair.call("live.join", {"meeting_id": meeting_id})
    counts = heard["state"]["voting"]["current"]["result"]["counts"]
    assert sum(counts.values()) == expected, (counts, expected)


def report(what: str, times: Times) -> None:
    """One line: the floor, the system, how many times the floor."""
    floor, system = (statistics.median(each) for each in zip(*times, strict=True))
    ratio = statistics.median(ours / bare for bare, ours in times)
    worst = max(ours for _, ours in times)
    print(f"{what}: floor {floor:.0f} ms, system {system:.0f} ms (worst {worst:.0f}), {ratio:.1f} x the floor", flush=True)


if __name__ == "__main__":
    main()
