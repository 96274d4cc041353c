"""Starting the signing process and hearing what it made. Its input, with a secret in it, goes by a pipe and nowhere else."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from meeting import config
from meeting.documents.running import end, plain_environment
from meeting.errors import Refused
from meeting.signing import roots

LONGEST_SECONDS = 90.0
STEP_SECONDS = 0.02
LEFT_SECONDS = 3600.0
PASSED_ON = ("SOFTHSM2_CONF", "PKCS11_PROXY_SOCKET", "LD_LIBRARY_PATH")  # what drivers of tokens ask for

Breathe = Callable[[float], None]


@contextmanager
def workbench() -> Iterator[Path]:
    """A place for one made file, gone afterwards."""
    benches = config.settings().storage / "tmp" / "signing"
    for left in benches.glob("*"):  # of a process that was killed
        if left.stat().st_mtime < time.time() - LEFT_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    folder = benches / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder / "made.pdf"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def work(verb: str, target: Path, wanted: dict[str, Any], breathe: Breathe = time.sleep) -> dict[str, Any]:
    """Lets the signing process do one piece of work. Refused with what it refused, `signing_too_slow`, `signing_failed`."""
    reads = [wanted[name] for name in ("source", "laid_out") if wanted.get(name)]
    if wanted.get("key", {}).get("path"):
        reads.append(wanted["key"]["path"])
    told = _said({"verb": verb, "reads": reads, "roots": roots.told(), **wanted}, target, breathe)
    if "refusal" in told:
        raise Refused(told["refusal"], **told["facts"])
    if "made" not in told:
        raise Refused("signing_failed")
    made: dict[str, Any] = told["made"]
    return made


def _said(wanted: dict[str, Any], target: Path, breathe: Breathe) -> dict[str, Any]:
    answer = target.with_suffix(".json")
    with answer.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own module, paths we made
            [sys.executable, "-m", "meeting.signing.working", str(target)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
            cwd=config.CHECKOUT,
            env=_environment(),
            start_new_session=True,
        )
    assert process.stdin is not None
    try:
        with process.stdin as pipe:
            pipe.write(json.dumps(wanted).encode())
        ends = time.monotonic() + LONGEST_SECONDS
        while process.poll() is None:
            if time.monotonic() > ends:
                raise Refused("signing_too_slow")
            breathe(STEP_SECONDS)
        if process.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
            raise Refused("signing_too_slow")
        told: dict[str, Any] = json.loads(answer.read_bytes() or b"{}")
        return told
    except (BrokenPipeError, ValueError):
        return {}
    finally:
        end(process)
        process.wait()


def _environment() -> dict[str, str]:
    """No passwords and no addresses; the hour is Vietnam's, as the time in a signature is written."""
    passed = {name: value for name in PASSED_ON if (value := os.environ.get(name))}
    return {**plain_environment(), **passed, "TZ": "Asia/Ho_Chi_Minh"}
