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
NEAR = 1  # letters by which two short words read from one may differ
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
    return _word_by_word(_said(old), _said(new)) or _alike(one, other)


def _word_by_word(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether as many words stand on both sides, each like its fellow but for a letter."""
    return len(old) == len(new) and all(_near(one, other) or _alike(one, other) for one, other in zip(old, new, strict=True))


def _near(one: str, other: str) -> bool:
    """Whether two words differ by one letter put for another, lost or added."""
    if abs(len(one) - len(other)) > NEAR or min(len(one), len(other)) < 2:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[start + 1 :] == other[start + 1 :] or one[start:] == other[start + 1 :] or one[start + 1 :] == other[start:]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _said(words: Sequence[str]) -> list[str]:
    """The bare words, specks left out."""
    return [letters for word in words if (letters := bare(word)).isalnum()]


def _figures(words: Sequence[str]) -> list[str]:
    return _FIGURE.findall("".join(words))


def _letters(words: Sequence[str]) -> str:
    return "".join(_said(words))
