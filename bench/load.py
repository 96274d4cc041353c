"""What the benches of a whole load say beside their times: the floor, whether the limit was kept, how busy the machine was."""

import asyncio
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.fetching import Tablet, fleet
from bench.running import Watched
from bench.wire import Client, storm

LIMIT_MS = 200.0


@dataclass
class Times:
    """Milliseconds by what was done, and the bytes that came."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: list[int] = field(default_factory=list)
    again: int = 0  # acts that had to be sent once more

    def all(self, *, acts: bool) -> list[float]:
        """Those of all acts or of all pages."""
        return [each for name, found in self.of.items() if name.startswith("act") == acts for each in found]

    def report(self) -> None:
        """Prints what each kind took."""
        for name in sorted(self.of):
            print(line(name, self.of[name]), flush=True)


def p95(found: Sequence[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(found)
    return ordered[max(0, round(len(ordered) * 0.95) - 1)]


def line(name: str, found: Sequence[float]) -> str:
    """Count, middle, 95th percentile and worst; whether the limit was kept."""
    over = "" if p95(found) < LIMIT_MS else f"  over {LIMIT_MS:.0f} ms"
    return (
        f"  {name:28} {len(found):5}  p50 {statistics.median(found):6.1f}  p95 {p95(found):6.1f}  worst {max(found):6.1f}{over}"
    )


def machine() -> str:
    """How busy the machine is, whoever keeps it busy."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def verdict(times: Times, bare: Times) -> None:
    """Beside the floor of the same run, and whether the limit was kept."""
    for name, acts in (("pages", False), ("acts", True)):
        ours, theirs = times.all(acts=acts), bare.all(acts=acts)
        if not ours or not theirs:
            continue
        print(line(f"all {name}", ours))
        print(line(f"floor of {name}", theirs))
        kept = "kept" if p95(ours) < LIMIT_MS else "NOT KEPT"
        times_floor = p95(ours) / p95(theirs)
        print(f"  limit of {LIMIT_MS:.0f} ms at p95 for {name}: {kept}; {times_floor:.1f} times the floor", flush=True)


class Busy:
    """How busy the servers and this program are from now on."""

    def __init__(self, servers: Sequence[Watched]) -> None:
        self._servers = servers
        self._since, self._began, self._own = time.time(), time.perf_counter(), time.process_time()
        self._cpu = [each.cpu_ms() for each in servers]

    def told(self, pages: int, acts: int) -> str:
        """Processor time by server and by thing done, and how late each loop was at worst."""
        seconds = time.perf_counter() - self._began
        own = (time.process_time() - self._own) / seconds
        spent = [each.cpu_ms() - before for each, before in zip(self._servers, self._cpu, strict=True)]
        shares = ", ".join(f"{ms / seconds / 10:.0f} %" for ms in spent)
        late = ", ".join(f"{each.stall_ms(self._since):.0f} ms" for each in self._servers)
        done = f"{sum(spent) / max(1, pages + acts):.0f} ms for each of {pages} pages and {acts} acts"
        return f"  processor: server {shares} of a core ({done}), this program {own:.0%}; loop late at worst {late}"


@dataclass(frozen=True)
class Floors:
    """The bare servers: one that answers JSON of any size, one that acknowledges and tells all."""

    pages: int  # ports
    acts: int

    async def measured(self, times: Times, told_bytes: int, tablets: int, acting: int, pause: float, seconds: float) -> Times:
        """For a while as many people do as many things as in the system: some ask for bytes, some act, in the same rhythm."""
        found = Times()
        share = len(times.sizes) / max(1, len(times.sizes) + len(times.all(acts=True)))
        pages = await fleet(self.pages, [""] * acting)
        clients, _, _ = await storm(self.acts, ["anybody"] * tablets, {"meeting_id": 1})
        await clients[0].call("floor.sizes", {"told": max(0, told_bytes - 140)})
        ends, turns = time.perf_counter() + seconds, _Turns(times.sizes or [10_000])

        async def live(tablet: Tablet, client: Client, chance: random.Random) -> None:
            await asyncio.sleep(chance.uniform(0, pause))
            while time.perf_counter() < ends:
                began = time.perf_counter()
                if chance.random() < share:
                    await tablet.fetch(f"/json/{turns.following()}")
                    found.of["page"].append((time.perf_counter() - began) * 1000)
                else:
                    await client.call("live.tell", {"text": "Giai lao."})
                    found.of["act"].append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(chance.expovariate(1 / pause))

        together = zip(pages, clients[:acting], strict=True)
        await asyncio.gather(*(live(*each, random.Random(number)) for number, each in enumerate(together)))
        for client in clients:
            client.transport.abort()
        for page in pages:
            page.close()
        return found


class _Turns:
    """Sizes, one after the other, round and round."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes, self._number = sizes, 0

    def following(self) -> int:
        """The next one."""
        self._number += 1
        return self._sizes[self._number % len(self._sizes)]
