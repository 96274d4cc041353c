"""`make bench`, third part: making pages, handing them out, and from the tap to the sharp page.

    python -m bench.reading [--rounds 5] [--tablets 500] [--no-browser]

Pages are made beside bare PyMuPDF, handed out beside the same bytes as a static file of a bare Flask on the same server program
(eventlet), each on a process of its own on a free port of the loopback, in pairs; medians are told. Then the same with nginx in
front, where it is installed, and the taps in Chromium, where Playwright finds it.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pymupdf

from bench import front, sheets, taps
from bench.chamber import Seated, seat
from bench.fetching import Burst, at_once, fleet, per_second
from bench.paper import Laid, lay
from bench.running import Running
from meeting.documents import images, jobs, store
from meeting.documents.layers import picture_share
from meeting.documents.rules import WIDTHS

PAGES = 60
MADE = 20  # pages of a kind
SYSTEM = [sys.executable, "-m", "meeting.cli", "run", "--empty"]
SECONDS = 1.5
BUSY = 16  # tablets that ask again and again
SETTLE_SECONDS = 0.3
LIMIT_SECONDS = 240


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.reading", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--tablets", type=int, default=500)
    options.add_argument("--no-browser", action="store_true")
    chosen = options.parse_args()
    print(f"cores: {os.cpu_count()}, rounds: {chosen.rounds} in pairs, medians")
    with tempfile.TemporaryDirectory(prefix="meeting-reading-") as made:
        folder = Path(made)
        for name, content in (("text", sheets.text(MADE)), ("scans", sheets.repeated(sheets.scan(), MADE))):
            making(name, content, folder / name)
        seated = seat(folder, chosen.tablets)
        laid = lay(folder, seated, PAGES)
        handing_out(folder, seated, laid, chosen.rounds)
        if not chosen.no_browser:
            with Running(SYSTEM, folder, health=True) as system:
                taps.report(system.port, laid, seated.meeting_id)


def making(name: str, content: bytes, folder: Path) -> None:
    """Milliseconds and bytes a page: PyMuPDF alone drawing and saving PNG in the same widths, our images, the whole reading."""
    folder.mkdir()
    (folder / "paper.pdf").write_bytes(content)
    bare_ms, bare = spent(lambda: bare_images(content))
    our_ms, ours = spent(lambda: our_images(content, folder / "images"))
    told = ""
    if name == "text":  # scans are recognised, which takes seconds and has no bare counterpart
        read_ms, _ = spent(lambda: list(jobs.messages(folder / "paper.pdf", folder / "read")))
        told = f"; with text, words, checks and the process {read_ms / MADE:.0f} ms"
    scale = f"{bare_ms / MADE:.0f} ms and {bare / MADE / 1024:.0f} KiB"
    print(
        f"a page of {name} in {'/'.join(map(str, WIDTHS))}: bare PyMuPDF {scale}, ours {our_ms / MADE:.0f} ms and "
        f"{ours / MADE / 1024:.0f} KiB: {our_ms / bare_ms:.1f} x the time, {ours / bare:.2f} x the bytes{told}",
        flush=True,
    )


def spent(make: Callable[[], object]) -> tuple[float, int]:
    """Least milliseconds of two times, and what it gave."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        given = make()
        times.append((time.perf_counter() - began) * 1000)
    return min(times), given if isinstance(given, int) else 0


