"""Vietnamese text as search sees it: syllables in two forms, exact and folded, each with its place in the source text.

Pure. Stored text is never rewritten: both tone styles (hoá, hóa), i and y (lí, lý), Eth for Đ, split and composed letters,
dotted thousands and glued words are made equal here, on both sides of the comparison.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from meeting.search.language.syllabary import bare, glued, toned

STOP = "."  # stands for the end of a sentence among folded forms
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_SHORT = "[A-ZĐÐ]"  # TP., Q., UB.: their point ends no sentence
TOKEN = re.compile(
    rf"\d{{1,3}}(?:\.\d{{3}}){{1,6}}(?!\w|\.\w)"
    rf"|[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
    rf"|[!?;…](?=\s|\Z)|\.(?:(?=[^\S ]|\Z)|(?= )(?<!\b{_SHORT}\.)(?<!\b{_SHORT}{{2}}\.)(?<!\b{_SHORT}{{3}}\.))"
    r"|\n\s*\n"
)
_Y_ENDS = re.compile(r"^(?:[hklmst]|qu)y$")
_HIDDEN = dict.fromkeys([0x00AD, *range(0x200B, 0x200E), 0x2060, 0xFEFF])
_LOST = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)], " ")
_STRANGE: dict[int, str | None] = {**_HIDDEN, **_LOST, 0x00D0: "Đ", 0x00A0: " ", 0x202F: " "}
_LONGEST = 40  # letters of a word whose forms are remembered
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable or number of a text. `exact` keeps letters and tone, `folded` has neither marks nor đ."""

    exact: str
    folded: str
    start: int = 0  # places in the text
    end: int = 0
    sentence: int = 0
    joined: bool = False  # of a question: stands right behind the one before, whatever else is loosened
    alone: bool = False  # of a question: is a word by itself (UBND, 2026)
    loose: bool = False  # of a question: of a run whose small words were dropped, so that it is no phrase


def clean(text: str) -> str:
    """Text as it is kept for search: composed letters, Đ instead of Eth, ordinary spaces. Letters and order stay as written."""
    return unicodedata.normalize("NFC", text).translate(_STRANGE)


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[str, str]:
    """The exact and the folded form of one word, tone written last so that its place in the syllable does not matter."""
    lower = word.translate(_HIDDEN).lower()
    if lower.replace(".", "").isdigit():
        number = lower.replace(".", "").lstrip("0") or "0"
        return number, number
    exact = toned(lower)
    tone = exact[-1] if exact[-1:] in ("1", "2", "3", "4", "5") and not lower[-1:].isdigit() else ""
    letters = exact[: len(exact) - len(tone)]
    return _one_i(letters) + tone, _one_i(bare(letters))


def _one_i(letters: str) -> str:
    """kỹ and kĩ, lý and lí, quy and qui are the same word in two spellings."""
    return letters[:-1] + "i" if _Y_ENDS.match(letters) else letters


class _Forms(dict[str, str]):
    """Folded or exact forms by token, remembered: a glued word in its parts, the end of a sentence as `.`."""

    def __init__(self, which: int) -> None:
        super().__init__()
        self._which = which

    def __missing__(self, token: str) -> str:
        if token[0].isalnum():
            form = " ".join(forms(part)[self._which] for part in glued(token) or (token,))
        else:
            form = STOP
        if len(token) <= _LONGEST:
            if len(self) > _REMEMBERED:
                self.clear()
            self[token] = form
        return form


_exact, _folded = _Forms(0), _Forms(1)


def folded_line(tokens: Sequence[str]) -> str:
    """The folded forms of tokens in one line, a space before and behind each, ` . ` where a sentence ends."""
    return f" {' '.join(map(_folded.__getitem__, tokens))} "


def exact_list(tokens: Sequence[str]) -> list[str]:
    """The exact forms of tokens, as many as `folded_line` has."""
    return " ".join(map(_exact.__getitem__, tokens)).split()


def folded_forms(text: str) -> str:
    """The folded syllables of a text in one line, a space before and behind each, ` . ` where a sentence ends."""
    return folded_line(TOKEN.findall(text))


def places(text: str) -> list[tuple[int, int]]:
    """Where in the text each of the forms stands."""
    found: list[tuple[int, int]] = []
    for match in TOKEN.finditer(text):
        token = match.group()
        if " " in _folded[token]:
            start = match.start()
            for part in glued(token)[:-1]:
                length = _length(token, text[start : match.end()], part)
                found.append((start, start + length))
                start += length
            found.append((start, match.end()))
        else:
            found.append(match.span())
    return found


def _length(token: str, rest: str, part: str) -> int:
    """How many letters of a text a part of a glued word takes, its marks written apart or not."""
    if unicodedata.is_normalized("NFC", token):
        return len(part)
    whole = unicodedata.normalize("NFD", part)
    return next(n for n in range(len(part), len(rest) + 1) if unicodedata.normalize("NFD", rest[:n]) == whole)


def syllables(text: str) -> list[Syllable]:
    """The syllables of a text in order, with the number of the sentence each stands in."""
    found: list[Syllable] = []
    sentence = 0
    tokens = TOKEN.findall(text)
    for exact, folded, place in zip(exact_list(tokens), folded_line(tokens).split(), places(text), strict=True):
        if folded == STOP:
            sentence += bool(found) and found[-1].sentence == sentence
        else:
            found.append(Syllable(exact, folded, *place, sentence))
    return found


def marked(syllable: Syllable) -> bool:
    """Whether it was typed with a mark (or đ), so that the exact form is meant."""
    return syllable.exact != syllable.folded


def unmarked(syllable: Syllable) -> Syllable:
    """The same syllable where no marks are meant."""
    return replace(syllable, exact=syllable.folded) if marked(syllable) else syllable


def pair(first: str, second: str) -> str:
    """The term of two neighbours."""
    return f"{first}_{second}"


def exactly(form: str) -> str:
    """The term of an exact form or of a pair of them."""
    return f"={form}"


def index_terms(head: str, text: str) -> list[str]:
    """All terms of a passage, each once: what an engine indexes, and nothing else.

    Of every syllable its folded form (`via`), of two neighbours their pair (`via_he`), and the same with marks where there are
    any (`=via3`, `=via3_he2`). No pair runs across the end of a sentence or from the head into the text.
    """
    found: dict[str, None] = {}
    for part in (head, text):
        tokens = TOKEN.findall(part)
        folded, exact = folded_line(tokens).split(), exact_list(tokens)
        found |= dict.fromkeys(folded)
        found |= dict.fromkeys([f"{one}_{two}" for one, two in pairwise(folded) if one != STOP != two])
        differ = [one != other for one, other in zip(exact, folded, strict=True)]
        found |= dict.fromkeys([f"={one}" for one, differs in zip(exact, differ, strict=True) if differs])
        found |= dict.fromkeys(
            [
                f"={one}_{two}"
                for (one, first), (two, second) in pairwise(zip(exact, differ, strict=True))
                if (first or second) and one != STOP != two
            ]
        )
    found.pop(STOP, None)
    return list(found)
