"""What the engine's terms cannot say is said by the text: whether a phrase of three really stands there, whether words are near.

Texts are compared in their folded forms, one line a passage; the lines of passages that were looked at lately are kept in the
catalogue, so that the next question about them costs no reading.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from meeting.search.finding.catalogue import Catalogue, breathe
from meeting.search.language.matching import NEAR_GAP
from meeting.search.language.wanted import Need, Run, Wanted
from meeting.search.language.words import folded_forms

KEPT_LINES = 16_000  # of about one kilobyte each
READ_AT_ONCE = 150
FOLDED_AT_ONCE = 12  # between two breaths of the loop; a thread beside it would hold the interpreter for longer than that

_TEXTS = text("SELECT id, text FROM passage WHERE id IN :ids AND NOT gone").bindparams(bindparam("ids", expanding=True))


def lines(session: Session, catalogue: Catalogue, passages: Iterable[int]) -> dict[int, str]:
    """The folded texts of some passages; those that are gone are left out."""
    kept, version = catalogue.lines, catalogue.version
    found: dict[int, str] = {}
    missing: list[int] = []
    for passage in passages:
        line = kept.get(passage)
        if line is None:
            missing.append(passage)
        else:
            kept.move_to_end(passage)
            found[passage] = line
    for start in range(0, len(missing), READ_AT_ONCE):
        rows = session.execute(_TEXTS, {"ids": missing[start : start + READ_AT_ONCE]}).fetchall()
        for at in range(0, len(rows), FOLDED_AT_ONCE):
            found |= {row[0]: folded_forms(row[1]) for row in rows[at : at + FOLDED_AT_ONCE]}
            if len(rows) > FOLDED_AT_ONCE:
                breathe()
    if catalogue.version == version:  # else some of these texts may be older than what the catalogue has heard of
        kept.update((passage, found[passage]) for passage in missing if passage in found)
    while len(kept) > KEPT_LINES:
        kept.popitem(last=False)
    return found


@lru_cache(maxsize=40_000)
def title_line(title: str) -> str:
    """The folded forms of a title."""
    return folded_forms(title)


_DAY = re.compile(r" (?:(?:19|20)\d\d|thang \d{1,2}) ")


@dataclass(frozen=True)
class Sought:
    """One need, ready to be looked for in folded lines: a needle for each way to write it, and a pattern for words near."""

    needles: tuple[str, ...]
    near: tuple[re.Pattern[str], ...]
    pairs: tuple[tuple[str, ...], ...]  # of each way to write it: its neighbours, or its one syllable
    dated: bool = False  # a day, a month or a year is among its words

    @classmethod
    def of(cls, need: Need) -> "Sought":
        """Makes a need ready."""
        needles = tuple(f" {' '.join(syllable.folded for syllable in run)} " for run in need.alternatives)
        loose = () if need.strict else tuple(_near(run) for run in need.alternatives if len(run) > 1)
        dated = any(_DAY.search(needle) for needle in needles)
        return cls(needles, loose, tuple(_pairs(run) for run in need.alternatives), dated)

    def as_typed(self, line: str) -> bool:
        """Whether it stands there as it was typed, not by another word for it."""
        return self.needles[0] in line

    def hits(self, line: str) -> int:
        """How often it stands there as a phrase."""
        return sum(_times(needle, line) for needle in self.needles)

    def share(self, line: str) -> float:
        """How much of it stands there, pair by pair; by the way to write it that does best."""
        return max(sum(pair in line for pair in pairs) / len(pairs) for pairs in self.pairs)

    def length(self, line: str) -> int:
        """How many letters of a line it takes."""
        return sum(_times(needle, line) * (len(needle) - 1) for needle in self.needles)

    def place(self, line: str) -> int:
        """Where it stands first; -1 where it does not."""
        return min((at for needle in self.needles if (at := line.find(needle)) >= 0), default=-1)

    def is_near(self, line: str) -> bool:
        """Whether its words stand in order inside one sentence, at most three others between two of them."""
        return any(pattern.search(line) for pattern in self.near)


def _times(needle: str, line: str) -> int:
    found = line.count(needle)
    if found and needle + needle[1:] in line:  # one right behind the other, the space between counted once
        return line.replace(" ", "  ").count(needle.replace(" ", "  ")[1:-1])
    return found


def _pairs(run: Run) -> tuple[str, ...]:
    words = [syllable.folded for syllable in run]
    return tuple(f" {first} {second} " for first, second in pairwise(words)) or (f" {words[0]} ",)


def _near(run: Run) -> re.Pattern[str]:
    between = f"(?:[^ .]+ ){{0,{NEAR_GAP}}}?"
    words = [f" {re.escape(run[0].folded)} "]
    words += [("" if syllable.joined else between) + re.escape(syllable.folded) + "(?= )" for syllable in run[1:]]
    return re.compile(words[0] + " ".join(words[1:]))


def sought(wanted: Wanted) -> list[Sought]:
    """All needs, ready."""
    return [Sought.of(need) for need in wanted.needs]


def stands(needs: Sequence[Sought], line: str, head: str) -> bool:
    """Whether every need stands there as a phrase, in the text or in the head."""
    return all(need.hits(line) or need.hits(head) for need in needs)


def is_near(needs: Sequence[Sought], line: str, head: str) -> bool:
    """Whether every need stands there as a phrase or with its words near each other, one of them in the text."""
    return all(need.hits(line) or need.hits(head) or need.is_near(line) for need in needs)
