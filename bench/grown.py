"""`make bench`, ninth part: the grown set-up, two web processes on PostgreSQL and Redis behind nginx, with 2,000 tablets.

    python -m bench.grown [--sockets 2000] [--rounds 5] [--people 500] [--acting 90] [--seconds 30] [--pause 6]

(a) one change to the last tablet of both processes, beside two bare Flask-SocketIO servers that send as many bytes to as many
sockets in the same run; (b) 500 ballots in the same moment, half at each process; (c) the load a tender names: 90 of 500 people
act and open pages through nginx. Needs redis-server, nginx and PostgreSQL.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any

from bench.chamber import Seated, seat
from bench.fetching import Tablet, fleet
from bench.load import Busy, Floors, Times, machine, verdict
from bench.paper import sessions
from bench.running import FLOOR, LATENESS, Running, Watched, timed
from bench.sockets import report
from bench.wire import Client, connect, emitted, storm
from meeting.cli import opening
from tests.grown.house import House, grown, missing

LIMIT_SECONDS = 280
FLOOR_SECONDS = 15.0
BARE = [sys.executable, "-m", "bench.search_floor"]


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.grown", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--sockets", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--people", type=int, default=500)
    options.add_argument("--acting", type=int, default=90)
    options.add_argument("--seconds", type=float, default=30.0)
    options.add_argument("--pause", type=float, default=6.0, help="mean seconds between two things one person does")
    chosen = options.parse_args()
    if missing():
        raise SystemExit(f"not installed: {missing()}")
    with tempfile.TemporaryDirectory(prefix="meeting-grown-") as named, ExitStack() as stack:
        folder = Path(named)
        house = stack.enter_context(
            grown(
                folder / "house",
                seated=lambda built: _seated(built, chosen.people),
                MEETING_GUARD="",
                **{LATENESS: str(folder / "late.txt")},
            )
        )
        bare = [stack.enter_context(Running(FLOOR, folder, health=False)) for _ in house.web]
        chosen.bare_pages = stack.enter_context(Running(BARE, folder, health=False)).port
        chosen.bare_acts = bare[0].port
        asyncio.run(asyncio.wait_for(measure(house, SEATED[0], [each.port for each in bare], chosen), LIMIT_SECONDS))


SEATED: list[Seated] = []


def _seated(house: House, people: int) -> None:
    os.environ.update(house.environment)
    SEATED.append(seat(house.folder, people))


async def measure(house: House, seated: Seated, bare: Sequence[int], chosen: Any) -> None:
    """The three figures, one after the other."""
    await asyncio.gather(*(each.calm() for each in watched(house)))
    fleets, floors = [], []
    each = chosen.sockets // len(house.web)
    tokens = [seated.members[number % len(seated.members)] for number in range(each)]
    for web, port in zip(house.web, bare, strict=True):
        clients, ms, fallen = await storm(web.port, tokens, {"meeting_id": seated.meeting_id})
        bare_clients, bare_ms, bare_fallen = await storm(port, tokens, {"meeting_id": 1})
        mode = web.environment["MEETING_ASYNC"]
        print(
            f"    {each} tablets joined at {mode} in {ms:.0f} ms ({fallen} lines fell), at the floor in {bare_ms:.0f} ms", end=""
        )
        print(f" ({bare_fallen} fell): {ms / bare_ms:.1f} times the floor; {machine()}", flush=True)
        fleets.append(clients)
        floors.append(bare_clients)
    (chair,) = await connect(house.web[0].port, [seated.chair])
    whistles = [(await connect(port, ["anybody"]))[0] for port in bare]
    await changes(seated, chair, whistles, fleets, floors, chosen.rounds)
    for client in [client for clients in floors for client in clients]:
        client.transport.abort()
    await ballots(seated, chair, fleets, chosen.people)
    await tender(house, seated, chair, fleets, chosen)


async def changes(
    seated: Seated,
    chair: Client,
    whistles: Sequence[Client],
    fleets: Sequence[list[Client]],
    floors: Sequence[list[Client]],
    rounds: int,
) -> None:
    """From the chair's act at one process to the last tablet of both; the floors tell as many bytes, both at once."""
    everybody, everybody_bare = list(chain(*fleets)), list(chain(*floors))
    times = []
    for number in range(rounds + 1):
        word, sizes = f"Giai lao {number}.", list[int]()

        def told(text: str, word: str = word, sizes: list[int] = sizes) -> bool:
            if word not in text or not text.startswith("42"):
                return False
            sizes.append(len(text.encode()))
            return True

        frame = emitted(1_000_000 + number, "live.tell", {"meeting_id": seated.meeting_id, "text": word})
        ours = await timed(everybody, told, lambda frame=frame: chair.send(frame))  # type: ignore[misc]
        for whistle in whistles:
            await whistle.call("floor.sizes", {"told": max(0, sizes[0] - 140)})
        frame = emitted(2_000_000 + number, "live.tell", {"text": word})
        theirs = await timed(everybody_bare, told, lambda frame=frame: [each.send(frame) for each in whistles])  # type: ignore[misc]
        times.append((theirs, ours))
    report(f"(a) one change to the last of {len(everybody)} tablets at two processes", times[1:], "ms", 3.0)


