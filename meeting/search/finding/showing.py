"""The page of hits: of each document its best passage with what was found marked as it is written there, and the other places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from meeting.search import rules
from meeting.search.finding import names
from meeting.search.finding.answers import Hit, Place
from meeting.search.finding.catalogue import Catalogue, Doc, breathe
from meeting.search.finding.cutting import Piece, whole
from meeting.search.finding.proving import Sought, lines, title_line
from meeting.search.finding.ranking import Seen
from meeting.search.language.marking import marks_in
from meeting.search.language.matching import Degree, Match, match
from meeting.search.language.wanted import Wanted
from meeting.search.models import Passage

PLACES = 8  # passages of a document that is shown, in the order in which they stand there
TRIED = 4  # of those, how many are tried until one proves to answer

NAMED = ("meeting", "person", "unit")  # the name of these is what they say


def head_of(session: Session, doc: Doc) -> str:
    """The head of a document's passages."""
    body = names.bodies(session).get(doc.body_id or 0)
    return rules.head(doc.kind, doc.symbol, doc.title, body.words if body else "", doc.dated)


@dataclass(frozen=True)
class Shower:
    """Makes hits of documents."""

    session: Session
    catalogue: Catalogue
    wanted: Wanted
    needs: Sequence[Sought]

    def look(self, docs: Sequence[Doc], passages: BitMap) -> Mapping[int, Seen]:
        """What stands in the first passage of each document that answers, and in its head."""
        keys = {doc.number: _first(doc, passages, 1) for doc in docs}
        read = lines(self.session, self.catalogue, [key for some in keys.values() for key in some])
        return {doc.number: self._seen(doc, next((read[key] for key in keys[doc.number] if key in read), " ")) for doc in docs}

    def _seen(self, doc: Doc, line: str) -> Seen:
        if doc.kind in NAMED:
            line = title_line(doc.title) + line
        places = [at for need in self.needs if (at := need.place(line)) >= 0]
        head = title_line(head_of(self.session, doc))
        number = max(1, len(self.needs))
        return Seen(
            hits=sum(need.hits(line) for need in self.needs),
            near=any(need.is_near(line) for need in self.needs),
            early=min(places, default=len(line)) / len(line),
            about=sum(need.length(line) for need in self.needs) / len(line),
            text=sum(need.share(line) for need in self.needs) / number,
            head=sum(need.share(head) for need in self.needs if not need.dated) / number,
            day=sum(need.share(head) for need in self.needs if need.dated) / number,
            typed=sum(need.as_typed(line) for need in self.needs) / number,
        )

    def hits_in(self, line: str) -> int:
        """How often the words stand in a text."""
        return sum(need.hits(line) or need.is_near(line) for need in self.needs)

    def hits(self, found: Sequence[tuple[int, BitMap]]) -> list[Hit]:
        """Hits, in the order given; a document of which no passage proves to answer is left out."""
        docs = [self.catalogue.docs[number] for number, _ in found]
        keys = {doc.number: _first(doc, passages, PLACES) for doc, (_, passages) in zip(docs, found, strict=True)}
        read = lines(self.session, self.catalogue, [key for some in keys.values() for key in some]) if self.needs else {}
        counts = {key: self.hits_in(line) for key, line in read.items()}
        best = {number: _best(some, counts) for number, some in keys.items()}
        rows = self._rows(key for doc in docs for key in best[doc.number][:1])
        breathe()
        hits = [self._hit(doc, keys[doc.number], best[doc.number], counts, rows) for doc in docs]
        self._name_places(hit for hit in hits if hit)
        return [hit for hit in hits if hit]

    def _hit(
        self, doc: Doc, keys: Sequence[int], best: Sequence[int], counts: Mapping[int, int], rows: dict[int, Passage]
    ) -> Hit | None:
        for key in best[:TRIED]:
            if key not in rows:
                rows |= self._rows([key])
            passage = rows.get(key)
            found = self._match(passage) if passage else None
            if passage and found:
                words = {passage.text[start:end] for start, end in found.spans}
                places = [Place(key, counts[key]) for key in keys if counts.get(key)]
                return Hit(passage, found, doc, places, words, self.title(doc.title))
        return None

    def _match(self, passage: Passage) -> Match | None:
        if self.wanted.empty:
            return Match(Degree.PHRASE, False, ())
        return match(self.wanted, rules.head_of(passage), passage.text)

    def title(self, title: str) -> list[Piece]:
        """The title with what was found in it marked, if only some of the words."""
        return whole(title, marks_in(self.wanted, title))

    def _rows(self, keys: Iterable[int]) -> dict[int, Passage]:
        wanted = select(Passage).where(Passage.id.in_(list(keys)), Passage.gone.is_(False))
        return {row.id: row for row in self.session.scalars(wanted.options(defer(Passage.revision), defer(Passage.indexed)))}

    def _name_places(self, hits: Iterable[Hit]) -> None:
        """Places were noted by their passages: says where in the document these stand."""
        shown = list(hits)
        keys = [place.page for hit in shown for place in hit.places]
        wanted = select(Passage.id, Passage.page, Passage.place).where(Passage.id.in_(keys))
        rows = {row.id: row for row in self.session.execute(wanted)} if keys else {}
        for hit in shown:
            found = [(rows[place.page], place.hits) for place in hit.places if place.page in rows]
            hit.places = [Place(row.page, number, row.place) for row, number in found if row.page is not None or row.place]


def _first(doc: Doc, passages: BitMap, most: int) -> list[int]:
    """The first passages of a document that are among some."""
    if len(doc.passages) == 1:
        return doc.passages if doc.passages[0] in passages else []
    return [key for key in doc.passages if key in passages][:most]


def _best(keys: Sequence[int], counts: Mapping[int, int]) -> list[int]:
    """The passages with the most hits first, among equals the earlier."""
    return sorted(keys, key=lambda key: -counts.get(key, 0))
