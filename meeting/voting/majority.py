"""How many are enough, and the sentence that says so. Pure: shares are fractions, never floats.

Sources: Nghị định 315/2025/NĐ-CP, Điều 25 (UBND: more than half of ALL members; a tie goes with the chair's opinion);
Nghị quyết 104/2025/UBTVQH15, Điều 19 and the counting form, mẫu 3 (HĐND: share of ALL delegates); Luật Tổ chức chính
quyền địa phương 72/2025/QH15 (removal of a delegate: two thirds of all).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from meeting.errors import N_

THRESHOLDS: Mapping[str, tuple[Fraction, bool]] = {  # share, and whether it must be exceeded
    "more_than_half": (Fraction(1, 2), True),
    "at_least_half": (Fraction(1, 2), False),
    "two_thirds": (Fraction(2, 3), False),
    "three_quarters": (Fraction(3, 4), False),
}
BASES = ("total", "present", "cast", "valid")
RULES = tuple(threshold if base == "total" else f"{threshold}_of_{base}" for threshold in THRESHOLDS for base in BASES)

THRESHOLD_WORDS = {
    "more_than_half": N_("more than half of"),
    "at_least_half": N_("at least half of"),
    "two_thirds": N_("at least two thirds of"),
    "three_quarters": N_("at least three quarters of"),
}
BASE_WORDS = {
    "total": N_("all %(who)s"),
    "present": N_("the %(who)s present"),
    "cast": N_("the ballots received"),
    "valid": N_("the valid ballots"),
}
WHO_WORDS = {"council": N_("delegates"), "committee": N_("members"), "party": N_("committee members")}
SOURCE_WORDS = {
    "council": N_("Law on the Organization of Local Government 72/2025/QH15; Resolution 104/2025/UBTVQH15, form 3"),
    "committee": N_("Decree 315/2025/NĐ-CP, Article 25"),
    "party": N_("the committee's working regulations"),
}
PASSED = N_("Passed: %(votes)s in favour out of %(base)s (%(count)s); %(needed)s needed.")
NOT_PASSED = N_("Not passed: %(votes)s in favour out of %(base)s (%(count)s); %(needed)s needed.")
TIE_CHAIR = N_("The votes are equal: the side on which the chair voted decides.")
TIE_NO_SIDE = N_("The votes are equal and the chair's side is not known, so nothing is decided.")
BY_RULE = N_("Rule: %(rule)s (%(source)s).")


@dataclass(frozen=True)
class Counted:
    """What came out of the box, and of how many. `invalid` ballots are cast but not valid."""

    counts: Mapping[str, int]  # by option, in the fixed order
    total: int  # all members of the body
    present: int  # electors in the room at the close
    invalid: int = 0

    @property
    def valid(self) -> int:
        """Ballots that say something."""
        return sum(self.counts.values())

    @property
    def cast(self) -> int:
        """Ballots received."""
        return self.valid + self.invalid

    @property
    def silent(self) -> int:
        """Electors present who gave no ballot: recorded, as the HĐND's minutes ask."""
        return max(0, self.present - self.cast)

    def of(self, base: str) -> int:
        """The number that a share is taken of."""
        return {"total": self.total, "present": self.present, "cast": self.cast, "valid": self.valid}[base]


@dataclass(frozen=True)
class Verdict:
    """Passed or not, by which rule, and what decided a tie: `chair`, `open` (nobody) or nothing."""

    rule: str
    base: str
    base_count: int
    needed: int
    votes: int
    passed: bool
    tie: str = ""


def split(rule: str) -> tuple[str, str]:
    """A rule's threshold and base: `two_thirds_of_present` is ("two_thirds", "present"); the base is `total` by default."""
    threshold, _, base = rule.partition("_of_")
    return threshold, base or "total"


def needed(threshold: str, base_count: int) -> int:
    """The smallest number of votes in favour that is enough: more than half of 99 is 50, two thirds of 27 are 18.

    Never less than one: nothing passes without a vote.
    """
    share, exceed = THRESHOLDS[threshold]
    exact = share * base_count
    return max(1, floor(exact) + 1 if exceed else ceil(exact))


def decide(rule: str, counted: Counted, tie_rule: str = "none", chair_side: str | None = None) -> Verdict:
    """Applies the rule to the count.

    A tie is as many for as against. With `chair_side` the chair's own open vote decides it [NĐ 315 Đ25: tie → the chair's
    opinion; NQ 104 Đ19 for the standing committee]; without a known side nothing is decided. HĐND sessions have no tie rule.
    """
    threshold, base = split(rule)
    base_count = counted.of(base)
    enough = needed(threshold, base_count)
    votes = counted.counts.get("for", 0)
    passed, tie = votes >= enough, ""
    if not passed and tie_rule == "chair_side" and votes == counted.counts.get("against", 0) and votes > 0:
        tie = "chair" if chair_side in ("for", "against") else "open"
        passed = chair_side == "for"
    return Verdict(rule, base, base_count, enough, votes, passed, tie)


Words = tuple[str, dict[str, "str | int | Words"]]


def rule_words(rule: str, body_kind: str) -> list[Words]:
    """The rule in words: threshold, then base, to be joined by a space."""
    threshold, base = split(rule)
    return [(THRESHOLD_WORDS[threshold], {}), (BASE_WORDS[base], {"who": (WHO_WORDS[body_kind], {})})]


def verdict_words(verdict: Verdict, body_kind: str) -> list[Words]:
    """The verdict in sentences with its base, its need, what decided a tie, and the article it rests on."""
    base: Words = (BASE_WORDS[verdict.base], {"who": (WHO_WORDS[body_kind], {})})
    threshold: Words = (THRESHOLD_WORDS[split(verdict.rule)[0]], {})
    facts: dict[str, str | int | Words] = {
        "votes": verdict.votes,
        "base": base,
        "count": verdict.base_count,
        "needed": verdict.needed,
    }
    said: list[Words] = [(PASSED if verdict.passed else NOT_PASSED, facts)]
    if verdict.tie:
        said.append((TIE_CHAIR if verdict.tie == "chair" else TIE_NO_SIDE, {}))
    source: Words = (SOURCE_WORDS[body_kind], {})
    said.append((BY_RULE, {"rule": ("%(threshold)s %(base)s", {"threshold": threshold, "base": base}), "source": source}))
    return said
