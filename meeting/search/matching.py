"""Whether and where a passage answers a question, on the stored text: the index only proposes.

Pure. Four degrees, the best first: the words as a phrase; the words near each other (at most 3 others between two of them, inside
one sentence); the words in groups of two and more, of which the head of the document may hold some ("kết luận vỉa hè" finds
the notice of conclusions that speaks of vỉa hè). In each degree what was typed with marks ranks above what only sounds alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from meeting.search.wanted import Run, Wanted
from meeting.search.words import Syllable, marked, syllables

NEAR_GAP = 3
Span = tuple[int, int]


class Degree(IntEnum):
    """How well a passage answers, best first."""

    PHRASE = 0
    NEAR = 1
    PARTS = 2


@dataclass(frozen=True)
class Match:
    """One passage that answers: how well, whether as typed, and the places to mark in its text."""

    degree: Degree
    exact: bool
    spans: tuple[Span, ...]
    in_head: bool = False

    @property
    def order(self) -> tuple[int, int]:
        """Smaller is better: degree first, then exactness."""
        return self.degree, 0 if self.exact else 1


@dataclass(frozen=True)
class Read:
    """A text, read once: its syllables and their folded forms."""

    syllables: list[Syllable]
    folded: list[str]

    @classmethod
    def of(cls, text: str) -> "Read":
        """Reads a cleaned text."""
        found = syllables(text)
        return cls(found, [syllable.folded for syllable in found])


def match(wanted: Wanted, head: str, text: str) -> Match | None:
    """How the passage answers, or None. `head` is the document's kind, symbol and title; only `text` is marked."""
    body = Read.of(text)
    top = Read.of(head)
    if wanted.empty or any(_places(run, body) for run in wanted.left_out):
        return None
    found: list[Match] = []
    for phrase in wanted.phrases:
        part = _as_phrase(phrase, top, body)
        if part is None:
            return None
        found.append(part)
    if wanted.run:
        part = _as_run(wanted.run, top, body)
        if part is None:
            return None
        found.append(part)
    return _together(found)


def _together(parts: Sequence[Match]) -> Match:
    return Match(
        degree=max(part.degree for part in parts),
        exact=all(part.exact for part in parts),
        spans=merged([span for part in parts for span in part.spans]),
        in_head=any(part.in_head for part in parts),
    )


def _as_phrase(run: Run, top: Read, body: Read) -> Match | None:
    """The words next to each other, in the text or in the head."""
    found = _places(run, body)
    if found:
        exact = [places for places in found if _exactly(run, body, places)]
        return Match(Degree.PHRASE, bool(exact), _spans(body, exact or found))
    above = _places(run, top)
    if not above:
        return None
    return Match(Degree.PHRASE, any(_exactly(run, top, places) for places in above), (), in_head=True)


def _as_run(run: Run, top: Read, body: Read) -> Match | None:
    phrase = _as_phrase(run, top, body)
    if phrase or len(run) < 2:
        return phrase
    near = _near(run, body)
    if near:
        exact = [places for places in near if _exactly(run, body, places)]
        return Match(Degree.NEAR, bool(exact), _spans(body, exact or near))
    return _in_parts(run, top, body)


def _places(run: Run, where: Read) -> list[tuple[int, ...]]:
    """Where the run stands as a phrase inside one sentence: the numbers of its syllables."""
    wanted = [syllable.folded for syllable in run]
    return [
        tuple(range(start, start + len(wanted)))
        for start in _all_of(wanted[0], where.folded)
        if where.folded[start : start + len(wanted)] == wanted
        and where.syllables[start].sentence == where.syllables[start + len(wanted) - 1].sentence
    ]


def _all_of(folded: str, where: list[str]) -> Iterator[int]:
    """Every place of one syllable."""
    at = -1
    for _ in range(where.count(folded)):
        at = where.index(folded, at + 1)
        yield at


def _near(run: Run, where: Read) -> list[tuple[int, ...]]:
    """Where the syllables stand in order inside one sentence, at most 3 others between neighbours."""
    found = []
    after = 0
    for start in _all_of(run[0].folded, where.folded):
        places = _reach(run, where, start) if start >= after else None
        if places:
            found.append(places)
            after = places[-1] + 1
    return found


def _reach(run: Run, where: Read, start: int) -> tuple[int, ...] | None:
    places = [start]
    for wanted in run[1:]:
        last = places[-1]
        window = range(last + 1, min(last + 2 + NEAR_GAP, len(where.folded)))
        at = next((i for i in window if where.folded[i] == wanted.folded), None)
        if at is None or where.syllables[at].sentence != where.syllables[start].sentence:
            return None
        places.append(at)
    return tuple(places)


def _in_parts(run: Run, top: Read, body: Read) -> Match | None:
    """The run cut into phrases of two and more syllables, each in the text or the head, at least one in the text."""
    if len(run) < 4 or not all(syllable.folded in body.folded or syllable.folded in top.folded for syllable in run):
        return None
    best: dict[int, list[tuple[Run, bool]] | None] = {len(run): []}
    for start in range(len(run) - 2, -1, -1):
        best[start] = None
        for end in range(len(run), start + 1, -1):
            rest = best.get(end)
            part = run[start:end]
            if rest is None or not (_places(part, body) or _places(part, top)):
                continue
            best[start] = [(part, bool(_places(part, body))), *rest]
            break
    parts = best[0]
    if not parts or not any(in_text for _, in_text in parts):
        return None
    found = [_as_phrase(part, top, body) for part, _ in parts]
    whole = _together([each for each in found if each is not None])
    return Match(Degree.PARTS, whole.exact, whole.spans, whole.in_head)


def _exactly(run: Run, where: Read, places: Sequence[int]) -> bool:
    """Whether every syllable that was typed with marks stands there with the same."""
    return all(not marked(typed) or typed.exact == where.syllables[at].exact for typed, at in zip(run, places, strict=True))


def _spans(where: Read, found: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Places in the text, neighbours joined so that a phrase is marked as one."""
    spans: list[Span] = []
    for places in found:
        start = places[0]
        for before, after in pairwise([*places, -1]):
            if after != before + 1:
                spans.append((where.syllables[start].start, where.syllables[before].end))
                start = after
    return merged(spans)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Places in order, overlapping ones made one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)
