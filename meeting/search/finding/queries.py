"""Searching: passages from the engine, rights and filters as sets of documents, the verdict from the text of what is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from pyroaring import BitMap
from sqlalchemy.orm import Session

from meeting import clock
from meeting.permissions import Actor
from meeting.search.engines import engine
from meeting.search.engines.engine import Unreadable
from meeting.search.finding import catalogue as catalogues
from meeting.search.finding import facets, narrowing, ranking, showing, tiers
from meeting.search.finding.answers import Asked, Facet, Found, Hit, Place
from meeting.search.finding.catalogue import Catalogue, breathe
from meeting.search.finding.facets import narrowed
from meeting.search.finding.proving import Sought, is_near, lines, sought, stands, title_line
from meeting.search.finding.ranking import Level, Scales, newest_first
from meeting.search.language import spelling, wanted
from meeting.search.language.wanted import Wanted
from meeting.search.rights.sight import Sight
from meeting.search.rules import with_state

__all__ = ["Asked", "Facet", "Found", "Hit", "Place", "count", "documents", "search"]

PROVED = 300  # passages that answer as phrases of three and more are proved on their text up to so many
NEAR_LOOKED_AT = 300  # passages that hold all the words, the newest, are looked at
ENOUGH = 40  # documents that answer by a phrase, whatever the filters say: then nothing near is looked for
OFFERS_TRIED = 5


@dataclass
class _Search:
    """One search on its way."""

    session: Session
    actor: Actor
    asked: Asked
    wanted: Wanted
    catalogue: Catalogue
    sight: Sight
    today: date
    filters: narrowing.Filters
    needs: list[Sought]
    levels: list[Level] = field(default_factory=list)
    matched: BitMap = field(default_factory=BitMap)  # documents that answer, whatever the filters say
    phrases: int = 0  # of those left by the filters, how many by a phrase
    exact: int = 0
    more: bool = False
    disproved: int = 0  # documents of the page that their text did not bear out

    def readable(self, passages: BitMap) -> BitMap:
        """The documents of some passages that the actor may read."""
        return self.sight.readable(self.catalogue.of_passages(passages))

    def add(self, docs: BitMap, passages: BitMap) -> int:
        """One more level, of documents that do not answer better already; how many the filters leave of it."""
        fresh = docs - self.matched
        self.matched |= fresh
        left = narrowed(fresh, self.filters)
        if left:
            self.levels.append(Level(left, passages))
        return len(left)

    @property
    def total(self) -> int:
        """How many documents answer."""
        return sum(len(level.docs) for level in self.levels)


def search(session: Session, actor: Actor, asked: Asked) -> Found:
    """What the actor may read that answers, one page of it. Hits, counts and passages shown hold only that.

    Nothing that is typed is an error. Words that stand nowhere as a phrase are looked for near each other; where nothing answers
    the nearest spellings are offered that find something.
    """
    question = wanted.read(asked.typed, clock.today(), narrowing.known_to(session))
    if question.empty and question.fields.empty and question.fields_out.empty and not asked.narrowed and not asked.after_seq:
        return Found(question, page=asked.page, size=asked.size)
    try:
        found = _gathered(_begun(session, actor, asked, question))
        shown = _shown(found)
        nearest = [] if shown.total or question.empty else _nearest(found)
    except Unreadable:
        return Found(question, ready=False, page=asked.page, size=asked.size)
    return replace(shown, nearest=nearest)


def count(session: Session, actor: Actor, asked: Asked) -> int:
    """How many documents answer, and nothing else."""
    question = wanted.read(asked.typed, clock.today(), narrowing.known_to(session))
    return _gathered(_begun(session, actor, asked, question)).total


def documents(session: Session, actor: Actor, asked: Asked) -> BitMap:
    """The numbers of the documents that answer: what `search` would show, page after page. Raises `Unreadable`."""
    question = wanted.read(asked.typed, clock.today(), narrowing.known_to(session))
    return BitMap.union(BitMap(), *(level.docs for level in _gathered(_begun(session, actor, asked, question)).levels))


def _begun(session: Session, actor: Actor, asked: Asked, question: Wanted) -> _Search:
    known = catalogues.current(session)
    today = clock.today()
    filters = narrowing.asked_for(session, known, asked, question.fields, today)
    left_out = narrowing.named(session, known, question.fields_out, today)
    if left_out:
        filters["left out"] = known.every - BitMap.union(*left_out.values())
    sight = Sight(session, actor, known)
    return _Search(session, actor, asked, question, known, sight, today, filters, sought(question))


def _gathered(found: _Search) -> _Search:
    """Puts the levels together."""
    if found.wanted.empty:
        found.add(found.sight.readable(found.catalogue.every), found.catalogue.live)
        return found
    index = engine.current()
    index.ahead(tiers.asked_for(found.wanted))
    sets = tiers.phrases(index.find, found.wanted)
    breathe()
    exact, phrase = (sets.exact, sets.phrase) if sets.sure else _proved(found, sets)
    if len(exact) == len(phrase):
        exact = phrase
    readable = found.readable(phrase)
    exactly = readable if exact is phrase else readable & found.catalogue.of_passages(exact)
    for docs, passages in ((_own(found) & readable, phrase), (exactly, exact), (readable, phrase)):
        found.phrases += found.add(docs, passages)
    found.exact = len(narrowed(exactly, found.filters))
    breathe()
    if len(found.matched) < ENOUGH or not found.phrases:
        index.ahead(tiers.asked_for_loosely(found.wanted))
        _loosely(found, *tiers.loose(index.find, found.wanted), phrase)
    return found


def _own(found: _Search) -> BitMap:
    """The documents that bear a symbol that was typed, whole or in part."""
    keys = {need.own for need in found.wanted.needs if need.own} | found.wanted.symbols
    return BitMap.union(BitMap(), *(narrowing.bearing_number(found.catalogue, key) for key in keys))


def _proved(found: _Search, sets: tiers.Sets) -> tuple[BitMap, BitMap]:
    """Phrases of three syllables and more, proved on the text where they are few; the page shown is proved in any case."""
    phrase = sets.phrase & found.catalogue.live
    if len(phrase) > PROVED:
        return sets.exact, sets.phrase
    read = lines(found.session, found.catalogue, phrase)
    kept = BitMap([key for key, line in read.items() if stands(found.needs, line, _head(found, key))])
    return sets.exact & kept, kept


def _head(found: _Search, passage: int) -> str:
    return title_line(showing.head_of(found.session, found.catalogue.doc_of(passage)))


def _loosely(found: _Search, everywhere: BitMap, together: BitMap, phrase: BitMap) -> None:
    """Adds what has the words near each other or in parts; weights tell these apart.

    Whether they are near only the text says: the newest that may be read are looked at.
    """
    candidates = everywhere - phrase
    readable = found.readable(candidates)
    docs = readable - found.matched
    left = narrowed(docs, found.filters)
    looked = _newest(found, left, candidates, NEAR_LOOKED_AT)
    if len(left) < len(docs):  # the counts of other filters want to know of others too
        looked += _newest(found, docs - left, candidates, NEAR_LOOKED_AT - len(looked))
    found.more = len(looked) >= NEAR_LOOKED_AT
    read = lines(found.session, found.catalogue, looked)
    breathe()
    near = BitMap([key for key, line in read.items() if is_near(found.needs, line, _head(found, key))])
    loose = near | (together & candidates)
    found.add(found.catalogue.of_passages(loose) & readable, loose)


def _newest(found: _Search, docs: BitMap, passages: BitMap, most: int) -> list[int]:
    """The passages among some that belong to the newest of some documents."""
    keys: list[int] = []
    if most <= 0:
        return keys
    for number in newest_first(found.catalogue, docs):
        keys += passages & found.catalogue.passages_of(found.catalogue.docs[number])
        if len(keys) >= most:
            break
    return keys[:most]


def _hits(found: _Search) -> list[Hit]:
    """The hits of the page asked for."""
    asked = found.asked
    shower = showing.Shower(found.session, found.catalogue, found.wanted, found.needs)
    start = (asked.page - 1) * asked.size
    if asked.sort == "date" or found.wanted.empty:
        docs = BitMap.union(BitMap(), *(level.docs for level in found.levels))
        numbers = _slice(newest_first(found.catalogue, docs), start, asked.size)
    else:
        scales = Scales(found.catalogue, found.needs, found.today, shower.look)
        numbers = ranking.page_of(found.levels, scales, start, asked.size)
    breathe()
    hits = shower.hits([(number, _passages(found.levels, number)) for number in numbers])
    found.disproved = len(numbers) - len(hits)
    return hits


def _shown(found: _Search) -> Found:
    """The page asked for, with counts."""
    breathe()
    hits = _hits(found)
    breathe()
    counts = facets.counted(
        facets.Counting(
            found.session,
            found.catalogue,
            found.asked,
            found.matched,
            found.filters,
            found.today,
            found.sight.readable,
            {hit.passage.meeting_id for hit in hits if hit.passage.meeting_id},
        )
    )
    return Found(
        found.wanted,
        hits,
        found.total - found.disproved,
        counts,
        {facet.value: facet.count for facet in counts["kind"] if facet.count},
        exact=found.exact > 0,
        near=bool(hits) and not found.wanted.empty and not found.phrases,
        more=found.more,
        page=found.asked.page,
        size=found.asked.size,
    )


def _slice(numbers: Iterator[int], start: int, size: int) -> list[int]:
    return list(islice(numbers, start, start + size))


def _passages(levels: Sequence[Level], number: int) -> BitMap:
    return next(level.passages for level in levels if number in level.docs)


def _nearest(found: _Search) -> list[str]:
    """Other spellings that find something that the actor may read, with the marks they have there."""
    nearest: list[str] = []
    by_state = with_state(found.asked.typed)
    for offer in filter(None, [by_state, *spelling.offers(found.wanted, engine.current().known)[:OFFERS_TRIED]]):
        asked = replace(found.asked, typed=offer, page=1, size=1)
        question = wanted.read(offer, found.today, narrowing.known_to(found.session))
        other = _gathered(_begun(found.session, found.actor, asked, question))
        if offer != by_state and not other.phrases:
            continue
        first = next(iter(_hits(other)), None)
        written = (
            offer
            if first is None or offer == by_state
            else spelling.dressed(offer, f"{first.passage.text}\n{first.passage.title}")
        )
        if first and written not in nearest:
            nearest.append(written)
    return nearest
