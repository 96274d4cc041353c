"""The nearest spellings when nothing was found: what the keys meant (Telex, VNI), glued or parted syllables, one slip in each.

Pure. `known` says which terms occur at all (`Engine.known`); the caller searches with each offer and shows those that find what
may be read. An offer keeps what was typed and changes only what had to be; `dressed` writes it with its marks, as the first
passage that it finds has them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from meeting.search.language import abbreviations
from meeting.search.language.keystrokes import decoded
from meeting.search.language.syllabary import FOLDED, bare
from meeting.search.language.wanted import Wanted
from meeting.search.language.words import Syllable, folded_forms, pair, places, syllables

MOST = 3
MOST_SYLLABLES = 10
_ASKED_A_PLACE = 12  # candidates of one place that go on to the pairs
_BEAMS = 16
_LONGEST_GLUED = 40

_KEYS, _PARTED, _MERGED, _CONFUSED, _SWAPPED, _EDITED, _SHORT = 0.1, 0.4, 0.6, 0.6, 0.8, 1.0, 0.9
_STRANGE_PAIR = 1.2  # what two neighbours cost that stand next to each other nowhere
_FARTHEST = 0.9  # that an offer may cost above the best

_OPENINGS_HEARD = (  # openings taken for each other
    ("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("v", "d"), ("v", "gi"), ("l", "n"), ("k", "c"), ("c", "qu"),
    ("g", "gh"), ("ng", "ngh"),
    ("ph", "f"), ("gi", "j"), ("d", "z"), ("gi", "z"), ("qu", "w"), ("ng", "n"), ("th", "t"), ("kh", "k"),
    ("nh", "n"), ("qu", "q"),
)  # fmt: skip
_ENDINGS_HEARD = (  # endings taken for each other
    ("c", "t"), ("n", "ng"), ("nh", "n"), ("ch", "t"), ("ch", "c"), ("nh", "ng"), ("i", "y"), ("o", "u"), ("p", "t"), ("m", "n"),
    ("k", "c"), ("q", "c"),
)  # fmt: skip

KnownTerms = Callable[[Sequence[str]], set[str]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One way to read one or two of the words typed."""

    folded: tuple[str, ...]
    shown: str
    cost: float
    words: int = 1  # of those typed


@dataclass
class _Path:
    """A whole reading as far as it goes."""

    cost: float = 0.0
    folded: tuple[str, ...] = ()
    taken: tuple[_Candidate, ...] = field(default=())


def offers(wanted: Wanted, known: KnownTerms) -> list[str]:
    """At most three questions that are spelt nearly like the one typed, the likeliest first.

    A question is likely when it changes little and its neighbours are known as pairs; what is no likelier than the one typed is
    not offered. Symbols and field words stay as they are, and so do words in quotes beside free words.
    """
    typed = list(wanted.run or (syllables(wanted.said) if wanted.fields.empty and not wanted.symbols else ()))[:MOST_SYLLABLES]
    if not typed:
        return []
    columns = [_candidates(each, typed[at + 1] if at + 1 < len(typed) else None) for at, each in enumerate(typed)]
    there = known(sorted({term for column in columns for each in column for term in each.folded}))
    columns = [_kept(column, there) for column in columns]
    together = known(sorted(set(_pairs(columns))))
    paths = _paths(columns, together)
    as_typed = [each.folded for each in typed]
    limit = min((path.cost for path in paths if list(path.folded) == as_typed), default=99.0)
    if not there.issuperset(as_typed):
        limit = 99.0
    found: dict[tuple[str, ...], str] = {}
    for path in paths:
        if list(path.folded) != as_typed and path.cost < limit and _sensible(path, together):
            limit = min(limit, path.cost + _FARTHEST)
            found.setdefault(path.folded, _written(wanted.said, typed, path))
    return list(found.values())[:MOST]


def _kept(column: Sequence[_Candidate], there: set[str]) -> list[_Candidate]:
    """The cheapest candidates whose syllables all occur; the word as typed where there is none."""
    good = sorted((each for each in column if there.issuperset(each.folded)), key=lambda each: each.cost)
    return good[:_ASKED_A_PLACE] or [each for each in column if not each.cost]


def _pairs(columns: Sequence[Sequence[_Candidate]]) -> Iterable[str]:
    """The pairs inside candidates and between neighbouring ones."""
    for at, column in enumerate(columns):
        for each in column:
            yield from (pair(one, two) for one, two in pairwise(each.folded))
            if at + each.words < len(columns):
                for after in columns[at + each.words]:
                    yield pair(each.folded[-1], after.folded[0])


def _paths(columns: Sequence[Sequence[_Candidate]], together: set[str]) -> list[_Path]:
    """The cheapest readings of the whole."""
    beams: list[list[_Path]] = [[] for _ in range(len(columns) + 1)]
    beams[0] = [_Path()]
    for at, column in enumerate(columns):
        for path in sorted(beams[at], key=lambda path: path.cost)[:_BEAMS]:
            for each in column:
                links = pairwise((*path.folded[-1:], *each.folded))
                strange = sum(pair(one, two) not in together for one, two in links)
                cost = path.cost + each.cost + _STRANGE_PAIR * strange
                beams[at + each.words].append(_Path(cost, (*path.folded, *each.folded), (*path.taken, each)))
    return sorted(beams[-1], key=lambda path: path.cost)[:_BEAMS]


