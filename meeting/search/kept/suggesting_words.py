"""Short texts found by the beginnings of their words, marks or not: what suggestions are looked up in. Pure."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pyroaring import BitMap

from meeting.search.language.field_words import NAMES
from meeting.search.language.words import clean, forms

MOST_LETTERS = 120
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_TELEX = re.compile(r"(?<=[aeiouy])[wsfrxj]|(?<=[aeiouy][bcdghklmnpqt])[sfrxj]|(?<=[aeiouy](?:ch|ng|nh))[sfrxj]|(?<=d)d")
_TWICE = re.compile(r"([aeo])\1")
_VNI = re.compile(r"(?<=[a-z])[1-9]")
#: The group that is suggested behind a field word, by what it fills.
GROUP_OF = {"unit": "unit", "person": "person", "number": "symbol"}
_FIELD = re.compile(r"""^(?P<before>(?:.*[:"”]\s*)?(?P<words>[^:"”]*) ?: {0,2})["“]?(?P<value>[^:"”]*)$""")


@dataclass(frozen=True)
class Typed:
    """What was typed so far: its folded words, and whether the last of them is finished."""

    said: str
    words: tuple[str, ...]
    finished: bool = False

    @cached_property
    def needle(self) -> str:
        """What stands in the line of a `Part` that holds the words next to each other."""
        return f" {' '.join(self.words)}" + (" " if self.finished else "")

    @property
    def empty(self) -> bool:
        """Whether there is no word in it."""
        return not self.words


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a cleaned text. One form for both tone styles, i and y, and leading zeros."""
    return tuple(forms(word)[1] for word in _WORD.findall(text))


def typed_so_far(typed: str) -> Typed:
    """Reads what stands in the box, whatever it is; of anything longer than a title only the beginning counts."""
    said = clean(typed)[:MOST_LETTERS].lstrip(' "“”«»-')
    words = words_of(said)[:MOST_WORDS]
    return Typed(said.strip(), words, bool(said) and not said[-1].isalnum())


class FieldTyped(NamedTuple):
    """A field word at the end of a question, with the value begun behind it."""

    before: str  # all up to the value
    group: str  # unit, person, symbol
    value: str


def field_at_end(typed: str) -> FieldTyped | None:
    """The field word whose value is being typed, where its values can be suggested: đơn vị:, người:, số:."""
    found = _FIELD.search(clean(typed)[: 2 * MOST_LETTERS])
    if found is None:
        return None
    words = words_of(found["words"])
    named = (NAMES.get(" ".join(words[-count:])) for count in (3, 2, 1) if len(words) >= count)
    group = GROUP_OF.get(next((name for name in named if name), ""))
    return FieldTyped(found["before"], group, found["value"]) if group else None


def retyped(typed: Typed) -> Typed:
    """The same as it was meant where the keyboard wrote the signs of Telex (thoats nuwowcs) or VNI (thoat1 nu7o7c1)."""
    return Typed(typed.said, tuple(_plain(word) for word in typed.words), typed.finished)


def _plain(word: str) -> str:
    before = ""
    while word != before and not word[:1].isdigit():
        before, word = word, _VNI.sub("", _TWICE.sub(r"\1", _TELEX.sub("", word)))
    return re.sub(r"(?<![aeiouy])w", "u", word)


class Part(NamedTuple):
    """One text that may be suggested, its folded words, and these as a line with a space before each and at the end."""

    text: str
    words: tuple[str, ...]
    line: str

    def closeness(self, typed: Typed) -> int:
        """How it holds the words typed: 0 it begins with them, 1 next to each other, 2 anyhow, 3 not all of them."""
        if typed.empty:
            return 3
        at = self.line.find(typed.needle)
        if at >= 0:
            return int(at > 0)
        last = f" {typed.words[-1]} " if typed.finished else f" {typed.words[-1]}"
        return 2 if last in self.line and all(f" {word} " in self.line for word in typed.words[:-1]) else 3


class WordIndex:
    """Numbered texts by the words they hold. One text of many numbers is kept once."""

    def __init__(self) -> None:
        self._holding: dict[str, BitMap] = {}
        self._vocabulary: list[str] = []
        self._parts: dict[int, tuple[Part, ...]] = {}
        self._once: dict[str, Part] = {}

    def put(self, number: int, *texts: str) -> None:
        """Takes texts in, in the place of earlier ones of this number; without any it is taken out."""
        parts = tuple(self._part(text) for text in texts if text)
        before = self._parts.get(number, ())
        if parts == before:
            return
        for word in _words_in(before):
            self._holding[word].discard(number)
        self._parts[number] = parts
        for word in _words_in(parts):
            if word not in self._holding:
                self._holding[word] = BitMap()
                insort(self._vocabulary, word)
            self._holding[word].add(number)

    def _part(self, text: str) -> Part:
        if text not in self._once:
            self._once[text] = part_of(text)
        return self._once[text]

    def parts(self, number: int) -> tuple[Part, ...]:
        """The texts of a number."""
        return self._parts.get(number, ())

    def find(self, typed: Typed) -> BitMap:
        """The numbers whose texts hold all words, the unfinished one as a beginning."""
        if typed.empty:
            return BitMap()
        whole = typed.words if typed.finished else typed.words[:-1]
        held = [self._holding.get(word, BitMap()) for word in whole]
        if not typed.finished:
            held.append(BitMap.union(BitMap(), *(self._holding[word] for word in self._beginning(typed.words[-1]))))
        return BitMap.intersection(*sorted(held, key=len))

    def _beginning(self, start: str) -> Iterable[str]:
        for at in range(bisect_left(self._vocabulary, start), len(self._vocabulary)):
            if not self._vocabulary[at].startswith(start):
                return
            yield self._vocabulary[at]


def _words_in(parts: Iterable[Part]) -> set[str]:
    return {word for part in parts for word in part.words}


def part_of(text: str) -> Part:
    """A single text, read."""
    words = words_of(clean(text))
    return Part(text, words, f" {' '.join(words)} ")
