"""The virus scanner, where one is set: clamd's own protocol (INSTREAM) over a unix socket or TCP.

While one is set nothing comes in unchecked: when it does not answer, files are refused and the administrator is told.
"""

import contextlib
import logging
import socket
import struct
import time
from pathlib import Path
from urllib.parse import urlsplit

from meeting import config
from meeting.errors import Refused

log = logging.getLogger("meeting.documents")

SECONDS = 60.0  # for one answer
CHUNK_BYTES = 256 * 1024
MAX_ANSWER_BYTES = 4096
PORT = 3310
TELL_AGAIN_SECONDS = 3600.0


def is_on() -> bool:
    """Whether files are scanned on this server."""
    return bool(config.settings().virus_scanner)


def scan(path: Path) -> str:
    """What the scanner found in a file: the virus's name, or empty when it is clean or no scanner is set.

    Refused: `scanner_away` when it cannot be reached or answers nothing understandable, `scanner_too_large`.
    """
    if not is_on():
        return ""
    try:
        answer = _ask(path)
    except OSError as failure:
        log.error("the virus scanner does not answer", extra={"scanner": config.settings().virus_scanner, "why": str(failure)})
        raise Refused("scanner_away") from None
    return meaning(answer)


def meaning(answer: str) -> str:
    """The virus's name in an answer of clamd: `stream: Eicar-Signature FOUND`. Refused when it says neither that nor OK."""
    said = answer.strip("\0\n ").removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:200]
    if "size limit exceeded" in said:
        raise Refused("scanner_too_large")
    log.error("the virus scanner answered something unknown", extra={"answer": said[:200]})
    raise Refused("scanner_away")


def answers() -> bool:
    """Whether the scanner that is set answers PING (the administrator's page)."""
    try:
        with _connected() as line:
            line.sendall(b"zPING\0")
            return line.recv(16).strip(b"\0\n") == b"PONG"
    except OSError:
        return False


_told_at: dict[str, float] = {}


def tell_now() -> bool:
    """Whether the administrators are to be told that the scanner is away: not again within an hour."""
    known, where = time.monotonic(), config.settings().virus_scanner
    if where in _told_at and known - _told_at[where] < TELL_AGAIN_SECONDS:
        return False
    _told_at[where] = known
    return True


def _ask(path: Path) -> str:
    with _connected() as line, path.open("rb") as opened:
        line.sendall(b"zINSTREAM\0")
        try:
            while piece := opened.read(CHUNK_BYTES):
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            log.info("the virus scanner stopped listening before the end of a file")  # it says why: too large
        heard = b""
        with contextlib.suppress(ConnectionResetError):  # it may close before it read our last bytes
            while len(heard) < MAX_ANSWER_BYTES and (piece := line.recv(1024)):
                heard += piece
    return heard.decode("utf-8", "replace")


def _connected() -> socket.socket:
    where = urlsplit(config.settings().virus_scanner)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    if where.scheme != "tcp" or not where.hostname:
        raise OSError("the address of the virus scanner begins with unix: or tcp://")
    return socket.create_connection((where.hostname, where.port or PORT), timeout=SECONDS)
