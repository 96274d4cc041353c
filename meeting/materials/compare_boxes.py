"""Where changed words stand on the picture of a page. Pure."""

from collections.abc import Sequence
from typing import Any

from meeting.materials.compare_words import Block, common

Box = tuple[int, int, int, int]  # left, top, right, bottom in thousandths of the page
Word = Sequence[Any]  # left, top, right, bottom, the word

LEVEL = 0.5  # of the smaller height that two boxes share, to stand on one line
LINE_GAP = 45  # thousandths between two words of one line


def places(words: Sequence[str], drawn: Sequence[Word]) -> list[Box | None]:
    """For each word of a page's text its box. The words with boxes are found again even where either side has more of them."""
    found: list[Box | None] = [None] * len(words)
    old = new = 0
    for block in [*common(words, [str(word[4]) for word in drawn]), Block(len(words), len(drawn), 0)]:
        if block.old - old == block.new - new:  # as many on both sides: written otherwise, yet the same words
            for offset in range(block.old - old):
                found[old + offset] = _box(drawn[new + offset])
        for offset in range(block.size):
            found[block.old + offset] = _box(drawn[block.new + offset])
        old, new = block.old + block.size, block.new + block.size
    return found


def lines(boxes: Sequence[Box | None]) -> list[Box]:
    """Neighbouring words of one line joined into one box."""
    joined: list[Box] = []
    for box in boxes:
        if box is None:
            continue
        if joined and _one_line(joined[-1], box):
            last = joined[-1]
            joined[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            joined.append(box)
    return joined


def beside(boxes: Sequence[Box | None], at: int) -> Box | None:
    """A thin box where words are missing: behind the word before the place, else before the word that follows."""
    for before in reversed(boxes[:at]):
        if before is not None:
            return (before[2], before[1], min(1000, before[2] + 2), before[3])
    for after in boxes[at:]:
        if after is not None:
            return (max(0, after[0] - 2), after[1], after[0], after[3])
    return None


def _box(word: Word) -> Box:
    left, top, right, bottom = (int(each) for each in word[:4])
    return left, top, right, bottom


def _one_line(last: Box, box: Box) -> bool:
    shared = min(last[3], box[3]) - max(last[1], box[1])
    return shared > LEVEL * min(last[3] - last[1], box[3] - box[1]) and -LINE_GAP < box[0] - last[2] < LINE_GAP
