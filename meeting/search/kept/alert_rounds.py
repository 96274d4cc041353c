"""Asking saved searches anew, each as its owner and by the rights of this moment. Reads only; `alerts` writes what comes of it.

New is a document that did not answer when the search was saved. What answers by its words but may not be read yet waits, and is
asked for again once anybody's rights may have changed: at the issue of a draft, an invitation, a role that is given.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from pyroaring import BitMap
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.database import Database, database
from meeting.journal import Entry
from meeting.organization.models import Account
from meeting.organization.queries import actor_of
from meeting.permissions import Actor
from meeting.search.engines import engine
from meeting.search.finding import asking, catalogue, queries, tiers
from meeting.search.finding.answers import MOST_A_PAGE, Asked, Hit
from meeting.search.finding.catalogue import Catalogue
from meeting.search.kept import saved_rules as rules
from meeting.search.kept.saved_models import SavedSearch
from meeting.search.language.wanted import Wanted, read
from meeting.search.models import Passage
from meeting.search.rights.sight import Sight

RIGHTS_SECONDS = 600.0  # rights that time alone gives or takes: a term that begins, a paper released at its hour
MOST_BYTES = 120_000  # of a set of passages that is kept


@dataclass(frozen=True)
class Mark:
    """Up to where this process knows of changes of rights."""

    store: Database
    entry: int  # the newest one of the journal
    at: float


@dataclass
class Rights:
    """Whether anybody's rights may have changed since the last round that was finished; the first one of a process asks all."""

    known: Mark | None = None

    def mark(self, session: Session) -> Mark:
        """Where things stand in this session's picture."""
        return Mark(database(), session.scalar(select(func.max(Entry.id))) or 0, clock.now().timestamp())

    def changed(self, mark: Mark) -> bool:
        """Whether something happened since, or much time passed."""
        before = self.known
        if before is None or before.store is not mark.store or before.entry != mark.entry:
            return True
        return not 0 <= mark.at - before.at < RIGHTS_SECONDS

    def keep(self, mark: Mark) -> None:
        """A round was finished. Without a change the moment of the last one stays."""
        if self.changed(mark):
            self.known = mark


rights = Rights()


def due(session: Session, until: int, rights_changed: bool) -> list[SavedSearch]:
    """The saved searches that something may have come for, those of one person together."""
    reasons: list[ColumnElement[bool]] = [SavedSearch.seen_seq < until, SavedSearch.known.is_(None)]
    if rights_changed:
        reasons.append(SavedSearch.waiting.is_not(None))
    wanted = select(SavedSearch).where(SavedSearch.alert, or_(*reasons))
    return list(session.scalars(wanted.order_by(SavedSearch.person_id, SavedSearch.id)))


def indexed_up_to(session: Session) -> int:
    """The newest change up to which the index has everything."""
    lacking = session.scalar(select(func.min(Passage.seq)).where(Passage.indexed != Passage.revision, ~Passage.gone))
    newest = session.scalar(select(func.max(Passage.seq))) or 0
    return newest if lacking is None else min(newest, lacking - 1)


@dataclass
class Round:
    """What one round came to: inputs of `search.alert`, and the searches for which there was nothing."""

    found: list[dict[str, Any]] = field(default_factory=list)
    vain: list[int] = field(default_factory=list)


class Changed:
    """The passages that changed since, and the engine's answers, each asked for once in a round."""

    def __init__(self, session: Session, known: Catalogue, since: int, until: int) -> None:
        rows = session.execute(select(Passage.id, Passage.seq).where(Passage.seq > since, ~Passage.gone)).all()
        self._rows = [(key, seq) for key, seq in rows if seq <= until]
        self._live = known.live.copy()
        self._after: dict[int, BitMap] = {}
        self._terms: dict[tuple[str, ...], BitMap] = {}
        self._engine = engine.current()

    def after(self, seq: int) -> BitMap:
        """Those that changed after this."""
        if seq not in self._after:
            self._after[seq] = BitMap([key for key, at in self._rows if at > seq])
        return self._after[seq]

    def before(self, seq: int) -> BitMap:
        """Those that did not."""
        return self._live - self.after(seq)

    def answering(self, wanted: Wanted, among: BitMap) -> BitMap:
        """Those of some that could answer by their terms; without words all of them."""
        if wanted.empty or not among:
            return among.copy()
        return among & (tiers.phrases(self._find, wanted).phrase | tiers.loose(self._find, wanted)[0])

    def _find(self, terms: Iterable[str]) -> BitMap:
        key = tuple(terms)
        if key not in self._terms:
            self._terms[key] = self._engine.find(key)
        return self._terms[key]


