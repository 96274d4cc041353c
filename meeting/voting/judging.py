"""From counts to what came of each line of a paper, by the form of the paper. Pure.

Shares are taken of the base that the question's rule names; in the forms of NQ 104/2025/UBTVQH15 that is the total of the
delegates. The tie rule of a body holds for its decisions (a matter, propositions, relief from a post), never for elections,
dismissals or confidence: there the law asks for a majority of all and nobody's side counts twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from meeting.voting import confidence, electing
from meeting.voting.majority import Counted, decide, needed, split
from meeting.voting.tally import Count, LineCount

DECIDED_BY = {"survey": "low", "confidence": "against"}  # the mark whose number decides; elsewhere `for`
WITH_TIE_RULE = ("matter", "paper", "relief")
OUTCOMES = {
    "paper": ("passed", "not_passed"),
    "relief": ("relieved", "not_relieved"),
    "dismissal": ("dismissed", "not_dismissed"),
}
TIE_OPEN = "tie_open"


@dataclass(frozen=True)
class LineVerdict:
    """What came of one line. `votes` is the number of the deciding mark, `decides` its name; `again`: stands in a run-off."""

    line_id: int
    counts: Mapping[str, int]
    valid: int
    invalid: int
    decides: str
    votes: int
    base_count: int
    needed: int
    passed: bool
    outcome: str
    elected: bool = False
    tie: str = ""
    again: bool = False

    def told(self, title: str) -> dict[str, Any]:
        """As it is kept with the result and told on the wire."""
        return {**asdict(self), "counts": dict(self.counts), "title": title}


@dataclass(frozen=True)
class Ground:
    """What every line is judged by: the form, the rule, the seats, the numbers that shares are taken of, the body's tie rule."""

    form: str
    rule: str
    total: int
    present: int
    cast: int
    seats: int = 0
    tie_rule: str = "none"

    def of(self, line: LineCount) -> int:
        """The number that this line's share is taken of."""
        return {"total": self.total, "present": self.present, "cast": self.cast, "valid": line.valid}[split(self.rule)[1]]

    @property
    def tie(self) -> str:
        """The tie rule, where it holds for this form."""
        return self.tie_rule if self.form in WITH_TIE_RULE else "none"


def ground_of(form: str, rule: str, count: Count, *, total: int, present: int, seats: int = 0, tie_rule: str = "none") -> Ground:
    """The ground on which a count is judged."""
    return Ground(form, rule, total, present, count.cast, seats, tie_rule)


def judge(ground: Ground, lines: Sequence[LineCount], sides: Mapping[int, str] | None = None) -> list[LineVerdict]:
    """The verdict on each line, in their order. `sides`: the side of the head of the body on each line, where it is known."""
    if ground.form in ("election", "choose", "alternatives"):
        return _competing(ground, lines)
    if ground.form in DECIDED_BY:
        return [_trusted(ground, line) for line in lines]
    return [_proposed(ground, line, (sides or {}).get(line.line_id)) for line in lines]


def all_passed(form: str, verdicts: Sequence[LineVerdict], seats: int = 0) -> bool:
    """Whether the question as a whole passed: every seat filled, one alternative chosen, every line passed; a survey always."""
    if form == "survey":
        return True
    if form == "alternatives":
        return any(each.passed for each in verdicts)
    if form in ("election", "choose"):
        return sum(each.elected for each in verdicts) == (seats or len(verdicts)) > 0
    return bool(verdicts) and all(each.passed for each in verdicts)


def tie_of(verdicts: Sequence[LineVerdict]) -> str:
    """What is said of ties on the whole paper: one left open is the more important."""
    ties = {each.tie for each in verdicts}
    return "open" if "open" in ties else "chair" if "chair" in ties else ""


def _competing(ground: Ground, lines: Sequence[LineCount]) -> list[LineVerdict]:
    votes = {line.line_id: line.counts.get("for", 0) for line in lines}
    enough = {line.line_id: needed(split(ground.rule)[0], ground.of(line)) for line in lines}
    if ground.form == "alternatives":
        found = electing.prefer(votes, enough)
    else:
        found = electing.elect(votes, enough, ground.seats or len(lines))
    winners = (electing.ELECTED, electing.CHOSEN)
    return [
        LineVerdict(
            line.line_id,
            line.counts,
            line.valid,
            line.invalid,
            "for",
            votes[line.line_id],
            ground.of(line),
            enough[line.line_id],
            passed=found.outcomes[line.line_id] in winners,
            outcome=found.outcomes[line.line_id],
            elected=found.outcomes[line.line_id] == electing.ELECTED,
            again=line.line_id in found.again,
        )
        for line in lines
    ]


def _trusted(ground: Ground, line: LineCount) -> LineVerdict:
    mark, of = DECIDED_BY[ground.form], ground.of(line)
    votes = line.counts.get(mark, 0)
    if ground.form == "survey":
        enough, outcome = needed("more_than_half", of), confidence.survey(votes, of)
        passed = True
    else:
        threshold = split(ground.rule)[0]
        enough, outcome = needed(threshold, of), confidence.vote(votes, of, threshold)
        passed = outcome == confidence.KEPT
    return LineVerdict(line.line_id, line.counts, line.valid, line.invalid, mark, votes, of, enough, passed, outcome)


def _proposed(ground: Ground, line: LineCount, side: str | None) -> LineVerdict:
    counted = Counted(line.counts, ground.total, ground.present, line.invalid)
    found = decide(ground.rule, counted, ground.tie, side)
    yes, no = OUTCOMES[ground.form]
    outcome = yes if found.passed else TIE_OPEN if found.tie == "open" else no
    return LineVerdict(
        line.line_id,
        line.counts,
        line.valid,
        line.invalid,
        "for",
        found.votes,
        found.base_count,
        found.needed,
        found.passed,
        outcome,
        tie=found.tie,
    )
