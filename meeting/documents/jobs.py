"""Reading a file in the worker: a process of its own for each, watched and ended at its limits."""

import json
import logging
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from meeting.documents import describing, kinds, office, running, store, store_shared
from meeting.documents.ocr import SECONDS_A_PAGE
from meeting.documents.rules import NOTES
from meeting.errors import Refused
from meeting.jobs import every, job
from meeting.permissions import SYSTEM
from meeting.writer import perform

log = logging.getLogger("meeting.documents")

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
        store_shared.patiently(lambda: store.file_path(begun["sha256"]))
        for message in messages(source_of(begun, file_id), store.pages_folder(begun["sha256"])):
            _share_page(begun["sha256"], message)
            _tell(file_id, message)
    except Refused as refused:
        if refused.code == "files_unreachable":
            raise  # nothing is wrong with the file: the job is done again later
        _refuse(file_id, refused)
    except Exception:
        log.exception("a file could not be read", extra={"file": file_id})
        _refuse(file_id, Refused("too_heavy"))


def _share_page(digest: str, message: dict[str, Any]) -> None:
    """The images of a page are where other machines find them before anybody is told of the page."""
    if "page" in message:
        pattern = f"{message['page']['number']}-*"
        store_shared.patiently(lambda: store_shared.share_folder(store.pages_folder(digest), pattern))


def _refuse(file_id: int, refused: Refused) -> None:
    perform(SYSTEM, "documents.refuse", {"file_id": file_id, "refusal": refused.code, "refusal_facts": refused.facts})


def source_of(begun: dict[str, Any], file_id: int) -> Path:
    """The PDF to read: the file itself, or what is made of an office file, a picture or a text."""
    stored = store.file_path(begun["sha256"])
    if not stored.exists():
        raise Refused("broken")
    if begun["is_pdf"]:
        return stored
    made = store.made_pdf(begun["sha256"])
    if not made.exists():
        notes = _make(stored, begun["media_type"], made)
        store_shared.patiently(lambda: store_shared.share(made))
        perform(SYSTEM, "documents.noted", {"file_id": file_id, "notes": notes})
    return made


def _make(stored: Path, media_type: str, made: Path) -> list[str]:
    """Writes the PDF of a file that is none; returns what its readers are told of that."""
    family = kinds.BY_TYPE[media_type].family
    if family == "office":
        if not office.can_convert():
            raise Refused("office_not_possible")
        return office.to_pdf(stored, media_type, made)
    made.parent.mkdir(parents=True, exist_ok=True)
    told = running.make("picture" if family == "image" else "text", stored, made, media_type)
    return [told["encoding"]] if told.get("encoding") in NOTES else []


@every(3600)
def clear_incoming() -> None:
    """Removes what a stopped server left half-received, and what a killed worker left half-made."""
    store.clear_incoming()
    office.clear_left()


@every(60)
def erase_postponed() -> None:
    """Erases what was to be erased while somebody was sending the same bytes."""
    store.erase_postponed()


def _tell(file_id: int, message: dict[str, Any]) -> None:
    if "refusal" in message:
        raise Refused(message["refusal"], **message["facts"])
    if "pages" in message:
        perform(SYSTEM, "documents.counted", {"file_id": file_id, "page_count": message["pages"]})
    elif "page" in message:
        perform(SYSTEM, "documents.page_made", {"file_id": file_id, **message["page"]})
    elif "described" in message:
        perform(SYSTEM, "documents.described", {"file_id": file_id, **message["described"]})
    elif "notes" in message:
        perform(SYSTEM, "documents.noted", {"file_id": file_id, "notes": message["notes"]})
    elif "ready" in message:
        describing.complete(file_id)
        perform(SYSTEM, "documents.ready", {"file_id": file_id})


def messages(
    source: Path, folder: Path | None, stall: float | None = None, total: float | None = None
) -> Iterator[dict[str, Any]]:
    """What the reading process says, line by line. A process that stalls, dies or takes too long is `too_heavy` or `broken`."""
    with _reading(source, folder) as process:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_pump, args=(process, lines), daemon=True).start()
        ended = threading.Timer(total or TOTAL_SECONDS, _end, [process])
        ended.start()
        try:
            while True:
                try:
                    line = lines.get(timeout=stall or STALL_SECONDS)
                except queue.Empty:
                    raise Refused("too_heavy") from None
                if not line:
                    break
                message: dict[str, Any] = json.loads(line)
                yield message
                if "ready" in message or "refusal" in message:
                    return
            process.wait(5)
            raise Refused("too_heavy" if process.returncode in (-signal.SIGKILL, -signal.SIGXCPU) else "broken")
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
    return running.start("reading", [str(source), *([str(folder)] if folder else [])])


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        running.end(process)