def bare_images(content: bytes) -> int:
    """The bytes that PyMuPDF alone writes."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return sum(len(images.pixmap(page, width, coloured=False).tobytes("png")) for page in document for width in WIDTHS)


def our_images(content: bytes, folder: Path) -> int:
    """The bytes that we keep."""
    folder.mkdir(exist_ok=True)
    with pymupdf.open(stream=content, filetype="pdf") as document:
        for number, page in enumerate(document, 1):
            images.make_images(page, picture_share(page), folder, number)
    return sum(path.stat().st_size for path in folder.iterdir())


def handing_out(folder: Path, seated: Seated, laid: Laid, rounds: int) -> None:
    """First without nginx, then with it."""
    statics = store.pages_folder(laid.sha256)
    with ExitStack() as stack:
        floor = stack.enter_context(Running([sys.executable, "-m", "bench.floor", str(statics)], folder, health=False))
        with Running(SYSTEM, folder, health=True) as system:
            asyncio.run(asyncio.wait_for(measure("", floor.port, system.port, system.port, seated, laid, rounds), LIMIT_SECONDS))
        if front.nginx() is None:
            print("with nginx in front: not measured, nginx is not installed")
            return
        os.environ["MEETING_BEHIND_NGINX"] = "1"
        try:
            system = stack.enter_context(Running(SYSTEM, folder, health=True))
        finally:
            del os.environ["MEETING_BEHIND_NGINX"]
        before = stack.enter_context(front.Front(folder / "nginx", system.port, folder / "storage"))
        run = measure("nginx in front, ", floor.port, before.port, system.port, seated, laid, rounds)
        asyncio.run(asyncio.wait_for(run, LIMIT_SECONDS))


async def measure(how: str, floor_port: int, port: int, live_port: int, seated: Seated, laid: Laid, rounds: int) -> None:
    """Answers a second; everybody at once with readers known and unknown."""
    cookies = laid.cookies[:-1]
    floors, tablets = await fleet(floor_port, cookies), await fleet(port, cookies)
    files = [f"/static/{number}-1200.png" for number in range(1, laid.pages + 1)]
    pages = [laid.page(number) for number in range(1, laid.pages + 1)]
    rates = []
    for _ in range(rounds):
        bare = await per_second(floors[:BUSY], files[:8], SECONDS)
        rates.append((bare, await per_second(tablets[:BUSY], pages[:8], SECONDS)))
    floor_rate, rate = (statistics.median(each) for each in zip(*rates, strict=True))
    size = floors[0].size_bytes / 1024
    share = statistics.median(ours / bare for bare, ours in rates)
    print(
        f"{how}pages a second ({size:.0f} KiB): bare static file {floor_rate:.0f}, system {rate:.0f}, {share:.2f} x the floor",
        flush=True,
    )
    for known in (True, False):
        pairs = []
        for number in range(rounds + 1):
            if not known:
                await asyncio.to_thread(change_rights, live_port, seated)
            place = 10 + number + (0 if known else rounds + 1)
            await asyncio.sleep(SETTLE_SECONDS)
            bare_burst = await at_once(floors, files[place])
            await asyncio.sleep(SETTLE_SECONDS)
            pairs.append((bare_burst, await at_once(tablets, pages[place])))
        who = "their rights known" if known else "nothing known of anybody's rights"
        report(f"{how}{len(tablets)} tablets turn to one page at once, {who}", pairs[1:])
    for each in [*floors, *tablets]:
        each.close()


def change_rights(port: int, seated: Seated) -> None:
    """Something happens after which every right is asked for anew."""
    for act in ("live.pause", "live.resume"):
        told = json.dumps({"meeting_id": seated.meeting_id}).encode()
        headers = {"Authorization": f"Bearer {seated.chair}", "Content-Type": "application/json"}
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/acts/{act}", told, headers)
        urllib.request.urlopen(asked, timeout=30).close()


def report(what: str, pairs: list[tuple[Burst, Burst]]) -> None:
    """One line: the middle and the last tablet, the floor, how many times the floor."""
    bare, ours = ([pair[place] for pair in pairs] for place in (0, 1))
    ratio = statistics.median(one.last / other.last for other, one in pairs)

    def told(bursts: list[Burst]) -> str:
        middle, last = statistics.median(each.middle for each in bursts), statistics.median(each.last for each in bursts)
        return f"p50 {middle:.0f} ms, last {last:.0f} ms"

    print(f"{what}: floor {told(bare)}; system {told(ours)}; {ratio:.1f} x the floor", flush=True)


if __name__ == "__main__":
    main()
