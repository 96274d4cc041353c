"""Page images over the wire: rights known for a while, hot pages in memory, nothing asked twice that a browser has.

A request for a page whose reader is known (see `grants`) is answered before the application is entered; everybody else goes
the whole way through it, and is known afterwards. Behind nginx only the right is decided here: nginx sends the bytes.
"""

import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Response, request

from meeting import config
from meeting.asyncmode import run_blocking
from meeting.documents import store
from meeting.documents.grants import Asked, Grants, grants
from meeting.documents.models import File
from meeting.documents.rules import WIDTHS, nearest_width
from meeting.permissions import Actor

KINDS = {".png": "image/png", ".jpg": "image/jpeg"}
KEPT_SECONDS = 24 * 3600  # by a browser that names the content it wants (`?v=`)
HOT_BYTES = 96 * 1024 * 1024
LARGE_BYTES = 2 * 1024 * 1024  # read beside the loop, not kept
VERSION_LETTERS = 12
INNER = "/_store/"  # addresses that only nginx itself may ask for
ASKED = "meeting.documents.asked"
PAGE = re.compile(r"^/documents/([1-9][0-9]{0,17})/pages/([1-9][0-9]{0,8})$")
WIDTH, VERSION = re.compile(r"(?:^|&)w=([0-9]{1,6})(?:&|$)"), re.compile(r"(?:^|&)v=([0-9a-f]{12,64})(?:&|$)")

Headers = list[tuple[str, str]]
Start = Callable[..., Any]


@dataclass(frozen=True)
class Picture:
    """A page image as it lies in the store; `exact`: the kept width that was asked for, not one of an earlier version."""

    path: Path
    modified_ns: int
    size_bytes: int
    exact: bool

    @property
    def tag(self) -> str:
        """Changes with the bytes."""
        return f'"{self.path.parent.name[:16]}-{self.path.stem}-{self.modified_ns:x}-{self.size_bytes:x}"'


class Hot:
    """The pages asked for last, in memory. A look at the file each time tells whether it is still the same."""

    def __init__(self, limit: int = HOT_BYTES) -> None:
        self._limit = limit
        self._bytes = 0
        self._held: OrderedDict[Path, tuple[Picture, bytes]] = OrderedDict()

    def content(self, picture: Picture) -> bytes:
        """The bytes; FileNotFoundError when they are gone."""
        held = self._held.get(picture.path)
        if held is not None and held[0] == picture:
            self._held.move_to_end(picture.path)
            return held[1]
        if picture.size_bytes > LARGE_BYTES:
            return run_blocking(picture.path.read_bytes)
        content = picture.path.read_bytes()
        self._hold(picture, content)
        return content

    def _hold(self, picture: Picture, content: bytes) -> None:
        self._bytes -= len(self._held.pop(picture.path, (picture, b""))[1])
        self._held[picture.path] = picture, content
        self._bytes += len(content)
        while self._bytes > self._limit:
            self._bytes -= len(self._held.popitem(last=False)[1][1])

    @property
    def held_bytes(self) -> int:
        """How much memory the pages take."""
        return self._bytes


hot = Hot()


def picture_of(digest: str, number: int, width: int) -> Picture | None:
    """The image of a page at a kept width, or what an earlier version kept of it; None while there is none."""
    path = store.image_nearest(digest, number, width)
    if path is None:
        return None
    try:
        found = path.stat()
    except FileNotFoundError:  # made anew at this moment
        return None
    return Picture(path, found.st_mtime_ns, found.st_size, path.stem.endswith(f"-{width}"))


def asked_width(query: str) -> int:
    """The kept width that fits `?w=` best."""
    found = WIDTH.search(query)
    return nearest_width(int(found[1])) if found else WIDTHS[1]


def answered(picture: Picture, digest: str, query: str, if_none_match: str) -> tuple[str, Headers, bytes]:
    """Status, headers and body. A browser that named the content keeps it for a day; any other asks again each time."""
    version = VERSION.search(query)
    lasting = picture.exact and version is not None and digest.startswith(version[1])
    headers = [
        ("Content-Type", KINDS[picture.path.suffix]),
        ("Cache-Control", f"private, max-age={KEPT_SECONDS}, immutable" if lasting else "private, no-cache"),
        ("Vary", "Cookie, Authorization"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if config.settings().nginx_sends:
        return "200 OK", [*headers, ("X-Accel-Redirect", inner(picture.path)), ("Content-Length", "0")], b""
    headers.append(("ETag", picture.tag))
    if picture.tag in if_none_match:
        return "304 NOT MODIFIED", headers, b""
    content = hot.content(picture)
    return "200 OK", [*headers, ("Content-Length", str(len(content)))], content


def inner(path: Path) -> str:
    """The address by which nginx, and nobody else, finds a file of the store."""
    return INNER + path.relative_to(config.settings().storage).as_posix()


class PageDoor:
    """Stands before the application and answers for pages whose readers are known."""

    def __init__(self, application: Callable[..., Iterable[bytes]], known: Grants = grants) -> None:
        self._application = application
        self._known = known

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """One request."""
        named = PAGE.match(environ.get("PATH_INFO", ""))
        if named is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        asked, grant = self._known.ask(environ.get("HTTP_COOKIE", ""), environ.get("HTTP_AUTHORIZATION", ""), int(named[1]))
        found = self._answer(environ, grant.sha256, int(named[2])) if grant else None
        if found is None:
            environ[ASKED] = asked
            return self._application(environ, start_response)
        status, headers, content = found
        start_response(status, headers)
        return [content] if environ["REQUEST_METHOD"] == "GET" and content else []

    def _answer(self, environ: dict[str, Any], digest: str, number: int) -> tuple[str, Headers, bytes] | None:
        query = environ.get("QUERY_STRING", "")
        picture = picture_of(digest, number, asked_width(query))
        if picture is None:
            return None
        try:
            return answered(picture, digest, query, environ.get("HTTP_IF_NONE_MATCH", ""))
        except FileNotFoundError:
            return None


def page_image(who: Actor, file: File, number: int) -> Response | None:
    """The same for a request that went the whole way: its reader is known from now on. None while there is no image."""
    query = request.query_string.decode("ascii", "replace")
    picture = picture_of(file.sha256, number, asked_width(query))
    if picture is None:
        return None
    asked: Asked | None = request.environ.get(ASKED)
    if asked is not None:
        grants.keep(asked, who, file.sha256)
    status, headers, content = answered(picture, file.sha256, query, request.headers.get("If-None-Match", ""))
    return Response(content, status=status, headers=headers)


def whole_file(path: Path, kind: str, tag: str) -> Response:
    """A file of any size, in pieces and never whole in memory; 304 when the browser has it. FileNotFoundError when it is gone."""
    headers = [
        ("ETag", f'"{tag}"'),
        ("Cache-Control", "private, no-cache"),
        ("Vary", "Cookie, Authorization"),
        ("Content-Type", kind),
    ]
    if f'"{tag}"' in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers=headers)
    if config.settings().nginx_sends:
        return Response(headers=[*headers, ("X-Accel-Redirect", inner(path))])
    size = path.stat().st_size
    return Response(_pieces(path), headers=[*headers, ("Content-Length", str(size))], direct_passthrough=True)


def _pieces(path: Path) -> Iterable[bytes]:
    with path.open("rb") as opened:
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
        while piece := opened.read(store.CHUNK_BYTES // 4):
            yield piece
