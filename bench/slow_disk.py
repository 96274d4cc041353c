"""A disk that takes 5 ms longer to sync, as consumer disks do: a shim before the C library, compiled in a temporary folder.

SQLite's commits sync the write-ahead log; so they are what gets slow. Nothing else of the system is changed.
"""

import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_disk.c")
MS = 5
TRIED_COMMITS = 20

_TRY = f"""
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode=WAL"), db.execute("PRAGMA synchronous=FULL"), db.execute("CREATE TABLE IF NOT EXISTS t (x)")
for number in range({TRIED_COMMITS}):
    began = time.perf_counter()
    db.execute("INSERT INTO t VALUES (?)", (number,))
    print((time.perf_counter() - began) * 1000)
"""


def environment(folder: Path) -> dict[str, str] | str:
    """What a process on the slow disk is started with; or, in words, why there can be none here."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return "no C compiler on this machine"
    shim = folder / "slow_disk.so"
    made = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", shim, SOURCE, "-ldl"], capture_output=True, text=True)
    if made.returncode:
        return "the shim could not be compiled: " + made.stderr.strip()[:300]
    slow = {"LD_PRELOAD": str(shim), "SLOW_DISK_MS": str(MS)}
    took = commit_ms(folder, slow)
    return slow if took >= MS else f"the shim does not reach this SQLite (a commit takes {took:.1f} ms with it)"


def commit_ms(folder: Path, more: dict[str, str]) -> float:
    """What one durable commit takes in a process with this environment."""
    command = [sys.executable, "-c", _TRY, str(folder / "tried.db")]
    tried = subprocess.run(command, env={**os.environ, **more}, capture_output=True, text=True, check=True)
    return statistics.median(map(float, tried.stdout.split()))
