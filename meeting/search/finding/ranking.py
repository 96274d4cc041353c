"""The order of what was found. Levels first (the document that bears the symbol, as typed, as a phrase, near, in parts); inside a
level by weights: where and how often the words stand, what kind of document it is and whether it is in force, then the newest.

A large level is weighed only as far as pages are looked at: its newest documents by what the catalogue knows, the best of them
by their text. The same question gives the same order on every page.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from math import log2

from pyroaring import BitMap

from meeting.search.finding.catalogue import Catalogue, Doc, breathe
from meeting.search.finding.facets import NO_YEAR
from meeting.search.finding.proving import Sought, title_line
from meeting.search.rules import ENDED, HEADS

WEIGHED = 1000  # documents of a level, the newest, that are weighed by what the catalogue knows
WEIGHED_AT_ONCE = 200  # between two breaths of the loop
MOST_COUNTED = 5000  # passages of a level
LOOKED_INTO = 60  # of those, the best, that are weighed by their text too

KIND_WEIGHTS: Mapping[str, float] = {
    "notice": 1.0,
    "resolution": 1.0,
    "meeting": 0.8,
    "minutes": 0.7,
    "person": 0.7,
    "unit": 0.7,
    "question": 0.6,
    "task": 0.6,
    "item": 0.5,
    "paper": 0.5,
    "round": 0.5,
    "promise": 0.4,
    "opinion": 0.3,
}
IN_TITLE = 1.5
ENDED_WEIGHS = -1.5
DRAFT_WEIGHS = -0.4
A_PLACE = 0.25  # for each doubling of the number of passages or places
IN_KIND = 0.5  # the words name its kind
IN_TEXT = 2.0
EARLY = 0.4
WORDS_IN_TEXT = 1.0  # all of them, pair by pair; some of them accordingly
NEAR = 0.7
AS_TYPED = 0.6
ITS_DAY = 4.0  # the day that was typed is the document's own
IN_HEAD = 1.5  # all of the words; some of them accordingly
ALL_ABOUT = 1.0  # a short text about nothing else
ABOUT = 5  # the words are a fifth of it
A_YEAR = -0.12
OLDEST_YEARS = 8


@dataclass(frozen=True)
class Level:
    """Documents that answer equally well, and the passages by which they do."""

    docs: BitMap
    passages: BitMap


@dataclass(frozen=True)
class Seen:
    """What was seen in the text and the head of a document."""

    hits: int = 0  # how often the words stand in the text as a phrase
    near: bool = False  # whether they stand near each other there
    early: float = 1.0  # where first: 0 at once, 1 at the end
    about: float = 0.0  # how much of the text they are
    text: float = 0.0  # how much of them stands in the text, pair by pair
    head: float = 0.0  # how much of them stands in the head
    day: float = 0.0  # how much of them is the day in the head
    typed: float = 0.0  # how much of them stands in the text as it was typed, not by another word for it


Look = Callable[[Sequence[Doc], BitMap], Mapping[int, Seen]]


@dataclass(frozen=True)
class Scales:
    """What is needed to weigh."""

    catalogue: Catalogue
    needs: Sequence[Sought]
    today: date
    look: Look

    @cached_property
    def kinds(self) -> Mapping[str, float]:
        """What a kind has in its favour: its weight, and that the words name it."""
        lines = {kind: title_line(said) for kind, said in HEADS.items()}
        named = {kind: max((need.share(line) for need in self.needs), default=0.0) for kind, line in lines.items()}
        return {kind: KIND_WEIGHTS.get(kind, 0.0) + IN_KIND * share for kind, share in named.items()}


def page_of(levels: Sequence[Level], scales: Scales, start: int, size: int) -> list[int]:
    """The numbers of the documents from `start` on, best first."""
    found: list[int] = []
    for level in levels:
        here = len(level.docs)
        if start < here and len(found) < size:
            found += islice(_ordered(level, scales), start, start + size - len(found))
        start = max(0, start - here)
    return found


def newest_first(catalogue: Catalogue, docs: BitMap) -> Iterator[int]:
    """Documents by their day, without ever sorting all of them."""
    if len(docs) <= 500:
        yield from _by_day(catalogue, docs)
        return
    for month in sorted(catalogue.by_month, reverse=True):
        here = docs & catalogue.by_month.get(month, BitMap())
        if here:
            yield from _by_day(catalogue, here)


def _by_day(catalogue: Catalogue, docs: BitMap) -> list[int]:
    found = [(-catalogue.docs[number].dated.toordinal(), -number) for number in docs]
    return [-number for _, number in sorted(found)]


def _ordered(level: Level, scales: Scales) -> Iterator[int]:
    newest = newest_first(scales.catalogue, level.docs)
    weighed = list(islice(newest, WEIGHED))
    counts = _counts(level, scales.catalogue, weighed) if len(weighed) > 1 else {}
    breathe()
    weights: dict[int, float] = {}
    for start in range(0, len(weighed), WEIGHED_AT_ONCE):
        some = weighed[start : start + WEIGHED_AT_ONCE]
        weights |= {number: weight(scales.catalogue.docs[number], counts.get(number, 1), scales) for number in some}
        breathe()
    most = LOOKED_INTO * (3 if any(need.dated for need in scales.needs) else 1)
    best = nsmallest(most, weighed, key=lambda number: -weights[number])  # stable: equals stay newest first
    seen = scales.look([scales.catalogue.docs[number] for number in best], level.passages)
    fine = {number: weights[number] + by_text(seen.get(number, Seen())) for number in best}
    yield from sorted(best, key=lambda number: -fine[number])
    chosen = BitMap(best)
    yield from sorted((number for number in weighed if number not in chosen), key=lambda number: -weights[number])
    yield from newest


def _counts(level: Level, catalogue: Catalogue, weighed: Sequence[int]) -> Mapping[int, int]:
    """How many of the passages each document has; over the smaller of the two sets."""
    if len(level.passages) <= MOST_COUNTED:
        return Counter(catalogue.counted(level.passages))
    docs = (catalogue.docs[number] for number in weighed)
    return {doc.number: level.passages.intersection_cardinality(catalogue.passages_of(doc)) for doc in docs}


def weight(doc: Doc, passages: int, scales: Scales) -> float:
    """What the catalogue knows in favour of a document."""
    found = scales.kinds[doc.kind] + A_PLACE * log2(1 + passages)
    if scales.needs:
        line = title_line(doc.title)
        found += IN_TITLE * sum(need.hits(line) > 0 for need in scales.needs) / len(scales.needs)
    if doc.standing in ENDED:
        found += ENDED_WEIGHS
    elif doc.standing == "draft":
        found += DRAFT_WEIGHS
    if any(need.dated for need in scales.needs):
        return round(found, 6)  # who names a day does not mean the newest
    years = (scales.today - doc.dated).days / 365 if doc.dated.year > NO_YEAR else 0.0
    return round(found + A_YEAR * min(max(years, 0.0), OLDEST_YEARS), 6)


def by_text(seen: Seen) -> float:
    """What its text and its head say in favour of a document."""
    found = IN_HEAD * seen.head + ITS_DAY * seen.day + WORDS_IN_TEXT * seen.text + AS_TYPED * seen.typed
    if seen.hits:
        found += IN_TEXT + A_PLACE * log2(1 + seen.hits) + EARLY * (1 - seen.early) + ALL_ABOUT * min(1.0, ABOUT * seen.about)
    elif seen.near:
        found += NEAR
    return round(found, 6)
