"""Pages of official papers as pictures, as they will be printed: drawn beside the tablets' loop and kept by content.

Drawing is done by one process of ours (`drawing_process`) that stays warm. When it dies it is started again; whoever asked in
that moment is told that the page is being drawn again, and asks once more.
"""

import atexit
import gzip
import json
import logging
import socket
import subprocess
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from meeting import config
from meeting.documents.drawing_process import receive, send
from meeting.documents.running import plain_environment
from meeting.documents.typeset import Layout, Sheet
from meeting.errors import N_, Refused, declare

log = logging.getLogger("meeting.drawing")

PATIENCE_SECONDS = 10.0
KEPT_BYTES = 32 * 1024 * 1024
DRAWINGS = 500  # of one process; then a fresh one takes its place

declare({"page_being_drawn": N_("The page is being drawn again. Your text is not touched by this.")})


@dataclass(frozen=True)
class Drawing:
    """A paper as drawn: its pages as gzip-packed SVG, and where its parts stand (page, millimetres from the top, edge)."""

    digest: str
    pages: list[bytes]
    marks: list[dict[str, Any]] = field(default_factory=list)

    def page(self, number: int, packed: bool) -> bytes:
        """One page's SVG, from 1; packed for those who can unpack."""
        found = self.pages[number - 1]
        return found if packed else gzip.decompress(found)

    @property
    def size_bytes(self) -> int:
        """What keeping it takes."""
        return sum(map(len, self.pages))


class _Gone(Exception):
    """The process does not answer."""


class Drawer:
    """Asks the drawing process, one paper at a time, and remembers what it drew last."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[str, Drawing] = OrderedDict()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._drawn = 0

    def drawing(self, layout: Layout, sheet: Sheet) -> Drawing:
        """The paper as pictures; the same words are drawn once. Refused: `page_being_drawn`, when it cannot be drawn just now."""
        wanted = json.dumps({"layout": layout, "sheet": sheet}, ensure_ascii=False, sort_keys=True).encode()
        digest = sha256(wanted).hexdigest()[:32]
        with self._turn:
            if (known := self.known(digest)) is not None:
                return known
            made = Drawing(digest, *self._asked(wanted))
            self._keep(made)
            return made

    def known(self, digest: str) -> Drawing | None:
        """What was drawn lately under this digest."""
        found = self._kept.get(digest)
        if found is not None:
            self._kept.move_to_end(digest)
        return found

    def stop(self) -> None:
        """Ends the process; the next paper starts another."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=2)
        self._process = self._line = None
        self._drawn = 0

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._process.pid if self._process else None

    def _keep(self, made: Drawing) -> None:
        self._kept[made.digest] = made
        self._bytes += made.size_bytes
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].size_bytes

    def _asked(self, wanted: bytes) -> tuple[list[bytes], list[dict[str, Any]]]:
        """What the process answers; asked a second time when it died meanwhile."""
        for _ in range(2):
            try:
                return self._answer(wanted)
            except (OSError, _Gone):
                log.warning("the drawing process is started anew")
                self.stop()
        raise Refused("page_being_drawn")

    def _answer(self, wanted: bytes) -> tuple[list[bytes], list[dict[str, Any]]]:
        line = self._started()
        send(line, wanted)
        told = json.loads(self._heard(line))
        pages = [self._heard(line) for _ in range(told["pages"])]
        if "failed" in told:
            log.error("a page could not be drawn", extra={"said": told["failed"]})
            raise Refused("page_being_drawn")
        self._drawn += 1
        if self._drawn >= DRAWINGS:
            self.stop()
        return pages, told["marks"]

    def _heard(self, line: socket.socket) -> bytes:
        said = receive(line)
        if said is None:
            raise _Gone()
        return said

    def _started(self) -> socket.socket:
        if self._line is not None and self._process is not None and self._process.poll() is None:
            return self._line
        self.stop()
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "meeting.documents.drawing_process", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=config.CHECKOUT,
            env=plain_environment(),
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        ours.settimeout(PATIENCE_SECONDS)
        self._line = ours
        return ours


drawer = Drawer()
atexit.register(drawer.stop)
