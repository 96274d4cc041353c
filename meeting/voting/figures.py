"""The figures that a counting committee or the table brings: whether they can be true. Pure: figures in, figures or refusal out.

Sources: NQ 104/2025/UBTVQH15, annex, forms 3.1 to 3.6: ballots issued, returned, valid, invalid; where a ballot names several
people, valid and invalid ballots are counted for each of them (forms 3.2 to 3.5); a ballot on a matter is valid or not as a
whole (form 3.6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from meeting.errors import N_, Refused, declare
from meeting.voting.forms import PICKED, Paper

declare(
    {
        "figures_issued": N_("%(issued)s ballots were issued, but the register has only %(register)s electors."),
        "figures_returned": N_("%(returned)s ballots came back, but only %(issued)s were issued."),
        "figures_sum": N_("Valid and invalid ballots together are %(counted)s, but %(returned)s came back."),
        "figures_line_sum": N_(
            "“%(line)s”: valid and invalid ballots together are %(counted)s, but %(returned)s came back. Count this line again."
        ),
        "figures_line_missing": N_("The figures of “%(line)s” are missing."),
        "figures_line_most": N_("“%(line)s” has %(counted)s votes, but only %(valid)s ballots are valid."),
        "figures_too_many": N_("%(counted)s votes were counted, but %(valid)s valid ballots give at most %(most)s."),
        "figures_invalid": N_(
            "“%(line)s”: %(counted)s invalid ballots, but %(invalid)s ballots are invalid as a whole, so at least as many here."
        ),
        "figures_negative": N_("A number of ballots cannot be below zero."),
        "figures_unconfirmed": N_(
            "The head of the counting committee has not confirmed the figures yet. Ask for that before closing the vote."
        ),
        "figures_missing": N_("The counting committee has not entered the figures yet."),
    }
)


@dataclass(frozen=True)
class LineFigures:
    """What was counted for one line: the marks, and the ballots that say nothing valid about it."""

    counts: Mapping[str, int] = field(default_factory=dict)
    invalid: int = 0

    @property
    def valid(self) -> int:
        """Ballots with one mark on this line."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Figures:
    """What the committee counted. `invalid`: ballots that are invalid as a whole."""

    issued: int
    returned: int
    invalid: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[int, LineFigures] = field(default_factory=dict)

    @property
    def valid(self) -> int:
        """Ballots that are valid as a whole."""
        return self.returned - self.invalid


def given(
    paper: Paper,
    issued: int,
    returned: int,
    invalid: int | None = None,
    counts: Mapping[str, int] | None = None,
    lines: Mapping[int, Mapping[str, int]] | None = None,
) -> Figures:
    """The figures as they were typed in. Unless it is said, as many ballots are invalid as no mark accounts for.

    A line may carry `invalid` beside its marks.
    """
    found: dict[int, LineFigures] = {}
    for number, line in (lines or {}).items():
        marks = {mark: count for mark, count in line.items() if mark != "invalid"}
        rest = 0 if paper.form in PICKED else max(0, returned - sum(marks.values()))
        found[number] = LineFigures(marks, line.get("invalid", rest))
    whole = sum((counts or {}).values())
    if paper.form == "alternatives":
        whole += sum(line.valid for line in found.values())
    if invalid is None:
        invalid = max(0, returned - whole) if paper.form in ("matter", "alternatives") else 0
    return Figures(issued, returned, invalid, dict(counts or {}), found)


def checked(paper: Paper, typed: Figures, register: int, names: Mapping[int, str]) -> Figures:
    """The figures in their full form, each mark of each line named, or what in them cannot be true.

    `names` are the lines' titles for the sentences. Refused: `figures_negative`, `figures_issued`, `figures_returned`,
    `figures_sum`, `figures_line_sum`, `figures_line_missing`, `figures_line_most`, `figures_too_many`, `figures_invalid`,
    `line_unknown`, `choice_not_offered`, `mark_not_offered`.
    """
    _check_ballots(typed, register)
    if not paper.has_lines:
        counts = _all_marks(paper.offered, typed.counts, "choice_not_offered")
        _check_sum(sum(counts.values()) + typed.invalid, typed.returned)
        return Figures(typed.issued, typed.returned, typed.invalid, counts)
    lines = _all_lines(paper, typed.lines, names)
    if paper.form in PICKED:
        return _picked(paper, typed, lines, names)
    for number, line in lines.items():
        if line.valid + line.invalid != typed.returned:
            facts = {"line": names[number], "counted": line.valid + line.invalid, "returned": typed.returned}
            raise Refused("figures_line_sum", **facts)
        if line.invalid < typed.invalid:
            raise Refused("figures_invalid", line=names[number], counted=line.invalid, invalid=typed.invalid)
    return Figures(typed.issued, typed.returned, typed.invalid, {}, lines)


