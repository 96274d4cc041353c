"""What somebody looks for, read from whatever was typed. Nothing that can be typed is an error.

Pure. "…" is a phrase to be found as it stands; a minus before a word, a phrase, a symbol or a field word leaves out what has it;
a symbol such as 135/TB-UBND, or its beginning, must stand there; field words narrow; all the rest is one run of syllables,
looked for as a phrase first, near each other next, and in parts with the head of the document last.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from meeting import clock
from meeting.search.language import rewriting
from meeting.search.language.field_words import Fields, Known, take
from meeting.search.language.symbols import Typed, key, typed_in
from meeting.search.language.words import Syllable, clean, marked, syllables, unmarked

MAX_LETTERS = 300
MAX_SYLLABLES = 24
_QUOTED = re.compile(r'(?P<minus>(?<!\S)-)?["“”«»„](?P<words>[^"“”«»„]*)(?:["“”«»„]|\Z)')
_LEFT_OUT = re.compile(r"(?<!\S)-(?=[^\W_])(\S+)")

__all__ = ["Fields", "Need", "Run", "Wanted", "read"]


class Run(tuple[Syllable, ...]):
    """Syllables in order: one way to write what is looked for. What it is compared by is made once."""

    @cached_property
    def folded(self) -> list[str]:
        """The folded forms."""
        return [each.folded for each in self]

    @cached_property
    def needle(self) -> str:
        """The folded phrase, as it stands in a line of `words.folded_forms`."""
        return f" {' '.join(self.folded)} "

    @cached_property
    def spaced(self) -> tuple[str, ...]:
        """Each folded syllable once, with its spaces."""
        return tuple(f" {each} " for each in dict.fromkeys(self.folded))

    @cached_property
    def marked(self) -> bool:
        """Whether marks were typed: then an exact answer has these, and no others."""
        return any(map(marked, self))

    @cached_property
    def exact(self) -> list[str]:
        """The exact forms."""
        return [each.exact for each in self]

    @cached_property
    def loose(self) -> bool:
        """Whether small words were dropped: then it is never a phrase."""
        return any(each.loose for each in self)


@dataclass(frozen=True)
class Need:
    """One thing a passage must have. Any of its alternatives will do; the first is as it was typed."""

    alternatives: tuple[Run, ...]
    strict: bool = False  # must stand there as a phrase: quoted words, a symbol
    own: str = ""  # the key of the symbol typed, whole or in part: `symbols.bears` says which documents bear it


@dataclass(frozen=True)
class Wanted:
    """A question, read."""

    said: str = ""  # as typed, cleaned
    needs: tuple[Need, ...] = ()
    left_out: tuple[Need, ...] = ()
    symbols: frozenset[str] = frozenset()  # keys of the symbols typed, whole or in part
    fields: Fields = field(default_factory=Fields)
    fields_out: Fields = field(default_factory=Fields)  # what is left out by a field word behind a minus

    @property
    def empty(self) -> bool:
        """Whether no words are looked for; fields may still choose."""
        return not self.needs

    @property
    def marks_typed(self) -> bool:
        """Whether marks were typed, so that exact matches come first."""
        return any(need.alternatives[0].marked for need in self.needs)

    @property
    def run(self) -> Run:
        """The free words as typed."""
        return next((need.alternatives[0] for need in self.needs if not need.strict), Run())

    @property
    def phrases(self) -> tuple[Run, ...]:
        """The phrases as typed."""
        return tuple(need.alternatives[0] for need in self.needs if need.strict)


def read(typed: str, today: date | None = None, known: Known | None = None) -> Wanted:
    """Reads what was typed: at most 300 letters and 24 syllables of it.

    `today` is what hôm qua and tháng này are told from. `known` says for a field whether there is such a unit, body or state:
    then a value without quotes goes as far as it is known, and one that is not known stays ordinary words.
    """
    said = clean(typed[: 4 * MAX_LETTERS])[:MAX_LETTERS].strip()
    taken = take(said, today or clock.today(), known or {})
    rest = _blank(said, taken.spans)
    needs: list[Need] = []
    left_out: list[Need] = []
    for match in _QUOTED.finditer(rest):
        words = match["words"]
        whole = [each.key for each in typed_in(words) if each.end - each.start == len(words.strip())]
        _keep(left_out if match["minus"] else needs, [words], whole[0] if whole else "")
        rest = _blank(rest, [match.span()])
    for symbol in typed_in(rest):
        minus = _minus_before(rest, symbol)
        _keep(left_out if minus else needs, symbol.ways, symbol.key, named=symbol.named and not minus)
        rest = _blank(rest, [(symbol.start - minus, symbol.end)])
    for match in _LEFT_OUT.finditer(rest):
        left_out += _free(match[1], loosened=False)
        rest = _blank(rest, [match.span()])
    needs += _free(rest)
    if not needs and left_out and taken.fields.empty:  # only words to leave out: then they are what is looked for
        needs, left_out = _free(said), []
    keys = frozenset(need.own for need in needs if need.own)
    return Wanted(said, tuple(needs), tuple(left_out), keys, taken.fields, taken.left_out)


def _keep(parts: list[Need], ways: Iterable[str], own: str, *, named: bool = False) -> None:
    """What must stand as a phrase, in one of the ways to write it; a year may stand inside a symbol that was named without."""
    runs = [Run(syllables(way)[:MAX_SYLLABLES]) for way in ways]
    if runs and not runs[0].marked:
        runs = [Run(map(unmarked, run)) for run in runs]
    if named:
        runs = [run if run[0].folded.isdigit() else _held_together(run) for run in runs]
    different = {run.needle: run for run in reversed(runs) if run}
    if different:
        parts.append(Need(tuple(reversed(different.values())), strict=not named, own=own))


def _held_together(run: Run) -> Run:
    return Run(replace(each, joined=at > 0) for at, each in enumerate(run))


def _free(text: str, *, loosened: bool = True) -> list[Need]:
    """The free words in all the ways to write them; a number called one (số 135) is also the symbol's."""
    ways, own = rewriting.alternatives(text, MAX_SYLLABLES, loosened=loosened)
    return [Need(tuple(Run(way) for way in ways), own=key(own) if own else "")] if ways else []


def _minus_before(text: str, symbol: Typed) -> int:
    before = text[: symbol.start]
    return int(before.endswith("-") and (len(before) == 1 or before[-2].isspace()))


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
