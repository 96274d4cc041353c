"""The life of a paper from the request to its publication: its states, what may follow what, who has to see it. Pure.

Đã giao → Đang chuẩn bị → Trình lãnh đạo đơn vị → Đã gửi → Đang kiểm tra → Đạt → Phát hành; Trả lại (reason, new due time, the
first receipt stays), Miễn. NĐ 315/2025/NĐ-CP Điều 12 (the office answers on a dossier), Điều 23.3 (before a session).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from meeting.errors import N_, Refused, declare

STATES = ("asked", "preparing", "with_head", "submitted", "checking", "returned", "accepted", "published", "waived")
OPEN_STATES = frozenset({"asked", "preparing", "with_head", "returned"})  # the office has nothing yet: the unit owes
OFFICE_STATES = frozenset({"submitted", "checking"})  # the office owes an answer
DONE_STATES = frozenset({"accepted", "published"})

#: A version lies with the head, was rejected there, is with the office, was accepted, returned, or replaced by a newer one.
VERSION_STATES = ("with_head", "rejected", "sent", "accepted", "returned", "replaced")
WITH_SOMEBODY = frozenset({"with_head", "sent"})  # still waits for an answer

#: What the office looks at, in this order, and how it may answer.
CHECKS = ("complete", "form", "signed")
ANSWERS = ("yes", "no", "na")

#: How a version passed the head of its unit: not asked, approved, rejected, made by the head, no other head there.
HEAD_WORDS = ("", "approved", "rejected", "self", "none")
AUDIENCES = ("all", "members", "office")
TAKEABLE = ("original", "copy", "none")  # what readers may take away: the file, a copy with their name, nothing

declare(
    {
        "preparation_begun": N_("The unit has already said that it prepares this paper."),
        "head_not_asked": N_("Papers of this meeting do not pass the unit's head. Send it straight to the office."),
        "no_unit_head": N_("The unit has no other head who could approve the paper. Send it straight to the office."),
        "not_with_head": N_("No version lies with the unit's head now."),
        "own_unit_paper": N_("Nobody may approve or reject a version of their own. Another head of the unit decides."),
        "check_begun": N_("%(name)s is already checking this version."),
        "check_failed": N_("The check “%(check)s” was answered with no. Return the paper, or answer otherwise."),
    }
)


def check_begin(state: str) -> None:
    """Whether a unit may say that it has begun to prepare. Refused: `preparation_begun`, `requirement_waived`."""
    if state == "waived":
        raise Refused("requirement_waived")
    if state != "asked":
        raise Refused("preparation_begun")


@dataclass(frozen=True)
class Route:
    """Where a version goes next, and what is recorded of the head: `self` (made by a head), `none` (there is no other)."""

    to: Literal["office", "head"]
    head_word: str = ""


def route(rule: str, wants_head: bool, sender_is_head: bool, other_heads: int) -> Route:
    """How a version leaves its unit under the book's rule `none`, `optional` or `required`.

    A head who prepared it sends it directly, and that is recorded; so is that there is nobody else to approve. Refused:
    `head_not_asked` where the rule leaves the head out, `no_unit_head` when the sender wants one and there is none.
    """
    if wants_head and rule == "none":
        raise Refused("head_not_asked")
    if wants_head and not other_heads:
        raise Refused("no_unit_head")
    if wants_head or (rule == "required" and other_heads and not sender_is_head):
        return Route("head")
    if sender_is_head:
        return Route("office", "self")
    return Route("office", "none" if rule == "required" else "")


def check_head(version_state: str, head: int, owners: Iterable[int | None]) -> None:
    """Whether a head may approve or reject a version: never their own. Refused: `not_with_head`, `own_unit_paper`."""
    if version_state != "with_head":
        raise Refused("not_with_head")
    if head in owners:
        raise Refused("own_unit_paper")


def state_without_head(version_states: Sequence[str], published: bool = True) -> str:
    """How the request stands when its head rejected the newest version: as the office left it, held back or published."""
    reached = [state for state in version_states if state in ("sent", "accepted", "returned")]
    if not reached:
        return "preparing"
    accepted = "published" if published else "accepted"
    return {"sent": "submitted", "accepted": accepted, "returned": "returned"}[reached[-1]]


@dataclass(frozen=True)
class Answers:
    """The office's answers to its three questions, and what it misses."""

    answers: Mapping[str, str]
    reasons: Mapping[str, str]

    @property
    def failed(self) -> list[str]:
        """The checks answered with no, in their order."""
        return [check for check in CHECKS if self.answers.get(check) == "no"]

    def check_acceptable(self) -> None:
        """A paper that fails a check cannot be accepted. Refused: `check_failed`."""
        if self.failed:
            raise Refused("check_failed", check=self.failed[0])

    def reason(self, said: str) -> str:
        """Why the paper goes back: what was said, then the reason of each failed check, one a line. Refused: `reason_missing`."""
        lines = [said.strip(), *(self.reasons.get(check, "").strip() for check in CHECKS)]
        found = "\n".join(dict.fromkeys(line for line in lines if line))
        if not found:
            raise Refused("reason_missing")
        return found


def next_hand(state: str) -> str:
    """Who must act next: `unit`, `head`, `office`, or nobody ("")."""
    if state in ("asked", "preparing", "returned"):
        return "unit"
    if state == "with_head":
        return "head"
    return "office" if state in OFFICE_STATES or state == "accepted" else ""
