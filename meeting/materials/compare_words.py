"""What two runs of words have in common, in order. Pure, and bounded for papers of hundreds of pages.

Anchors first: runs of words that stand exactly once in either text, in the longest order they share (patience). Only the
small gaps between anchors are compared word by word with difflib; a gap too large for it counts as rewritten.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

RUNS = (8, 3, 1)  # words in a run that has to be unique, tried one after the other in what is still open
GAP_PRODUCT = 250_000  # words times words that difflib may compare in one gap: 500 against 500, some 0.1 s
STRAY_WORDS = 2  # so few equal words between two changes are chance: "của", "và"


@dataclass(frozen=True, order=True)
class Block:
    """The same `size` words, from `old` in the one text and from `new` in the other."""

    old: int
    new: int
    size: int


@dataclass(frozen=True)
class Gap:
    """What is not yet compared: old words [old, old_end), new words [new, new_end)."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def one_sided(self) -> bool:
        """Whether there is nothing to compare with."""
        return self.old == self.old_end or self.new == self.new_end


def common(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """The blocks that both texts share, in the order of both, neighbours joined, chance matches left out."""
    blocks: list[Block] = []
    gaps = [Gap(0, len(old), 0, len(new))]
    for length in RUNS:
        still_open: list[Gap] = []
        for gap in gaps:
            found = _anchored(old, new, gap, length)
            blocks += found
            still_open += _between(gap, found)
        gaps = still_open
    for gap in gaps:
        blocks += _closely(old, new, gap)
    return _without_strays(_joined(sorted(blocks)), len(old), len(new))


def _anchored(old: Sequence[str], new: Sequence[str], gap: Gap, length: int) -> list[Block]:
    """Grown around runs of `length` words that stand once in either side of the gap; equal ends of the gap count too."""
    if gap.one_sided:
        return []
    here, there = _once(old, gap.old, gap.old_end, length), _once(new, gap.new, gap.new_end, length)
    pairs = sorted((start, there[run]) for run, start in here.items() if run in there)
    blocks: list[Block] = []
    floor = Gap(gap.old, gap.old_end, gap.new, gap.new_end)
    for start, other in [(gap.old, gap.new), *_longest_rising(pairs), (gap.old_end, gap.new_end)]:
        if start < floor.old or other < floor.new:
            continue
        block = _grown(old, new, start, other, floor)
        if block.size:
            blocks.append(block)
            floor = Gap(block.old + block.size, gap.old_end, block.new + block.size, gap.new_end)
    return blocks


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Runs that stand exactly once between start and end, with their place."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(start, end - length + 1):
        run = tuple(words[at : at + length])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs that rises in both numbers; pairs come ordered by the first."""
    ends: list[int] = []  # smallest last value of a rising choice of each length
    where: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        length = bisect_left(ends, value)
        before.append(where[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        where[length : length + 1] = [index]
    chosen = []
    at = where[-1] if where else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _grown(old: Sequence[str], new: Sequence[str], start: int, other: int, within: Gap) -> Block:
    """The equal words around a place, as far as they go inside the gap."""
    first, second = start, other
    while first > within.old and second > within.new and old[first - 1] == new[second - 1]:
        first, second = first - 1, second - 1
    last, other_last = start, other
    while last < within.old_end and other_last < within.new_end and old[last] == new[other_last]:
        last, other_last = last + 1, other_last + 1
    return Block(first, second, last - first)


def _between(gap: Gap, blocks: Sequence[Block]) -> Iterator[Gap]:
    """What the blocks leave open."""
    old, new = gap.old, gap.new
    for block in [*blocks, Block(gap.old_end, gap.new_end, 0)]:
        if block.old > old and block.new > new:
            yield Gap(old, block.old, new, block.new)
        old, new = block.old + block.size, block.new + block.size


def _closely(old: Sequence[str], new: Sequence[str], gap: Gap) -> list[Block]:
    """Word by word, when the gap is small enough."""
    if (gap.old_end - gap.old) * (gap.new_end - gap.new) > GAP_PRODUCT:
        return []
    matcher = SequenceMatcher(None, old[gap.old : gap.old_end], new[gap.new : gap.new_end], autojunk=False)
    return [Block(gap.old + each.a, gap.new + each.b, each.size) for each in matcher.get_matching_blocks() if each.size]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and last.old + last.size == block.old and last.new + last.size == block.new:
            joined[-1] = Block(last.old, last.new, last.size + block.size)
        else:
            joined.append(block)
    return joined


def _without_strays(blocks: Sequence[Block], old_length: int, new_length: int) -> list[Block]:
    """Leaves out one or two equal words that stand alone in the middle of larger changes on both of their sides."""
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        old, new = (kept[-1].old + kept[-1].size, kept[-1].new + kept[-1].size) if kept else (0, 0)
        following = blocks[index + 1] if index + 1 < len(blocks) else Block(old_length, new_length, 0)
        left = (block.old - old) + (block.new - new)
        right = (following.old - block.old - block.size) + (following.new - block.new - block.size)
        if block.size > STRAY_WORDS or min(left, right) <= 2 * block.size:
            kept.append(block)
    return kept
