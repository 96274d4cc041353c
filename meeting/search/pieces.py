"""Long text in findable pieces. Pure."""

import re
from collections.abc import Sequence

from meeting.search.words import clean, syllables

MOST_LETTERS = 900
OPENING_SYLLABLES = 8
_OPENS = re.compile(r"^\s*(?:\d{1,2}[.)]|[IVX]{1,4}\.|Điều \d+)\s")


def paragraphs(text: str) -> list[str]:
    """Text cut into pieces of whole lines: a numbered line opens a new piece, and no piece grows past about 900 letters."""
    pieces: list[str] = []
    held: list[str] = []
    for line in text.split("\n"):
        full = sum(len(each) + 1 for each in held) + len(line) > MOST_LETTERS
        if held and (full or _OPENS.match(line)):
            pieces.append("\n".join(held))
            held = []
        held.append(line)
    pieces.append("\n".join(held))
    return [piece.strip() for piece in pieces if piece.strip()]


def page_of(text: str, pages: Sequence[tuple[int, str]]) -> int | None:
    """The page on which a text begins, by its first syllables; None when it stands on none."""
    start = [syllable.folded for syllable in syllables(clean(text))][:OPENING_SYLLABLES]
    for number, page in pages:
        there = [syllable.folded for syllable in syllables(clean(page))]
        if start and any(there[at : at + len(start)] == start for at in range(len(there) - len(start) + 1)):
            return number
    return None
