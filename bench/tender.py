"""`make bench`, eighth part: the load a tender names, 500 people signed in of whom 90 act, on one machine.

    python -m bench.tender [--people 500] [--acting 90] [--seconds 45] [--pause 6] [--folder FOLDER]

The demo council with so many delegates, its session open, everybody's tablet on the live state. Then for a while some of them
do what people do in a sitting (open pages, turn to the next page of a paper, look something up, post an opinion, ask for the
floor and withdraw, keep a note), each pausing as people pause; at last as many do one thing in the same moment. Times from
asking to the last byte, in milliseconds, beside bare servers on the same stack in the same run: a Flask that sends as many bytes
to as many, and a Flask-SocketIO that acknowledges as many acts and tells as many bytes of each to all. Beside the times it says
what the machine had to do meanwhile: how busy the server and this program were, and how late the server's loop was at worst.
"""

import argparse
import asyncio
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.fetching import Tablet, fleet
from bench.load import Busy, Floors, Times, machine, verdict
from bench.paper import sessions
from bench.running import FLOOR, LATENESS, SYSTEM, Running
from bench.wire import Client, connect, storm
from meeting.cli import opening

BARE = [sys.executable, "-m", "bench.search_floor"]
MEETING = [sys.executable, "-m", "meeting.cli"]
FLOOR_SECONDS = 15.0
TRIES, AGAIN = 10, ("busy", "not_saved")
WORDS = ("dự toán", "vỉa hè", "nghị quyết", "thủ tục hành chính", "chất vấn", "đầu tư công", "an ninh", "tháng 11")
SITTING = "bench-sitting.json"


@dataclass
class Sitting:
    """The session that is held: its numbers, and who sits in it."""

    meeting_id: int
    items: list[int]
    papers: list[tuple[int, str, int]]  # file, first letters of its hash, pages
    chair: str
    tokens: list[str]
    cookies: list[str]


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.tender", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--people", type=int, default=500)
    options.add_argument("--acting", type=int, default=90)
    options.add_argument("--seconds", type=float, default=45.0)
    options.add_argument("--pause", type=float, default=6.0, help="mean seconds between two things one person does")
    options.add_argument("--folder", type=Path, help="keeps the council here, and takes the one that is here")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="meeting-tender-") as named, ExitStack() as stack:
        folder = Path(named)
        sitting = council(folder, chosen.people, chosen.folder)
        system = stack.enter_context(Running(SYSTEM, folder, health=True, **{LATENESS: str(folder / "late.txt")}))
        bare = [stack.enter_context(Running(each, folder, health=False)) for each in (BARE, FLOOR)]
        asyncio.run(measure(sitting, system, Floors(bare[0].port, bare[1].port), chosen))


def council(folder: Path, people: int, kept: Path | None) -> Sitting:
    """The council in a folder of its own: filled now, or copied from one that was filled before."""
    if kept is None or not (kept / SITTING).exists():
        sitting = prepared(kept or folder, people)
        ((kept or folder) / SITTING).write_text(json.dumps(asdict(sitting)))
    if kept is not None:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
    sitting = Sitting(**json.loads((folder / SITTING).read_text()))
    if len(sitting.tokens) + 1 < people:  # the chair is one of them
        raise SystemExit(f"the council that is kept has {len(sitting.tokens)} delegates")
    return sitting


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


async def measure(sitting: Sitting, system: Running, floors: Floors, chosen: Any) -> None:
    """Everybody comes in, the chair opens; then people act."""
    print(f"ready {await system.watched.calm():.0f} s after its doors opened", flush=True)
    clients = await come_in(sitting, system, chosen.people)
    tablets = await fleet(system.port, sitting.cookies[: chosen.acting])
    acting = clients[: chosen.acting]
    before, busy = sum(each.told_bytes for each in clients), Busy([system.watched])
    times = await worked(sitting, system.port, acting, tablets, chosen)
    done = len(times.all(acts=True))
    told_bytes = round((sum(each.told_bytes for each in clients) - before) / max(1, len(clients)) / max(1, done))
    await asyncio.sleep(0.5)
    late = busy.told(len(times.sizes), done)
    bare = await floors.measured(times, told_bytes, len(clients), chosen.acting, chosen.pause, FLOOR_SECONDS)
    print(f"{chosen.people} signed in, {chosen.acting} acting, pauses of {chosen.pause:.0f} s; {machine()}")
    times.report()
    verdict(times, bare)
    print(late)
    lost = sum(each.is_lost for each in clients)
    print(
        f"  each act told {told_bytes} bytes to each of {len(clients)} tablets; lines lost: {lost}; sent again: {times.again}",
        flush=True,
    )
    await at_once(sitting, system.port, acting, tablets)


