"""What an engine's terms make of a question: sets of passages, the best answers first.

A passage answers as a phrase, with the marks that were typed or without; else near or in parts, which only its text can say
(`proving`). The sets are numbers of passages; who may read them is asked afterwards.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyroaring import BitMap

from meeting.search.language.plan import excluding, tiers
from meeting.search.language.wanted import Need, Run, Wanted
from meeting.search.language.words import pair

PARTS_FROM = 4  # syllables: shorter runs are not cut into parts, unless one is a word by itself
Find = Callable[[Sequence[str]], BitMap]


@dataclass(frozen=True)
class Sets:
    """Passages by how they answer."""

    exact: BitMap  # as a phrase, with the marks that were typed
    phrase: BitMap  # as a phrase, the exact ones among them
    sure: bool  # whether the engine's word on phrases needs no proof


def phrases(find: Find, wanted: Wanted) -> Sets:
    """The passages that hold every need as a phrase."""
    exact: list[BitMap] = []
    phrase: list[BitMap] = []
    for need in wanted.needs:
        plans = [tiers(run) for run in need.alternatives]
        phrase.append(_any(find(plan.phrase) for plan in plans))
        same = all(plan.exact == plan.phrase for plan in plans)
        exact.append(phrase[-1] if same else _any(find(plan.exact) for plan in plans))
    out = _left_out(find, wanted)
    sure = all(len(run) < 3 for need in wanted.needs for run in need.alternatives)
    return Sets(_all(exact) - out, _all(phrase) - out, sure)


def asked_for(wanted: Wanted) -> list[Sequence[str]]:
    """What `phrases` asks the engine."""
    plans = [tiers(run) for need in wanted.needs for run in need.alternatives]
    out = [terms for need in wanted.left_out for terms in excluding(need)]
    return [terms for terms in (*(plan.phrase for plan in plans), *(plan.exact for plan in plans), *out) if terms]


def asked_for_loosely(wanted: Wanted) -> list[Sequence[str]]:
    """What `loose` asks the engine on top of that."""
    runs = [run for need in wanted.needs if not need.strict for run in need.alternatives if len(run) > 1]
    pairs = [[pair(first.folded, second.folded)] for run in runs for first, second in pairwise(run) if _in_parts(run)]
    single = [[each.folded] for run in runs for each in run if each.alone]
    return [terms for terms in (*(tiers(run).near for run in runs), *pairs, *single) if terms]


def loose(find: Find, wanted: Wanted) -> tuple[BitMap, BitMap]:
    """The passages that hold all syllables, wherever they stand; and among them those that hold them in phrases of two and three.

    Nothing where every need has to stand as a phrase, or is one syllable.
    """
    if all(need.strict or _short(need) for need in wanted.needs):
        return BitMap(), BitMap()
    near: list[BitMap] = []
    parts: list[BitMap] = []
    for need in wanted.needs:
        phrase = _any(find(tiers(run).phrase) for run in need.alternatives)
        open_runs = () if need.strict else need.alternatives
        near.append(phrase | _any(find(tiers(run).near) for run in open_runs))
        parts.append(phrase | _any(_parts(find, run) for run in open_runs))
    out = _left_out(find, wanted)
    everywhere, together = _all(near) - out, _all(parts) - out
    return everywhere | together, together


def _short(need: Need) -> bool:
    return all(len(run) < 2 for run in need.alternatives)


def _parts(find: Find, run: Run) -> BitMap:
    """Passages in which the run stands cut into phrases of two and three syllables, and words that are words by themselves.

    Longer parts are made of such.
    """
    if not _in_parts(run):
        return BitMap()
    single = [find([each.folded]) if each.alone else BitMap() for each in run]
    pairs = [find([pair(first.folded, second.folded)]) for first, second in pairwise(run)]
    until = [BitMap(), single[0], pairs[0] | single[0] & single[1]]  # passages that cover the first n syllables
    for at in range(3, len(run) + 1):
        three = pairs[at - 3] & pairs[at - 2]
        if at > 3:
            three &= until[at - 3]
        until.append(until[at - 2] & pairs[at - 2] | three | until[at - 1] & single[at - 1])
    return until[len(run)]


def _in_parts(run: Run) -> bool:
    return len(run) > 1 and (len(run) >= PARTS_FROM or any(each.alone for each in run))


def _left_out(find: Find, wanted: Wanted) -> BitMap:
    return _any(find(terms) for need in wanted.left_out for terms in excluding(need))


def _any(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)


def _all(sets: Sequence[BitMap]) -> BitMap:
    return BitMap.intersection(*sets) if sets else BitMap()
