"""The catalogue: what there is to find, in the memory of each process, so that rights, filters and counts are operations on sets.

It holds no text. Each document (kind, source) has a dense number, and for every kind, body, meeting, unit, person, state, year
and month there is the set of its documents. It follows the store by `passage.seq`: a document of which any passage changed is
read anew. It is read in small slices, so that the tablets' loop never waits for it.
"""

import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from pyroaring import BitMap
from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from meeting.database import Database, database
from meeting.search.finding.doc import Doc as Doc  # noqa: PLC0414 - part of this module's own words
from meeting.search.language.symbols import key as symbol_key
from meeting.search.language.symbols import parts
from meeting.search.rights.picture import marks
from meeting.search.rules import standing

SLICE = 250  # rows read between two breaths of the loop
SOURCES_AT_ONCE = 100
TRUSTED_SECONDS = 6 * 3600  # rows that are gone are purged after a day: whoever slept longer reads everything anew

_COLUMNS = (
    "id, kind, source_id, part, meeting_id, body_id, item_id, unit_id, person_id, state, due_on, dated, symbol, title, seq, gone"
)
_ALL = text(f"SELECT {_COLUMNS} FROM passage WHERE id > :last ORDER BY id LIMIT {SLICE}")  # noqa: S608 - only names of columns are put in
_CHANGED = text(f"SELECT id, kind, source_id, seq FROM passage WHERE seq > :seq ORDER BY seq, id LIMIT {SLICE}")  # noqa: S608
_SOURCES = text(
    f"SELECT {_COLUMNS} FROM passage WHERE kind = :kind AND source_id IN :sources ORDER BY source_id, part"  # noqa: S608
).bindparams(bindparam("sources", expanding=True))

Sets = dict[Any, BitMap]


class Catalogue:
    """All documents of one store."""

    def __init__(self) -> None:
        self.docs: list[Doc] = []
        self.every = BitMap()  # numbers of documents that there are
        self.live = BitMap()  # ids of passages that there are
        self.seq = 0  # the newest change that was heard of
        self.version = 0  # moves with every change heard of
        self.by_kind: Sets = {}
        self.by_body: Sets = {}
        self.by_meeting: Sets = {}
        self.by_unit: Sets = {}
        self.by_person: Sets = {}
        self.by_state: Sets = {}  # by `rules.standing`
        self.by_year: Sets = {}
        self.by_month: Sets = {}  # (year, month)
        self.by_due: Sets = {}  # of what has a day by which it is due
        self.by_symbol: Sets = {}  # by `symbols.key`
        self.symbols_with: dict[str, set[str]] = {}  # the keys in `by_symbol`, by each of their parts: 135, tb, ubnd
        self.derived: dict[Hashable, BitMap] = {}  # what was made of these sets, until any of them changes
        self.lines: OrderedDict[int, str] = OrderedDict()  # folded text of passages that were looked at lately
        self._numbers: dict[tuple[str, int], int] = {}
        self._doc_of = array("I")
        self._words: dict[str, str] = {}  # one string for one title, however many documents bear it

    def number_of(self, kind: str, source_id: int) -> int | None:
        """The number of a document, if it is there."""
        number = self._numbers.get((kind, source_id))
        return number if number is not None and number in self.every else None

    def of_passages(self, passages: BitMap) -> BitMap:
        """The documents of some passages; passages that are gone count for nothing."""
        return BitMap(set(map(self._doc_of.__getitem__, (passages & self.live).to_array())))

    def doc_of(self, passage: int) -> Doc:
        """The document of a passage that is there."""
        return self.docs[self._doc_of[passage]]

    def counted(self, passages: BitMap) -> Iterator[int]:
        """The document of each passage, so that somebody can count how many each has."""
        return map(self._doc_of.__getitem__, (passages & self.live).to_array())

    def passages_of(self, doc: Doc) -> BitMap:
        """The passages of a document."""
        return BitMap(doc.passages)

    # following the store

    def take(self, rows: Iterable[Any]) -> None:
        """Puts passages in, a document's own one after the other or not."""
        shelved: dict[int, Doc] = {}
        for row in rows:
            if not row[15]:
                doc = self._numbered(row[1], row[2])
                if doc.number not in shelved:
                    self._unshelve(doc)
                    shelved[doc.number] = doc
                self._add(doc, row)
        for doc in shelved.values():
            self._shelve(doc)
        self._changed()

    def drop(self, sources: Iterable[tuple[str, int]]) -> None:
        """Takes documents out, before they are read anew."""
        for kind, source_id in sources:
            doc = self._numbered(kind, source_id)
            self._unshelve(doc)
            for passage in doc.passages:
                self.live.discard(passage)
                self.lines.pop(passage, None)
            self.docs[doc.number] = Doc(doc.number, doc.kind, source_id)
        self._changed()

    def _changed(self) -> None:
        self.version += 1
        self.derived.clear()

    def _numbered(self, kind: str, source_id: int) -> Doc:
        number = self._numbers.get((kind, source_id))
        if number is None:
            number = self._numbers[self._one(kind), source_id] = len(self.docs)
            self.docs.append(Doc(number, self._one(kind), source_id))
        return self.docs[number]

    def _one(self, word: str) -> str:
        return self._words.setdefault(word, word)

    def _add(self, doc: Doc, row: Any) -> None:
        passage, _, _, part, meeting, body, item, unit, person, state, due_on, dated, symbol, title, seq, _ = row
        doc.passages.append(passage)
        if doc.part < 0 or part < doc.part:
            doc.part, doc.meeting_id, doc.body_id, doc.item_id, doc.unit_id, doc.person_id = (
                part,
                meeting,
                body,
                item,
                unit,
                person,
            )
            doc.state, doc.symbol, doc.title = self._one(state or ""), self._one(symbol), self._one(title)
            doc.standing = standing(doc.kind, doc.state)
            doc.due_on, doc.dated = _day(due_on), _day(dated) or date.min
        if unit is not None and unit not in doc.units:
            doc.units += (unit,)
        if person is not None and person not in doc.people:
            doc.people += (person,)
        doc.seq = max(doc.seq, seq)
        self.live.add(passage)
        missing = passage + 1 - len(self._doc_of)
        if missing > 0:
            self._doc_of.frombytes(bytes(self._doc_of.itemsize * max(missing, 1024)))
        self._doc_of[passage] = doc.number

    def _places(self, doc: Doc) -> Iterator[tuple[Sets, Hashable]]:
        yield self.by_kind, doc.kind
        yield self.by_year, doc.dated.year
        yield self.by_month, (doc.dated.year, doc.dated.month)
        if doc.body_id is not None:
            yield self.by_body, doc.body_id
        if doc.meeting_id is not None:
            yield self.by_meeting, doc.meeting_id
        if doc.standing:
            yield self.by_state, doc.standing
        if doc.due_on is not None:
            yield self.by_due, doc.due_on
        if doc.symbol:
            yield self.by_symbol, symbol_key(doc.symbol)
        for unit in doc.units:
            yield self.by_unit, unit
        for person in doc.people:
            yield self.by_person, person

    def _shelve(self, doc: Doc) -> None:
        self.every.add(doc.number)
        for sets, value in self._places(doc):
            found = sets.get(value)
            if found is None:
                found = sets[value] = BitMap()
                if sets is self.by_symbol:
                    for part in parts(str(value)):
                        self.symbols_with.setdefault(part, set()).add(str(value))
            found.add(doc.number)

    def _unshelve(self, doc: Doc) -> None:
        if doc.number not in self.every:
            return
        self.every.discard(doc.number)
        for sets, value in self._places(doc):
            found = sets[value]
            found.discard(doc.number)
            if not found:
                del sets[value]
                if sets is self.by_symbol:
                    for part in parts(str(value)):
                        self.symbols_with[part].discard(str(value))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def breathe() -> None:
    """Lets others go on: the tablets' loop waits no longer than from one breath to the next."""
    time.sleep(0)


