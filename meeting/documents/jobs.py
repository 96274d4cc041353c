"""Reading a file in the worker: a process of its own for each, watched and ended at its limits."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from meeting import config
from meeting.documents import describing, office, store
from meeting.documents.ocr import SECONDS_A_PAGE
from meeting.errors import Refused
from meeting.jobs import every, job
from meeting.permissions import SYSTEM
from meeting.writer import perform

STALL_SECONDS = 2 * SECONDS_A_PAGE + 60  # without a word from the reading process
TOTAL_SECONDS = 3600


@job("documents.read", slow=True)
def read(file_id: int) -> None:
    """Makes the pages of a file and tells each as it is done. Run again it starts anew and gives the same.

    Whatever the file does to the reading process, it ends in a refusal of the file, never in a failure of the worker.
    """
    begun = perform(SYSTEM, "documents.begin", {"file_id": file_id})
    if not begun["read"]:
        return
    try:
        for message in messages(source_of(begun), store.pages_folder(begun["sha256"])):
            _tell(file_id, message)
    except Refused as refused:
        perform(SYSTEM, "documents.refuse", {"file_id": file_id, "refusal": refused.code, "refusal_facts": refused.facts})


def source_of(begun: dict[str, Any]) -> Path:
    """The PDF to read: the file itself, or what LibreOffice makes of it."""
    stored = store.file_path(begun["sha256"])
    if not stored.exists():
        raise Refused("broken")
    if begun["is_pdf"]:
        return stored
    if not office.can_convert():
        raise Refused("office_not_possible")
    made = store.pages_folder(begun["sha256"]) / "converted.pdf"
    if not made.exists():
        office.to_pdf(stored, begun["media_type"], made)
    return made


@every(3600)
def clear_incoming() -> None:
    """Removes what a stopped server left half-received."""
    store.clear_incoming()


def _tell(file_id: int, message: dict[str, Any]) -> None:
    if "refusal" in message:
        raise Refused(message["refusal"], **message["facts"])
    if "pages" in message:
        perform(SYSTEM, "documents.counted", {"file_id": file_id, "page_count": message["pages"]})
    elif "page" in message:
        perform(SYSTEM, "documents.page_made", {"file_id": file_id, **message["page"]})
    elif "described" in message:
        perform(SYSTEM, "documents.described", {"file_id": file_id, **message["described"]})
    elif "ready" in message:
        describing.complete(file_id)
        perform(SYSTEM, "documents.ready", {"file_id": file_id})


def messages(
    source: Path, folder: Path | None, stall: float = STALL_SECONDS, total: float = TOTAL_SECONDS
) -> Iterator[dict[str, Any]]:
    """What the reading process says, line by line. A process that stalls, dies or takes too long is `too_heavy` or `broken`."""
    with _reading(source, folder) as process:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_pump, args=(process, lines), daemon=True).start()
        ended = threading.Timer(total, _end, [process])
        ended.start()
        try:
            while True:
                try:
                    line = lines.get(timeout=stall)
                except queue.Empty:
                    raise Refused("too_heavy") from None
                if not line:
                    break
                message: dict[str, Any] = json.loads(line)
                yield message
                if "ready" in message or "refusal" in message:
                    return
            process.wait(5)
            raise Refused("too_heavy" if process.returncode == -signal.SIGKILL else "broken")
        finally:
            ended.cancel()


def _pump(process: "subprocess.Popen[bytes]", lines: "queue.SimpleQueue[bytes]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(b"")


@contextmanager
def _reading(source: Path, folder: Path | None) -> Iterator["subprocess.Popen[bytes]"]:
    process = start(source, folder)
    try:
        yield process
    finally:
        _end(process)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def start(source: Path, folder: Path | None) -> "subprocess.Popen[bytes]":
    """Starts the reading process in a group of its own, so that its OCR ends with it."""
    command = [sys.executable, "-m", "meeting.documents.reading", str(source), *([str(folder)] if folder else [])]
    return subprocess.Popen(  # noqa: S603 - our own module, a path we made
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=config.CHECKOUT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
