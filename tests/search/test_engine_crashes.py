"""The Whoosh index after kill -9, damage and rebuilds, with real processes."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from whoosh import index, query

from meeting.search.engines import whoosh_files
from meeting.search.engines.engine import Unreadable
from meeting.search.engines.whoosh_engine import WhooshEngine
from tests.search.crashing import AFTER, BEFORE, LASTING, row

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def program(folder: Path, what: str) -> Iterator[subprocess.Popen[str]]:
    """One of the programs of `crashing`, in a process of its own."""
    command = [sys.executable, "-m", "tests.search.crashing", str(folder), what]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def said(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


@pytest.mark.parametrize("act", ["commit", "rebuild"])
def test_killed_at_any_step_the_index_is_as_before_or_as_after(tmp_path: Path, act: str) -> None:
    with program(tmp_path, act) as running:
        assert running.stdout is not None
        steps = [json.loads(line) for line in running.stdout]

    assert len(steps) > 20
    assert [step["killed"] for step in steps] == [True] * (len(steps) - 1) + [False]
    for step in steps:
        held = dict(step["held"])
        assert step["ready"]
        assert held in (BEFORE, AFTER[act]), step
        assert step["found"] == sorted(held)
        assert dict(step["again"]) == {**held, 99: 9}
    assert dict(steps[-1]["held"]) == AFTER[act]


def test_killed_at_any_moment_nothing_that_was_committed_is_lost(tmp_path: Path) -> None:
    rng = random.Random(5)
    WhooshEngine(tmp_path).rebuild([], 0)
    for _ in range(6):
        with program(tmp_path, "writing") as running:
            committed = int(said(running))
            for _ in range(rng.randrange(1, 40)):
                committed = int(said(running))
            time.sleep(rng.random() * 0.02)
        after = WhooshEngine(tmp_path)
        held = dict(after.held())
        last = max(held.values())
        assert last >= committed
        assert {key for key in held if key > 1000} == set(range(1001, 1001 + last))
        for key in range(1, 41):
            assert held[key] == max(number for number in range(1, last + 1) if number % 5 == key % 5)
            assert key in after.find([f"k{key}", f"r{held[key]}"])


def test_searches_never_fail_nor_lack_a_hit_while_the_index_is_rebuilt(tmp_path: Path) -> None:
    here = WhooshEngine(tmp_path)
    here.rebuild([row(key, 1) for key in range(1, LASTING + 1)], LASTING)
    with program(tmp_path, "searching") as searching:
        assert said(searching) == "asking"
        with program(tmp_path, "anew") as anew:
            while said(anew) != "200":
                pass
            here.write([row(5000, 1)], [])  # the worker goes on meanwhile
            here.write([row(1, 7)], [])
            assert anew.wait(60) == 0
        here.write([row(5001, 1)], [])
        heard = json.loads(searching.communicate("enough\n", timeout=60)[0])

    assert heard["missing"] == []
    assert heard["asked"] > 50
    held = dict(WhooshEngine(tmp_path).held())
    assert held == {**dict.fromkeys(range(2, LASTING + 1), 2), 1: 7, 5000: 1, 5001: 1}
    assert len(list(tmp_path.glob("v*-*"))) == 1


def test_an_index_that_is_switched_between_two_looks_is_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = WhooshEngine(tmp_path)
    here.rebuild([row(1, 1)], 1)
    looked, swept = whoosh_files.generation, []

    def look(folder: Path) -> int:
        if not swept:
            swept.append(folder)
            WhooshEngine(tmp_path).rebuild([row(1, 1), row(2, 1)], 2)  # the folder that was just named is gone
        return looked(folder)

    monkeypatch.setattr(whoosh_files, "generation", look)
    assert set(here.find(["all"])) == {1, 2}


def test_a_rebuild_that_is_killed_leaves_the_old_index_and_its_remains_are_swept(tmp_path: Path) -> None:
    here = WhooshEngine(tmp_path)
    here.rebuild([row(1, 1)], 1)
    with program(tmp_path, "anew") as anew:
        assert [said(anew), said(anew)] == ["0", "200"]
    assert len(list(tmp_path.glob("v*-*"))) == 2

    here.write([row(2, 1)], [])

    assert dict(WhooshEngine(tmp_path).held()) == {1: 1, 2: 1}
    assert len(list(tmp_path.glob("v*-*"))) == 1


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def scrawl(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40] = b"\xff" * 40
    path.write_bytes(bytes(content))


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("pattern", "harm"),
    [
        ("v2-*/*.seg", cut),
        ("v2-*/*.seg", scrawl),
        ("v2-*/*.seg", empty),
        ("v2-*/*.seg", Path.unlink),
        ("v2-*/*.toc", cut),
        ("v2-*/*.toc", empty),
        ("v2-*/*.toc", Path.unlink),
        ("current", Path.unlink),
        ("current", lambda path: path.write_text("v1-3")),
        ("current", lambda path: path.write_text("v2-77")),
        ("current", empty),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a damaged file open
def test_a_damaged_index_is_noticed_and_written_anew(tmp_path: Path, pattern: str, harm: Callable[[Path], object]) -> None:
    WhooshEngine(tmp_path).rebuild([row(key, 1) for key in range(1, 60)], 59)
    for path in tmp_path.glob(pattern):
        harm(path)
    engine = WhooshEngine(tmp_path)

    assert engine.ready() is False
    with pytest.raises(Unreadable):
        engine.find(["all"])
    with pytest.raises(Unreadable):
        engine.write([row(1, 2)], [])
    engine.rebuild([row(key, 3) for key in range(1, 60)], 59)

    assert engine.ready() is True
    assert dict(engine.held()) == dict.fromkeys(range(1, 60), 3)


def test_many_commits_leave_few_pieces_and_the_night_one(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.rebuild([], 0)
    for start in range(0, 600, 10):
        engine.write([row(key, 1) for key in range(start + 1, start + 11)], [start])
    (folder,) = tmp_path.glob("v2-*")
    pieces = len(list(folder.glob("*.seg")))
    engine.tidy()

    assert pieces < 10
    assert len(list(folder.glob("*.seg"))) == 1
    assert dict(engine.held()) == dict.fromkeys((key for key in range(1, 601) if key % 10 or key == 600), 1)


def test_what_is_written_is_an_index_of_whoosh(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.rebuild([row(key, 1) for key in range(10, 60)], 50)
    engine.write([row(11, 2), row(3, 2)], [12])
    (folder,) = tmp_path.glob("v2-*")

    with index.open_dir(str(folder)).searcher() as searcher:
        both = query.And([query.Term("terms", "all"), query.Term("terms", "r2")])
        assert len(list(searcher.docs_for_query(both))) == len(engine.find(["all", "r2"])) == 2
        assert searcher.doc_count() == len(engine.find(["all"])) == 50


def test_an_open_index_notices_that_a_file_was_exchanged(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.rebuild([row(key, 1) for key in range(1, 60)], 59)
    assert engine.ready() is True
    (path,) = tmp_path.glob("v2-*/*.seg")
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-5] + b"wrong")

    assert engine.ready() is False
