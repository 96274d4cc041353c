"""How many are enough. Pure: shares are fractions, never floats.

Sources: Nghị định 315/2025/NĐ-CP, Điều 25 (UBND: more than half of ALL members; a tie goes with the opinion of the Chủ tịch);
Nghị quyết 104/2025/UBTVQH15, Điều 19 (Thường trực HĐND: the side on which the Chủ tịch HĐND voted) and the counting form,
mẫu 3 (HĐND: share of ALL delegates); Luật Tổ chức chính quyền địa phương 72/2025/QH15 (removal of a delegate: two thirds).
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
TIED_AT = ("more_than_half", "at_least_half")  # where equal votes may be decided by a side: the law says so of more than half
BASES = ("total", "present", "cast", "valid")
_STRICTER = ("at_least_half", "more_than_half", "two_thirds", "three_quarters")
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

Words = tuple[str, Mapping[str, "str | int | Fraction | Words"]]


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
    """Passed or not, by which rule, and what decided a tie: `chair`, `open` (nobody yet) or nothing."""

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


def is_weaker(rule: str) -> bool:
    """Whether a rule asks for less than the least that the law names: more than half of ALL [NĐ 315 Đ25.5c, NQ 104 Đ19.2]."""
    threshold, base = split(rule)
    return base != "total" or threshold == "at_least_half"


def at_least_as_strict(rule: str, least: str) -> bool:
    """Whether a rule asks for no less than another: as large a share, of a base as large (all members, those present …)."""
    (threshold, base), (other, of) = split(rule), split(least)
    return _STRICTER.index(threshold) >= _STRICTER.index(other) and BASES.index(base) <= BASES.index(of)


def needed(threshold: str, base_count: int) -> int:
    """The smallest number of votes in favour that is enough: more than half of 99 is 50, two thirds of 27 are 18.

    Never less than one: nothing passes without a vote.
    """
    share, exceed = THRESHOLDS[threshold]
    exact = share * base_count
    return max(1, floor(exact) + 1 if exceed else ceil(exact))


def share(votes: int, of: int) -> Fraction:
    """The exact share; of nothing it is nothing."""
    return Fraction(votes, of) if of else Fraction(0)


def percent(exact: Fraction, language: str = "vi") -> str:
    """A share in per cent as the counting form prints it: half up to two digits, none where they would be zeros."""
    hundredths = floor(exact * 10000 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    mark = "," if language == "vi" else "."
    return f"{whole}{mark}{rest:02}%" if rest else f"{whole}%"


def tied(counts: Mapping[str, int]) -> bool:
    """As many for as against, and somebody at all."""
    return counts.get("for", 0) == counts.get("against", 0) > 0


def decide(rule: str, counted: Counted, tie_rule: str = "none", chair_side: str | None = None) -> Verdict:
    """Applies the rule to the count.

    A tie is as many for as against. With the tie rule `chair_side` the side of the head of the body decides it [NĐ 315 Đ25.5c:
    the opinion of the Chủ tịch; NQ 104 Đ19.2: the side on which the Chủ tịch HĐND voted]; without a known side it stays open
    until a statement is recorded. HĐND sessions have no tie rule, and where a greater share is needed than half equal votes
    are no tie: they are too few.
    """
    threshold, base = split(rule)
    base_count = counted.of(base)
    enough = needed(threshold, base_count)
    votes = counted.counts.get("for", 0)
    passed, tie = votes >= enough, ""
    if not passed and tie_rule == "chair_side" and threshold in TIED_AT and tied(counted.counts):
        tie = "chair" if chair_side in ("for", "against") else "open"
        passed = chair_side == "for"
    return Verdict(rule, base, base_count, enough, votes, passed, tie)


def base_words(base: str, body_kind: str) -> Words:
    """What a share is taken of, in words."""
    return BASE_WORDS[base], {"who": (WHO_WORDS[body_kind], {})}


def rule_words(rule: str, body_kind: str) -> list[Words]:
    """The rule in words: threshold, then base, to be joined by a space."""
    threshold, base = split(rule)
    return [(THRESHOLD_WORDS[threshold], {}), base_words(base, body_kind)]
