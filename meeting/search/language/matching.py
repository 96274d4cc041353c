"""Whether and where a passage answers a question, on the stored text: the index only proposes.

Pure. Three degrees, the best first: the words as a phrase; the words near each other (at most 3 others between two of them, small
words not counted, inside one sentence); the words in parts, each a phrase or a word by itself, of which the head of the document
may hold some ("kết luận vỉa hè" finds the notice of conclusions that speaks of vỉa hè). In each degree what was typed with marks
ranks above what only sounds alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from meeting.search.language.lines import Read, Span
from meeting.search.language.rewriting import STOP_WORDS
from meeting.search.language.wanted import Need, Run, Wanted
from meeting.search.language.words import STOP

__all__ = ["NEAR_GAP", "Degree", "Match", "Span", "match", "merged"]

NEAR_GAP = 3
_FARTHEST = 12  # with small words


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


@lru_cache(maxsize=2_000)
def _head(text: str) -> Read:
    """Heads come again with every passage of a document."""
    return Read(text)


def match(wanted: Wanted, head: str, text: str) -> Match | None:
    """How the passage answers, or None. `head` is what stands above it (kind, symbol, title …); only `text` is marked."""
    if wanted.empty:
        return None
    body, top = Read(text), _head(head)
    if any(_holds(run, body) or _holds(run, top) for need in wanted.left_out for run in need.alternatives):
        return None
    found: list[Match] = []
    for need in wanted.needs:
        part = _answer(need, top, body)
        if part is None:
            return None
        found.append(part)
    return found[0] if len(found) == 1 else _together(found)


def _holds(run: Run, where: Read) -> bool:
    """Whether what is left out stands there: as it was typed, where marks were typed."""
    return run.needle in where.line and (not run.marked or any(_exactly(run, where, found) for found in _phrases(run, where)))


def _answer(need: Need, top: Read, body: Read) -> Match | None:
    """The best of the ways to write it. All that stand there as phrases are marked."""
    phrases = [found for run in need.alternatives if not run.loose and (found := _as_phrase(run, top, body))]
    if phrases:
        best = min(phrases, key=lambda found: (found.order, not found.spans))
        if len(phrases) == 1:
            return best
        spans = merged([span for found in phrases if found.exact or not best.exact for span in found.spans])
        return Match(best.degree, best.exact, spans or best.spans, best.in_head)
    if need.strict:
        return None
    near = [found for run in need.alternatives if len(run) > 1 and (found := _near_by(run, top, body))]
    if near:
        return min(near, key=lambda found: found.order)
    parts = [found for run in need.alternatives if len(run) > 1 and (found := _in_parts(run, top, body))]
    return min(parts, key=lambda found: found.order, default=None)


def _together(parts: Sequence[Match]) -> Match:
    return Match(
        degree=max(part.degree for part in parts),
        exact=all(part.exact for part in parts),
        spans=merged([span for part in parts for span in part.spans]),
        in_head=any(part.in_head for part in parts),
    )


def _as_phrase(run: Run, top: Read, body: Read) -> Match | None:
    """The words next to each other, in the text or in the head."""
    if run.needle in body.line:
        found = _phrases(run, body)
        exact = [places for places in found if _exactly(run, body, places)] if run.marked else found
        return Match(Degree.PHRASE, bool(exact), _spans(body, exact or found))
    if run.needle in top.line:
        above = _phrases(run, top)
        return Match(Degree.PHRASE, any(_exactly(run, top, places) for places in above), (), in_head=True)
    return None


def _phrases(run: Run, where: Read) -> list[Sequence[int]]:
    """Where the run stands as a phrase: the numbers of its syllables."""
    return [range(start, start + len(run)) for start in where.starts(run.needle)]


def _near_by(run: Run, top: Read, body: Read) -> Match | None:
    """The words near each other in the text, else in the head."""
    for where, in_head in ((body, False), (top, True)):
        if not all(each in where.line for each in run.spaced):
            continue
        near = _near(run, where)
        if near:
            exact = [places for places in near if _exactly(run, where, places)]
            return Match(Degree.NEAR, bool(exact), () if in_head else _spans(where, exact or near), in_head)
    return None


def _near(run: Run, where: Read) -> list[Sequence[int]]:
    """Where the syllables stand in order inside one sentence, at most 3 others between neighbours."""
    found: list[Sequence[int]] = []
    after = 0
    for start in where.starts(f" {run.folded[0]} "):
        places = _reach(run, where, start) if start >= after else None
        if places:
            found.append(places)
            after = places[-1] + 1
    return found


def _reach(run: Run, where: Read, start: int) -> list[int] | None:
    places = [start]
    words = where.folded
    for each in run[1:]:
        at = places[-1] + 1
        if each.joined:
            if at >= len(words) or words[at] != each.folded:
                return None
        else:
            found = _ahead(each.folded, where, at)
            if found is None:
                return None
            at = found
        places.append(at)
    return places


def _ahead(folded: str, where: Read, start: int) -> int | None:
    """The next place of a syllable, past small words and at most 3 others, in the same sentence."""
    words = where.folded
    others = 0
    for at in range(start, min(start + _FARTHEST, len(words))):
        word = words[at]
        if word == folded:
            return at
        if word == STOP:
            return None
        if where.exact[at] not in STOP_WORDS:
            others += 1
            if others > NEAR_GAP:
                return None
    return None


@dataclass(frozen=True, slots=True)
class _Group:
    """A part of a run that stands by itself."""

    start: int
    end: int
    in_text: bool
    single: bool  # one syllable that is only a part of a word


def _in_parts(run: Run, top: Read, body: Read) -> Match | None:
    """The run cut into phrases and words, each in the text or in the head.

    One single syllable may be among them, in the head, or in the text when the head holds all the others (thuế tháng 6).
    """
    if not all(each in body.line or each in top.line for each in run.spaced):
        return None
    groups = _groups(run, top, body)
    singles = [group for group in groups or () if group.single]
    if not groups or len(singles) > 1:
        return None
    if singles and singles[0].in_text and any(group.in_text for group in groups if not group.single):
        return None
    if len(groups) == 1 and not run.loose:  # a phrase, found before
        return None
    found = [_as_phrase(Run(run[group.start : group.end]), top, body) for group in groups]
    whole = _together([each for each in found if each is not None])
    return Match(Degree.PARTS, whole.exact, whole.spans, whole.in_head)


def _groups(run: Run, top: Read, body: Read) -> list[_Group] | None:
    """The groups with the fewest single syllables, then the fewest groups; None when a joined pair stands nowhere."""
    count = len(run)
    pairs = [f" {one} {other} " for one, other in pairwise(run.folded)]
    there = [(pair in body.line, pair in top.line) for pair in pairs]
    best: list[tuple[int, int, tuple[_Group, ...]] | None] = [None] * count + [(0, 0, ())]
    for start in range(count - 1, -1, -1):
        if run[start].joined:
            continue
        in_body = in_top = True
        for end in range(start + 1, count + 1):
            if end - start > 1:
                in_body, in_top = in_body and there[end - 2][0], in_top and there[end - 2][1]
                if not (in_body or in_top):
                    break
            rest = best[end]
            group = _group(run, start, end, top, body) if rest else None
            if rest is None or group is None:
                continue
            cost = (rest[0] + group.single, rest[1] + 1, (group, *rest[2]))
            before = best[start]
            if before is None or cost[:2] <= before[:2]:
                best[start] = cost
    return list(best[0][2]) if best[0] else None


def _group(run: Run, start: int, end: int, top: Read, body: Read) -> _Group | None:
    needle = f" {' '.join(run.folded[start:end])} "
    in_text = needle in body.line
    if not in_text and needle not in top.line:
        return None
    return _Group(start, end, in_text, end - start == 1 and not run[start].alone)


def _exactly(run: Run, where: Read, places: Sequence[int]) -> bool:
    """Whether it stands there as it was typed, if any marks were typed."""
    return not run.marked or [where.exact[at] for at in places] == run.exact


def _spans(where: Read, found: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Places in the text, neighbours joined so that a phrase is marked as one."""
    spans: list[Span] = []
    for numbers in found:
        start = numbers[0]
        for before, after in pairwise([*numbers, -1]):
            if after != before + 1:
                spans.append((where.places[start][0], where.places[before][1]))
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
