"""What is asked of search, and what it answers."""

from dataclasses import dataclass, field
from datetime import date

from meeting.search.finding.catalogue import Doc
from meeting.search.finding.cutting import Piece, cut
from meeting.search.language.matching import Match
from meeting.search.language.wanted import Wanted
from meeting.search.models import Passage

PAGE_SIZE = 20
MOST_A_PAGE = 200


@dataclass(frozen=True)
class Asked:
    """What is asked for; empty means any. With nothing typed the filters alone list what there is, the newest first."""

    typed: str = ""
    kind: str = ""
    body_id: int | None = None
    unit_id: int | None = None
    meeting_id: int | None = None
    person_id: int | None = None
    state: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "relevance"  # or "date"
    page: int = 1
    size: int = PAGE_SIZE
    after_seq: int = 0  # only what changed after this: see `Catalogue.seq`

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for beside the words."""
        given = (self.kind, self.body_id, self.unit_id, self.meeting_id, self.person_id, self.state, self.since, self.until)
        return any(given)


@dataclass(frozen=True)
class Place:
    """Where in a document the words stand, as it is cited, its page if it has pages, and how often there."""

    page: int | None
    hits: int
    name: str = ""


@dataclass
class Hit:
    """One document that answers, by its best passage."""

    passage: Passage
    match: Match
    doc: Doc
    places: list[Place] = field(default_factory=list)
    words: set[str] = field(default_factory=set)  # what was found in the whole document, as it is written there
    title_pieces: list[Piece] = field(default_factory=list)

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
class Facet:
    """One value to narrow by: how many documents would be left."""

    value: str  # as it stands in the address
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Found:
    """The answer: one page of hits in order, how many documents there are in all, and what to narrow by."""

    wanted: Wanted
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, list[Facet]] = field(default_factory=dict)  # kind, body, period, unit, meeting, state
    kinds: dict[str, int] = field(default_factory=dict)
    exact: bool = False  # something stands there as it was typed: next to each other, with the marks that were typed
    near: bool = False  # nothing stands there as a phrase: what is shown has the words near each other, or in groups
    more: bool = False  # older documents may have the words near each other too; they were not looked at
    ready: bool = True  # False: the index is being built
    nearest: list[str] = field(default_factory=list)  # nothing was found: other spellings that find something
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages of hits there are."""
        return -(-self.total // self.size)
