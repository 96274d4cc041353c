"""Who may vote what, when. Pure: values in, value or refusal out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from meeting.errors import N_, Refused, declare

KINDS = ("open", "secret", "hand")
STATES = ("draft", "ready", "open", "paused", "closed", "published", "cancelled")
OVER = ("closed", "published", "cancelled")
CHOICES = ("for", "against", "abstain", "other")  # in the fixed order of every ballot

# NĐ 315/2025/NĐ-CP Đ25.3e: UBND votes only for or against. NQ 104/2025/UBTVQH15, annex mẫu 2: HĐND has a third box.
LAWFUL = {
    "committee": ("for", "against"),
    "council": ("for", "against", "abstain"),
    "party": ("for", "against", "abstain", "other"),
}
#: Meetings of the Chủ tịch with those he invites are no sessions of the UBND: another opinion may be offered there.
LAWFUL_OUTSIDE = {**LAWFUL, "committee": ("for", "against", "other")}
LABELS = {
    "for": N_("In favour"),
    "against": N_("Against"),
    "abstain": N_("Not voting"),
    "other": N_("Other opinion"),
    "none": N_("Not chosen on the ballot"),
    "high": N_("High confidence"),
    "medium": N_("Confidence"),
    "low": N_("Low confidence"),
}
CONFIDENCE_LABELS = {"for": N_("Confidence"), "against": N_("No confidence"), "abstain": N_("Not voting")}
FEW_ELECTORS = 5  # below this a secret result tells too much about each: the chair must confirm

declare(
    {
        "vote_not_open": N_("The vote is not open yet."),
        "vote_paused": N_("The vote is paused. Your ballot was not counted; please wait until the chair resumes it."),
        "vote_closed": N_("The vote has closed. This ballot was not counted."),
        "already_voted": N_("You have already cast your ballot. A secret ballot is final."),
        "no_second_ballot": N_("You have already voted, and this vote does not allow a change."),
        "not_elector": N_("You are not on the list of electors of this vote."),
        "not_present": N_("You are not checked in. Check in first, or tell the secretary."),
        "by_hand": N_("This vote is taken by show of hands."),
        "choice_not_offered": N_("This choice is not offered in this vote."),
        "no_text_here": N_("A text goes only with “other opinion” in an open vote."),
        "text_missing": N_("Please write your opinion."),
        "options_not_lawful": N_("The rules of this body do not give these options."),
        "rule_unknown": N_("There is no such voting rule."),
        "vote_outside": N_("This item is dealt with outside the system, so no vote can be held on it here."),
        "vote_after_meeting": N_("This meeting is not being prepared or held."),
        "meeting_not_in_session": N_("The meeting is not in session, so the vote cannot open."),
        "other_vote_open": N_("Another vote is still open: “%(title)s”. Close it first."),
        "no_electors": N_("Nobody with a vote is present."),
        "few_electors": N_(
            "Only %(electors)s electors are present: a secret result can show how each voted, and a unanimous one shows it for "
            "certain. Confirm to open it all the same."
        ),
        "question_state": N_("The vote is not at the stage for this. Look at its present state."),
        "counts_missing": N_("Enter the counts of the show of hands before closing."),
        "counts_too_many": N_("%(counted)s votes were entered, but only %(present)s electors are present."),
        "not_by_hand": N_("Counts are entered only for a vote by show of hands."),
        "box_key_lost": N_(
            "The key of this ballot box was lost (the machine lost power). The ballots cannot be opened by anyone. Cancel this "
            "vote and hold it again."
        ),
        "no_tie_rule": N_("The rules of this body settle no tie by the side of its head: with equal votes nothing is passed."),
        "no_open_tie": N_("There is no tie here that waits for a statement."),
        "tie_is_settled": N_("The tie is settled already, by the statement that stands in the record."),
        "tie_unsettled": N_(
            "The votes are equal and the head of the body has not said which side decides. Record that statement first, or "
            "confirm that it stays undecided."
        ),
        "item_has_vote": N_("A question is prepared on this item, so it stays on the programme."),
        "vote_time_over": N_("The time of this vote is over; it is closing now."),
        "review_running": N_("The questions are still being reviewed. End the review first, then open the vote."),
        "review_empty": N_("There is no question to review yet. Prepare one first."),
        "questions_differ": N_("The list of questions has changed meanwhile. Look at it again, then set the order."),
        "vote_open": N_("A vote is still open: “%(title)s”. Close or cancel it first."),
    }
)


def lawful_of(body_kind: str, voters: str = "members") -> tuple[str, ...]:
    """What may stand on a ballot of a body: in its sessions, or where those invited vote (`voters` of the rule book)."""
    return (LAWFUL_OUTSIDE if voters == "invited" else LAWFUL)[body_kind]


def options(
    body_kind: str, kind: str, usual: str = "", asked: Sequence[str] | None = None, *, voters: str = "members"
) -> tuple[str, ...]:
    """The options of a question, in the fixed order: the asked ones, else the meeting type's usual ones, else the body's.

    A secret ballot takes no free text, so it never offers `other`; `voters` is the rule book's word on whose total counts: where
    those invited vote, it is no session of the body. Refused as `options_not_lawful` where the law gives the
    body fewer [NĐ 315 Đ25.3e] or fewer than two are left.
    """
    lawful = tuple(each for each in lawful_of(body_kind, voters) if kind == "open" or each != "other")
    own = [each for each in LAWFUL[body_kind] if each in lawful]
    wanted = asked if asked is not None else [each for each in usual.split() if each in lawful] or own
    chosen = tuple(each for each in CHOICES if each in wanted)
    if len(chosen) < len(set(wanted)) or not set(chosen) <= set(lawful) or not {"for", "against"} <= set(chosen):
        raise Refused("options_not_lawful", lawful=list(lawful))
    return chosen


def check_state(state: str, *allowed: str) -> None:
    """Demands one of the allowed states; refused as `question_state`."""
    if state not in allowed:
        raise Refused("question_state", state=state)


def is_over(ends_at: datetime | None, now: datetime) -> bool:
    """Whether the time of a running box is over. The end itself is no time to vote any more."""
    return ends_at is not None and now >= ends_at


def left(ends_at: datetime | None, paused_at: datetime | None) -> int | None:
    """The whole seconds that a held box has left; None without a limit, or while the clock runs."""
    return max(0, round((ends_at - paused_at).total_seconds())) if ends_at and paused_at else None


def extended(ends_at: datetime | None, paused_at: datetime | None, now: datetime, seconds: int) -> datetime:
    """The new end of a box: so much later than the old one; where none was set, so long from now (from the pause, if held)."""
    return (ends_at or paused_at or now) + timedelta(seconds=seconds)


def check_time_left(ends_at: datetime | None, now: datetime) -> None:
    """Refused as `vote_time_over` when the box is just closing by itself."""
    if is_over(ends_at, now):
        raise Refused("vote_time_over")


def check_voting_time(state: str, *, over: bool = False) -> None:
    """A ballot is taken only while the box is open: `vote_not_open`, `vote_paused`, `vote_closed`.

    `over`: the time limit has ended, even if the close by time has not run yet.
    """
    if state in ("draft", "ready"):
        raise Refused("vote_not_open")
    if state == "paused":
        raise Refused("vote_paused")
    if state in OVER or over:
        raise Refused("vote_closed")


def admit(*, state: str, kind: str, elector: bool, present: bool, voted: bool, changeable: bool, over: bool = False) -> None:
    """Whether a ballot of this person counts now; what stands on it is read by `forms.read`.

    `elector`: on the frozen register; `present`: checked in now; `voted`: a ballot of this person is already in; `over`: the
    time limit has ended.
    """
    if kind == "hand":
        raise Refused("by_hand")
    check_voting_time(state, over=over)
    check_person(kind, elector=elector, present=present, voted=voted, changeable=changeable)


def check_person(kind: str, *, elector: bool, present: bool, voted: bool, changeable: bool) -> None:
    """Who may cast: an elector who is present; once in a secret vote, again in an open one until the close if it allows it."""
    if not elector:
        raise Refused("not_elector")
    if voted and kind == "secret":
        raise Refused("already_voted")
    if voted and not changeable:
        raise Refused("no_second_ballot")
    if not present:
        raise Refused("not_present")


def check_opening(kind: str, electors_present: int, confirmed: bool) -> None:
    """Before the box opens: somebody must be there (`no_electors`); a secret vote among fewer than five must be confirmed.

    That unanimity shows every ballot is said in the same sentence (`few_electors`) and noted on the chair's screen always.
    """
    if electors_present == 0:
        raise Refused("no_electors")
    if kind == "secret" and electors_present < FEW_ELECTORS and not confirmed:
        raise Refused("few_electors", electors=electors_present)


def check_hand_counts(offered: Sequence[str], counts: dict[str, int], present: int) -> None:
    """A show of hands: only offered options, and no more hands than electors present."""
    if not set(counts) <= set(offered):
        raise Refused("choice_not_offered", offered=list(offered))
    counted = sum(counts.values())
    if counted > present:
        raise Refused("counts_too_many", counted=counted, present=present)


def check_settling(tie_rule: str, tie: str, settled_side: str) -> None:
    """A statement settles a tie only where the rules give the head of the body that say, the tie is open, and only once."""
    if tie_rule != "chair_side":
        raise Refused("no_tie_rule")
    if settled_side:
        raise Refused("tie_is_settled")
    if tie != "open":
        raise Refused("no_open_tie")
