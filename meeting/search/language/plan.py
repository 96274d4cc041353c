"""What an engine is asked: the terms that a passage must hold to answer a run of syllables, tier by tier.

Pure. The terms only propose: a phrase of three and more is the meeting of its pairs, so the verdict (`matching.match`) falls on
the stored text.
"""

from dataclasses import dataclass

from meeting.search.language.wanted import Need, Run
from meeting.search.language.words import Syllable, exactly, marked, pair

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tiers:
    """The terms of each tier, all of them wanted together. A tier without terms is one that the run does not have."""

    exact: Terms  # the phrase as typed, with its marks; the same as `phrase` where none were typed
    phrase: Terms  # the phrase, whatever its marks
    near: Terms  # all its syllables: near each other, or in parts with the head of the document


def tiers(run: Run) -> Tiers:
    """The terms of one run, most telling tier first."""
    near: list[str] = []
    phrase: list[str] = []
    exact: list[str] = []
    for at, each in enumerate(run):
        before = run[at - 1] if at else None
        near.append(each.folded)
        if before is None:
            if len(run) == 1:
                phrase.append(each.folded)
                exact.append(exactly(each.exact) if marked(each) else each.folded)
            continue
        together = pair(before.folded, each.folded)
        phrase.append(together)
        exact.append(_exact_pair(before, each, together))
        if each.joined:
            near.append(together)
    if any(each.loose for each in run):  # small words were dropped: never a phrase
        return Tiers((), (), _once(near))
    return Tiers(_once(exact), _once(phrase), _once(near))


def _exact_pair(before: Syllable, each: Syllable, together: str) -> str:
    """Two neighbours as typed; where neither has marks the index knows no other pair."""
    return exactly(pair(before.exact, each.exact)) if marked(before) or marked(each) else together


def excluding(need: Need) -> list[Terms]:
    """For each way to write what is left out, the terms whose passages go: as typed where marks were typed, else as it sounds."""
    return [tiers(run).exact for run in need.alternatives]


def _once(terms: list[str]) -> Terms:
    return tuple(dict.fromkeys(terms))
