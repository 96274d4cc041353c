"""How passages lie in a Whoosh index: the term index of Whoosh's own codec, with whole sets of passages as posting lists.

Whoosh keeps for each posting a document number, a weight and a length, in blocks that Python steps through. A question about
terms alone needs none of that: here the posting list of a term is one compressed bitmap of passage numbers, so that reading one
of 60,000 takes a tenth of a millisecond. Documents lie in the order of their numbers, so that a document's number is its rank.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import Any

from pyroaring import BitMap
from whoosh import columns, fields
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermsReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_ushort

from meeting.search.engines.engine import Entry, numbers, packed, unpacked

FIELD = "terms"
SLOT = struct.Struct("!Iq")  # of Whoosh's table: the hash of a term and where it stands
LENGTHS = struct.Struct("!ii")  # before each term: its length and that of its set
KEY = columns.NumericColumn("I")
REVISION = columns.NumericColumn("I")


def schema() -> fields.Schema:
    """What Whoosh is told of a passage."""
    return fields.Schema(key=fields.COLUMN(KEY), revision=fields.COLUMN(REVISION), terms=fields.KEYWORD(scorable=False))


class SetsCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with sets as posting lists."""

    length_stats = False  # nothing is scored

    def field_writer(self, storage: Any, segment: Any) -> "SetsWriter":
        """Writes the terms of a segment."""
        return SetsWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> "SetsReader":
        """Reads the terms of a segment."""
        name = segment.make_filename(self.TERMS_EXT)
        return SetsReader(self, storage, segment, storage.open_file(name), storage.file_length(name))


class SetsWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes one set a term."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[tuple[str, BitMap]]) -> None:
        """Takes (term, passages) in any order."""
        self.start_field(FIELD, schema[FIELD])
        prefix = pack_ushort(self._fieldid)
        add = self._tindex.add
        for term, keys in sorted((term.encode(), keys) for term, keys in items):
            add(prefix + term, packed(keys))
        self.finish_field()


class SetsReader(W3TermsReader):  # type: ignore[misc]
    """Reads one set a term; to Whoosh's own searcher it shows them as document numbers."""

    def __init__(self, codec: SetsCodec, storage: Any, segment: Any, file: Any, length: int) -> None:
        super().__init__(codec, file, length, _Nothing())
        self._storage, self._segment = storage, segment
        self._ranks: BitMap | None = None
        self._bytes = memoryview(file._buf if hasattr(file, "_buf") else file.get(0, length))
        self._prefix = self._keycoder(FIELD, b"")

    def keys_of(self, term: str) -> BitMap | None:
        """The passages of this segment that hold the term, those too that were replaced since; None: it does not occur."""
        start, length = self._place(term)
        return unpacked(bytes(self._bytes[start : start + length])) if length else None

    def has(self, term: str) -> bool:
        """Whether the term occurs in this segment."""
        return self._place(term)[1] > 0

    def _place(self, term: str) -> tuple[int, int]:
        """Where the set of a term lies and how long it is: Whoosh's own way through its table, without its many small reads."""
        data, index, key = self._bytes, self._tindex, self._prefix + term.encode()
        wanted = index.hashfn(key)
        table, slots = index.tables[wanted & 255]
        slot = (wanted >> 8) % slots if slots else 0
        for _ in range(slots):
            there, item = SLOT.unpack_from(data, table + slot * SLOT.size)
            if not item:
                break
            if there == wanted:
                own, length = LENGTHS.unpack_from(data, item)
                start = item + LENGTHS.size
                if data[start : start + own] == key:
                    return start + own, length
            slot = (slot + 1) % slots
        return 0, 0

    def sets(self) -> Iterator[tuple[str, BitMap]]:
        """All terms with their passages."""
        for (_, term), data in ((self._keydecoder(key), data) for key, data in self._tindex.items()):
            yield term.decode(), unpacked(data)

    def _documents(self, fieldname: str, text: bytes) -> list[int]:
        data = self._tindex.get(self._keycoder(fieldname, text))
        if data is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        if self._ranks is None:
            self._ranks = BitMap(column(self._storage, self._segment, "key"))
        return [self._ranks.rank(key) - 1 for key in unpacked(data)]

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """What Whoosh's planner asks."""
        found = self._documents(fieldname, tbytes)
        return TermInfo(weight=len(found), df=len(found), maxweight=1, minid=found[0], maxid=found[-1])

    def frequency(self, fieldname: str, tbytes: bytes) -> int:
        """In how many passages the term stands."""
        return len(self._documents(fieldname, tbytes))

    doc_frequency = frequency

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """For Whoosh's own searcher."""
        found = self._documents(fieldname, tbytes)
        return ListMatcher(found, format=format_, scorer=scorer, term=(fieldname, tbytes))


class _Nothing:
    """The file of posting lists, which is not used."""

    def close(self) -> None:
        """Nothing to close."""


def column(storage: Any, segment: Any, name: str) -> Any:
    """A whole column of numbers."""
    file = W3Codec.column_filename(segment, name)
    with storage.open_file(file) as opened:
        return numbers(opened.get(0, storage.file_length(file)))


class Gathered:
    """Terms and their passages in memory, until a segment is written."""

    def __init__(self) -> None:
        self.lists: dict[str, list[int]] = {}
        self.sets: dict[str, BitMap] = {}

    def add(self, entry: Entry) -> None:
        """One passage."""
        lists, key = self.lists, entry.key
        for term in set(entry.terms):
            try:
                lists[term].append(key)
            except KeyError:
                lists[term] = [key]

    def merge(self, sets: Iterable[tuple[str, BitMap]], without: BitMap) -> None:
        """The terms of another segment, without passages that are gone from it."""
        mine = self.sets
        for term, keys in sets:
            left = keys - without if without else keys
            if left:
                mine[term] = mine[term] | left if term in mine else left

    def iter_postings(self) -> Iterator[tuple[str, BitMap]]:
        """Everything, for the field writer."""
        for term, keys in self.lists.items():
            found = BitMap(keys)
            yield term, (found | self.sets[term] if term in self.sets else found)
        for term, found in self.sets.items():
            if term not in self.lists:
                yield term, found

    def cleanup(self) -> None:
        """Whoosh's writer calls it at its end."""
        self.lists, self.sets = {}, {}


def rarest_first(terms: Iterable[str]) -> list[str]:
    """Pairs before syllables, the longer first: what is rare ends a search soonest."""
    return sorted(set(terms), key=lambda term: ("_" not in term, -len(term)))
