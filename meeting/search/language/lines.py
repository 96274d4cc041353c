"""A stored text as questions are put to it: its folded forms in one line, the rest only where something was found.

Pure.
"""

from collections.abc import Iterator

from meeting.search.language.words import TOKEN, exact_list, folded_line, places

Span = tuple[int, int]


class Read:
    """A text, read as far as it is asked: its folded forms in one line; the rest only where something was found."""

    __slots__ = ("_exact", "_folded", "_places", "_tokens", "line", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = TOKEN.findall(text)
        self.line = folded_line(self._tokens)
        self._folded: list[str] | None = None
        self._exact: list[str] | None = None
        self._places: list[Span] | None = None

    @property
    def folded(self) -> list[str]:
        """The folded forms, `.` at the end of a sentence."""
        if self._folded is None:
            self._folded = self.line.split()
        return self._folded

    @property
    def exact(self) -> list[str]:
        """The exact forms."""
        if self._exact is None:
            self._exact = exact_list(self._tokens)
        return self._exact

    @property
    def places(self) -> list[Span]:
        """Where each form stands in the text."""
        if self._places is None:
            self._places = places(self.text)
        return self._places

    def starts(self, needle: str) -> Iterator[int]:
        """The numbers of the forms at which a phrase begins."""
        line = self.line
        at = line.find(needle)
        number = after = 0
        while at >= 0:
            number += line.count(" ", after, at)
            after = at
            yield number
            at = line.find(needle, at + 1)
