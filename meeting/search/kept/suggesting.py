"""Suggestions while typing: own recent searches, symbols, titles, people and units. Nothing that the actor may not read.

What can be suggested is what hits show: the symbols and titles of the catalogue's documents and the titles of agenda items, held
in memory by the beginnings of their words. Rights are asked for those that hold what was typed, before anything is put in order.
"""

import heapq
import threading
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item
from meeting.errors import N_
from meeting.permissions import Actor
from meeting.search.addresses import address_of
from meeting.search.finding import catalogue as catalogues
from meeting.search.finding import warming
from meeting.search.finding.catalogue import Catalogue
from meeting.search.kept.recent import recent_of
from meeting.search.kept.suggesting_words import (
    MOST_LETTERS,
    FieldTyped,
    Typed,
    WordIndex,
    field_at_end,
    part_of,
    retyped,
    typed_so_far,
)
from meeting.search.language.words import clean
from meeting.search.models import Passage
from meeting.search.rights.sight import Sight
from meeting.search.rules import KINDS

MOST = 8
MOST_EACH = 5
LOOKED_AT = 2000  # documents that hold what was typed, the newest, of which the best are taken
ENOUGH = 40  # that begin with the very words
SLICE = 100  # documents taken in between two breaths of the loop
NEVER, GONE = -2, -1
OPENED = ("symbol", "person", "unit")
BETWEEN = " · "  # stands between the parts of a title
#: The groups in which suggestions are shown, in their order.
LABELS = {
    "recent": N_("Searched lately"),
    "symbol": N_("Symbols"),
    "title": N_("Titles"),
    "person": N_("People"),
    "unit": N_("Units"),
}


@dataclass(frozen=True)
class Suggestion:
    """What may be meant: the words to search for, the group it belongs to (see `LABELS`), and where it opens at once."""

    text: str
    kind: str
    url: str | None = None


@dataclass(frozen=True, order=True)
class _Candidate:
    """Smaller is better: as typed with its marks, at the beginning, the newer."""

    inexact: bool
    closeness: int
    age: int
    text: str
    number: int = -1


def suggest(session: Session, actor: Actor, typed: str) -> list[Suggestion]:
    """At most eight, those of one group together, the best first. Nothing typed: what one looked for lately."""
    catalogues.breathe()  # whoever asks again at once on the same line would leave nobody else a turn
    if (behind := field_at_end(typed)) is not None:
        return _values(session, actor, behind)
    so_far = typed_so_far(typed)
    recent = [
        Suggestion(row.typed, "recent", row.url)
        for row in recent_of(session, actor)
        if not typed.strip() or part_of(row.typed).closeness(so_far) < 3
    ]
    if so_far.empty:
        return recent[:MOST]
    known = catalogues.current(session)
    _held.follow(session, known)
    found = _found(session, actor, known, so_far)
    if not any(found.values()) and (plain := retyped(so_far)) != so_far:
        found = _found(session, actor, known, plain)
    groups = {"recent": recent[:MOST_EACH], **_opened(session, known, found)}
    return _chosen(groups)


def _values(session: Session, actor: Actor, behind: FieldTyped) -> list[Suggestion]:
    """What may stand behind a field word: the question completed by the name of a unit, of a person, or by a symbol."""
    known = catalogues.current(session)
    _held.follow(session, known)
    sight = Sight(session, actor, known)
    value = typed_so_far(behind.value)
    if behind.group == "symbol":
        best = _best(_of_symbols(known, _readable(sight, _held.symbols.find(value) & known.every), value))
        return [Suggestion(behind.before + each.text, behind.group) for each in best]
    there = known.by_kind.get(behind.group, BitMap())
    numbers = there if value.empty else there & _held.titles.find(value)
    best = _best(_of_titles(known, _readable(sight, numbers), value))
    return [Suggestion(f'{behind.before}"{each.text}"', behind.group) for each in best]


def _chosen(groups: dict[str, list[Suggestion]]) -> list[Suggestion]:
    """The best of each group in turn until there are eight, then by group. Words that were looked for lately stand once."""
    taken: dict[str, list[Suggestion]] = {kind: [] for kind in LABELS}
    said: set[str] = set()
    for rank in range(MOST_EACH):
        for kind in LABELS:
            one = groups[kind][rank] if rank < len(groups.get(kind, [])) else None
            if one is not None and len(said) < MOST and one.text.casefold() not in said:
                said.add(one.text.casefold())
                taken[kind].append(one)
    return [one for kind in LABELS for one in taken[kind]]


def _found(session: Session, actor: Actor, known: Catalogue, typed: Typed) -> dict[str, list[_Candidate]]:
    """The best of each group that the actor may read."""
    by_symbol, by_title = _held.symbols.find(typed), _held.titles.find(typed)
    readable = _readable(Sight(session, actor, known), (by_symbol | by_title) & known.every)
    people = known.by_kind.get("person", BitMap())
    units = known.by_kind.get("unit", BitMap())
    titled = by_title & readable
    return {
        "symbol": _best(_of_symbols(known, by_symbol & readable, typed)),
        "title": _best(_of_titles(known, titled - people - units, typed)),
        "person": _best(_of_titles(known, titled & people, typed)),
        "unit": _best(_of_titles(known, titled & units, typed)),
    }


