"""Finishing evaluations: by the chair, or by time. What nobody judged stays "not graded" and never counts as met."""

from typing import Any

from sqlalchemy import select

from meeting import jobs
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.evaluation import assessing, forms, rules, survey_closing
from meeting.evaluation.grading import Reason, judgeable, keep_evidence
from meeting.evaluation.models import MeetingGrade
from meeting.events import Event
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

MOST_AT_ONCE = 200


class CloseInput(ActInput):
    """The meeting whose evaluation is finished; `override_reason` where the form comes to another verdict by now."""

    meeting_id: int
    override_reason: Reason = ""


class ByTimeInput(ActInput):
    """Nothing to say."""


@act("evaluation.close", Action.GRADE)
def close(tx: Tx, wanted: CloseInput) -> dict[str, Any]:
    """Finishes the evaluation of a meeting: its grades stand, with what was recorded until now.

    Refused: `meeting_not_graded` without a verdict on the meeting, `meeting_not_over`, `evaluation_closed`,
    `override_needs_reason` when the record by now comes to another verdict than the chair's and nothing says why.
    """
    meeting = judgeable(tx, wanted.meeting_id)
    rules.may_be_finished(meeting.state, meeting.evaluation_state)
    row = tx.scalar(select(MeetingGrade).where(MeetingGrade.meeting_id == meeting.id))
    rules.may_be_closed(row.verdict if row else None)
    assert row is not None
    found = assessing.assess(tx.reading, meeting)
    said = wanted.override_reason or row.override_reason or row.reason
    keep_evidence(row, found, rules.override(row.verdict, found.outcome.verdict, said))
    meeting.evaluation_state = "closed"
    tx.flush()
    tx.record(Event.EVALUATION_CLOSED, meeting, verdict=row.verdict)
    return {}


@act("evaluation.close_by_time", Action.CLOSE_EVALUATIONS)
def close_by_time(tx: Tx, _wanted: ByTimeInput) -> dict[str, Any]:
    """The worker closes evaluations whose days are over, and counts surveys that have ended. Calling it again is harmless.

    A verdict that was given stands as it was given; a meeting without one stays not graded. Each is recorded in its journal.
    """
    tx.require(Action.CLOSE_EVALUATIONS)
    wanted = select(Meeting).where(Meeting.state.in_(rules.MEETING_OVER), Meeting.evaluation_state == "open")
    over = [each for each in tx.scalars(wanted.order_by(Meeting.id)) if forms.closes_at(tx.reading, each) <= tx.now]
    for meeting in over[:MOST_AT_ONCE]:
        verdict = tx.scalar(select(MeetingGrade.verdict).where(MeetingGrade.meeting_id == meeting.id))
        meeting.evaluation_state = "closed"
        tx.flush()
        tx.record(Event.EVALUATION_CLOSED, meeting, verdict=verdict or "", by_time=True)
    surveys = survey_closing.count_due(tx)
    tx.nothing_to_record("each evaluation and survey that ended has its own entry")
    return {"closed": len(over[:MOST_AT_ONCE]), "surveys": surveys}


@jobs.every(300)
def look_for_ended() -> None:
    """Every five minutes."""
    perform(SYSTEM, "evaluation.close_by_time", {})
