"""`python -m bench.sockets`: five hundred tablets on the live state, beside a bare Flask-SocketIO server in the same run.

    python -m bench.sockets [--rounds 7] [--sockets 500] [--storms 3] [--crowd 1200]

(a) one change to the last tablet, (b) all tablets joining after a restart, (c) memory a socket, (d) the longest stall of the
server's loop in all that, (e) 1,200 sockets, and pages that still answer. The floor sends as many bytes to as many sockets,
in the async mode of `MEETING_ASYNC`; rounds alternate, ratios are medians of the paired rounds.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.chamber import Seated, seat
from bench.paper import sessions
from bench.running import FLOOR, SYSTEM, Running, timed
from bench.wire import Client, connect, emitted, storm

LIMIT_SECONDS = 540
STARTED_SECONDS = 4.0  # until the worker beside the web process has started too
SAME_BYTES = 64  # the floor's frames may differ from the system's by so much at most: the lengths of their numbers

Pairs = list[tuple[float, float]]


@dataclass
class Bench:
    """What the whole run shares."""

    folder: Path
    seated: Seated
    sockets: int
    state_bytes: int = 0
    told_bytes: int = 0
    work: Pairs = field(default_factory=list)  # processor time of the storms
    lateness: dict[str, tuple[list[float], list[float]]] = field(default_factory=dict)  # by what was going on

    def server(self, stack: ExitStack, *, floor: bool) -> "Running":
        """A fresh server that notes how late its loop is."""
        note = {"MEETING_LATENESS": str(self.folder / f"late-{'floor' if floor else 'system'}")}
        (self.folder / Path(note["MEETING_LATENESS"]).name).unlink(missing_ok=True)
        return stack.enter_context(Running(FLOOR if floor else SYSTEM, self.folder, health=not floor, **note))

    def memory_kib(self, server: Running) -> float:
        """What the serving process holds now."""
        status = Path(f"/proc/{server.worker}/status").read_text()
        return float(next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon")))

    def note_lateness(self, during: str, since: float, *, floor: bool) -> None:
        """Keeps the worst stall since a moment."""
        path = self.folder / f"late-{'floor' if floor else 'system'}"
        lines = [line.split() for line in path.read_text().splitlines()]
        found = [float(late) for at, late in (line for line in lines if len(line) == 2) if float(at) >= since]
        self.lateness.setdefault(during, ([], []))[0 if floor else 1].append(max(found, default=0.0))


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.sockets", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--sockets", type=int, default=500)
    options.add_argument("--storms", type=int, default=3)
    options.add_argument("--crowd", type=int, default=1200)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="meeting-bench-") as named:
        folder = Path(named)
        bench = Bench(folder, seat(folder, chosen.sockets), chosen.sockets)
        asyncio.run(asyncio.wait_for(measure(bench, chosen), LIMIT_SECONDS))


async def measure(bench: Bench, chosen: Any) -> None:
    """The five figures, one after the other."""
    storms: Pairs = []
    memory: Pairs = []
    with ExitStack() as stack:
        system, floor = bench.server(stack, floor=False), bench.server(stack, floor=True)
        await learn_sizes(bench, system, floor)
    for _ in range(chosen.storms):
        with ExitStack() as stack:
            pair = [await stormed(bench, stack, floor=floor) for floor in (True, False)]
        storms.append((pair[0][0], pair[1][0]))
        bench.work.append((pair[0][2], pair[1][2]))
        memory.append((pair[0][1], pair[1][1]))
    report(f"(b) {bench.sockets} tablets joining after a restart", storms, "ms", 2.0)
    report("    the server's processor time in it", bench.work, "ms", 2.0)
    report("(c) memory a socket", memory, "KiB", 1.3)
    with ExitStack() as stack:
        system, floor = bench.server(stack, floor=False), bench.server(stack, floor=True)
        (chair,), fleet = await connect(system.port, [bench.seated.chair]), await joined(system.port, bench)
        (whistle,), bare = await connect(floor.port, ["anybody"]), await joined(floor.port, bench)
        await chair.call("live.join", {"meeting_id": bench.seated.meeting_id})
        await asyncio.sleep(1)
        for act in ("live.tell", "speaking.ask"):
            times = await changes(bench, chosen.rounds, whistle, bare, chair, fleet, act)
            report(f"(a) one change ({act}) to the last of {bench.sockets} tablets", times, "ms", 1.5)
        since = time.time()
        await burst(bench, chair, fleet)
        await asyncio.sleep(1.5)
        bench.note_lateness("500 ballots at once", since, floor=False)
        for during, (floors, systems) in bench.lateness.items():
            beside = f"floor {max(floors):.0f} ms, " if floors else ""
            print(f"(d) longest stall of the loop, {during}: {beside}system {max(systems):.0f} ms (limit 100)", flush=True)
        await crowd(bench, system, fleet, chosen.crowd)


async def learn_sizes(bench: Bench, system: Running, floor: Running) -> None:
    """How many bytes a joining tablet and a told one get from the system; the floor is told to send as many."""
    one, other = await connect(system.port, [bench.seated.chair, bench.seated.members[0]])
    (bare,) = await connect(floor.port, ["anybody"])
    join = {"meeting_id": bench.seated.meeting_id}
    told: list[int] = []
    other.heard = lambda _client, text: told.append(len(text.encode())) if "live.state" in text and "Giai lao" in text else None
    bench.state_bytes = await size_of_join(other, join) - await size_of_join(bare, join)
    await one.call("live.tell", {**join, "text": "Giai lao 0."})
    await asyncio.sleep(0.5)
    plain: list[int] = []
    bare.heard = lambda _client, text: plain.append(len(text.encode())) if "live.state" in text else None
    await bare.call("live.tell", {**join, "text": "Giai lao 0."})
    await asyncio.sleep(0.5)
    bench.told_bytes = max(0, told[0] - plain[0])
    await bare.call("floor.sizes", {"state": bench.state_bytes, "told": bench.told_bytes})
    assert abs(await size_of_join(bare, join) - await size_of_join(other, join)) <= SAME_BYTES
    print(f"bytes a tablet: {told[0]} for the change, {await size_of_join(other, join)} for joining, from both servers")


async def size_of_join(client: Client, join: dict[str, Any]) -> int:
    """Bytes of the acknowledgement of a join."""
    sizes: list[int] = []
    before = client.heard
    client.heard = lambda _client, text: sizes.append(len(text.encode())) if text.startswith("43") else None
    await client.call("live.join", join)
    await asyncio.sleep(0.05)
    client.heard = before
    return sizes[0]


async def prepared(bench: Bench, port: int, *, floor: bool) -> list[Client]:
    """One client before the crowd: the floor learns the sizes, the system has answered once."""
    found = await connect(port, ["anybody" if floor else bench.seated.chair])
    if floor:
        await found[0].call("floor.sizes", {"state": bench.state_bytes, "told": bench.told_bytes})
    return found


async def stormed(bench: Bench, stack: ExitStack, *, floor: bool) -> tuple[float, float, float]:
    """Milliseconds until everybody has connected and joined at once on a server just started, KiB for each, processor time."""
    server = bench.server(stack, floor=floor)
    first = await prepared(bench, server.port, floor=floor)
    await asyncio.sleep(STARTED_SECONDS)
    worked = server.cpu_ms()
    before, since = bench.memory_kib(server), time.time()
    clients, ms, fallen = await storm(server.port, bench.seated.members, {"meeting_id": bench.seated.meeting_id})
    worked = server.cpu_ms() - worked
    if fallen:
        print(f"    {'floor' if floor else 'system'}: {fallen} lines fell and came again", flush=True)
    await asyncio.sleep(2.0)
    held = (bench.memory_kib(server) - before) / len(clients)
    bench.note_lateness("all joining at once", since, floor=floor)
    for client in first + clients:
        client.transport.abort()
    return ms, held, worked


async def joined(port: int, bench: Bench) -> list[Client]:
    """The whole fleet, in the meeting."""
    fleet, _, _ = await storm(port, bench.seated.members, {"meeting_id": bench.seated.meeting_id})
    return fleet


async def changes(
    bench: Bench, rounds: int, whistle: Client, bare: list[Client], chair: Client, fleet: list[Client], act: str
) -> Pairs:
    """From the act to the last tablet that shows it. The acts are real ones; the floor tells as many bytes."""
    (counter,) = await connect_floor_sizes(whistle, bench)
    times: Pairs = []
    for number in range(rounds + 1):
        word = f"Giai lao {act[0]}{number}."
        sizes: list[int] = []
        since = time.time()
        wanted: dict[str, Any] = {"meeting_id": bench.seated.meeting_id}
        caller = chair
        if act == "live.tell":
            wanted["text"] = word
        else:
            wanted.update(kind="speech", subject=word, item_id=bench.seated.item_id)
            caller = fleet[number]
        frame = emitted(1_000_000 + number, act, wanted)

        def heard_of(text: str, word: str = word, sizes: list[int] = sizes) -> bool:
            if word not in text or not text.startswith("42"):
                return False
            sizes.append(len(text.encode()))
            return True

        ours = await timed(fleet, heard_of, lambda caller=caller, frame=frame: caller.send(frame))  # type: ignore[misc]
        bench.note_lateness("changes", since, floor=False)
        await whistle.call("floor.sizes", {"told": max(0, sizes[0] - counter)})
        since = time.time()
        frame = emitted(2_000_000 + number, "live.tell", {"text": word})
        theirs = await timed(bare, heard_of, lambda frame=frame: whistle.send(frame))  # type: ignore[misc]
        bench.note_lateness("changes", since, floor=True)
        assert abs(sizes[0] - sizes[-1]) <= SAME_BYTES, (sizes[0], sizes[-1])
        times.append((theirs, ours))
    return times[1:]


async def connect_floor_sizes(whistle: Client, bench: Bench) -> tuple[int]:
    """Bytes of the floor's message when nothing fills it up."""
    await whistle.call("floor.sizes", {"told": 0})
    sizes: list[int] = []
    await whistle.call("live.join", {"meeting_id": bench.seated.meeting_id})
    whistle.heard = lambda _client, text: sizes.append(len(text.encode())) if text.startswith("42") else None
    await whistle.call("live.tell", {"text": "Giai lao l0."})
    await asyncio.sleep(0.2)
    return (sizes[0],)


