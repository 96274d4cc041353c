"""Grading: what may be judged, by whom, and until when. The system records; people judge.

No official form for grading a meeting of a People's Committee exists; papers, statements and the meeting are each judged as
meeting the requirements or not (đạt / chưa đạt yêu cầu), as wards report it. "Good" is a shade of meeting them.
"""

from collections.abc import Mapping
from datetime import datetime

from meeting.errors import N_, Refused, declare

MET = "met"
NOT_MET = "not_met"
VERDICTS = (MET, NOT_MET)
GOOD = "good"
SHADES = ("", GOOD)

MEETING_OVER = ("held", "archived")

CRITERIA: Mapping[str, str] = {
    "on_topic": N_("To the point"),
    "concrete": N_("With concrete solutions"),
}

declare(
    {
        "reason_required": N_("Please write the reason for “does not meet the requirements”."),
        "shade_needs_met": N_("Only what meets the requirements can be called good."),
        "own_paper_graded": N_("Nobody grades their own paper."),
        "own_statement": N_("Nobody grades their own statement."),
        "meeting_not_over": N_("The meeting can be graded once it is over."),
        "evaluation_closed": N_("The evaluation of this meeting is closed."),
        "meeting_not_graded": N_("Please judge the meeting as a whole before finishing the evaluation."),
        "no_papers_of_unit": N_("This unit was not asked for papers for this meeting."),
        "no_such_statement": N_("There is no such statement in this meeting."),
    }
)


def may_be_judged(state: str, evaluation_state: str) -> None:
    """A meeting is judged when it is over and its evaluation is open: `meeting_not_over`, `evaluation_closed`."""
    if state not in MEETING_OVER:
        raise Refused("meeting_not_over")
    if evaluation_state == "closed":
        raise Refused("evaluation_closed")


def a_fair_verdict(verdict: str, shade: str, reason: str) -> None:
    """A bad verdict says why (`reason_required`); only a good one has a shade (`shade_needs_met`)."""
    if verdict == NOT_MET and not reason.strip():
        raise Refused("reason_required")
    if verdict == NOT_MET and shade:
        raise Refused("shade_needs_met")


def not_ones_own_paper(judge_id: int, judge_unit_id: int | None, unit_id: int, handed_in_by: frozenset[int]) -> None:
    """Nobody judges papers that they handed in or that their own unit prepared: `own_paper_graded`."""
    if judge_id in handed_in_by or (judge_unit_id is not None and judge_unit_id == unit_id):
        raise Refused("own_paper_graded")


def not_ones_own_statement(judge_id: int, speaker_id: int) -> None:
    """Nobody judges what they said themselves: `own_statement`."""
    if judge_id == speaker_id:
        raise Refused("own_statement")


def may_be_closed(verdict: str | None) -> None:
    """An evaluation is finished with a verdict on the meeting: `meeting_not_graded` without one.

    Papers and statements may stay without a grade: they are then shown as not graded, never as meeting the requirements.
    """
    if verdict is None:
        raise Refused("meeting_not_graded")


def minutes_over(planned: datetime | None, actual: datetime | None) -> int | None:
    """Whole minutes by which something began or ended late; negative when early; None when either is not known."""
    if planned is None or actual is None:
        return None
    seconds = (actual - planned).total_seconds()
    return int(abs(seconds) // 60) * (1 if seconds >= 0 else -1)


def percent(part: int, whole: int) -> int | None:
    """A share in whole per cent, halves up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
