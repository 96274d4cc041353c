"""What somebody looks for, read from whatever was typed. Nothing that can be typed is an error.

Pure. "…" is a phrase to be found as it stands; a minus before a word or a phrase leaves out what contains it; a symbol such as
135/TB-UBND must stand there whole; all the rest is one run of syllables, looked for as a phrase first and near each other next.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from meeting.search.symbols import key, typed_in
from meeting.search.words import Syllable, clean, marked, syllables

MAX_LETTERS = 300
MAX_SYLLABLES = 24
_QUOTED = re.compile(r'(?P<minus>(?<!\S)-)?["“”«»](?P<words>[^"“”«»]*)(?:["“”«»]|$)')
_LEFT_OUT = re.compile(r"(?<!\S)-(?=[^\W_])(\S+)")

Run = tuple[Syllable, ...]


@dataclass(frozen=True)
class Wanted:
    """A question, read."""

    said: str = ""  # as typed, cleaned
    run: Run = ()  # free words: phrase, else near
    phrases: tuple[Run, ...] = ()  # must stand there as they are: quoted words and symbols
    left_out: tuple[Run, ...] = ()
    symbols: frozenset[str] = frozenset()  # keys of the symbols typed

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.run and not self.phrases

    @property
    def marks_typed(self) -> bool:
        """Whether marks were typed, so that exact matches come first."""
        return any(marked(syllable) for part in (self.run, *self.phrases) for syllable in part)


def read(typed: str) -> Wanted:
    """Reads what was typed: at most 300 letters and 24 syllables of it."""
    said = clean(typed)[:MAX_LETTERS].strip()
    rest = said
    phrases: list[Run] = []
    left_out: list[Run] = []
    for match in _QUOTED.finditer(said):
        _keep(left_out if match.group("minus") else phrases, match.group("words"))
        rest = _blank(rest, match.span())
    typed_symbols = typed_in(rest)
    keys = frozenset(key(rest[slice(*span)]) for span in typed_symbols)
    for span in typed_symbols:
        _keep(phrases, rest[slice(*span)])
        rest = _blank(rest, span)
    for match in _LEFT_OUT.finditer(rest):
        _keep(left_out, match.group(1))
        rest = _blank(rest, match.span())
    run = tuple(syllables(rest)[:MAX_SYLLABLES])
    if not run and not phrases:  # only words to leave out: then they are what is looked for
        run, left_out = tuple(syllables(said)[:MAX_SYLLABLES]), []
    return Wanted(said, run, tuple(phrases), tuple(left_out), keys)


def _keep(parts: list[Run], words: str) -> None:
    run = tuple(syllables(words)[:MAX_SYLLABLES])
    if run:
        parts.append(run)


def _blank(text: str, span: Sequence[int]) -> str:
    start, end = span
    return text[:start] + " " * (end - start) + text[end:]