async def come_in(sitting: Sitting, system: Running, people: int) -> list[Client]:
    """All tablets on the live state in one moment, then all checked in, the meeting open."""
    wanted = {"meeting_id": sitting.meeting_id}
    (chair,) = await connect(system.port, [sitting.chair])
    clients, ms, fallen = await storm(system.port, sitting.tokens[:people], wanted)
    print(f"{len(clients)} tablets joined in {ms:.0f} ms ({fallen} lines fell); {machine()}", flush=True)
    await chair.call("live.join", wanted)
    began = time.perf_counter()
    await asyncio.gather(*(client.call("live.check_in", wanted) for client in [chair, *clients]))
    print(f"all checked in after {(time.perf_counter() - began) * 1000:.0f} ms", flush=True)
    for name, more in (("live.open", {}), ("live.go_to_item", {"item_id": sitting.items[1]})):
        answer = await chair.call(name, {**wanted, **more})
        assert answer["ok"], answer
    await asyncio.sleep(1)
    return clients


class Person:
    """One who acts: a socket for acts, a browser for pages."""

    def __init__(self, sitting: Sitting, port: int, client: Client, tablet: Tablet, number: int, times: Times) -> None:
        self._sitting, self._port, self._client, self._tablet, self._times = sitting, port, client, tablet, times
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
        answer = await self._sent(name, {"request_id": str(uuid.uuid4()), **wanted})
        self._times.of[f"act: {name}"].append((time.perf_counter() - began) * 1000)
        assert answer["ok"], (name, answer)
        return answer

    async def _sent(self, name: str, wanted: dict[str, Any]) -> dict[str, Any]:
        """As a tablet does: when the line is lost or the system busy it sends the same once more."""
        for _ in range(TRIES):
            try:
                answer: dict[str, Any] = await self._client.call(name, wanted)
            except ConnectionError:
                joined = {"meeting_id": self._sitting.meeting_id}
                (self._client,), _, _ = await storm(self._port, [self._client.token], joined)
                self._times.again += 1
                continue
            if answer["ok"] or answer["code"] not in AGAIN:
                return answer
            self._times.again += 1
        raise SystemExit(f"{name} could not be done in {TRIES} tries")

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


async def worked(sitting: Sitting, port: int, clients: Sequence[Client], tablets: Sequence[Tablet], chosen: Any) -> Times:
    """A while of a sitting."""
    times, ends = Times(), time.perf_counter() + chosen.seconds

    async def live(person: Person, chance: random.Random) -> None:
        await asyncio.sleep(chance.uniform(0, chosen.pause))
        while time.perf_counter() < ends:
            await person.once()
            await asyncio.sleep(chance.expovariate(1 / chosen.pause))

    people = [Person(sitting, port, *each, number, times) for number, each in enumerate(zip(clients, tablets, strict=True))]
    await asyncio.gather(*(live(person, random.Random(1000 + number)) for number, person in enumerate(people)))
    return times


async def at_once(sitting: Sitting, port: int, clients: Sequence[Client], tablets: Sequence[Tablet]) -> None:
    """Everybody who acts does the same in one moment."""
    times = Times()
    people = [Person(sitting, port, *each, number, times) for number, each in enumerate(zip(clients, tablets, strict=True))]
    item = sitting.items[1]
    wanted = {"meeting_id": sitting.meeting_id, "item_id": item, "text": "Nhất trí với dự thảo."}
    await asyncio.gather(*(person.act("discussion.post", **wanted) for person in people))
    print(f"in one moment; {machine()}")
    times.report()


if __name__ == "__main__":
    main()
