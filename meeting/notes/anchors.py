"""Where a note stands in the text of its version: pages as sequences of syllables with boxes. Pure.

Syllables are compared without capitals, without punctuation at their ends, and with the tone mark apart from its letter, so
that "hoà" and "hòa" are one: a paper typed anew by another office keeps its notes.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import Any

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
SLACK = 3  # thousandths by which the middle of a word may lie outside a box
QUOTE_ALIKE = 0.8  # of the syllables under a note's boxes, for its boxes and its quote to speak of the same passage
COLUMN_GAP = 45  # thousandths between two words of a line that belong to two columns
CONTEXT = 8  # syllables before and after a passage that are kept with it

Box = Sequence[float]
Span = tuple[int, int]  # syllables of a document: first, one past the last


def form(word: str) -> str:
    """How a syllable is compared: small letters, no punctuation at the ends, the tone behind the letters."""
    flat = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(letter for letter in flat if letter in TONES)
    letters = unicodedata.normalize("NFC", "".join(letter for letter in flat if letter not in TONES))
    start, end = 0, len(letters)
    while start < end and not letters[start].isalnum():
        start += 1
    while end > start and not letters[end - 1].isalnum():
        end -= 1
    return letters[start:end] + tones if end > start else ""


def forms(text: str) -> list[str]:
    """The syllables of a text as they are compared."""
    return [found for word in text.split() if (found := form(word))]


@dataclass(frozen=True)
class PageWords:
    """One page: its words as [left, top, right, bottom, word] in thousandths, and the digest of its picture if it has no text."""

    number: int
    words: Sequence[Sequence[Any]]
    picture: str = ""
    width: int = 595
    height: int = 842


@dataclass(frozen=True)
class Syllable:
    """A word that can be compared, where it stands on its page, and its place among all the page's words."""

    text: str
    box: Box
    place: int

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


class Document:
    """All syllables of a version in reading order."""

    def __init__(self, pages: Iterable[PageWords]) -> None:
        self.pages = sorted(pages, key=lambda page: page.number)
        self.syllables: list[Syllable] = []
        self.forms: list[str] = []
        counts = []
        for page in self.pages:
            found = [(form(word[4]), Syllable(word[4], word[:4], place)) for place, word in enumerate(page.words)]
            kept = [(shape, syllable) for shape, syllable in found if shape]
            self.forms += [shape for shape, _ in kept]
            self.syllables += [syllable for _, syllable in kept]
            counts.append(len(kept))
        self.starts = list(accumulate(counts, initial=0))

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each form stands."""
        found: dict[str, list[int]] = {}
        for at, shape in enumerate(self.forms):
            found.setdefault(shape, []).append(at)
        return found

    def page(self, number: int) -> PageWords | None:
        """A page by its number."""
        return next((page for page in self.pages if page.number == number), None)

    def span(self, number: int) -> Span:
        """The syllables of a page; an empty span for one that is not there."""
        at = next((index for index, page in enumerate(self.pages) if page.number == number), None)
        return (self.starts[at], self.starts[at + 1]) if at is not None else (0, 0)

    def number_at(self, syllable: int) -> int:
        """The number of the page on which a syllable stands."""
        return self.pages[bisect_right(self.starts, syllable) - 1].number

    def text(self, span: Span) -> str:
        """The words of a span as they are written, those without letters between them too."""
        parts = []
        for number in dict.fromkeys(self.number_at(at) for at in range(*span)):
            page = self.page(number)
            inside = [self.syllables[at].place for at in range(*span) if self.number_at(at) == number]
            parts += [str(word[4]) for word in page.words[inside[0] : inside[-1] + 1]] if page else []
        return " ".join(parts)

    def occurrences(self, wanted: Sequence[str], within: Span | None = None) -> list[int]:
        """Where these forms stand in a row."""
        start, end = within or (0, len(self.forms))
        size = len(wanted)
        if not size:
            return []
        return [
            at
            for at in self.places.get(wanted[0], [])
            if start <= at and at + size <= end and self.forms[at : at + size] == list(wanted)
        ]


def quote_of(document: Document, span: Span) -> dict[str, str]:
    """A passage as it is kept: exact words, some before, some after, on any page."""
    start, end = span
    return {
        "exact": document.text(span),
        "prefix": document.text((max(0, start - CONTEXT), start)) if start else "",
        "suffix": document.text((end, min(len(document.forms), end + CONTEXT))) if end < len(document.forms) else "",
    }


def boxes_of(document: Document, span: Span, number: int) -> list[list[int]]:
    """One box for each line of a passage, on one page; in two columns one for each."""
    lines: list[list[float]] = []
    for at in range(*span):
        if document.number_at(at) != number:
            continue
        left, top, right, bottom = document.syllables[at].box
        line = lines[-1] if lines else None
        same_line = line and min(bottom, line[3]) - max(top, line[1]) > 0.5 * min(bottom - top, line[3] - line[1])
        if line and same_line and left - line[0] >= 0 and left - line[2] <= COLUMN_GAP:
            lines[-1] = [min(left, line[0]), min(top, line[1]), max(right, line[2]), max(bottom, line[3])]
        else:
            lines.append([left, top, right, bottom])
    return [[round(each) for each in line] for line in lines]


def page_of(document: Document, span: Span) -> int:
    """The page that holds most of a passage, the earlier one if two hold as much."""
    held: dict[int, int] = {}
    for at in range(*span):
        number = document.number_at(at)
        held[number] = held.get(number, 0) + 1
    return max(held, key=lambda number: (held[number], -number))


def under(document: Document, number: int, boxes: Iterable[Box], slack: float = SLACK) -> list[int]:
    """The syllables of a page whose middle lies in one of the boxes."""
    areas = list(boxes)
    found = []
    for at in range(*document.span(number)):
        across, down = document.syllables[at].middle
        if any(box[0] - slack <= across <= box[2] + slack and box[1] - slack <= down <= box[3] + slack for box in areas):
            found.append(at)
    return found


def alike(first: Sequence[str], second: Sequence[str]) -> float:
    """How much of two rows of syllables is the same, 0 to 1."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def passage(document: Document, number: int, quote: Mapping[str, str] | None, boxes: Sequence[Box]) -> Span | None:
    """The syllables a note on a page speaks of: those its quote names, nearest to its boxes; without a quote those under them."""
    marked = under(document, number, boxes)
    covered = (marked[0], marked[-1] + 1) if marked else None
    wanted = forms(quote["exact"]) if quote else []
    if not wanted:
        return covered
    if covered and document.forms[covered[0] : covered[1]] == wanted:
        return covered
    found = document.occurrences(wanted, document.span(number)) or document.occurrences(wanted)
    if found:
        near = covered[0] if covered else document.span(number)[0]
        start = min(found, key=lambda at: abs(at - near))
        return start, start + len(wanted)
    if covered and alike(document.forms[covered[0] : covered[1]], wanted) >= QUOTE_ALIKE:
        return covered
    return None
