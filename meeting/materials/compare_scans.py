"""Words that were recognised from a scan, compared as what they are: read with errors. Pure.

Two readings of one sheet differ in marks, letters and spaces everywhere; set against each other letter by letter every line
would look changed. So words are compared by their bare letters, a difference that could be a reading error is left out, and
what is left is called near, not exact. Figures are never taken for errors: an amount that differs is always told.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

ALIKE = 0.72  # share of equal letters from which two readings are taken for one text
SPECK = 2  # letters at most that dust on the glass is read as
LONGEST = 600  # letters; what differs over more than some ten lines was written anew
ROUGH_SHARE = 0.5  # of a page's words; where more seem changed the page was read too badly to mark single passages

_FIGURE = re.compile(r"\d+")
_BARE = re.compile(r"[^\w]|_")


def bare(word: str) -> str:
    """The letters and figures of a word without case, marks and signs; the word itself when nothing else is in it."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    letters = _BARE.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return letters or word


def is_reading_error(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the difference between two readings of a place may be none: other spaces, letters alike, a speck."""
    if _figures(old) != _figures(new):
        return False
    one, other = _letters(old), _letters(new)
    if one == other:
        return True
    if not one or not other:
        return len(one or other) <= SPECK
    if len(one) + len(other) > LONGEST:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _figures(words: Sequence[str]) -> list[str]:
    return _FIGURE.findall("".join(words))


def _letters(words: Sequence[str]) -> str:
    return "".join(letters for word in words if (letters := bare(word)).isalnum())