def ask(session: Session, rows: Sequence[SavedSearch], until: int) -> Round:
    """Asks each search as its owner. Who may not come in any more is told nothing, and not later either."""
    done = Round()
    shelf = catalogue.current(session)
    changed = Changed(session, shelf, min(row.seen_seq for row in rows), until)
    owner: int | None = None
    asker: Asker | None = None
    for row in rows:
        if row.person_id != owner:
            owner = row.person_id
            actor = actor_of(session, session.scalar(select(Account).where(Account.person_id == owner)))
            asker = Asker(session, actor, shelf, changed, until) if actor else None
        found = asker.ask(row) if asker else None
        if found is None:
            done.vain.append(row.id)
        else:
            done.found.append(found)
    return done


class Asker:
    """One person, whose saved searches are asked."""

    def __init__(self, session: Session, actor: Actor, shelf: Catalogue, changed: Changed, until: int) -> None:
        self._session, self._actor, self._shelf, self._changed, self._until = session, actor, shelf, changed, until
        self._sight = Sight(session, actor, shelf)

    def ask(self, row: SavedSearch) -> dict[str, Any] | None:
        """What is new in one search; None when nothing is to be noted."""
        question = asking.asked_of(self._session, row.question)
        answering = partial(self._changed.answering, read(question.typed, clock.today()))
        known, waited = held(row.known), BitMap(row.waiting or ())
        if row.known is None:
            known, waited = self._there(question, row.seen_seq), self._apart(answering(self._changed.before(row.seen_seq)))[1]
        fresh = answering(self._changed.after(row.seen_seq))
        if row.known is not None and not fresh and not waited:
            return None
        readable, waiting = self._apart((fresh | waited) & self._shelf.live)
        new = self._shelf.of_passages(readable) - self._shelf.of_passages(known)
        hits = self._hits(question, new, min(row.seen_seq, self._oldest(readable & waited))) if new else []
        kept = sorted(waiting, reverse=True)[: rules.MOST_WAITING]
        if row.known is not None and not hits and kept == (row.waiting or []):
            return None
        return {
            "saved_id": row.id,
            "asked_seq": row.seen_seq,
            "until": max(self._until, row.seen_seq),
            "found": [self._found(hit) for hit in hits],
            "waiting": kept,
            "known": written(known) if row.known is None else None,
        }

    def _there(self, question: Asked, seq: int) -> BitMap:
        """Two passages of each document that answers already and has not wholly come since."""
        docs = queries.documents(self._session, self._actor, question) & self._shelf.of_passages(self._changed.before(seq))
        each = (self._shelf.docs[number].passages for number in docs)
        return BitMap([key for passages in each for key in (passages[0], passages[-1])])

    def _apart(self, passages: BitMap) -> tuple[BitMap, BitMap]:
        """Those of documents that the owner may read now, and the others."""
        docs = self._sight.readable(self._shelf.of_passages(passages))
        readable = BitMap.union(BitMap(), *(self._shelf.passages_of(self._shelf.docs[number]) for number in docs)) & passages
        return readable, passages - readable

    def _oldest(self, passages: BitMap) -> int:
        """Just before the oldest change among some passages."""
        if not passages:
            return 2**62
        return (self._session.scalar(select(func.min(Passage.seq)).where(Passage.id.in_(passages.to_array()))) or 1) - 1

    def _hits(self, question: Asked, among: BitMap, after: int) -> list[Hit]:
        """What the search itself says of these documents: its verdict on the text, its filters, its rights."""
        hits: list[Hit] = []
        page = pages = 1
        while page <= pages and len(hits) < rules.MOST_NEW:
            wanted = replace(question, after_seq=max(after, 0), sort="date", page=page, size=MOST_A_PAGE)
            found = queries.search(self._session, self._actor, wanted)
            hits += [hit for hit in found.hits if hit.doc.number in among]
            page, pages = page + 1, found.pages
        return hits[: rules.MOST_NEW]

    def _found(self, hit: Hit) -> dict[str, Any]:
        passage = hit.passage
        meeting = self._session.get(Meeting, passage.meeting_id) if passage.meeting_id is not None else None
        title = " ".join(part for part in (passage.symbol, passage.title) if part)
        closed = meeting is not None and meeting.closed
        return {"kind": passage.kind, "source_id": passage.source_id, "title": title, "closed": closed}


def written(passages: BitMap) -> str:
    """A set of passages as text; of a set too large for an act's input the newest part."""
    while len(data := passages.serialize()) > MOST_BYTES:
        passages = passages[len(passages) // 2 :]
    return b64encode(data).decode()


def held(text: str | None) -> BitMap:
    """The set that was written."""
    return BitMap.deserialize(b64decode(text)) if text else BitMap()
