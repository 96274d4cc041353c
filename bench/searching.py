"""`make bench`, seventh part: search over 100,000 passages of real text, on Whoosh and on PostgreSQL, and its judged queries.

    python -m bench.searching [--passages 100000] [--queries 400] [--engines whoosh,postgresql] [--no-quality] [--no-speed]

Building is told as a ratio to bare Whoosh writing a part of the same passages in the same run (see `search_bare`); whole queries
over HTTP beside a bare Flask that answers as many bytes on the same server stack. Queries are drawn from the texts
(`search_queries`), half typed without marks, asked by a member of every body, each once. The texts lie in ../shared.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench import search_bare, search_doors, search_queries, search_store
from bench.running import LATENESS, SYSTEM, Running
from bench.search_doors import Door
from bench.search_queries import Question
from meeting import config, database
from meeting.agenda.models import Meeting
from meeting.app import load_rooms
from meeting.migrations import upgrade
from meeting.search.engines import engine, keeping
from meeting.search.engines.whoosh_engine import WhooshEngine
from meeting.search.finding import queries
from meeting.search.finding.asking import asked_of
from meeting.search.models import Passage
from tests import postgresql
from tests.search.judged import judging, standing, texts
from tests.search.judged.house import House

ENGINE_MS, WHOLE_MS, STALL_MS, SUGGEST_MS, FOUND_SECONDS = 50.0, 100.0, 50.0, 50.0, 2.0
COMPARED = 5_000  # passages that bare Whoosh writes too
SUGGESTED = 120


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.searching", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--queries", type=int, default=400)
    options.add_argument("--engines", default="whoosh,postgresql")
    options.add_argument("--no-quality", action="store_true")
    options.add_argument("--no-speed", action="store_true")
    chosen = options.parse_args()
    if not texts.there():
        print(f"search is not measured: {texts.ABSENT}")
        return
    for name in chosen.engines.split(","):
        if name == "postgresql" and not postgresql.INSTALLED:
            print("search on PostgreSQL is not measured: it is not installed")
            continue
        if not chosen.no_speed:
            speed(name, chosen.passages, chosen.queries)
        if not chosen.no_quality:
            quality(name)


def quality(name: str) -> None:
    """The judged queries over all texts."""
    every = judging.queries()
    with ExitStack() as stack:
        folder, address = _place(stack, name)
        system = stack.enter_context(standing.standing(folder, texts.all_texts(), address, name))
        reached = judging.by_class(judging.run(every, system.ask), every)
    print(f"{name}: {len(every)} judged queries over {len(system.filled.documents)} texts, {system.filled.pages} pages")
    for kind, each in reached.items():
        print(f"  {kind:14} reciprocal rank {each.reciprocal:.3f}, recall at 10 {each.recall:.3f}", flush=True)


def speed(name: str, passages: int, count: int) -> None:
    """Builds, then asks: in the engine, in this process, over HTTP."""
    with ExitStack() as stack:
        folder, address = _place(stack, name)
        with opened(folder, address, name):
            house, written = search_store.fill(passages)
            build(name, folder, written)
            with database.reading() as session:
                symbols = list(session.scalars(select(Passage.symbol).where(Passage.symbol != "").distinct()))
                meeting_id = session.scalar(select(Meeting.id).where(Meeting.body_id == house.holders["UBND"].body_id).limit(1))
            questions = search_queries.draw(written, sorted(symbols), count)
            inside(name, house, questions)
        assert meeting_id is not None
        outside(name, folder, address, questions, search_queries.prefixes(written, SUGGESTED), meeting_id)


def _place(stack: ExitStack, name: str) -> tuple[Path, str]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="meeting-searching-")))
    (folder / "storage").mkdir()
    return folder, stack.enter_context(postgresql.cluster()) if name == "postgresql" else ""


@contextmanager
def opened(folder: Path, address: str, name: str) -> Iterator[None]:
    """An empty store as that of this process."""
    address = address or f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=folder, database_url=address, keys=folder / "keys", search_engine=name))
    database.use(database.Database(address))
    load_rooms()
    upgrade()
    standing.forget()
    yield
    standing.forget()
    database.use(None)


def build(name: str, folder: Path, written: Sequence[str]) -> None:
    """A whole rebuild; a part of it beside bare Whoosh, in pairs."""
    began = time.perf_counter()
    done = keeping.rebuild()
    whole = done / (time.perf_counter() - began)
    part = written[:COMPARED]
    pairs = []
    for turn in range(2):
        bare = search_bare.as_text(folder / f"bare-{turn}", part), search_bare.as_terms(folder / f"terms-{turn}", part)
        pairs.append((*bare, _part(name, folder / f"ours-{turn}", len(part))))
    bare_text, bare_terms, ours = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(f"{name}: rebuilt {done} passages at {whole:.0f}/s, rows read and terms made")
    print(
        f"  {len(part)} of them: bare Whoosh (StandardAnalyzer, with positions) {bare_text:.0f}/s, "
        f"bare Whoosh with our terms {bare_terms:.0f}/s; "
        f"ours {ours:.0f}/s: {ours / bare_text:.2f} x and {ours / bare_terms:.2f} x the bare rate",
        flush=True,
    )


def _part(name: str, folder: Path, count: int) -> float:
    """Passages a second of a rebuild of a part: of PostgreSQL the whole is built again, for it has one place only."""
    began = time.perf_counter()
    if name == "whoosh":
        done = WhooshEngine(folder).rebuild(islice(keeping.entries([]), count), count)
    else:
        done = engine.current().rebuild(keeping.entries([]), count)
    return done / (time.perf_counter() - began)


class Timed:
    """An engine with a clock beside it."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def find(self, terms: Sequence[str]) -> Any:
        """As the real one, timed."""
        began = time.perf_counter()
        found = self._real.find(terms)
        self.seconds += time.perf_counter() - began
        return found


