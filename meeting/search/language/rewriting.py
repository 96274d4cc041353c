"""The other ways to write the free words of a question: dates, abbreviations and their long forms, small words dropped.

Pure. As typed comes first; the number of ways is bounded.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, islice, product

from meeting.search.language import abbreviations, dates, symbols
from meeting.search.language.syllabary import FOLDED
from meeting.search.language.words import Syllable, marked, syllables, unmarked

MOST = 8  # ways to write one need
_LOOSENED = 3  # of these, how many with small words dropped
_TRIED = 16  # of each set of changes
_DIGITS = 3  # from so many on a number stands for itself wherever it is

#: Small words of gaps (never không, chưa, kín), by their exact forms.
SMALL_WORDS = "của và các những về việc tại theo cho là được có đã số ngày trong với do để"
STOP_WORDS = frozenset(syllable.exact for syllable in syllables(SMALL_WORDS))
#: Those that a question can do without (chữ ký số is nothing without số), and of these the ones that mean hardly anything else
#: when typed without marks.
DROPPED = STOP_WORDS - {syllable.exact for syllable in syllables("số ngày do có cho là")}
_PLAIN_STOP_WORDS = frozenset(("cua", "va", "cac", "nhung", "viec", "theo", "trong", "voi", "duoc", "ve"))
_NOT_ALONE_VE = frozenset(("bao", "ho", "dan", "ban", "can", "tu", "sinh", "si", "tinh"))  # bảo vệ, vệ sinh: no small word

Choice = tuple[int, int, list[tuple[Syllable, ...]]]  # from, to, the ways to write what stands there; the first as typed


def alternatives(text: str, most_syllables: int, *, loosened: bool = True) -> tuple[list[tuple[Syllable, ...]], str]:
    """The ways to write these words, as typed first, and the number that is called one (số 135), if that is all there is."""
    run = _as_typed(text, syllables(text)[:most_syllables])
    if not run:
        return [], ""
    choices = _choices(text, run)
    own = next((each.key for each in symbols.numbers_in(text) if (each.start, each.end) == _span(text)), "")
    whole = _written(run, choices, MOST)
    if not any(map(marked, run)):  # then none are meant in the other ways either
        whole = [tuple(map(unmarked, way)) for way in whole]
    loose = [_loosened(way) for way in whole[:_LOOSENED]] if loosened else []
    kept = [way for way in loose if way]
    return [*whole[: MOST - len(kept)], *kept], own


def _span(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _as_typed(text: str, run: Sequence[Syllable]) -> list[Syllable]:
    """Numbers that were typed as one stay together (99,83; 9001:2015); words by themselves are told from syllables."""
    found: list[Syllable] = []
    for before, each in zip([None, *run], run, strict=False):
        joined = bool(before and _one_number(text, before, each))
        found.append(replace(each, joined=joined, alone=_stands_alone(each.folded)))
    return found


def _one_number(text: str, before: Syllable, each: Syllable) -> bool:
    between = text[before.end : each.start]
    return (before.folded + each.folded).isdigit() and len(between) == 1 and between in ",.:/-–"


def _stands_alone(folded: str) -> bool:
    """An abbreviation, a foreign word, a year: a word, where a Vietnamese syllable is only a part of one."""
    return len(folded) >= _DIGITS if folded.isdigit() else len(folded) > 1 and folded not in FOLDED


def _choices(text: str, run: Sequence[Syllable]) -> list[Choice]:
    """Where something can be written otherwise."""
    found: list[Choice] = []
    for start, end, ways in (
        *((said.start, said.end, said.ways) for said in dates.said_in(text)),
        *((number.start, number.end, number.ways) for number in symbols.numbers_in(text)),
    ):
        inside = [at for at, each in enumerate(run) if start <= each.start < end]
        if inside and not _overlaps(found, inside[0], inside[-1] + 1):
            found.append((inside[0], inside[-1] + 1, [abbreviations.words(way) for way in ways[1:]]))
    at = 0
    while at < len(run):
        length, ways_there = abbreviations.others(run, at, text)
        if ways_there and not _overlaps(found, at, at + length):
            found.append((at, at + length, ways_there))
        at += length or 1
    return sorted(found, key=lambda choice: choice[0])


def _overlaps(found: Sequence[Choice], start: int, end: int) -> bool:
    return any(start < last and first < end for first, last, _ in found)


def _written(run: Sequence[Syllable], choices: Sequence[Choice], most: int) -> list[tuple[Syllable, ...]]:
    """The run in all ways, those with the fewest changes first."""
    found: dict[tuple[str, ...], tuple[int, tuple[Syllable, ...]]] = {}
    for changes in range(len(choices) + 1):
        if len(found) >= 2 * most:
            break
        for changed in combinations(range(len(choices)), changes):
            for ways in islice(product(*(choices[at][2] for at in changed)), _TRIED):
                way = _one_way(run, choices, dict(zip(changed, ways, strict=True)))
                found.setdefault(tuple(each.folded for each in way), (sum(map(_doubt, ways)), way))
    return [way for _, way in sorted(found.values(), key=lambda each: each[0])[:most]]


def _doubt(way: Sequence[Syllable]) -> int:
    """How much a change costs: two letters for long words (KL, KH) stand in few texts and are tried last."""
    return 3 if len(way) == 1 and len(way[0].folded) < _DIGITS else 1


def _one_way(
    run: Sequence[Syllable], choices: Sequence[Choice], changed: dict[int, tuple[Syllable, ...]]
) -> tuple[Syllable, ...]:
    """The run with some of its choices written otherwise."""
    way: list[Syllable] = []
    after = 0
    for at, (start, end, _) in enumerate(choices):
        way += run[after:start]
        way += changed.get(at) or _together(run[start:end])
        after = end
    return (*way, *run[after:])


def _together(part: Sequence[Syllable]) -> list[Syllable]:
    """A date as typed stays together; words may stand near each other."""
    dated = any(each.folded.isdigit() for each in part)
    return [replace(each, joined=each.joined or (dated and at > 0)) for at, each in enumerate(part)]


def _loosened(way: Sequence[Syllable]) -> tuple[Syllable, ...]:
    """Without its small words; () where there are none, or too little would be left."""
    kept: list[Syllable] = []
    for at, each in enumerate(way):
        if not each.joined and _is_small(way, at):
            continue
        kept.append(replace(each, loose=True))
    return tuple(kept) if len(way) > len(kept) >= 2 else ()


def _is_small(way: Sequence[Syllable], at: int) -> bool:
    each = way[at]
    if at + 1 < len(way) and way[at + 1].joined:
        return False
    if marked(each):
        return each.exact in DROPPED
    if each.folded not in _PLAIN_STOP_WORDS:
        return False
    around = {neighbour.folded for neighbour in (*way[max(0, at - 1) : at], *way[at + 1 : at + 2])}
    return each.folded != "ve" or around.isdisjoint(_NOT_ALONE_VE)