def _check_ballots(given: Figures, register: int) -> None:
    numbers = [given.issued, given.returned, given.invalid, *given.counts.values()]
    numbers += [number for line in given.lines.values() for number in (line.invalid, *line.counts.values())]
    if min(numbers) < 0:
        raise Refused("figures_negative")
    if given.issued > register:
        raise Refused("figures_issued", issued=given.issued, register=register)
    if given.returned > given.issued:
        raise Refused("figures_returned", returned=given.returned, issued=given.issued)


def _check_sum(counted: int, returned: int) -> None:
    if counted != returned:
        raise Refused("figures_sum", counted=counted, returned=returned)


def _all_marks(offered: tuple[str, ...], counts: Mapping[str, int], code: str) -> dict[str, int]:
    if not set(counts) <= set(offered):
        raise Refused(code, offered=list(offered))
    return {mark: counts.get(mark, 0) for mark in offered}


def _line_marks(paper: Paper) -> tuple[str, ...]:
    return ("for",) if paper.form in PICKED else paper.offered


def _all_lines(paper: Paper, given: Mapping[int, LineFigures], names: Mapping[int, str]) -> dict[int, LineFigures]:
    if not set(given) <= set(paper.lines):
        raise Refused("line_unknown")
    found: dict[int, LineFigures] = {}
    for number in paper.lines:
        if number not in given:
            raise Refused("figures_line_missing", line=names[number])
        marks = _all_marks(_line_marks(paper), given[number].counts, "mark_not_offered")
        found[number] = LineFigures(marks, given[number].invalid)
    return found


def _picked(paper: Paper, given: Figures, lines: Mapping[int, LineFigures], names: Mapping[int, str]) -> Figures:
    """Where lines are picked a ballot is valid or not as a whole: exactly one alternative, or up to as many people as seats."""
    if given.invalid > given.returned:
        raise Refused("figures_sum", counted=given.invalid, returned=given.returned)
    abstain = ("abstain",) if paper.form == "alternatives" and "abstain" in paper.offered else ()
    counts = _all_marks(abstain, given.counts, "choice_not_offered")
    votes = sum(line.valid for line in lines.values())
    for number, line in lines.items():
        if line.valid > given.valid:
            raise Refused("figures_line_most", line=names[number], counted=line.valid, valid=given.valid)
    if paper.form == "alternatives":
        _check_sum(votes + sum(counts.values()) + given.invalid, given.returned)
    elif votes > given.valid * paper.most:
        raise Refused("figures_too_many", counted=votes, valid=given.valid, most=given.valid * paper.most)
    whole = {number: LineFigures(line.counts, given.invalid) for number, line in lines.items()}
    return Figures(given.issued, given.returned, given.invalid, counts, whole)


def kept(paper: Paper, figures: Figures) -> dict[str, Any]:
    """The figures as they are kept and shown: valid ballots of each line written out."""
    picked = paper.form in PICKED
    return {
        "issued": figures.issued,
        "returned": figures.returned,
        "invalid": figures.invalid,
        "counts": dict(figures.counts),
        "lines": {
            str(number): {
                "valid": figures.valid if picked else line.valid,
                "invalid": line.invalid,
                "counts": dict(line.counts),
            }
            for number, line in figures.lines.items()
        },
    }


def on_wire(figures: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The kept figures as screens type them: of each line its marks, and `invalid` beside them."""
    if figures is None:
        return None
    lines = {number: {**line["counts"], "invalid": line["invalid"]} for number, line in figures["lines"].items()}
    return {**figures, "lines": lines}


def check_hands(paper: Paper, given: Figures, present: int) -> dict[str, Any]:
    """Hands raised on several lines: on each of them no more than there are electors here; returns what is kept.

    Lines that are not named were raised by nobody. Refused: `line_unknown`, `mark_not_offered`, `choice_not_offered`,
    `figures_negative`, `counts_too_many`.
    """
    _check_ballots(Figures(0, 0, 0, given.counts, given.lines), 0)
    if not set(given.lines) <= set(paper.lines):
        raise Refused("line_unknown")
    marks = _line_marks(paper)
    nobody = LineFigures()
    lines = {number: _all_marks(marks, given.lines.get(number, nobody).counts, "mark_not_offered") for number in paper.lines}
    abstain = ("abstain",) if paper.form == "alternatives" and "abstain" in paper.offered else ()
    counts = _all_marks(abstain, given.counts, "choice_not_offered")
    sums = [sum(line.values()) for line in lines.values()]
    together = sum(sums) + sum(counts.values())
    if paper.form == "alternatives":
        sums = [together]
    if max(sums, default=0) > present:
        raise Refused("counts_too_many", counted=max(sums), present=present)
    if paper.form == "choose" and together > present * paper.most:
        raise Refused("figures_too_many", counted=together, valid=present, most=present * paper.most)
    return {"lines": {str(number): line for number, line in lines.items()}, **counts}


def check_closing(figures: Mapping[str, Any] | None, confirmed_at: datetime | None) -> None:
    """Before a paper vote closes: its figures are there and the committee's head has confirmed them."""
    if figures is None:
        raise Refused("figures_missing")
    if confirmed_at is None:
        raise Refused("figures_unconfirmed")