def inside(name: str, house: House, questions: Sequence[Question]) -> None:
    """The queries in this process: what the engine takes of them, and the whole without HTTP."""
    real, timed = engine.current, Timed(engine.current())
    engine.current = lambda: timed
    in_engine, whole = [], []
    for question in questions:
        with database.database().reads() as session:
            timed.seconds, began = 0.0, time.perf_counter()
            queries.search(session, house.actors["hoa"], asked_of(session, {"q": question.typed, **dict(question.filters)}))
            whole.append((time.perf_counter() - began) * 1000)
            in_engine.append(timed.seconds * 1000)
    engine.current = real
    told(f"{name}: {len(questions)} queries in the engine", in_engine, ENGINE_MS)
    told(f"{name}: the same, whole, in one process", whole, WHOLE_MS)


def outside(name: str, folder: Path, address: str, questions: Sequence[Question], typed: Sequence[str], meeting_id: int) -> None:
    """The queries over HTTP against the real server, with its loop watched; suggestions; a new notice."""
    environment = {LATENESS: str(folder / "lateness"), "MEETING_SEARCH": name}
    if address:
        environment["MEETING_DATABASE_URL"] = address
    bare = [sys.executable, "-m", "bench.search_floor"]
    with Running(bare, folder, health=False) as floor, Running(SYSTEM, folder, health=True, **environment) as system:
        door = Door(system.port)
        first = door.get(questions[0].address)[0]
        print(f"{name}: first search of a new process {first:.0f} ms")
        time.sleep(2)
        since = time.time()
        before = cpu_ms(system)
        ours, floors = search_doors.times(door, [each.address for each in questions], Door(floor.port))
        worked = (cpu_ms(system) - before) / len(questions)
        time.sleep(1.5)
        stall = system.stall_ms(since)
        told(f"{name}: {len(questions)} queries end to end over HTTP", ours, WHOLE_MS)
        bare_ms = statistics.median(floors)
        ratio = statistics.median(ours) / bare_ms
        print(
            f"  floor (bare Flask, as many bytes) p50 {bare_ms:.1f} ms: {ratio:.1f} x the floor; "
            f"processor time of server and worker {worked:.1f} ms a query"
        )
        slowest(questions, ours)
        verdict(f"{name}: longest stall of the loop meanwhile {stall:.0f} ms", stall, STALL_MS)
        suggestions(name, door, typed, system)
        waits = [search_doors.until_found(system, meeting_id, f"mẫu {word} độc nhất") for word in ROUND_WORDS]
        verdict(f"{name}: a new notice is found {max(waits):.2f} s after it is issued", max(waits), FOUND_SECONDS)


ROUND_WORDS = ("xuyến chi", "hải đường", "mộc lan")


def cpu_ms(system: Running) -> float:
    """Processor time of the processes of a server that serve: with PostgreSQL no lock names the one."""
    here = [Path(f"/proc/{each}") for each in os.listdir("/proc") if each.isdigit()]
    ours = [process for process in here if _is_of(process, system.pid)]
    return sum(int((process / "schedstat").read_text().split()[0]) for process in ours) / 1e6


def _is_of(process: Path, group: int) -> bool:
    """Whether a process belongs to the group of another, which Running starts in a session of its own."""
    try:
        return os.getpgid(int(process.name)) == group
    except ProcessLookupError:
        return False


def suggestions(name: str, door: Door, typed: Sequence[str], system: Running) -> None:
    """What is proposed while somebody types."""
    since = time.time()
    ours, _ = search_doors.times(door, ["/api/v1/search/suggestions?q=" + search_doors.quote(each) for each in typed])
    time.sleep(1.5)
    told(f"{name}: {len(typed)} suggestions over HTTP", ours, SUGGEST_MS)
    verdict(f"{name}: longest stall of the loop meanwhile {system.stall_ms(since):.0f} ms", system.stall_ms(since), STALL_MS)


def slowest(questions: Sequence[Question], ours: Sequence[float]) -> None:
    """The middle and the slowest of each class."""
    classes: dict[str, list[float]] = {}
    for question, took in zip(questions, ours, strict=True):
        classes.setdefault(question.kind, []).append(took)
    print("  " + "; ".join(f"{kind} p50 {statistics.median(each):.0f} max {max(each):.0f}" for kind, each in classes.items()))


def told(what: str, milliseconds: Sequence[float], limit: float) -> None:
    """One line of figures with the verdict on its 95 %."""
    ordered = sorted(milliseconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    under = sum(each <= limit for each in ordered) / len(ordered)
    figures = (
        f"p50 {statistics.median(ordered):.1f} ms, p95 {p95:.1f} ms, max {ordered[-1]:.1f} ms, {under:.1%} under {limit:.0f} ms"
    )
    verdict(f"{what}: {figures}", p95, limit)


def verdict(what: str, value: float, limit: float) -> None:
    """A line, and whether the limit is kept."""
    print(f"{what} ({'within' if value <= limit else 'OVER'} {limit:g})", flush=True)


if __name__ == "__main__":
    main()
