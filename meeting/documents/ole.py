"""The table of contents of an old Office file (Compound File Binary, MS-CFB): only names, read within bounds."""

import struct
from dataclasses import dataclass
from pathlib import Path

from meeting.errors import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END_OF_CHAIN = 0xFFFFFFFA  # and above: no sector
MOST_SECTORS = 512  # of the table of contents: 2,048 to 16,384 names
ENTRY_BYTES = 128


@dataclass(frozen=True)
class Entry:
    """One stream or folder; the numbers lead to its neighbours and to the first entry inside."""

    name: str
    left: int
    right: int
    child: int


def names(path: Path) -> tuple[list[str], list[str]]:
    """The names at the top, and all names: an object inside may be of another kind than the file.

    Refused as `broken_archive` when the file is cut or contradicts itself.
    """
    content = path.read_bytes()
    try:
        entries = _entries(content)
        return [entries[number].name for number in _top(entries)], [entry.name for entry in entries]
    except (struct.error, IndexError, UnicodeDecodeError):
        raise Refused("broken_archive") from None


def _entries(content: bytes) -> list[Entry]:
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in (9, 12):
        raise Refused("broken_archive")
    size = 1 << shift
    (at,) = struct.unpack_from("<I", content, 48)
    tables = [each for each in struct.unpack_from("<109I", content, 76) if each < END_OF_CHAIN]
    found: list[Entry] = []
    seen: set[int] = set()
    while at < END_OF_CHAIN:
        if at in seen or len(seen) >= MOST_SECTORS:
            raise Refused("broken_archive")
        seen.add(at)
        start = (at + 1) * size
        found += [_entry(content, offset) for offset in range(start, start + size, ENTRY_BYTES)]
        at = _next(content, tables, at, size)
    return found


def _entry(content: bytes, offset: int) -> Entry:
    length, kind = struct.unpack_from("<HB", content, offset + 64)
    left, right, child = struct.unpack_from("<III", content, offset + 68)
    known = kind in (1, 2, 5) and 2 <= length <= 64
    return Entry(content[offset : offset + length - 2].decode("utf-16-le") if known else "", left, right, child)


def _top(entries: list[Entry]) -> set[int]:
    """The numbers of the entries directly in the root, which is entry 0."""
    waiting, found = [entries[0].child], set()
    while waiting:
        number = waiting.pop()
        if number < END_OF_CHAIN and number not in found:
            found.add(number)
            waiting += [entries[number].left, entries[number].right]
    return found


def _next(content: bytes, tables: list[int], sector: int, size: int) -> int:
    entry = sector * 4
    table = tables[entry // size]
    (following,) = struct.unpack_from("<I", content, (table + 1) * size + entry % size)
    return int(following)
