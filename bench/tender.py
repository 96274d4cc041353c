"""`make bench`, eighth part: the load a tender names, 500 people signed in of whom 90 act, on one machine.

    python -m bench.tender [--people 500] [--acting 90] [--seconds 60] [--pause 6]

The demo council with so many delegates, its session open, everybody's tablet on the live state. Then for a minute some of them
do what people do in a sitting (open pages, turn to the next page of a paper, look something up, post an opinion, ask for the
floor and withdraw, keep a note), each pausing as people pause; at last as many do one thing in the same moment. Times from
asking to the last byte, in milliseconds, beside a bare Flask on the same server stack that sends as many bytes to as many.
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.fetching import Tablet, fleet
from bench.paper import sessions
from bench.running import SYSTEM, Running
from bench.wire import Client, connect
from meeting.cli import opening

LIMIT_MS = 200.0
BARE = [sys.executable, "-m", "bench.search_floor"]
MEETING = [sys.executable, "-m", "meeting.cli"]
WORDS = ("dự toán", "vỉa hè", "nghị quyết", "thủ tục hành chính", "chất vấn", "đầu tư công", "an ninh", "tháng 11")


@dataclass
class Sitting:
    """The session that is held: its numbers, and who sits in it."""

    meeting_id: int
    items: list[int]
    papers: list[tuple[int, str, int]]  # file, first letters of its hash, pages
    chair: str
    tokens: list[str]
    cookies: list[str]


@dataclass
class Times:
    """Milliseconds by what was done, and the bytes that came."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: list[int] = field(default_factory=list)

    def all(self, *, acts: bool) -> list[float]:
        """Those of all acts or of all pages."""
        return [each for name, found in self.of.items() if name.startswith("act") == acts for each in found]


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.tender", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--people", type=int, default=500)
    options.add_argument("--acting", type=int, default=90)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--pause", type=float, default=6.0, help="mean seconds between two things one person does")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="meeting-tender-") as folder, ExitStack() as stack:
        sitting = prepared(Path(folder), chosen.people)
        system = stack.enter_context(Running(SYSTEM, Path(folder), health=True))
        bare = stack.enter_context(Running(BARE, Path(folder), health=False))
        asyncio.run(measure(sitting, system.port, bare.port, chosen))


def prepared(folder: Path, people: int) -> Sitting:
    """Fills a data folder with the demo council; a token and a browser's session for each delegate."""
    data = ["--data", str(folder)]
    subprocess.run([*MEETING, "demo", "--members", str(people), *data], check=True, capture_output=True)
    listed = subprocess.run([*MEETING, "token", "create", "--body", "HĐND", *data], check=True, capture_output=True, text=True)
    tokens = dict(line.split(", ") for line in listed.stdout.strip().splitlines())
    chair = tokens.pop("lan")
    opening.use_folder(folder)
    opening.open_store()
    cookies = sessions(list(tokens.values()))
    opening.close_store()
    return Sitting(*_numbers(folder), chair, list(tokens.values()), cookies)


def _numbers(folder: Path) -> tuple[int, list[int], list[tuple[int, str, int]]]:
    store = sqlite3.connect(folder / "storage" / "meeting.db")
    meeting_id = store.execute(
        "SELECT m.id FROM meeting m JOIN body b ON b.id = m.body_id"
        " WHERE b.short_name = 'HĐND' AND m.state = 'issued' ORDER BY m.starts_at"
    ).fetchone()[0]
    items = [row[0] for row in store.execute("SELECT id FROM item WHERE meeting_id = ? ORDER BY position", (meeting_id,))]
    papers = store.execute(
        "SELECT f.id, substr(f.sha256, 1, 12), f.page_count FROM file f JOIN submission s ON s.file_id = f.id"
        " JOIN requirement r ON r.id = s.requirement_id WHERE r.meeting_id = ? AND s.published_at IS NOT NULL",
        (meeting_id,),
    ).fetchall()
    store.close()
    return int(meeting_id), items, papers


async def measure(sitting: Sitting, port: int, bare_port: int, chosen: Any) -> None:
    """Everybody comes in, the chair opens; then people act."""
    (chair,) = await connect(port, [sitting.chair])
    clients = await connect(port, sitting.tokens)
    await come_in(sitting, chair, clients)
    tablets = await fleet(port, sitting.cookies[: chosen.acting])
    times = await worked(sitting, clients[: chosen.acting], tablets, chosen)
    bare = await floored(bare_port, times.sizes, chosen)
    report(times, bare, chosen)
    await at_once(sitting, clients[: chosen.acting], tablets)


async def come_in(sitting: Sitting, chair: Client, clients: Sequence[Client]) -> None:
    """All tablets on the live state, all checked in, the meeting open."""
    wanted = {"meeting_id": sitting.meeting_id}
    await asyncio.gather(*(client.call("live.join", wanted) for client in [chair, *clients]))
    await asyncio.gather(*(client.call("live.check_in", wanted) for client in [chair, *clients]))
    for name, more in (("live.open", {}), ("live.go_to_item", {"item_id": sitting.items[1]})):
        answer = await chair.call(name, {**wanted, **more})
        assert answer["ok"], answer


