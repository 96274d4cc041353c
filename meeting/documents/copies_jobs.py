"""Making copies in the worker: a process of its own for each, watched and ended at its limits."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from meeting import config
from meeting.database import reading
from meeting.documents import store_shared
from meeting.documents.copies import copy_path, expired_copies
from meeting.documents.describing import pdf_of
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.jobs import every, job
from meeting.permissions import SYSTEM
from meeting.writer import perform

SECONDS = 300


@job("documents.make_copy")
def make_copy(copy_id: int) -> None:
    """Makes a copy beside its place and puts it there whole. Run again it begins anew and gives the same."""
    begun = perform(SYSTEM, "documents.copy_begun", {"copy_id": copy_id})
    if not begun["make"]:
        return
    with reading() as session:
        source = pdf_of(session.get_one(File, begun["file_id"]))
    target = copy_path(copy_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            for told in _stamped(source, Path(folder), begun["order"]):
                if "done" in told:
                    perform(SYSTEM, "documents.copy_told", {"copy_id": copy_id, "pages_done": told["done"]})
                else:
                    made = Path(folder) / "copy.pdf"
                    size = made.stat().st_size
                    os.replace(made, target)
                    store_shared.patiently(lambda: store_shared.share(target))
                    ready = {"copy_id": copy_id, "pages_done": told["ready"], "size_bytes": size}
                    perform(SYSTEM, "documents.copy_told", ready)
    except Refused as refused:
        perform(SYSTEM, "documents.copy_told", {"copy_id": copy_id, "refusal": refused.code})


def _stamped(source: Path, folder: Path, order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the process that makes the copy says. Refused as `copy_failed` when it dies, takes too long or ends unready."""
    written = folder / "order.json"
    written.write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
    process = subprocess.Popen(  # noqa: S603 - our own module, paths we made
        [sys.executable, "-m", "meeting.documents.stamping", str(source), str(folder / "copy.pdf"), str(written)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=config.CHECKOUT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    ended = threading.Timer(SECONDS, _end, [process])
    ended.start()
    try:
        assert process.stdout is not None
        ready = False
        for line in process.stdout:
            told: dict[str, Any] = json.loads(line)
            ready = ready or "ready" in told
            yield told
        if process.wait() or not ready:
            raise Refused("copy_failed")
    finally:
        ended.cancel()
        _end(process)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


@every(600)
def sweep() -> None:
    """Takes away copies that have lain for a day, and what a stopped worker left of one half made."""
    for left in copy_path(0).parent.glob("tmp*"):
        if left.is_dir() and left.stat().st_mtime < time.time() - 3600:
            shutil.rmtree(left, ignore_errors=True)
    with reading() as session:
        if not expired_copies(session):
            return
    perform(SYSTEM, "documents.sweep_copies", {})
