"""A process of its own that draws the pages of official papers for the screen, kept warm: a page takes a few milliseconds.

It hears a layout and a sheet over a socket (its number is the only argument) and answers with the pages as packed SVG and with
the places of their parts. It reads nothing but layouts and letters, and ends when the other end is closed.
"""

import gzip
import json
import socket
import struct
import sys
import unicodedata
from typing import Any

import typst

from meeting.documents.confine import confine
from meeting.documents.typeset import EMPTY_LISTS, FONTS, LAYOUTS

MEMORY_BYTES = 2 * 1024**3
LENGTH = struct.Struct(">I")
Drawn = tuple[dict[str, Any], list[bytes]]

_compilers: dict[str, typst.Compiler] = {}


def draw(layout: str, words: dict[str, Any]) -> Drawn:
    """The marks of a paper's parts, and its pages."""
    sheet = unicodedata.normalize("NFC", json.dumps({name: [] for name in EMPTY_LISTS} | words, ensure_ascii=False))
    compiler = _compiler(layout)
    inputs = {"sheet": sheet, "screen": "1"}
    drawn = compiler.compile(format="svg", sys_inputs=inputs)
    pages = drawn if isinstance(drawn, list) else [drawn]
    marks = json.loads(compiler.query("<mark>", field="value"))
    return {"marks": marks}, [gzip.compress(page, 3, mtime=0) for page in pages if page is not None]


def _compiler(layout: str) -> typst.Compiler:
    if layout not in _compilers:
        fonts = [str(FONTS)] if FONTS.is_dir() else []
        _compilers[layout] = typst.Compiler(str(LAYOUTS / f"{layout}.typ"), root=str(LAYOUTS), font_paths=fonts)
    return _compilers[layout]


def receive(line: socket.socket) -> bytes | None:
    """One message, None when the other end is closed."""
    head = _exactly(line, LENGTH.size)
    return _exactly(line, LENGTH.unpack(head)[0]) if head is not None else None


def send(line: socket.socket, *messages: bytes) -> None:
    """Some messages, each behind its length."""
    line.sendall(b"".join(LENGTH.pack(len(each)) + each for each in messages))


def _exactly(line: socket.socket, size: int) -> bytes | None:
    held = bytearray()
    while len(held) < size:
        piece = line.recv(min(size - len(held), 1 << 20))
        if not piece:
            return None
        held += piece
    return bytes(held)


def main(number: int) -> None:
    """Draws until nobody asks any more."""
    line = socket.socket(fileno=number)
    line.setblocking(True)  # the web process made it for a loop of its own
    confine(MEMORY_BYTES, None, [], [FONTS.resolve()])
    while (asked := receive(line)) is not None:
        wanted = json.loads(asked)
        try:
            told, pages = draw(wanted["layout"], wanted["sheet"])
        except typst.TypstError as error:
            told, pages = {"failed": str(error)[:2000]}, []
        send(line, json.dumps(told | {"pages": len(pages)}).encode(), *pages)


if __name__ == "__main__":
    main(int(sys.argv[1]))