def _readable(sight: Sight, numbers: BitMap) -> BitMap:
    """Those that the actor may read: of very many the newest, so that rights are not asked for what is never shown."""
    newest = [*numbers][::-1]
    found = BitMap()
    for start in range(0, len(newest), LOOKED_AT):
        found |= sight.readable(BitMap(newest[start : start + LOOKED_AT]))
        if len(found) >= LOOKED_AT:
            break
    return found


def _best(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The best ones, each text once."""
    once: dict[str, _Candidate] = {}
    for each in candidates:
        before = once.get(each.text)
        if before is None or each < before:
            once[each.text] = each
    return heapq.nsmallest(MOST_EACH, once.values())


def _of_symbols(known: Catalogue, numbers: BitMap, typed: Typed) -> Iterator[_Candidate]:
    """Documents of one's own symbol before those that only come from it (tasks), the newer before the older."""
    for number in _newest(numbers):
        doc = known.docs[number]
        age = KINDS.index(doc.kind) * 1_000_000 - doc.dated.toordinal()
        for part in _held.symbols.parts(number):
            yield _Candidate(False, part.closeness(typed), age, part.text, number)


def _of_titles(known: Catalogue, numbers: BitMap, typed: Typed) -> Iterator[_Candidate]:
    """Of a title the part that holds the words; the whole where they stand in several parts. Enough that begin so are enough."""
    said = typed.said.casefold()
    seen: set[str] = set()
    perfect = 0
    for number in _newest(numbers):
        doc = known.docs[number]
        elsewhere = True
        for part in _held.titles.parts(number):
            if part.text in seen:
                elsewhere = False
                continue
            seen.add(part.text)
            closeness = part.closeness(typed)
            if closeness < 3:
                elsewhere = False
                inexact = said not in part.text.casefold()
                perfect += not inexact and not closeness
                yield _Candidate(inexact, closeness, -doc.dated.toordinal(), part.text, number)
        if elsewhere:
            yield _Candidate(True, 3, -doc.dated.toordinal(), _short(doc.title), number)
        if perfect >= ENOUGH:
            return


def _newest(numbers: BitMap) -> Sequence[int]:
    return [*numbers][-LOOKED_AT:][::-1]


def _opened(session: Session, known: Catalogue, found: dict[str, list[_Candidate]]) -> dict[str, list[Suggestion]]:
    """Symbols, people and units with the address at which they open; titles are searched for."""
    numbers = {each.number for kind in OPENED for each in found[kind]}
    firsts = {number: known.docs[number].passages[0] for number in numbers if known.docs[number].passages}
    rows = {row.id: row for row in session.scalars(select(Passage).where(Passage.id.in_(firsts.values())))} if firsts else {}
    urls = {number: address_of(rows[key]) for number, key in firsts.items() if key in rows}
    return {
        kind: [Suggestion(each.text, kind, urls.get(each.number) if kind in OPENED else None) for each in best]
        for kind, best in found.items()
    }


def _short(title: str) -> str:
    """A title as it fits a line, cut between words: the words that are left find it."""
    whole = " ".join(title.split())
    return whole if len(whole) <= MOST_LETTERS else whole[: MOST_LETTERS + 1].rpartition(" ")[0] or whole[:MOST_LETTERS]


class _Held:
    """What this process holds of the catalogue by words; follows it document by document."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # in the web process a green one
        self._catalogue: Catalogue | None = None
        self._version = -1
        self._seqs = array("q")
        self.symbols, self.titles = WordIndex(), WordIndex()

    def follow(self, session: Session, known: Catalogue) -> None:
        """Takes in what changed, in small slices. While somebody else does it, what there is must do."""
        if known is self._catalogue and known.version == self._version:
            return
        if not self._lock.acquire(blocking=False):
            return
        try:
            if known is not self._catalogue:
                self._catalogue, self._seqs = known, array("q")
                self.symbols, self.titles = WordIndex(), WordIndex()
            version = known.version
            changed = self._changed(known)
            for start in range(0, len(changed), SLICE):
                self._take(session, known, changed[start : start + SLICE])
                time.sleep(0)
            self._version = version
        finally:
            self._lock.release()

    def _changed(self, known: Catalogue) -> list[int]:
        """The numbers of documents that are not held as they are now."""
        count = len(known.docs)
        self._seqs.extend([NEVER] * (count - len(self._seqs)))
        now = array("q", [doc.seq if doc.passages else GONE for doc in known.docs[:count]])
        return [number for number, (held, seq) in enumerate(zip(self._seqs, now, strict=True)) if held != seq]

    def _take(self, session: Session, known: Catalogue, numbers: Sequence[int]) -> None:
        docs = [known.docs[number] for number in numbers]
        items = [doc.source_id for doc in docs if doc.kind == "item"]
        rows = session.execute(select(Item.id, Item.title).where(Item.id.in_(items))) if items else ()
        called = {row.id: row.title for row in rows}
        for doc in docs:
            own = [clean(called.get(doc.source_id, ""))] if doc.kind == "item" else []
            titles = [*own, *doc.title.split(BETWEEN)] if doc.passages else []
            self.titles.put(doc.number, *dict.fromkeys(map(_short, titles)))
            self.symbols.put(doc.number, doc.symbol if doc.passages else "")
            self._seqs[doc.number] = doc.seq if doc.passages else GONE


_held = _Held()
warming.followers.append(_held.follow)
