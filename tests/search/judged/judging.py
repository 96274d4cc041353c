"""The list of judged queries, and what a system makes of it."""

import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from meeting.search.finding.cutting import plain
from meeting.search.finding.queries import Found
from meeting.search.language.words import clean, syllables
from tests.search.judged import figures
from tests.search.judged.figures import Figures

LIST = Path(__file__).with_name("list.toml")
FIELDS = {"typed", "class", "relevant", "why", "form", "holds", "never", "offer"}


@dataclass(frozen=True)
class Query:
    """One judged query: see the head of list.toml."""

    typed: str
    kind: str  # its class
    relevant: frozenset[str]
    why: str
    holds: str = ""
    never: frozenset[str] = frozenset()
    offer: str = ""
    form: str = ""

    @property
    def name(self) -> str:
        """What it is called in the record."""
        return self.typed + (f" ({self.form})" if self.form else "")

    @property
    def asked(self) -> str:
        """As it is put to the system."""
        return unicodedata.normalize(self.form, self.typed) if self.form else self.typed  # type: ignore[arg-type]


def queries() -> list[Query]:
    """The whole list."""
    rows = tomllib.loads(LIST.read_text(encoding="utf-8"))["query"]
    found = []
    for row in rows:
        if unknown := row.keys() - FIELDS:
            raise ValueError(f"{row['typed']}: {unknown}")
        told = {name: row.get(name, "") for name in ("form", "holds", "offer")}
        relevant, never = frozenset(row["relevant"]), frozenset(row.get("never", ()))
        found.append(Query(row["typed"], row["class"], relevant, row["why"], never=never, **told))
    return found


@dataclass(frozen=True)
class Answer:
    """What the system said: keys of the documents in order, how many there are in all, the passages shown, what was offered."""

    keys: tuple[str, ...]
    total: int
    passages: tuple[str, ...]
    offers: tuple[str, ...]


def answer_of(found: Found, keys: Mapping[tuple[str, int], str]) -> Answer:
    """An answer in the words of the list."""
    return Answer(
        tuple(keys.get((hit.passage.kind, hit.passage.source_id), hit.name) for hit in found.hits),
        found.total,
        tuple(plain(hit.pieces) for hit in found.hits),
        tuple(getattr(found, "nearest", ())),
    )


def judge(query: Query, answer: Answer) -> Figures:
    """The figures of one query. What must not be found costs everything; an offer counts like a document."""
    if query.never & set(answer.keys):
        return Figures(0.0, 0.0)
    found = [key if _holds(query, passage) else "" for key, passage in zip(answer.keys, answer.passages, strict=True)]
    judged = figures.judged(found, query.relevant)
    if query.offer:
        place = figures.reciprocal_rank([folded(offer) for offer in answer.offers], {folded(query.offer)})
        return Figures(place, 1.0 if place else 0.0)
    return judged


def folded(text: str) -> str:
    """Text as its folded syllables."""
    return " ".join(syllable.folded for syllable in syllables(clean(text)))


def _holds(query: Query, passage: str) -> bool:
    return not query.holds or f" {query.holds} " in f" {folded(passage)} "


def by_class(judged: Mapping[str, Figures], every: Iterable[Query]) -> dict[str, Figures]:
    """The mean figures of each class, in the order of the list, and of the whole."""
    classes: dict[str, list[Figures]] = {}
    for query in every:
        classes.setdefault(query.kind, []).append(judged[query.name])
    means = {kind: figures.mean(each) for kind, each in classes.items()}
    return means | {"all": figures.mean(judged.values())}


def run(every: Iterable[Query], ask: Callable[[str], Answer]) -> dict[str, Figures]:
    """Puts the whole list to a system."""
    return {query.name: judge(query, ask(query.asked)) for query in every}