def _sensible(path: _Path, together: set[str]) -> bool:
    """Whether each change stands next to a neighbour somewhere: a syllable that merely exists is no offer."""
    links = [pair(one, two) in together for one, two in pairwise(path.folded)]
    at = 0
    for each in path.taken:
        end = at + len(each.folded)
        if each.cost and links and not any(links[max(0, at - 1) : end]):
            return False
        at = end
    return True


def _written(said: str, typed: Sequence[Syllable], path: _Path) -> str:
    """What was typed with the changed words in it."""
    parts: list[str] = []
    after = at = 0
    for each in path.taken:
        first, last = typed[at], typed[at + each.words - 1]
        at += each.words
        if each.cost:
            parts += [said[after : first.start], each.shown]
            after = last.end
    return " ".join("".join([*parts, said[after:]]).split())


def dressed(offer: str, text: str) -> str:
    """An offer as it is written in a text that it finds: with its marks. As it is, where the text does not have the phrase."""
    needle, line = folded_forms(offer), folded_forms(text)
    at = line.find(needle)
    if at < 0 or not needle.strip():
        return offer
    first = line.count(" ", 0, at)
    found = places(text)[first : first + len(needle.split())]
    return " ".join(text[found[0][0] : found[-1][1]].split())


# what a word may have been


def _candidates(each: Syllable, after: Syllable | None) -> list[_Candidate]:
    """The ways to read one word, or it and the next in one."""
    found: dict[tuple[tuple[str, ...], int], _Candidate] = {}

    def add(folded: Sequence[str], shown: str, cost: float, words: int = 1) -> None:
        key = (tuple(folded), words)
        if key not in found or cost < found[key].cost:
            found[key] = _Candidate(tuple(folded), shown, cost, words)

    word = each.folded
    add((word,), word, 0.0)
    if after is not None and word + after.folded in FOLDED and not (word + after.folded).isdigit():
        add((word + after.folded,), word + after.folded, _MERGED, 2)
    if word.isdigit():
        return list(found.values())
    meant = decoded(word)
    bases = [(word, 0.0)]
    if meant:
        add((bare(meant),), meant, _KEYS)
        bases.append((bare(meant), _KEYS))
    for parts in _parted(word):
        add(parts, " ".join(parts), _PARTED + 0.05 * len(parts))
    for base, cost in bases:
        for near, more in _near(base):
            add((near,), near, cost + more)
    return list(found.values())


@lru_cache(maxsize=500)
def _parted(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways to part a glued word into syllables, the fewest parts first."""
    if not 4 <= len(word) <= _LONGEST_GLUED or not word.isalpha():
        return ()
    ways: list[list[tuple[str, ...]]] = [[] for _ in range(len(word) + 1)]
    ways[0] = [()]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end):
            if word[start:end] in FOLDED:
                ways[end] += [(*way, word[start:end]) for way in ways[start]]
        ways[end] = sorted(ways[end], key=lambda way: (len(way), sum(len(part) == 1 for part in way)))[:10]
    return tuple(way for way in ways[-1] if len(way) > 1 and all(len(part) > 1 for part in way))[:8]


@lru_cache(maxsize=2_000)
def _near(word: str) -> tuple[tuple[str, float], ...]:
    """Syllables and abbreviations that differ by one slip, with what it costs."""
    if len(word) > 8:
        return ()
    found: dict[str, float] = {}
    for other, cost in (*_heard(word), *_slips(word)):
        if other != word and (other in FOLDED or other in abbreviations.short()):
            found[other] = min(cost, found.get(other, 9.0))
    return tuple(found.items())


def _heard(word: str) -> Iterable[tuple[str, float]]:
    """Openings and endings that sound alike in one region or another."""
    for one, two in (*_OPENINGS_HEARD, *((two, one) for one, two in _OPENINGS_HEARD)):
        if word.startswith(one):
            yield two + word[len(one) :], _CONFUSED
    for one, two in (*_ENDINGS_HEARD, *((two, one) for one, two in _ENDINGS_HEARD)):
        if word.endswith(one) and len(word) > len(one):
            yield word[: -len(one)] + two, _CONFUSED


def _slips(word: str) -> Iterable[tuple[str, float]]:
    """One letter swapped, left out, put in or another."""
    letters = "abcdeghiklmnopqrstuvxy"
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:], _SWAPPED
        if tail:
            yield head + tail[1:], _SHORT if head[-1:] == tail[0] else _EDITED
            yield from ((head + letter + tail[1:], _EDITED) for letter in letters)
        yield from ((head + letter + tail, _SHORT) for letter in letters)
