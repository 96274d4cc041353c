"""The files of a Whoosh index: segments that never change, and a table of contents that names those in force.

Whoosh writes a new segment, then a new table of contents, and leaves both to the system's cache; here both are on the disk before
the table takes effect, and a segment carries its checksum, so that a torn one is noticed when it is opened.
"""

import io
import os
import pickle
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pyroaring import BitMap
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from meeting.search.engines.engine import Entry, Unreadable
from meeting.search.engines.whoosh_codec import KEY, REVISION, Gathered, SetsCodec, SetsReader, column, schema

NAME = "MAIN"
ABSORBED = 1_000  # segments of so few passages are put together as they come
CROWDED, HEAPED = 24, 5_000  # where there are many, larger ones too, as far as a commit stays short
WHOLE = 25_000  # and never more than these make one


class Durable(FileStorage):  # type: ignore[misc]
    """A folder whose files are on the disk before a rename makes them count."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._new: set[str] = set()

    def create_file(self, name: str, *arguments: Any, **named: Any) -> Any:
        """As Whoosh does, remembering the name."""
        self._new.add(name)
        return super().create_file(name, *arguments, **named)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """One step: the new name holds the old content or the new one."""
        for name in self._new:
            if os.path.exists(self._fpath(name)):
                sync(self._fpath(name))
        self._new.clear()
        os.replace(self._fpath(oldname), self._fpath(newname))
        sync(self.folder)


def sync(path: str | Path) -> None:
    """Asks the system to have a file, or a folder's names, on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def point(pointer: Path, name: str) -> None:
    """Writes a name into a small file, in one step."""
    fresh = pointer.with_name(f"{pointer.name}.new")
    fresh.write_text(name)
    sync(fresh)
    fresh.replace(pointer)
    sync(pointer.parent)


def create(folder: Path) -> None:
    """An empty index in a new folder."""
    folder.mkdir(parents=True)
    FileIndex.create(Durable(str(folder)), schema(), NAME)


def generation(folder: Path) -> int:
    """The number of the latest table of contents."""
    found: int = TOC._latest_generation(os.listdir(folder), NAME)
    return found


def read(folder: Path, number: int) -> list[Any]:
    """The segments that a table of contents names."""
    found: list[Any] = TOC.read(FileStorage(str(folder)), NAME, gen=number).segments
    return found


class Mapped(CompoundStorage):  # type: ignore[misc]
    """The files in a segment as the system maps them; Whoosh's own way would copy each into memory."""

    def open_file(self, name: str, *arguments: Any, **named: Any) -> Any:
        """A part of the map."""
        if not self._source:
            return super().open_file(name, *arguments, **named)
        start, length = self.range(name)
        opened = BufferFile(b"", name=name)
        opened._buf = memoryview(self._source)[start : start + length]
        opened.file = io.BufferedReader(Window(opened._buf))
        return opened


