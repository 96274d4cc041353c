"""The queries that the bench of search asks: drawn from the very passages, the same at every run."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from meeting.search.language.words import clean, forms, syllables

#: Of a hundred: how many of each class.
SHARES = {
    "1 syllable": 8,
    "2 syllables": 14,
    "3 syllables": 12,
    "4 syllables": 10,
    "5 syllables": 7,
    "6 syllables": 7,
    "phrase": 10,
    "symbol": 12,
    "near": 6,
    "nowhere": 4,
    "filtered": 10,
}
FILTERS = (
    {"kind": "paper"},
    {"kind": "notice", "year": "2022"},
    {"body": "UBND"},
    {"body": "HĐND", "kind": "resolution"},
    {"year": "2019"},
    {"from": "2020-03-01", "to": "2021-06-30"},
    {"sort": "date"},
    {"page": "2"},
)


@dataclass(frozen=True)
class Question:
    """One query: its class, what is typed, the filters beside it."""

    kind: str
    typed: str
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """The query as the API is asked it."""
        return "/api/v1/search?" + urlencode({"q": self.typed, **dict(self.filters)})


def draw(passages: Sequence[str], symbols: Sequence[str], count: int) -> list[Question]:
    """So many questions, mixed; half of the words are typed without marks."""
    chance = random.Random(17)
    found = []
    for kind, share in SHARES.items():
        for _ in range(max(1, count * share // 100)):
            found.append(_question(kind, passages, symbols, chance))
    chance.shuffle(found)
    return found


def prefixes(passages: Sequence[str], count: int) -> list[str]:
    """What stands in the box while somebody types: two to ten letters of a run of words."""
    chance = random.Random(23)
    return [_typed(_run(passages, 3, chance), chance)[: chance.randint(2, 10)].strip() or "ke" for _ in range(count)]


def _question(kind: str, passages: Sequence[str], symbols: Sequence[str], chance: random.Random) -> Question:
    if kind == "phrase":
        return Question(kind, '"' + " ".join(_run(passages, chance.randint(2, 4), chance)) + '"')
    if kind == "symbol":
        symbol = chance.choice(symbols)
        return Question(kind, symbol if chance.random() < 0.6 else symbol.split("-")[0])
    if kind == "near":
        run = _run(passages, 4, chance)
        return Question(kind, _typed([run[0], *run[2:]], chance))
    if kind == "nowhere":
        return Question(kind, " ".join(_run(passages, 1, chance)[0] for _ in range(3)))
    if kind == "filtered":
        return Question(kind, _typed(_run(passages, chance.randint(1, 4), chance), chance), tuple(chance.choice(FILTERS).items()))
    return Question(kind, _typed(_run(passages, int(kind[0]), chance), chance))


def _run(passages: Sequence[str], length: int, chance: random.Random) -> list[str]:
    """Neighbouring words of one sentence of some passage."""
    while True:
        text = clean(chance.choice(passages))
        words = [word for word in syllables(text) if word.exact.isalpha() or word.exact[:-1].isalpha()]
        if len(words) <= length:
            continue
        start = chance.randrange(len(words) - length)
        run = words[start : start + length]
        if run[0].sentence == run[-1].sentence:
            return [text[word.start : word.end] for word in run]


def _typed(words: Sequence[str], chance: random.Random) -> str:
    return " ".join(words if chance.random() < 0.5 else (forms(word)[1] for word in words))
