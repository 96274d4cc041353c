"""What stands on a ballot paper and what may be marked on it. Pure: values in, a ballot or a refusal out.

Sources: NQ 104/2025/UBTVQH15, annex, forms 1 and 2 (one box of two for each person, no names added or struck; three boxes on
other matters) and form 3.5.1 (three levels of confidence); for choosing up to as many as there are seats the body's own rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from meeting.errors import N_, Malformed, Refused, declare

FORMS = ("matter", "paper", "alternatives", "election", "dismissal", "relief", "choose", "survey", "confidence")
ON_PEOPLE = ("election", "dismissal", "relief", "choose", "survey", "confidence")
SECRET_BY_LAW = ("election", "dismissal", "survey", "confidence")
PICKED = ("alternatives", "choose")  # lines are picked; the others stay unmarked
MARKS = ("for", "against", "abstain", "high", "medium", "low")
SURVEY = ("high", "medium", "low")
LETTERS = {"for": "f", "against": "a", "abstain": "s", "high": "h", "medium": "m", "low": "l", "none": "-"}
MARK_OF = {letter: mark for mark, letter in LETTERS.items()}

declare(
    {
        "lines_missing": N_("Some lines of the ballot are not marked yet. Mark each of them."),
        "line_unknown": N_("This ballot has a mark for something that is not on the paper."),
        "mark_not_offered": N_("This mark is not offered on this ballot."),
        "pick_one": N_("Choose exactly one of the alternatives."),
        "too_many_chosen": N_("Too many are chosen: at most %(seats)s may be."),
        "no_lines_here": N_("This vote has a single question: choose one of its options."),
    }
)


@dataclass(frozen=True)
class Paper:
    """What a ballot is held against: the form, the marks offered on each line, the lines' ids in order, the seats."""

    form: str
    kind: str
    offered: tuple[str, ...]
    lines: tuple[int, ...] = ()
    seats: int = 0

    @property
    def has_lines(self) -> bool:
        """Whether there is more than one proposition on it."""
        return self.form != "matter"

    @property
    def most(self) -> int:
        """How many lines may be picked."""
        return self.seats or len(self.lines)


@dataclass(frozen=True)
class Ballot:
    """What somebody put into the box: one choice, or a mark for each line. Its text never says what."""

    choice: str = ""
    marks: Mapping[int, str] = field(default_factory=dict)
    text: str = ""

    def __repr__(self) -> str:
        """Nothing of what was chosen, wherever it may be printed."""
        return "Ballot()"


def read(paper: Paper, choice: str | None, marks: Mapping[str, str] | None, text: str = "") -> Ballot:
    """The ballot that was meant, or why it cannot count. Refusals name what is offered, never what was chosen.

    A single question: one of its options, with a text only for `other` in an open vote (`choice_not_offered`,
    `no_text_here`, `text_missing`). With lines: a mark on each (`lines_missing`, `line_unknown`, `mark_not_offered`);
    alternatives: one line, or to abstain where that is offered (`pick_one`); choosing: up to as many as there are seats
    (`too_many_chosen`).
    """
    if not paper.has_lines:
        return _single(paper, choice, marks, text)
    if text:
        raise Refused("no_text_here")
    if paper.form == "alternatives" and choice == "abstain" and not marks:
        if "abstain" not in paper.offered:
            raise Refused("choice_not_offered", offered=list(paper.offered))
        return Ballot(marks=dict.fromkeys(paper.lines, "none"))
    if choice is not None or marks is None:
        raise Malformed({"choices": N_("This field is required.")})
    return Ballot(marks=_marked(paper, _known(paper, marks)))


def _single(paper: Paper, choice: str | None, marks: Mapping[str, str] | None, text: str) -> Ballot:
    if marks is not None:
        raise Refused("no_lines_here")
    if choice is None:
        raise Malformed({"choice": N_("This field is required.")})
    check_choice(paper.kind, paper.offered, choice, text)
    return Ballot(choice=choice, text=text)


def check_choice(kind: str, offered: Sequence[str], choice: str, text: str) -> None:
    """What may stand on the ballot of a single question: one of the options; a text only with `other`, never in a secret vote."""
    if choice not in offered:
        raise Refused("choice_not_offered", offered=list(offered))
    if text and (choice != "other" or kind == "secret"):
        raise Refused("no_text_here")
    if choice == "other" and not text.strip():
        raise Refused("text_missing")


def _known(paper: Paper, marks: Mapping[str, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for key, mark in marks.items():
        if not (key.isascii() and key.isdigit() and len(key) < 19 and int(key) in paper.lines) or int(key) in found:
            raise Refused("line_unknown")
        if mark not in paper.offered or (paper.form in PICKED and mark != "for"):
            raise Refused("mark_not_offered", offered=list(paper.offered))
        found[int(key)] = mark
    return found


def _marked(paper: Paper, found: dict[int, str]) -> dict[int, str]:
    if paper.form == "alternatives" and len(found) != 1:
        raise Refused("pick_one")
    if paper.form == "choose" and len(found) > paper.most:
        raise Refused("too_many_chosen", seats=paper.most)
    if len(found) < len(paper.lines) and paper.form not in PICKED:
        raise Refused("lines_missing")
    return {line: found.get(line, "none") for line in paper.lines}


def pack(paper: Paper, ballot: Ballot) -> str:
    """The ballot as it goes into the envelope: the option's key, or one letter for each line in their order."""
    return "".join(LETTERS[ballot.marks[line]] for line in paper.lines) if paper.has_lines else ballot.choice


def unpack(paper: Paper, packed: str) -> Ballot:
    """The ballot that lay in the envelope. ValueError when it is none of this paper."""
    if not paper.has_lines:
        return Ballot(choice=packed)
    return Ballot(marks={line: MARK_OF[letter] for line, letter in zip(paper.lines, packed, strict=True)})