async def burst(bench: Bench, chair: Client, fleet: list[Client]) -> None:
    """Load for the stall: a secret vote of all, then everybody asks for the floor at once."""
    where = {"meeting_id": bench.seated.meeting_id, "item_id": bench.seated.item_id}
    made = await chair.call("voting.prepare", {**where, "title": "Thông qua nghị quyết", "kind": "secret"})
    opened = await chair.call("voting.open", {"question_id": made["question_id"]})
    assert opened["ok"], opened
    cast = {"question_id": made["question_id"], "choice": "for"}
    answers = await asyncio.gather(*(client.call("voting.cast", cast) for client in fleet))
    assert all(answer["ok"] for answer in answers), answers[0]
    closed = await chair.call("voting.close", {"question_id": made["question_id"]})
    assert closed["ok"], closed


async def crowd(bench: Bench, system: Running, fleet: list[Client], size: int) -> None:
    """More sockets than a bare `run()` bears (1,024), and the pages still come."""
    missing = size - len(fleet) - 1
    tokens = [bench.seated.members[place % len(bench.seated.members)] for place in range(missing)]
    more, ms, fallen = await storm(system.port, tokens, {"meeting_id": bench.seated.meeting_id})
    cookie = sessions([bench.seated.members[0]])[0]
    slowest = 0.0
    paths = ["/", f"/meetings/{bench.seated.meeting_id}"] * 10
    for path in paths:
        began = time.perf_counter()
        status = await asyncio.to_thread(fetched, system.port, path, cookie)
        assert status == 200, (path, status)
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
    joined_now = len(more) + len(fleet) + 1
    print(f"(e) {joined_now} sockets: the last {missing} joined in {ms:.0f} ms ({fallen} lines fell);", end=" ")
    print(f"{len(paths)} pages answered, the slowest after {slowest:.0f} ms", flush=True)
    assert joined_now == size


def fetched(port: int, path: str, cookie: str) -> int:
    """The status of one page."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        answer.read()
        return int(answer.status)


def report(what: str, times: Pairs, unit: str, limit: float) -> None:
    """One line: the floor, the system, how many times the floor."""
    floor, system = (statistics.median(each) for each in zip(*times, strict=True))
    ratio = statistics.median(ours / bare for bare, ours in times)
    worst = max(ours for _, ours in times)
    print(f"{what}: floor {floor:.0f} {unit}, system {system:.0f} {unit} (worst {worst:.0f}),", end=" ")
    print(f"{ratio:.2f} x the floor (limit {limit})", flush=True)


if __name__ == "__main__":
    main()