class _Shelf:
    """The catalogue of this process, and of which store it is."""

    def __init__(self) -> None:
        self.lock = threading.Lock()  # in the web process a green one: waiting stops nobody
        self.store: Database | None = None
        self.epoch: str | None = None
        self.read_at = 0.0
        self.catalogue: Catalogue | None = None


_shelf = _Shelf()


def current(session: Session) -> Catalogue:
    """The catalogue of the store, as new as this session's picture of it. The first one who asks waits until it is read."""
    with _shelf.lock:
        known, store = _shelf.catalogue, database()
        epoch, newest, _ = marks(session)
        fresh = time.monotonic() - _shelf.read_at < TRUSTED_SECONDS
        if known is None or store is not _shelf.store or epoch != _shelf.epoch or not fresh:
            known = _read(session, newest)
            _shelf.catalogue, _shelf.store, _shelf.epoch = known, store, epoch
        elif newest > known.seq:
            _follow(session, known)
        _shelf.read_at = time.monotonic()
        return known


def forget() -> None:
    """The next one who asks reads everything anew."""
    with _shelf.lock:
        _shelf.catalogue = None


def _read(session: Session, newest: int) -> Catalogue:
    catalogue = Catalogue()
    last = -1
    while rows := session.execute(_ALL, {"last": last}).fetchall():
        catalogue.take(rows)
        last = rows[-1][0]
        breathe()
    catalogue.seq = newest
    return catalogue


def _follow(session: Session, catalogue: Catalogue) -> None:
    """Reads anew every document of which a passage changed since."""
    while rows := session.execute(_CHANGED, {"seq": catalogue.seq}).fetchall():
        if len(rows) == SLICE and rows[0][3] != rows[-1][3]:  # the last change may go on in the next slice
            rows = [row for row in rows if row[3] != rows[-1][3]]
        elif len(rows) == SLICE:
            one = text("SELECT id, kind, source_id, seq FROM passage WHERE seq = :seq")
            rows = session.execute(one, {"seq": rows[0][3]}).fetchall()
        changed: dict[str, set[int]] = {}
        for _, kind, source_id, _ in rows:
            changed.setdefault(kind, set()).add(source_id)
        for kind, sources in changed.items():
            _again(session, catalogue, kind, sorted(sources))
        catalogue.seq = max(row[3] for row in rows)


def _again(session: Session, catalogue: Catalogue, kind: str, sources: Sequence[int]) -> None:
    for start in range(0, len(sources), SOURCES_AT_ONCE):
        some = sources[start : start + SOURCES_AT_ONCE]
        rows = session.execute(_SOURCES, {"kind": kind, "sources": some}).fetchall()
        catalogue.drop((kind, source_id) for source_id in some)
        catalogue.take(rows)
        if len(sources) > SOURCES_AT_ONCE:
            breathe()
