"""From ballots to counts: electronic ones, open ones with names, hands, and the figures of the counting committee. Pure.

Whatever the way of voting, the sums agree: of a single question the counts and the invalid ballots make the ballots cast; of a
paper with lines each line's valid and invalid ballots do. Only of hands fewer may be raised on one line than on another.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meeting.voting.forms import LETTERS, MARKS, PICKED, Ballot, Paper, pack


@dataclass(frozen=True)
class LineCount:
    """What came out for one line: how many ballots bear each mark, how many say nothing that counts on this line."""

    line_id: int
    counts: Mapping[str, int]
    invalid: int = 0

    @property
    def valid(self) -> int:
        """Ballots that count on this line."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Count:
    """What came out of the box. `counts` of a single question; `lines` of a paper with lines, in their order."""

    counts: Mapping[str, int]
    lines: tuple[LineCount, ...] = ()
    cast: int = 0
    invalid: int = 0
    issued: int = 0  # paper ballots given out and come back; electronic ballots are not given out
    returned: int = 0

    @property
    def valid(self) -> int:
        """Ballots that say something."""
        return self.cast - self.invalid


def marks_on(paper: Paper) -> tuple[str, ...]:
    """The marks that are counted on a line, in their fixed order: a line that may be picked is `for` or `none`."""
    return ("for", "none") if paper.form in PICKED else tuple(mark for mark in MARKS if mark in paper.offered)


def of_packed(paper: Paper, packed: Sequence[str]) -> Count:
    """Ballots as they lay in their envelopes. Their order does not matter."""
    if not paper.has_lines:
        return of_single(paper, Counter(packed))
    columns = zip(*packed, strict=True) if packed else (() for _ in paper.lines)
    marks = marks_on(paper)
    lines = [
        LineCount(line, {mark: column.count(LETTERS[mark]) for mark in marks})
        for line, column in zip(paper.lines, columns, strict=True)
    ]
    if any(line.valid != len(packed) for line in lines):
        raise ValueError("a ballot bears a mark that is not offered on this paper")
    return Count({}, tuple(lines), cast=len(packed))


def of_ballots(paper: Paper, ballots: Iterable[Ballot]) -> Count:
    """Ballots that are open already: those with names."""
    return of_packed(paper, [pack(paper, ballot) for ballot in ballots])


def of_single(paper: Paper, found: Mapping[str, int]) -> Count:
    """A single question, by option in the fixed order."""
    counts = {option: found.get(option, 0) for option in paper.offered}
    if sum(counts.values()) != sum(found.values()):
        raise ValueError("a ballot bears a choice that is not offered on this paper")
    return Count(counts, cast=sum(counts.values()))


def of_hands(paper: Paper, hands: Mapping[str, Any]) -> Count:
    """Hands counted at the table: by option, or by line where hands were raised for each line."""
    if not paper.has_lines:
        return of_single(paper, hands)
    found = {line: hands["lines"].get(str(line), {}) for line in paper.lines}
    if paper.form == "alternatives":
        cast = sum(marks.get("for", 0) for marks in found.values()) + int(hands.get("abstain", 0))
    else:
        cast = max((sum(marks.values()) for marks in found.values()), default=0)
    picked = paper.form in PICKED
    # a hand that is not raised on a line is no invalid ballot
    lines = [_line(paper, line, marks, cast, cast if picked else sum(marks.values())) for line, marks in found.items()]
    return Count({}, tuple(lines), cast=cast)


def of_figures(paper: Paper, figures: Mapping[str, Any]) -> Count:
    """What the counting committee entered and confirmed of paper ballots: issued, returned, valid, invalid, by line."""
    issued, returned, invalid = int(figures["issued"]), int(figures["returned"]), int(figures.get("invalid") or 0)
    if not paper.has_lines:
        counts = {option: int(figures["counts"].get(option, 0)) for option in paper.offered}
        return Count(counts, (), returned, invalid, issued, returned)
    found = figures["lines"]
    lines = tuple(_line(paper, line, found[str(line)].get("counts", {}), returned - invalid, returned) for line in paper.lines)
    return Count({}, lines, returned, invalid, issued, returned)


def _line(paper: Paper, line: int, marks: Mapping[str, int], valid: int, cast: int) -> LineCount:
    """One line: what is not marked on a line that may be picked is `none`; what is missing elsewhere is invalid."""
    counts = {mark: int(marks.get(mark, 0)) for mark in marks_on(paper)}
    if paper.form in PICKED:
        counts["none"] = valid - counts["for"]
    return LineCount(line, counts, cast - sum(counts.values()))


def unfolded(paper: Paper, packed: Iterable[str]) -> list[tuple[int | None, str]]:
    """(line, mark) of every line of every ballot, to be shuffled together; of a single question (None, choice)."""
    if not paper.has_lines:
        return [(None, choice) for choice in packed]
    names = {letter: mark for mark, letter in LETTERS.items()}
    return [(line, names[letter]) for ballot in packed for line, letter in zip(paper.lines, ballot, strict=True)]