class Person:
    """One who acts: a socket for acts, a browser for pages."""

    def __init__(self, sitting: Sitting, client: Client, tablet: Tablet, number: int, times: Times) -> None:
        self._sitting, self._client, self._tablet, self._times = sitting, client, tablet, times
        self._chance = random.Random(number)
        self._page, self._floor_id, self._key = 0, 0, ""

    async def once(self) -> None:
        """One thing that people do."""
        await self._chance.choices(*zip(*self._habits(), strict=True))[0]()

    def _habits(self) -> list[tuple[Callable[[], Awaitable[None]], int]]:
        meeting, query = self._sitting.meeting_id, quote(self._chance.choice(WORDS))
        return [
            (lambda: self._read("page: start", "/"), 2),
            (lambda: self._read("page: meeting", f"/meetings/{meeting}"), 2),
            (lambda: self._read("page: papers", f"/meetings/{meeting}?tab=papers"), 2),
            (lambda: self._read("page: calendar", "/calendar"), 1),
            (lambda: self._read("page: search", f"/search?q={query}"), 2),
            (self._turn, 8),
            (self._note, 4),
            (self._opinion, 2),
            (self._floor, 2),
        ]

    async def _read(self, name: str, address: str) -> None:
        began = time.perf_counter()
        ended = await self._tablet.fetch(address)
        self._times.of[name].append((ended - began) * 1000)
        self._times.sizes.append(self._tablet.size_bytes)

    async def _turn(self) -> None:
        file, digest, pages = self._sitting.papers[self._chance.randrange(len(self._sitting.papers))]
        self._page = self._page % pages + 1
        await self._read("page: image of a paper", f"/documents/{file}/pages/{self._page}?w=1200&v={digest}")

    async def act(self, name: str, **wanted: Any) -> dict[str, Any]:
        """Does an act and keeps its time."""
        began = time.perf_counter()
        answer: dict[str, Any] = await self._client.call(name, {"request_id": str(uuid.uuid4()), **wanted})
        self._times.of[f"act: {name}"].append((time.perf_counter() - began) * 1000)
        assert answer["ok"], (name, answer)
        return answer

    async def _note(self) -> None:
        file = self._sitting.papers[0][0]
        content = {"kind": "sticky", "page": 1, "color": "yellow", "shared": "me", "text": "Hỏi lại nguồn vốn."}
        await self.act("notes.put", file_id=file, key=str(uuid.uuid4()), base_revision=0, **content)

    async def _opinion(self) -> None:
        item = self._sitting.items[1]
        await self.act("discussion.post", meeting_id=self._sitting.meeting_id, item_id=item, text="Đề nghị làm rõ tiến độ.")

    async def _floor(self) -> None:
        asked = {"meeting_id": self._sitting.meeting_id, "item_id": self._sitting.items[1], "kind": "speech"}
        if self._floor_id:
            await self.act("speaking.withdraw", floor_id=self._floor_id)
            self._floor_id = 0
        else:
            self._floor_id = (await self.act("speaking.ask", **asked))["floor_id"]


async def worked(sitting: Sitting, clients: Sequence[Client], tablets: Sequence[Tablet], chosen: Any) -> Times:
    """A while of a sitting."""
    times, ends = Times(), time.perf_counter() + chosen.seconds

    async def live(person: Person, chance: random.Random) -> None:
        await asyncio.sleep(chance.uniform(0, chosen.pause))
        while time.perf_counter() < ends:
            await person.once()
            await asyncio.sleep(chance.expovariate(1 / chosen.pause))

    people = [Person(sitting, *each, number, times) for number, each in enumerate(zip(clients, tablets, strict=True))]
    await asyncio.gather(*(live(person, random.Random(1000 + number)) for number, person in enumerate(people)))
    return times


async def floored(port: int, sizes: Sequence[int], chosen: Any) -> list[float]:
    """As many answers of as many bytes, in the same rhythm, from a server that only answers."""
    bare = await fleet(port, [""] * chosen.acting)
    found: list[float] = []
    chance, turns = random.Random(7), iter(sizes)

    async def live(tablet: Tablet) -> None:
        for size in turns:
            began = time.perf_counter()
            found.append((await tablet.fetch(f"/json/{size}") - began) * 1000)
            await asyncio.sleep(chance.expovariate(1 / chosen.pause))

    await asyncio.gather(*(live(tablet) for tablet in bare))
    return found


def line(name: str, found: Sequence[float]) -> str:
    """Count, middle, 95th percentile and worst."""
    ordered = sorted(found)
    high = ordered[max(0, round(len(ordered) * 0.95) - 1)]
    return f"  {name:28} {len(found):5}  p50 {statistics.median(ordered):6.1f}  p95 {high:6.1f}  worst {ordered[-1]:6.1f}"


def report(times: Times, bare: Sequence[float], chosen: Any) -> None:
    """Prints what each kind took."""
    print(f"{chosen.people} signed in, {chosen.acting} acting, pauses of {chosen.pause:.0f} s (limit {LIMIT_MS:.0f} ms at p95)")
    for name in sorted(times.of):
        print(line(name, times.of[name]))
    print(line("all pages", times.all(acts=False)))
    print(line("all acts", times.all(acts=True)))
    print(line("floor: as many bytes", bare), flush=True)


async def at_once(sitting: Sitting, clients: Sequence[Client], tablets: Sequence[Tablet]) -> None:
    """Everybody who acts does the same in one moment."""
    times = Times()
    people = [Person(sitting, *each, number, times) for number, each in enumerate(zip(clients, tablets, strict=True))]
    item = sitting.items[1]
    wanted = {"meeting_id": sitting.meeting_id, "item_id": item, "text": "Nhất trí với dự thảo."}
    await asyncio.gather(*(person.act("discussion.post", **wanted) for person in people))
    print("in one moment")
    for name, found in times.of.items():
        print(line(name, found), flush=True)


if __name__ == "__main__":
    main()
