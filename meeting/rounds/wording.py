"""What screens and printed sheets call the things of a written round; the verdict in a sentence with its article."""

from collections.abc import Mapping
from typing import Any

from meeting.errors import N_
from meeting.voting.majority import BASE_WORDS, THRESHOLD_WORDS, Words, split

STATE_NAMES = {
    "draft": N_("Being drafted"),
    "open": N_("Opinions are being taken"),
    "closed": N_("Closed, waiting for the decision"),
    "decided": N_("Decided"),
    "cancelled": N_("Called off"),
}
STATE_TONES = {"draft": "", "open": "primary", "closed": "warn", "decided": "agree", "cancelled": "oppose"}
DECISION_NAMES = {
    "approved": N_("Approved by the written opinions"),
    "to_session": N_("To be put before a session"),
    "refused": N_("Not approved in writing"),
}
DECISION_ICONS = {"approved": "circle-check", "to_session": "calendar-event", "refused": "x"}
TONES = {"for": "agree", "against": "oppose", "abstain": "abstain", "other": "warn"}
SIGNED_NAMES = {
    "none": N_("No file is asked for"),
    "optional": N_("A signed reply may be added"),
    "required": N_("A signed reply is asked for"),
}
#: What decides in writing, each with its article.
SOURCES = {
    "committee": N_("Decree 315/2025/NĐ-CP, Article 3.3d"),
    "council": N_("Resolution 104/2025/UBTVQH15, Articles 19.2 and 22"),
    "party": N_("the committee's working regulations"),
}
#: Of whom the share is taken: all members of the UBND; elsewhere those who were asked.
WHO = {"committee": N_("members"), "council": N_("members asked"), "party": N_("members asked")}
ENOUGH = N_("%(votes)s in favour out of %(base)s (%(count)s), %(needed)s needed: agreed.")
NOT_ENOUGH = N_("%(votes)s in favour out of %(base)s (%(count)s), %(needed)s needed: not agreed.")
TIE = N_("The votes are equal: the chair's answer decides.")
TIE_OPEN = N_("The votes are equal and the chair gave no side, so nothing is decided.")
NEXT_PASSED = N_("The chair now decides and reports at the next meeting.")
NEXT_NOT = N_("The chair now decides whether it is put before a session.")
RULE = N_("Rule: %(threshold)s %(base)s (%(source)s).")


def _base(base: str, body_kind: str) -> Words:
    return (BASE_WORDS[base], {"who": (WHO[body_kind], {})})


def verdict(result: Mapping[str, Any], rule: str, body_kind: str) -> list[Words]:
    """How many agreed of how many, whether that is enough, by which rule, and what follows."""
    base = _base(result["base"], body_kind)
    facts: dict[str, Any] = {"votes": result["votes"], "base": base, "count": result["base_count"], "needed": result["needed"]}
    said: list[Words] = [(ENOUGH if result["passed"] else NOT_ENOUGH, facts)]
    if result["tie"]:
        said.append((TIE if result["tie"] == "chair" else TIE_OPEN, {}))
    threshold: Words = (THRESHOLD_WORDS[split(rule)[0]], {})
    said.append((RULE, {"threshold": threshold, "base": base, "source": (SOURCES[body_kind], {})}))
    return said


def rule_words(rule: str, body_kind: str) -> Words:
    """A rule in words: "more than half of all members"."""
    threshold, base = split(rule)
    return ("%(threshold)s %(base)s", {"threshold": (THRESHOLD_WORDS[threshold], {}), "base": _base(base, body_kind)})
