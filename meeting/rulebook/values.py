"""The values a rule book may hold. Pure: the same shape for a book in the store, a default, a file and a form.

A *rule* is what people speak of ("when papers are due"); it may take several columns, and it has one source.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNITS = ("working", "calendar")  # ngày làm việc, ngày
APPROVERS = ("none", "chair", "chief")
HEAD_APPROVALS = ("none", "optional", "required")
SUBSTITUTES = ("none", "speaks", "votes")
SUBSTITUTABLE = ("members", "all")
SUMMONS = ("invitation", "decision")
TIES = ("none", "chair_side")
SIGNERS = ("chair", "chief")
MINUTES_SIGNERS = ("chief", "both", "chair")  # both: the secretary, then who presided
VOTERS = ("members", "invited")  # whose total counts: all members of the body, or those invited with a vote
FLOOR_ORDERS = ("registration", "unspoken_first")  # in which the floor is given
CHECK_INS = ("self", "code")  # by a tap anywhere, or with the code at the seat or the door
ELECTIONS = ("each", "choose")  # for or against each person, or choosing as many as there are seats
REMOTES = ("full", "speaks", "none")  # what those may do who take part from elsewhere
MAKERS = ("unit", "committee")  # who owes a stage of the sequence
CHOICES = ("for", "against", "abstain", "other")  # in the fixed order of every ballot
MAJORITIES = tuple(
    threshold if base == "total" else f"{threshold}_of_{base}"
    for threshold in ("more_than_half", "at_least_half", "two_thirds", "three_quarters")
    for base in ("total", "present", "cast", "valid")
)

#: What a body may be asked. NĐ 315/2025/NĐ-CP Đ25.5: UBND votes only for or against; NQ 104/2025/UBTVQH15, annex mẫu 2: HĐND
#: has a third box.
LAWFUL_CHOICES: Mapping[str, tuple[str, ...]] = {
    "committee": ("for", "against"),
    "council": ("for", "against", "abstain"),
    "party": ("for", "against", "abstain", "other"),
}

#: Each rule with the columns it takes, in the order in which a rule book is read.
RULES: Mapping[str, tuple[str, ...]] = {
    "summons": ("summons",),
    "invitation": ("invite_days", "invite_unit"),
    "papers": ("papers_due_days", "papers_due_unit"),
    "programme": ("programme_days", "programme_unit"),
    "approver": ("approver",),
    "check": ("check_days",),
    "head_approval": ("head_approval",),
    "sequence": ("sequence",),
    "closed": ("closed",),
    "voters": ("voters",),
    "quorum": ("quorum",),
    "choices": ("choices",),
    "majority": ("majority",),
    "tie": ("tie",),
    "elections": ("elections", "electronic_votes"),
    "missing_names": ("missing_names",),
    "substitutes": ("substitutes", "substitute_consent", "substitutable"),
    "notice": ("notice_required", "notice_days", "notice_unit"),
    "signer": ("signer",),
    "minutes": ("minutes_signers",),
    "longest": ("longest_minutes",),
    "attending": ("check_in", "remote"),
    "floor": ("floor_order", "debate_first", "turns_per_item"),
    "times": ("speech_seconds", "debate_seconds", "question_seconds", "explain_seconds", "answer_seconds", "warn_seconds"),
}


@dataclass(frozen=True)
class Values:
    """The rules of one kind of meeting. Days are counted back from the day of the meeting, which itself is not counted."""

    papers_due_days: int
    invite_days: int
    papers_due_unit: str = "working"
    invite_unit: str = "working"
    programme_days: int = 0
    programme_unit: str = "working"
    check_days: int = 2  # working days
    approver: str = "none"
    head_approval: str = "optional"
    substitutes: str = "none"
    substitute_consent: bool = True
    substitutable: str = "members"
    closed: bool = False
    summons: str = "invitation"
    sequence: tuple[Mapping[str, Any], ...] = ()
    voters: str = "members"
    quorum: str = "2/3"  # share of all who have a vote; "0": the rules ask for none
    majority: str = "more_than_half"
    tie: str = "none"
    choices: str = "for against"
    notice_required: bool = True
    notice_days: int = 3
    notice_unit: str = "calendar"
    signer: str = "chair"
    speech_seconds: int = 420
    debate_seconds: int = 120
    question_seconds: int = 60
    explain_seconds: int = 180
    answer_seconds: int = 180  # of whoever is questioned
    warn_seconds: int = 30  # before the end of a turn
    floor_order: str = "registration"
    debate_first: bool = False
    turns_per_item: int = 0  # 0: no limit
    check_in: str = "self"
    remote: str = "full"
    elections: str = "each"
    electronic_votes: str = ""  # the clause that lets secret votes on people be electronic; empty: on paper only
    missing_names: bool = True  # in open votes those who preside see the names of who has not voted
    minutes_signers: str = "both"
    longest_minutes: int = 0  # a meeting of this kind lasts at most so long; 0: no rule

    def plain(self) -> dict[str, Any]:
        """The columns as they are stored and sent; `sequence` as a list."""
        found = {each: getattr(self, each) for each in COLUMNS}
        return {**found, "sequence": [dict(stage) for stage in self.sequence]}


COLUMNS = tuple(each.name for each in dataclasses.fields(Values))


def values_of(book: Any) -> Values:
    """The values of anything that has them as attributes: a row of the store, an input."""
    found = {each: getattr(book, each) for each in COLUMNS}
    return Values(**{**found, "sequence": tuple(found["sequence"] or ())})
