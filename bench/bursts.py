"""Everybody votes in the same moment, beside a bare server that stores nothing: `python -m bench.bursts`.

    python -m bench.bursts [--rounds 5] [--ballots 500,1000] [--kinds open,secret] [--disks normal,slow]

Milliseconds until the last of so many ballots is acknowledged, which is after the commit that holds it; the floor is paired
with it in each round. The longest stall of the server's loop counts the burst and all that is told to the screens after it.
Kinds: open, secret, lines (a secret paper with thirty lines), ready (everybody says "ready" before the box opens).
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import slow_disk
from bench.chamber import Seated, seat
from bench.running import FLOOR, LATENESS, SYSTEM, Running, timed
from bench.wire import Client, connect, emitted

LIMIT_SECONDS = 900
AFTER_SECONDS = 1.6  # until the screens have been told, and everything was read once more
RATIO_LIMIT, STALL_LIMIT_MS = 3.0, 100
LINES = 30
KINDS = ("open", "secret", "lines", "ready")
DISKS = {"normal": "this disk", "slow": f"a disk that takes {slow_disk.MS} ms to sync"}


@dataclass
class Side:
    """One of the two servers, with its tablets."""

    server: Running
    fleet: list[Client] = field(default_factory=list)

    async def grow(self, tokens: list[str], meeting_id: int) -> None:
        """As many tablets as there are tokens, joined."""
        more = await connect(self.server.port, tokens[len(self.fleet) :])
        for client in more:
            heard = await client.call("live.join", {"meeting_id": meeting_id})
            assert heard["ok"], heard
        self.fleet += more

    async def fire(self, frames: list[bytes]) -> "Burst":
        """All of them speak at once."""
        fleet = self.fleet[: len(frames)]
        since, worked = time.time(), self.server.cpu_ms()

        def start() -> None:
            for client, frame in zip(fleet, frames, strict=True):
                client.send(frame)

        ms = await timed(fleet, lambda text: text.startswith("43"), start)
        worked = self.server.cpu_ms() - worked
        await asyncio.sleep(AFTER_SECONDS)
        return Burst(ms, worked, self.server.stall_ms(since))


@dataclass(frozen=True)
class Burst:
    """What one round showed on one side."""

    ms: float
    cpu_ms: float
    stall_ms: float


def options(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ballots", default="500,1000")
    parser.add_argument("--kinds", default="open,secret", help=f"of {', '.join(KINDS)}")
    parser.add_argument("--disks", default="normal,slow")


def main() -> None:
    """Reads the options, measures, prints."""
    parser = argparse.ArgumentParser(prog="bench.bursts", description=__doc__.split("\n")[0] if __doc__ else "")
    options(parser)
    run(parser.parse_args())


def run(chosen: Any) -> None:
    """Each disk with servers of its own."""
    sizes = [int(each) for each in chosen.ballots.split(",")]
    print(f"cores: {os.cpu_count()}, rounds: {chosen.rounds} in pairs, medians; limits: {RATIO_LIMIT} x the floor,", end=" ")
    print(f"{STALL_LIMIT_MS} ms without the loop", flush=True)
    for disk in chosen.disks.split(","):
        with tempfile.TemporaryDirectory(prefix="meeting-bench-") as named, ExitStack() as stack:
            folder = Path(named)
            slow = slow_disk.environment(folder) if disk == "slow" else {}
            if isinstance(slow, str):
                print(f"{DISKS[disk]}: not measured, {slow}", flush=True)
                continue
            took = slow_disk.commit_ms(folder, slow)
            print(f"{DISKS[disk]}: a bare commit takes {took:.1f} ms", flush=True)
            seated = seat(folder, max(sizes))
            floor = stack.enter_context(Running(FLOOR, folder, health=False, **{LATENESS: str(folder / "late-floor")}))
            notes = {LATENESS: str(folder / "late-system")}
            system = stack.enter_context(Running(SYSTEM, folder, health=True, **notes, **slow))
            whole = measure(Side(floor), Side(system), seated, chosen, sizes)
            asyncio.run(asyncio.wait_for(whole, LIMIT_SECONDS))


async def measure(floor: Side, system: Side, seated: Seated, chosen: Any, sizes: list[int]) -> None:
    """Each kind with each number of ballots."""
    (chair,) = await connect(system.server.port, [seated.chair])
    for size in sizes:
        await floor.grow(["anybody"] * size, seated.meeting_id)
        await system.grow(seated.members[:size], seated.meeting_id)
        for kind in chosen.kinds.split(","):
            report(f"{size} x {kind}", await rounds(chosen.rounds, floor, system, chair, seated, kind, size))


Pairs = list[tuple[Burst, Burst]]


async def rounds(number: int, floor: Side, system: Side, chair: Client, seated: Seated, kind: str, size: int) -> Pairs:
    """A question each round; the first round, in which everything is new to both, does not count."""
    pairs: Pairs = []
    for turn in range(number + 1):
        question = await prepared(chair, seated, kind)
        frames = [frame(1_000 + turn, kind, question, place) for place in range(size)]
        pairs.append((await floor.fire(frames), await system.fire(frames)))
        await finished(chair, seated, question, kind, size)
    return pairs[1:]


@dataclass(frozen=True)
class Asked:
    """A question that waits for everybody."""

    id: int
    lines: list[int]


async def prepared(chair: Client, seated: Seated, kind: str) -> Asked:
    """A fresh question, its box open (or its register frozen)."""
    wanted: dict[str, Any] = {"item_id": seated.item_id, "title": "Thông qua nghị quyết", "kind": "secret"}
    if kind == "lines":
        wanted |= {"form": "paper", "lines": [{"title": f"Nội dung thứ {number}"} for number in range(1, LINES + 1)]}
    elif kind == "open":
        wanted["kind"] = "open"
    made = await said(chair, "voting.prepare", {"meeting_id": seated.meeting_id, **wanted})
    await said(chair, "voting.ready" if kind == "ready" else "voting.open", {"question_id": made["question_id"]})
    if kind != "lines":
        return Asked(made["question_id"], [])
    shown = (await said(chair, "live.join", {"meeting_id": seated.meeting_id}))["state"]["voting"]["current"]
    return Asked(made["question_id"], [line["id"] for line in shown["lines"]])


def frame(number: int, kind: str, question: Asked, place: int) -> bytes:
    """What one tablet says."""
    wanted: dict[str, Any] = {"question_id": question.id, "request_id": f"{question.id}-{place}"}
    if kind == "ready":
        return emitted(number, "voting.mark_ready", wanted)
    choices = ("for", "against", "abstain")
    if kind == "lines":
        wanted["choices"] = {str(line): choices[(place + line) % 2] for line in question.lines}
    else:
        wanted["choice"] = choices[place % 3]
    return emitted(number, "voting.cast", wanted)


async def finished(chair: Client, seated: Seated, question: Asked, kind: str, expected: int) -> None:
    """Every acknowledged ballot must be in the result, or the figures are worth nothing."""
    if kind == "ready":
        waiting = (await said(chair, "live.join", {"meeting_id": seated.meeting_id}))["state"]["voting"]["waiting"]
        assert waiting["ready"] == expected, (waiting["ready"], expected)
        await said(chair, "voting.cancel", {"question_id": question.id, "reason": "Đo tốc độ"})
        return
    await said(chair, "voting.close", {"question_id": question.id})
    shown = (await said(chair, "live.join", {"meeting_id": seated.meeting_id}))["state"]["voting"]["current"]["result"]
    sums = [sum(line["counts"].values()) for line in shown["lines"]] if kind == "lines" else [sum(shown["counts"].values())]
    assert set(sums) == {expected}, (sums, expected)


async def said(client: Client, name: str, message: dict[str, Any]) -> Any:
    """The answer of an act that must be taken."""
    heard = await client.call(name, message)
    assert heard["ok"], (name, heard)
    return heard


def report(what: str, pairs: Pairs) -> None:
    """One line: the time, how many times the floor, the worst round, the longest stall, the processor's time."""
    floors, systems = zip(*pairs, strict=True)
    ratio = statistics.median(system.ms / floor.ms for floor, system in pairs)
    work = statistics.median(system.cpu_ms / floor.cpu_ms for floor, system in pairs)
    print(
        f"{what}: floor {_median(floors):.0f} ms, system {_median(systems):.0f} ms "
        f"(worst {max(each.ms for each in systems):.0f}), {ratio:.2f} x the floor; processor {work:.2f} x; "
        f"longest stall {max(each.stall_ms for each in systems):.0f} ms "
        f"(median {statistics.median(each.stall_ms for each in systems):.0f}; floor {max(each.stall_ms for each in floors):.0f})",
        flush=True,
    )


def _median(bursts: tuple[Burst, ...]) -> float:
    return statistics.median(each.ms for each in bursts)


if __name__ == "__main__":
    main()
