"""The shipped units, read as systemd reads them, and started as it would start them."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "deploy" / "systemd"
PROGRAM = "/srv/hop-khong-giay/.venv/bin/meeting"


def unit(name: str) -> dict[str, list[str]]:
    """Every setting of a unit with its values."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (UNITS / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith(("#", "[")):
            key, _, value = line.partition("=")
            found[key].append(value)
    return found


def program() -> str:
    """The command of this checkout, however it is installed."""
    beside = Path(sys.executable).with_name("meeting")
    return str(beside) if beside.exists() else shutil.which("meeting") or ""


def command(settings: dict[str, list[str]], port: int) -> list[str]:
    """The ExecStart line with this machine's program and port."""
    (line,) = settings["ExecStart"]
    words = shlex.split(line.replace("%i", str(port)).replace("8000", str(port)))
    assert words[0] == PROGRAM
    return [program(), *words[1:]]


def environment(settings: dict[str, list[str]], data: Path, notify: Path) -> dict[str, str]:
    """Its Environment with this machine's folders, and where it says that it is ready."""
    own = dict(each.split("=", 1) for each in settings["Environment"])
    own = {key: re.sub(r"^/var/lib/hop-khong-giay$", str(data), value) for key, value in own.items()}
    own["MEETING_KEYS"] = str(data / "keys")
    watch = {"WATCHDOG_USEC": str(int(settings["WatchdogSec"][0]) * 10**6)} if "WatchdogSec" in settings else {}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MEETING_") and key != "NOTIFY_SOCKET"}
    return {**kept, **own, **watch, "NOTIFY_SOCKET": str(notify)}


@contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """The socket on which a service says how it is."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(path))
        line.settimeout(120)
        yield line


@contextmanager
def started(name: str, data: Path, notify: Path, port: int) -> Iterator[tuple["subprocess.Popen[bytes]", signal.Signals]]:
    """The service as the unit starts it, and the signal that ends it; killed with all its children at the end."""
    settings = unit(name)
    with (data / "service.log").open("ab") as log:
        process = subprocess.Popen(
            command(settings, port),
            env=environment(settings, data, notify),
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process, signal.Signals[settings["KillSignal"][0]]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
