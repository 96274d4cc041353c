"""Long text in findable pieces. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from meeting.search.language.words import clean, syllables

MOST_LETTERS = 900
OPENING_SYLLABLES = 8
_OPENS = re.compile(r"^\s*(?:\d{1,2}[.)]|[IVX]{1,4}\.|Điều \d+)\s")
_CHAPTER = re.compile(r"^\s*[IVX]{1,4}\.\s")
_NUMBERED = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(\S.*)$")


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


@dataclass(frozen=True)
class Heading:
    """An item as the programme calls it: its number (2, 2.1) and its title."""

    item_id: int
    label: str
    title: str


@dataclass(frozen=True)
class Part:
    """One part of the minutes: what stands before the first item, an item's own, or what follows the last."""

    rank: int  # in the order of the text; 0: the head
    text: str
    heading: Heading | None = None


def by_item(text: str, headings: Sequence[Heading]) -> list[Part]:
    """Minutes cut where an item of the programme begins; a new chapter (III.) ends the last item. Nothing is left out.

    A line begins an item when it bears the item's number and begins with its title; where a secretary wrote another number,
    the title alone is enough, and where the title was shortened, number and first words.
    """
    known = [(each, _folded(each.title)) for each in headings]
    parts: list[tuple[Heading | None, list[str]]] = [(None, [])]
    waiting = list(known)
    for line in text.split("\n"):
        found = _begun(line, waiting)
        if found is not None:
            waiting = [pair for pair in waiting if pair[0] is not found]
            parts.append((found, []))
        elif parts[-1][0] is not None and _CHAPTER.match(line):
            parts.append((None, []))
        parts[-1][1].append(line)
    joined = [(heading, "\n".join(lines).strip()) for heading, lines in parts]
    return [Part(rank, said, heading) for rank, (heading, said) in enumerate(joined) if said]


def _begun(line: str, waiting: Sequence[tuple[Heading, tuple[str, ...]]]) -> Heading | None:
    """The item that a line begins."""
    numbered = _NUMBERED.match(line)
    if numbered is None:
        return None
    label, words = numbered.group(1), _folded(numbered.group(2))
    for heading, title in waiting:
        if title and words[: len(title)] == title:
            return heading
    for heading, title in waiting:
        if heading.label == label and words and words[:4] == title[:4]:
            return heading
    return None


def _folded(text: str) -> tuple[str, ...]:
    return tuple(syllable.folded for syllable in syllables(clean(text)))


class Pages:
    """The pages of a document, read once, so that many lines are looked up in them quickly."""

    def __init__(self, pages: Sequence[tuple[int, str]]) -> None:
        self._numbers = [number for number, _ in pages]
        self._starts: list[int] = []
        joined = " "
        for _, text in pages:
            self._starts.append(len(joined) - 1)
            joined += "".join(f"{word} " for word in _folded(text))
        self._text = joined

    def page_of(self, text: str) -> int | None:
        """The page on which a text begins, by its first syllables; None when it stands on none."""
        start = _folded(text[: OPENING_SYLLABLES * 40])[:OPENING_SYLLABLES]
        at = self._text.find(f" {' '.join(start)} ") if start else -1
        return self._numbers[bisect_right(self._starts, at) - 1] if at >= 0 else None


def page_of(text: str, pages: Sequence[tuple[int, str]]) -> int | None:
    """The page on which a text begins. For many texts of one document, `Pages` reads it once."""
    return Pages(pages).page_of(text)
