"""The words of a version, page by page, without running heads and page numbers. Pure."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

HEAD_LINES = 2  # lines at either end of a page where running heads and page numbers stand
HEAD_SHARE = 0.6  # of the pages that bear a line, for it to be a running head

PAGE_NUMBER = re.compile(r"^\W*\d{1,4}(/\d{1,4})?\W*$")
NUMBER_LINE = re.compile(r"^\W*(trang|page)?\W*\d{1,4}(\s*(/|of|trên)\s*\d{1,4})?\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class PageText:
    """One page as it was read. `picture` is a digest of its image, needed only where there is no text."""

    number: int
    text: str
    readable: bool = True
    recognised: bool = False  # by OCR: small differences may be reading errors
    picture: str = ""


@dataclass(frozen=True)
class Text:
    """All words of a version, with the page each stands on."""

    pages: tuple[PageText, ...]
    words: tuple[str, ...]
    starts: tuple[int, ...]  # of each page among the words, and the end

    def page_at(self, word: int) -> int:
        """The index of the page that holds a word."""
        return bisect_right(self.starts, word) - 1

    def span(self, page: int) -> tuple[int, int]:
        """The page's words: first, and one past the last."""
        return self.starts[page], self.starts[page + 1]

    def words_of(self, page: int) -> tuple[str, ...]:
        """The page's words."""
        start, end = self.span(page)
        return self.words[start:end]

    def recognised_at(self, start: int, end: int) -> bool:
        """Whether one of these words was read from a scan."""
        return any(self.pages[page].recognised for page in {self.page_at(at) for at in range(start, end)})

    @property
    def scanned(self) -> bool:
        """Whether some page was read from a scan."""
        return any(page.recognised for page in self.pages)


def word_count(pages: Iterable[PageText]) -> int:
    """How many words there are, for the bound `MAX_WORDS`."""
    return sum(page.text.count(" ") + page.text.count("\n") + 1 for page in pages)


def read(pages: Sequence[PageText]) -> Text:
    """The words of all pages that can be read."""
    lines = [[line for line in page.text.splitlines() if line.strip()] if page.readable else [] for page in pages]
    heads = _running_heads(lines)
    words = [[word for line in _body(each, heads) for word in line.split()] for each in lines]
    starts = tuple(accumulate((len(each) for each in words), initial=0))
    return Text(tuple(pages), tuple(word for each in words for word in each), starts)


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand at the head or foot of most pages, their digits apart."""
    if len(pages) < 3:
        return set()
    seen = Counter(form for lines in pages for form in {_form(lines[at]) for at in _ends(len(lines))})
    return {form for form, times in seen.items() if times >= max(3, HEAD_SHARE * len(pages))}


def _ends(count: int) -> set[int]:
    return {at for at in (*range(HEAD_LINES), *range(count - HEAD_LINES, count)) if 0 <= at < count}


def _form(line: str) -> str:
    """The line with a page number at either end masked; other numbers stay, so that rows of a table differ."""
    words = line.split()
    return " ".join("#" if at in (0, len(words) - 1) and PAGE_NUMBER.match(word) else word for at, word in enumerate(words))


def _body(lines: Sequence[str], heads: set[str]) -> list[str]:
    ends = _ends(len(lines))
    return [line for at, line in enumerate(lines) if at not in ends or not (_form(line) in heads or NUMBER_LINE.match(line))]
