"""Finding words in a document, with or without their marks. Pure."""

import re
from collections.abc import Iterable

from meeting.documents.rules import bare

_SYLLABLES = re.compile(r"\w+")


def syllables(text: str) -> list[str]:
    """The syllables of a text without marks, in order."""
    return _SYLLABLES.findall(bare(text))


def occurrences(sought: str, text: str) -> int:
    """How often the syllables stand in a row in the text; marks and case do not count."""
    wanted, found = syllables(sought), syllables(text)
    if not wanted:
        return 0
    return sum(found[start : start + len(wanted)] == wanted for start in range(len(found) - len(wanted) + 1))


def pages_with(sought: str, pages: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """(page number, occurrences) of the pages that hold the words."""
    return [(number, count) for number, text in pages if (count := occurrences(sought, text))]
