"""What a result says, in sentences with their base, their need, what decided a tie, and the article they rest on. Pure.

Sources named: Nghị quyết 104/2025/UBTVQH15 (HĐND commune model rules) Điều 15, 16, 19 and annex; Nghị định 315/2025/NĐ-CP Điều
25; Luật Tổ chức chính quyền địa phương 72/2025/QH15; Nghị quyết 96/2023/QH15 (confidence).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meeting.errors import N_
from meeting.voting import saying_lines as by_line
from meeting.voting.judging import TIE_OPEN
from meeting.voting.majority import Words, base_words, is_weaker, rule_words, share

PASSED = N_("Passed: %(votes)s of %(count)s in favour (%(share)s of %(base)s); %(needed)s needed.")
NOT_PASSED = N_("Not passed: %(votes)s of %(count)s in favour (%(share)s of %(base)s); %(needed)s needed.")
UNDECIDED = N_("Undecided: %(votes)s of %(count)s in favour (%(share)s of %(base)s); %(needed)s needed.")
TIE_HEAD = N_("The votes are equal: the side on which %(head)s voted decides.")
TIE_NO_SIDE = N_("The votes are equal and the side of %(head)s is not recorded, so nothing is decided.")
SETTLED_FOR = N_("The votes are equal: decided in favour by the opinion of %(head)s, recorded by %(who)s: “%(text)s”.")
SETTLED_AGAINST = N_("The votes are equal: decided against by the opinion of %(head)s, recorded by %(who)s: “%(text)s”.")
ROUND = N_("Round %(round)s of this vote.")
SPOKEN = N_("%(spoken)s of the ballots were said aloud and entered by the secretary.")
QUORUM_LOST = N_(
    "At the close %(here)s of %(total)s were present, fewer than the %(need)s needed to hold the meeting; enough were present at "
    "the opening, so this is noted and the result stands."
)
PAPER_BALLOTS = N_("Ballots given out %(issued)s, returned %(returned)s, invalid %(invalid)s.")
PAPER_LINES = N_("Ballots given out %(issued)s, returned %(returned)s.")  # each line says how many were invalid on it
BY_RULE = N_("Rule: %(rule)s (%(source)s).")
BY_RULE_LOST = N_("Rule: confidence is lost when %(rule)s say so (%(source)s).")
BY_SOURCE = N_("Held under: %(source)s.")
ELECTRONIC = N_("Electronic ballot under: %(basis)s.")

HEAD_WORDS = {
    "council": N_("the Chairman of the People's Council"),
    "committee": N_("the Chairman of the People's Committee"),
    "party": N_("the Secretary of the Party committee"),
}
STANDING = N_("Resolution 104/2025/UBTVQH15, Article 19")
OWN_RULES = N_("the body's own working regulations")
COUNCIL_SOURCES = {
    "election": N_("Law on the Organization of Local Government 72/2025/QH15; Resolution 104/2025/UBTVQH15, Article 16, form 3"),
    "dismissal": N_(
        "Law on the Organization of Local Government 72/2025/QH15; Resolution 104/2025/UBTVQH15, Article 16.3, forms 3.3 and 3.4"
    ),
    "relief": N_(
        "Law on the Organization of Local Government 72/2025/QH15; Resolution 104/2025/UBTVQH15, Article 16.3 and 16.4, open vote"
    ),
    "survey": N_("Resolution 96/2023/QH15; Resolution 104/2025/UBTVQH15, form 3.5.1"),
    "confidence": N_("Resolution 96/2023/QH15; Resolution 104/2025/UBTVQH15, form 3.5.2"),
    "secret": N_(
        "Law on the Organization of Local Government 72/2025/QH15; Resolution 104/2025/UBTVQH15, Article 15, forms 2 and 3.6"
    ),
    "choose": OWN_RULES,
}
SOURCE_WORDS = {
    "council": N_("Law on the Organization of Local Government 72/2025/QH15; Resolution 104/2025/UBTVQH15, Article 15"),
    "committee": N_("Decree 315/2025/NĐ-CP, Article 25"),
    "party": N_("the committee's working regulations"),
}


def counted_as(body_kind: str, tie_rule: str) -> str:
    """The kind of body by whose members shares are told: those of the Thường trực HĐND are members, not delegates."""
    return "committee" if body_kind == "council" and tie_rule == "chair_side" else body_kind


@dataclass(frozen=True)
class Said:
    """All that a sentence may need of a question and its result."""

    body_kind: str
    rule: str
    base: str
    base_count: int
    needed: int
    votes: int
    passed: bool
    tie: str = ""
    tie_rule: str = "none"
    form: str = "matter"
    secret: bool = False
    lines: Sequence[Mapping[str, Any]] = ()
    seats: int = 0
    office: str = ""
    round: int = 1
    total: int = 0
    here: int = 0
    quorum_need: int = 0
    quorum_met: bool = True
    spoken: int = 0
    settled: tuple[str, str, str] | None = None  # side, by whom it was recorded, the statement
    basis: str = ""
    figures: tuple[int, int, int] | None = None  # ballots issued, returned, invalid
    offices: Mapping[int, str] = field(default_factory=dict)  # by line id

    @property
    def counted_as(self) -> str:
        """Whose number the shares are taken of [NQ 104 Đ19.2]."""
        return counted_as(self.body_kind, self.tie_rule)


def whole(said: Said) -> list[Words]:
    """The verdict on the question: what came out, who stands again, how a tie was settled, what is noted, by which rule."""
    found: list[Words] = [(ROUND, {"round": said.round})] if said.round > 1 else []
    found += [_headline(said)] if said.form == "matter" else by_line.headlines(said.form, settled_lines(said), said.seats)
    return [*found, *_ties(said), *_notes(said), *_grounds(said)]


def decided(said: Said) -> Words | None:
    """Of a paper with lines: who or what came through. A survey and a confidence vote decide nothing by themselves."""
    if said.form in ("matter", "survey", "confidence") or not any(each["passed"] for each in settled_lines(said)):
        return None
    return by_line.headlines(said.form, settled_lines(said), said.seats)[0]


def lines(said: Said) -> dict[int, list[Words]]:
    """The verdict on each line, by line id."""
    base = base_words(said.base, said.counted_as)
    return {
        int(each["line_id"]): by_line.said(said.form, each, base, said.offices.get(int(each["line_id"]), said.office))
        for each in settled_lines(said)
    }


def settled_lines(said: Said) -> list[Mapping[str, Any]]:
    """The lines, those with an open tie as a recorded statement has settled it."""
    side = said.settled[0] if said.settled else ""
    return [by_line.settled(said.form, each, side) if side and each["outcome"] == TIE_OPEN else each for each in said.lines]


def _headline(said: Said) -> Words:
    undecided = said.tie == "open" and said.settled is None
    sentence = UNDECIDED if undecided else PASSED if said.passed else NOT_PASSED
    return sentence, {
        "votes": said.votes,
        "count": said.base_count,
        "share": share(said.votes, said.base_count),
        "base": base_words(said.base, said.counted_as),
        "needed": said.needed,
    }


def _ties(said: Said) -> list[Words]:
    head: Words = (HEAD_WORDS[said.body_kind], {})
    if said.tie == "chair":
        return [(TIE_HEAD, {"head": head})]
    if said.tie != "open":
        return []
    if said.settled is None:
        return [(TIE_NO_SIDE, {"head": head})]
    side, who, text = said.settled
    return [(SETTLED_FOR if side == "for" else SETTLED_AGAINST, {"head": head, "who": who, "text": text.rstrip(". ")})]


def _notes(said: Said) -> list[Words]:
    found: list[Words] = []
    if said.figures is not None:
        issued, returned, invalid = said.figures
        told = PAPER_BALLOTS if invalid or not any(line.get("invalid") for line in said.lines) else PAPER_LINES
        found.append((told, {"issued": issued, "returned": returned, "invalid": invalid}))
    if said.spoken:
        found.append((SPOKEN, {"spoken": said.spoken}))
    if not said.quorum_met:
        found.append((QUORUM_LOST, {"here": said.here, "total": said.total, "need": said.quorum_need}))
    return found


def _grounds(said: Said) -> list[Words]:
    threshold, base = rule_words(said.rule, said.counted_as)
    rule: Words = ("%(threshold)s %(base)s", {"threshold": threshold, "base": base})
    sentence = {"survey": BY_SOURCE, "confidence": BY_RULE_LOST}.get(said.form, BY_RULE)
    found: list[Words] = [(sentence, {"rule": rule, "source": (source(said), {})})]
    if said.basis:
        found.append((ELECTRONIC, {"basis": said.basis.rstrip(". ")}))
    return found


def source(said: Said) -> str:
    """The article that a verdict rests on, by body and form: never one that asks for more than the rule of this vote."""
    if said.body_kind != "party" and said.form != "survey" and is_weaker(said.rule):
        return OWN_RULES
    if said.body_kind != "council":
        return OWN_RULES if said.form == "choose" else SOURCE_WORDS[said.body_kind]
    if said.form in COUNCIL_SOURCES:
        return COUNCIL_SOURCES[said.form]
    if said.tie_rule == "chair_side":
        return STANDING
    return COUNCIL_SOURCES["secret"] if said.secret else SOURCE_WORDS["council"]
