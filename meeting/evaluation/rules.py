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
GOOD = "good"  # tốt
FAIR = "fair"  # khá
SHADES = ("", GOOD, FAIR)

MEETING_OVER = ("held", "archived")

CRITERIA: Mapping[str, str] = {
    "on_topic": N_("To the point"),
    "concrete": N_("With concrete solutions"),
}

declare(
    {
        "reason_required": N_("Please write the reason for “does not meet the requirements”."),
        "shade_needs_met": N_("Only what meets the requirements can be called good."),
        "shade_not_used": N_("This body only says whether the requirements are met, without good or fair."),
        "own_paper_graded": N_("Nobody grades their own paper."),
        "own_statement": N_("Nobody grades their own statement."),
        "meeting_not_over": N_("The meeting can be graded once it is over."),
        "evaluation_closed": N_("The evaluation of this meeting is closed."),
        "regrade_needs_reason": N_("The evaluation of this meeting is closed. Please say why the grade is changed now."),
        "override_needs_reason": N_("The form comes to another result. Please say why you judge otherwise."),
        "meeting_not_graded": N_("Please judge the meeting as a whole before finishing the evaluation."),
        "no_papers_of_unit": N_("This unit was not asked for papers for this meeting."),
        "no_such_statement": N_("There is no such statement in this meeting."),
        "criterion_not_judged": N_("This criterion is measured by the system or is not on the form of this meeting."),
        "points_beyond": N_("At most %(most)s points can be given by this criterion."),
        "form_under_graded": N_("A meeting on %(day)s was graded by the form in force. A new form can begin after that day."),
        "survey_closed": N_("The survey on this meeting is not open."),
        "survey_answered": N_("You have answered already. Answers are anonymous, so they cannot be changed."),
        "survey_not_yours": N_("Members who took part are asked, not guests, and not the chair, who grades the meeting."),
        "survey_empty": N_("Please answer at least one question."),
    }
)


def may_be_judged(state: str) -> None:
    """A meeting is judged once it is over: `meeting_not_over`."""
    if state not in MEETING_OVER:
        raise Refused("meeting_not_over")


def is_late(evaluation_state: str, why: str) -> bool:
    """Whether a grade is given or changed after the closing, which says why: `regrade_needs_reason`."""
    if evaluation_state != "closed":
        return False
    if not why.strip():
        raise Refused("regrade_needs_reason")
    return True


def may_be_finished(state: str, evaluation_state: str) -> None:
    """An evaluation is finished once: `meeting_not_over`, `evaluation_closed`."""
    may_be_judged(state)
    if evaluation_state == "closed":
        raise Refused("evaluation_closed")


def a_fair_verdict(verdict: str, shade: str, reason: str, *, split: bool = True) -> None:
    """A bad verdict says why (`reason_required`); only a good one has a shade (`shade_needs_met`), where the body uses them
    (`shade_not_used`)."""
    if verdict == NOT_MET and not reason.strip():
        raise Refused("reason_required")
    if verdict == NOT_MET and shade:
        raise Refused("shade_needs_met")
    if shade and not split:
        raise Refused("shade_not_used")


def override(verdict: str, computed: str, reason: str) -> str:
    """Why the chair judges otherwise than the form; empty when it comes to the same or to nothing: `override_needs_reason`."""
    if not computed or verdict == computed:
        return ""
    if not reason.strip():
        raise Refused("override_needs_reason")
    return reason.strip()


def points_fit(tenths: int, most: int) -> None:
    """No more than the criterion is worth: `points_beyond`."""
    if not 0 <= tenths <= 10 * most:
        raise Refused("points_beyond", most=most)


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
