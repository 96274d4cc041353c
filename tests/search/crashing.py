"""Run as a program: breaks a process off at every step on the disk of one act on an index, and says what is left.

    python -m tests.search.crashing FOLDER commit|rebuild

The act runs in a process of its own that is killed at its first, second, third … opening, renaming or removing of a file, each
time on a fresh copy of the same index. One line of JSON a step. Two more processes for tests:

    python -m tests.search.crashing FOLDER writing     commits without end, telling each commit when it is done
    python -m tests.search.crashing FOLDER searching   asks without end, telling what was missing, until its input closes
    python -m tests.search.crashing FOLDER anew        rebuilds once, telling each 200 passages
"""

import json
import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from meeting.search.engines.engine import Entry
from meeting.search.engines.whoosh_engine import WhooshEngine

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}
BEFORE = dict.fromkeys(range(1, 31), 1)


def tell(what: object) -> None:
    """One line to whoever started this."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def row(key: int, revision: int) -> Entry:
    """A passage that tells its revision."""
    return Entry(key, revision, ("all", f"r{revision}", f"k{key}"))


def commit(engine: WhooshEngine) -> None:
    """Replaces two passages, adds one, takes one out."""
    engine.write([row(1, 2), row(2, 2), row(31, 2)], [30])


def rebuild(engine: WhooshEngine) -> None:
    """Everything anew, in another revision."""
    engine.rebuild([row(key, 3) for key in range(1, 31)], 30)


AFTER: dict[str, dict[int, int]] = {
    "commit": {key: 2 if key in (1, 2, 31) else 1 for key in range(1, 32) if key != 30},
    "rebuild": dict.fromkeys(range(1, 31), 3),
}
ACTS: dict[str, Callable[[WhooshEngine], None]] = {"commit": commit, "rebuild": rebuild}


def dies_at(folder: Path, act: str, step: int) -> bool:
    """Runs the act in a child that is killed at this step; answers whether it came so far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = step

    def one_step(event: str, arguments: Any) -> None:
        nonlocal left
        if event in STEPS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    engine = WhooshEngine(folder)
    engine.ready()
    sys.addaudithook(one_step)
    ACTS[act](engine)
    os._exit(0)


def state(folder: Path) -> dict[str, Any]:
    """What a new process finds."""
    engine = WhooshEngine(folder)
    ready = engine.ready()
    held = dict(engine.held()) if ready else {}
    return {"ready": ready, "held": sorted(held.items()), "found": sorted(engine.find(["all"])) if ready else []}


def all_steps(place: Path, act: str) -> None:
    """Each step in turn."""
    base = place / "base"
    engine = WhooshEngine(base)
    engine.rebuild([row(key, 1) for key in range(1, 29)], 28)
    engine.write([row(29, 1)], [])
    engine.write([row(30, 1)], [])
    for step in range(1, 1000):
        copy = place / f"{act}-{step}"
        shutil.copytree(base, copy)
        killed = dies_at(copy, act, step)
        left = state(copy)
        WhooshEngine(copy).write([row(99, 9)], [])  # the next commit goes through, and takes away what lies about
        folders = sorted(path.name for path in copy.glob("v*-*"))
        again = sorted(dict(WhooshEngine(copy).held()).items())
        tell(json.dumps({"step": step, "killed": killed, **left, "again": again, "folders": folders}))
        shutil.rmtree(copy)
        if not killed:
            return


def writing(folder: Path) -> None:
    """Commit n leaves every passage from 1 to 40 in revision n, in five lots, and n passages beyond."""
    engine = WhooshEngine(folder)
    last = max(dict(engine.held()).values(), default=0)
    while True:
        last += 1
        engine.write([row(key, last) for key in (*range(last % 5, 41, 5), 1000 + last) if key], [])
        tell(last)


LASTING = 400  # passages that are there all the time


def searching(folder: Path) -> None:
    """Tells how often it asked, and every time something that is there was not found."""
    engine = WhooshEngine(folder)
    asked, missing = 0, []
    tell("asking")
    while not select.select([sys.stdin], [], [], 0)[0]:
        found = engine.find(["all"])
        asked += 1
        if any(key not in found for key in range(1, LASTING + 1)):
            missing.append(len(found))
    tell(json.dumps({"asked": asked, "missing": missing}))


def anew(folder: Path) -> None:
    """A rebuild that takes its time: between two passages another process may write."""

    def told() -> Iterator[Entry]:
        for key in range(1, LASTING + 1):
            yield row(key, 2)
            time.sleep(0.002)

    WhooshEngine(folder).rebuild(told(), LASTING, lambda done, _: tell(done))


PROGRAMS: dict[str, Callable[[Path], None]] = {"writing": writing, "searching": searching, "anew": anew}

if __name__ == "__main__":
    place, what = Path(sys.argv[1]), sys.argv[2]
    PROGRAMS[what](place) if what in PROGRAMS else all_steps(place, what)