class Window(io.RawIOBase):
    """Bytes in memory, read as a file."""

    def __init__(self, content: memoryview) -> None:
        self._content, self._at = content, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Goes to a place."""
        self._at = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._content)}[whence] + offset
        return self._at

    def readinto(self, target: Any) -> int:
        """Copies what fits."""
        part = self._content[self._at : self._at + len(target)]
        target[: len(part)] = part
        self._at += len(part)
        return len(part)


class Piece:
    """One segment, open. It never changes; what was replaced in it stands in the tables of contents."""

    def __init__(self, folder: Path, segment: Any) -> None:
        self.path = path_of(folder, segment)
        self.stamp = stamp(self.path)
        if checksum(self.path) != segment.checksum:
            raise Unreadable(f"{self.path.name} is damaged")
        self._files = Mapped(FileStorage(str(folder)).open_file(self.path.name))
        self.terms: SetsReader = segment.codec().terms_reader(self._files, segment)
        self.keys: array[int] = column(self._files, segment, "key")
        self.all = BitMap(self.keys)

    def revisions(self, segment: Any) -> "array[int]":
        """The revision of each passage, in the order of `keys`."""
        found: array[int] = column(self._files, segment, "revision")
        return found

    def dead(self, segment: Any) -> BitMap:
        """The passages of this segment that are gone from it."""
        return BitMap([self.keys[number] for number in segment.deleted_docs()])


def path_of(folder: Path, segment: Any) -> Path:
    """The file of a segment."""
    return folder / str(segment.make_filename(segment.COMPOUND_EXT))


class View:
    """What one table of contents says: the segments, each with what is gone from it."""

    def __init__(self, name: str, number: int, parts: list[tuple[Piece, BitMap, Any]]) -> None:
        self.at = name, number
        self.parts = parts


def stamp(path: Path) -> tuple[int, int, int]:
    """What tells that a file was exchanged."""
    there = path.stat()
    return there.st_ino, there.st_size, there.st_mtime_ns


def checksum(path: Path) -> int:
    """Over a whole file."""
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            found = zlib.crc32(chunk, found)
    return found


class PassageWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one commit, for passages in the order of their numbers."""

    def __init__(self, folder: Path, opened: Sequence[Piece] = ()) -> None:
        super().__init__(FileIndex(Durable(str(folder)), indexname=NAME), codec=SetsCodec(), _lk=False)
        self.folder = folder
        self.pool = Gathered()
        self._opened = {piece.path: piece for piece in opened}

    def put(self, entries: Sequence[Entry], gone: Iterable[int], at_leisure: bool = False) -> None:
        """One commit: these passages in, those out; small segments are absorbed, at leisure larger ones too."""
        fresh = {entry.key: entry for entry in entries}
        out = BitMap(gone) | BitMap(fresh)
        rows = {entry.key: entry.revision for entry in fresh.values()}
        opened = [(segment, self._piece(segment)) for segment in self.segments]
        for segment, piece in opened:
            for key in piece.all & out:
                segment.delete_document(piece.all.rank(key) - 1)
        absorbed = self._worn() if at_leisure else self._absorbed(len(fresh))
        for segment, piece in opened:
            if segment.segment_id() in absorbed:
                dead = piece.dead(segment)
                rows.update({key: had for key, had in zip(piece.keys, piece.revisions(segment), strict=True) if key not in dead})
                self.pool.merge(piece.terms.sets(), dead)
        for entry in fresh.values():
            self.pool.add(entry)
        self._documents(rows)
        self.commit(mergetype=lambda _, segments: [each for each in segments if each.segment_id() not in absorbed])

    def fill(self, entries: Iterable[Entry]) -> int:
        """One commit of passages that are in no segment yet. Returns how many."""
        rows: dict[int, int] = {}
        try:
            for entry in entries:
                rows[entry.key] = entry.revision
                self.pool.add(entry)
        except BaseException:  # broken off by the operator, or what gives the entries failed
            self.cancel()
            raise
        self._documents(rows)
        self.commit(mergetype=lambda _, segments: list(segments))
        return len(rows)

    def _piece(self, segment: Any) -> Piece:
        return self._opened.get(path_of(self.folder, segment)) or Piece(self.folder, segment)

    def _absorbed(self, arriving: int) -> set[str]:
        """Small segments from the smallest on, as long as what becomes of them is not much larger than the next."""
        most = HEAPED if len(self.segments) >= CROWDED else ABSORBED
        taken: set[str] = set()
        total = arriving
        for segment in sorted(self.segments, key=lambda each: int(each.doc_count())):
            count = segment.doc_count()
            if (count < most and count <= max(4 * total, 16) and total + count <= most) or not count:
                taken.add(segment.segment_id())
                total += count
        return taken

    def _worn(self) -> set[str]:
        """Segments that are far from whole, or of which much is gone, as many as make a whole one; one alone is left as it is."""
        taken: set[str] = set()
        total = 0
        worn = [each for each in self.segments if each.doc_count() < WHOLE // 2 or each.deleted_count() > WHOLE // 4]
        for segment in sorted(worn, key=lambda each: int(each.doc_count())):
            if total + segment.doc_count() <= WHOLE:
                taken.add(segment.segment_id())
                total += segment.doc_count()
        return taken if len(taken) > 1 or any(each.deleted_count() > WHOLE // 4 for each in worn) else set()

    def _documents(self, rows: dict[int, int]) -> None:
        for number, key in enumerate(sorted(rows)):
            self.perdocwriter.start_doc(number)
            self.perdocwriter.add_column_value("key", KEY, key)
            self.perdocwriter.add_column_value("revision", REVISION, rows[key])
            self.perdocwriter.finish_doc()
        self.docnum = len(rows)
        self._added = bool(rows)

    def _finalize_segment(self) -> Any:
        segment = super()._finalize_segment()
        segment.checksum = checksum(path_of(self.folder, segment))
        return segment


MEANWHILE = "meanwhile"  # in a folder that a rebuild fills: what the worker wrote since it began


def pass_on(fresh: Path, entries: Sequence[Entry], gone: Sequence[int]) -> None:
    """Gives a rebuild what is written beside it: a file a commit, whole or not there at all."""
    number = len(os.listdir(fresh / MEANWHILE))
    part = fresh / "passed-on.new"
    part.write_bytes(pickle.dumps((list(entries), list(gone))))
    sync(part)
    part.replace(fresh / MEANWHILE / f"{number:08}")


def passed_on(fresh: Path) -> Iterator[tuple[list[Entry], list[int]]]:
    """What a rebuild was given, in order."""
    for path in sorted((fresh / MEANWHILE).iterdir()):
        yield pickle.loads(path.read_bytes())  # noqa: S301 - written by this engine
