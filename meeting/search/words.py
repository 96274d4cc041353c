"""Vietnamese text as search sees it: syllables in two forms, exact and folded, each with its place in the source text.

Pure. Stored text is never rewritten: both tone styles (hoá, hóa), i and y (lí, lý), Eth for Đ, split and composed letters and
dotted thousands are made equal here, on both sides of the comparison. Measured reasons stand in the notes on Vietnamese text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}  # huyền, sắc, ngã, hỏi, nặng
_TOKEN = re.compile(r"\d{1,3}(?:\.\d{3})+(?![\w.])|[^\W_]+")
_END = re.compile(r"[.!?;…](?=\s|$)|\n\s*\n")
_Y_ENDS = re.compile(r"^(?:[hklmst]|qu)y$")
_STRANGE = str.maketrans({"Ð": "Đ", "\u00a0": " ", "\u202f": " ", "\u00ad": None, "\u200b": None, "\ufeff": None})


@dataclass(frozen=True)
class Syllable:
    """One syllable or number of a text. `exact` keeps letters and tone, `folded` has neither marks nor đ."""

    exact: str
    folded: str
    start: int  # places in the cleaned text
    end: int
    sentence: int = 0


def clean(text: str) -> str:
    """Text as it is kept for search: composed letters, Đ instead of Eth, ordinary spaces. Letters and order stay as written."""
    return unicodedata.normalize("NFC", text).translate(_STRANGE)


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[str, str]:
    """The exact and the folded form of one word, tone written last so that its place in the syllable does not matter."""
    lower = word.lower()
    if lower.isdigit() or "." in lower:
        number = lower.replace(".", "").lstrip("0") or "0"
        return number, number
    tone, letters = "", []
    for letter in unicodedata.normalize("NFD", lower):
        if letter in TONES:
            tone = TONES[letter]
        else:
            letters.append(letter)
    kept = unicodedata.normalize("NFC", "".join(letters))
    folded = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d").replace("ð", "d")
    return _one_i(kept) + tone, _one_i(folded)


def _one_i(letters: str) -> str:
    """kỹ and kĩ, lý and lí, quy and qui are the same word in two spellings."""
    return letters[:-1] + "i" if _Y_ENDS.match(letters) else letters


def syllables(text: str) -> list[Syllable]:
    """The syllables of a cleaned text in order, with the number of the sentence each stands in."""
    found: list[Syllable] = []
    sentence = 0
    end_before = 0
    for match in _TOKEN.finditer(text):
        if found and _ends_between(text, found[-1], end_before, match.start()):
            sentence += 1
        exact, folded = forms(match.group())
        found.append(Syllable(exact, folded, match.start(), match.end(), sentence))
        end_before = match.end()
    return found


def _ends_between(text: str, before: Syllable, start: int, end: int) -> bool:
    """Whether a sentence ends here. The point of TP., Q. or UB. ends none."""
    gap = text[start:end]
    if not _END.search(gap + ("\n" if end == len(text) else "")):
        return False
    word = text[before.start : before.end]
    return not (gap.startswith(". ") and word.isupper() and word.isalpha() and len(word) <= 3)


def marked(syllable: Syllable) -> bool:
    """Whether it was typed with a mark (or đ), so that the exact form is meant."""
    return syllable.exact != syllable.folded


def pair(first: str, second: str) -> str:
    """The term of two neighbours."""
    return f"{first}_{second}"


def terms(text: str) -> Iterator[str]:
    """What a passage is found by: its folded syllables, and each pair of neighbours within a sentence."""
    before: Syllable | None = None
    for syllable in syllables(text):
        yield syllable.folded
        if before is not None and before.sentence == syllable.sentence:
            yield pair(before.folded, syllable.folded)
        before = syllable


def pairs(run: Sequence[Syllable]) -> list[str]:
    """The pairs of a run of syllables."""
    return [pair(first.folded, second.folded) for first, second in pairwise(run)]
