"""Starting our own bounded processes and hearing what they say."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from meeting import config
from meeting.errors import Refused

MAKING_SECONDS = 150

#: What the failure of a piece of work is called, when its process dies without a word.
DIED = {"picture": "broken_picture", "text": "broken_text", "unicode": "office_failed"}


def start(module: str, arguments: list[str]) -> "subprocess.Popen[bytes]":
    """Starts a module of this room in a group of its own, so that what it starts ends with it. Its words come by stdout."""
    return subprocess.Popen(  # noqa: S603 - our own module, paths we made
        [sys.executable, "-m", f"meeting.documents.{module}", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=config.CHECKOUT,
        env=plain_environment(),
        start_new_session=True,
    )


def plain_environment() -> dict[str, str]:
    """What such a process may know: no passwords, no addresses of services."""
    known = {name: value for name in ("PATH", "LANG", "TESSDATA_PREFIX", "HOME") if (value := os.environ.get(name))}
    return {**known, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def make(verb: str, source: Path, target: Path, media_type: str) -> dict[str, Any]:
    """Lets `making` write `target`; returns what it told. Refused with what it refused, `too_heavy` when it took too long."""
    process = start("making", [verb, str(source), str(target), media_type])
    try:
        said, _ = process.communicate(timeout=MAKING_SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused("too_heavy") from None
    finally:
        end(process)
        process.wait()
    told = _told(said)
    if "refusal" in told:
        raise Refused(told["refusal"], **told["facts"])
    if "made" not in told:
        raise Refused("too_heavy" if process.returncode in (-signal.SIGKILL, -signal.SIGXCPU) else DIED[verb])
    made: dict[str, Any] = told["made"]
    return made


def _told(said: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(said)
    except ValueError:
        return {}
    return told


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process with its whole group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