async def ballots(seated: Seated, chair: Client, fleets: Sequence[list[Client]], people: int) -> None:
    """Everybody votes in the same moment, half at each process."""
    half = people // 2
    voters = [*fleets[0][:half], *fleets[1][half:people]]
    for kind in ("open", "secret"):
        where = {"meeting_id": seated.meeting_id, "item_id": seated.item_id}
        made = await chair.call("voting.prepare", {**where, "title": f"Thông qua nghị quyết ({kind})", "kind": kind})
        opened = await chair.call("voting.open", {"question_id": made["question_id"]})
        assert opened["ok"], opened
        await asyncio.sleep(1)
        began = time.perf_counter()
        cast = {"question_id": made["question_id"], "choice": "for"}
        answers = await asyncio.gather(*(client.call("voting.cast", cast) for client in voters))
        ms = (time.perf_counter() - began) * 1000
        assert all(answer["ok"] for answer in answers), answers[0]
        closed = await chair.call("voting.close", {"question_id": made["question_id"]})
        assert closed["ok"], closed
        await chair.call("voting.publish", {"question_id": made["question_id"]})
        print(f"(b) {len(voters)} {kind} ballots at once, all durable and acknowledged after {ms:.0f} ms", flush=True)


async def tender(house: House, seated: Seated, chair: Client, fleets: Sequence[list[Client]], chosen: Any) -> None:
    """People act on their tablets and open pages through nginx, each pausing as people pause."""
    acting = seated.members[: chosen.acting]
    opening.use_folder(house.folder)
    opening.open_store()
    pages = await fleet(house.front.port, sessions(acting))
    opening.close_store()
    where = {"meeting_id": seated.meeting_id, "item_id": seated.item_id}
    answer = await chair.call("live.go_to_item", where)  # what is written on the item of the moment is told to all
    assert answer["ok"], answer
    await asyncio.gather(*(each.calm() for each in watched(house)))
    times = Times()
    ends = time.perf_counter() + chosen.seconds
    addresses = ("/", f"/meetings/{seated.meeting_id}", f"/meetings/{seated.meeting_id}/room")

    async def person(client: Client, page: Tablet, number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, chosen.pause))
        while time.perf_counter() < ends:
            began = time.perf_counter()
            if chance.random() < 0.5:
                await page.fetch(chance.choice(addresses))
                times.of["page"].append((time.perf_counter() - began) * 1000)
                times.sizes.append(page.size_bytes)
            else:
                said = await client.call("discussion.post", {**where, "text": f"Ý kiến {number}-{chance.random():.6f}"})
                assert said["ok"], said
                times.of["act"].append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * chosen.pause)

    clients = [fleets[number % 2][number] for number in range(chosen.acting)]
    before, busy = _told(fleets), Busy(watched(house))
    await asyncio.gather(*(person(*each) for each in zip(clients, pages, range(chosen.acting), strict=True)))
    acts = len(times.of["act"])
    spent = busy.told(len(times.of["page"]), acts)
    for page in pages:
        page.close()
    print(f"(c) {chosen.acting} of {chosen.people} people act and open pages, pauses of {chosen.pause:.0f} s; {machine()}")
    told_bytes = (_told(fleets) - before) // max(1, acts) // max(1, chosen.sockets)
    each = chosen.sockets // len(house.web)
    floors = Floors(chosen.bare_pages, chosen.bare_acts)
    bare = await floors.measured(times, told_bytes, each, chosen.acting, chosen.pause, FLOOR_SECONDS)
    verdict(times, bare)
    print(spent)
    lost = sum(client.is_lost for clients in fleets for client in clients)
    print(f"  each act told {told_bytes} bytes to each of {chosen.sockets} tablets; lines lost: {lost}", flush=True)


def watched(house: House) -> list[Watched]:
    """The web processes; both write down in one file how late they were."""
    return [Watched(web.process.pid, Path(web.environment[LATENESS])) for web in house.web if web.process is not None]


def _told(fleets: Sequence[list[Client]]) -> int:
    return sum(client.told_bytes for clients in fleets for client in clients)


if __name__ == "__main__":
    main()
