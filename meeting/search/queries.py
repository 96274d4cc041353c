"""Searching: proposals from the index, rights from the rooms, the verdict from the stored text."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from meeting import config
from meeting.asyncmode import run_blocking
from meeting.permissions import Actor
from meeting.search import index, symbols, wanted
from meeting.search.cutting import Piece, cut
from meeting.search.index import Unreadable
from meeting.search.matching import Degree, Match, match
from meeting.search.models import Passage
from meeting.search.rules import LABELS, head, rank
from meeting.search.sight import Sight, reach
from meeting.search.wanted import Run, Wanted
from meeting.search.words import pairs

PROPOSED = 2000  # passages that the index proposes at most, the latest written
LOOKED_AT = 400  # of those, how many the actor may read are looked at closely
CHUNK = 400

_one_at_a_time = threading.Lock()  # in the web process a green lock: waiting stops nobody


@dataclass(frozen=True)
class Asked:
    """What is asked for; empty means any."""

    typed: str
    kind: str = ""
    body_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Place:
    """Where in a document the words stand: the page, and how often there."""

    page: int
    hits: int


@dataclass
class Hit:
    """One document, item, vote, task or opinion that answers, by its best passage."""

    passage: Passage
    match: Match
    order: tuple[int, ...]
    places: list[Place] = field(default_factory=list)
    words: set[str] = field(default_factory=set)  # what was found in the whole document, as it is written there

    @property
    def name(self) -> str:
        """What the hit is called in the page's address."""
        return f"{self.passage.kind}-{self.passage.source_id}"

    @property
    def count(self) -> int:
        """How many places were found in the best passage."""
        return len(self.match.spans)

    @property
    def pieces(self) -> list[Piece]:
        """The passage shown, the hits marked as they are written there."""
        return cut(self.passage.text, self.match.spans)


@dataclass(frozen=True)
class Found:
    """The answer to a question: hits in order, how many of each kind there are, and how good the best is."""

    wanted: Wanted
    hits: list[Hit] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    more: bool = False  # there were more proposals than were looked at
    ready: bool = True  # False: the index is being rebuilt

    @property
    def total(self) -> int:
        """How many documents answer, of all kinds asked for."""
        return len(self.hits)

    @property
    def exact(self) -> bool:
        """Whether the words stand somewhere as they were typed: next to each other, with the marks that were typed."""
        return any(hit.match.degree == Degree.PHRASE and hit.match.exact for hit in self.hits)


def search(session: Session, actor: Actor, asked: Asked) -> Found:
    """What the actor may read that answers. Hits, counts and passages shown hold only that; nothing that is typed is an error."""
    question = wanted.read(asked.typed)
    if question.empty:
        return Found(question)
    try:
        proposed, more = _proposed(question, reach(session, actor))
    except Unreadable:
        return Found(question, ready=False)
    passages, left = _readable(session, actor, proposed, asked)
    hits = _grouped(run_blocking(_judged, question, passages), passages, question.symbols)
    kinds = {kind: sum(hit.passage.kind == kind for hit in hits) for kind in LABELS}
    shown = [hit for hit in hits if not asked.kind or hit.passage.kind == asked.kind]
    return Found(question, shown, {kind: number for kind, number in kinds.items() if number}, more or left)


def _proposed(question: Wanted, terms: Sequence[str]) -> tuple[list[int], bool]:
    """Keys of passages that could answer: those with the pairs of the words first, then those with all the words."""
    if not terms:
        return [], False
    place = index.at(config.settings().search_index)
    strict = [term for run in question.phrases for term in _terms(run)]
    near = [syllable.folded for syllable in question.run]
    tight = [*strict, *(pairs(question.run) or near)]
    with _one_at_a_time:
        first, more = run_blocking(place.find, tight, terms, PROPOSED)
        rest, more_rest = ([], False) if len(near) < 2 or more else run_blocking(place.find, strict + near, terms, PROPOSED)
    return list(dict.fromkeys([*first, *rest])), more or more_rest


def _terms(run: Run) -> list[str]:
    return pairs(run) or [syllable.folded for syllable in run]


def _readable(session: Session, actor: Actor, keys: Sequence[int], asked: Asked) -> tuple[list[Passage], bool]:
    """The first proposals that the actor may read and that were asked for, with their text."""
    found: list[Passage] = []
    sight = Sight(session, actor)
    for start in range(0, len(keys), CHUNK):
        chunk = _passages(session, keys[start : start + CHUNK], asked)
        sight.prepare(chunk)
        found += [passage for passage in chunk if sight.sees(passage)]
        if len(found) >= LOOKED_AT:
            return found[:LOOKED_AT], len(found) > LOOKED_AT or start + CHUNK < len(keys)
    return found, False


def _passages(session: Session, keys: Sequence[int], asked: Asked) -> list[Passage]:
    statement = select(Passage).where(Passage.id.in_(keys)).options(defer(Passage.revision), defer(Passage.indexed))
    if asked.body_id is not None:
        statement = statement.where(Passage.body_id == asked.body_id)
    if asked.since:
        statement = statement.where(Passage.dated >= asked.since)
    if asked.until:
        statement = statement.where(Passage.dated <= asked.until)
    rows = {row.id: row for row in session.scalars(statement)}
    return [rows[key] for key in keys if key in rows]


def _judged(question: Wanted, passages: Iterable[Passage]) -> list[Match | None]:
    """How each passage answers. Pure work on loaded text, done beside the tablets' loop."""
    return [match(question, head(each.kind, each.symbol, each.title), each.text) for each in passages]


def _grouped(matches: Sequence[Match | None], passages: Sequence[Passage], typed_symbols: frozenset[str]) -> list[Hit]:
    """One hit a document, by its best passage, with the pages where the words stand."""
    hits: dict[tuple[str, int], Hit] = {}
    for found, passage in zip(matches, passages, strict=True):
        if found is None:
            continue
        own = bool(passage.symbol) and symbols.key(passage.symbol) in typed_symbols
        order = rank(found, own, passage.kind, passage.dated, passage.id)
        key = (passage.kind, passage.source_id)
        before = hits.get(key)
        places = before.places if before else []
        words = before.words if before else set()
        words |= {passage.text[start:end] for start, end in found.spans}
        if passage.page is not None and found.spans:
            places.append(Place(passage.page, len(found.spans)))
        if before is None or order < before.order:
            hits[key] = Hit(passage, found, order, places, words)
    for hit in hits.values():
        hit.places.sort(key=lambda place: place.page)
    return sorted(hits.values(), key=lambda hit: hit.order)
