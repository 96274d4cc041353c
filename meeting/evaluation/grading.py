"""The acts of grading: the meeting, the papers, the statements, and single criteria of the form."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.evaluation import assessing, forms, papers, rules
from meeting.evaluation.assessing import Assessment
from meeting.evaluation.criteria import MEASURED
from meeting.evaluation.models import CriterionScore, MeetingGrade, PaperGrade, StatementGrade
from meeting.events import Event
from meeting.journal import Told
from meeting.materials.models import Requirement
from meeting.permissions import Action
from meeting.speaking.grading import mark
from meeting.speaking.models import Floor

Reason = Annotated[str, Field(max_length=2000)]


class Verdict(ActInput):
    """A verdict as it is sent: `met` or `not_met`, the shade `good` or `fair`, the reason; after the closing also `why`."""

    verdict: Literal["met", "not_met"]
    shade: Literal["", "good", "fair"] = ""
    reason: Reason = ""
    why: Reason = ""


class GradeInput(Verdict):
    """A verdict on a whole meeting; `override_reason` where it is not what the form comes to (else the reason is taken)."""

    meeting_id: int
    override_reason: Reason = ""


class GradePaperInput(Verdict):
    """A verdict on a unit's papers for a meeting (`meeting_id`, `unit_id`), or on one requested paper (`requirement_id`)."""

    unit_id: int | None = None
    requirement_id: int | None = None


class GradeStatementInput(Verdict):
    """A verdict on one statement (`floor_id`), or by a criterion on all statements of a meeting (`meeting_id`)."""

    floor_id: int | None = None
    criterion: Literal["", "on_topic", "concrete"] = ""


class ScoreInput(ActInput):
    """Points by one criterion that the chair judges; without points the chair's are taken back."""

    meeting_id: int
    criterion: str = Field(max_length=40)
    points: Annotated[Decimal, Field(ge=0, le=1000, max_digits=5, decimal_places=1)] | None = None
    note: Reason = ""
    why: Reason = ""


def judgeable(tx: Tx, meeting_id: int | None) -> Meeting:
    """The meeting, when this person may judge it now."""
    meeting = tx.get(Meeting, meeting_id)
    tx.require(Action.GRADE, meeting)
    rules.may_be_judged(meeting.state)
    return meeting


def _says_the_same(row: Any, wanted: Verdict) -> bool:
    return row.id is not None and (row.verdict, row.shade, row.reason) == (wanted.verdict, wanted.shade, wanted.reason)


def _write(tx: Tx, meeting: Meeting, row: Any, wanted: Verdict) -> dict[str, Any] | None:
    """Puts the verdict into a new or an old row and gives what the journal tells; None when it says the same already."""
    rules.a_fair_verdict(wanted.verdict, wanted.shade, wanted.reason, split=forms.form_for(tx.reading, meeting).split)
    if _says_the_same(row, wanted):
        tx.nothing_to_record("the same verdict again")
        return None
    late = rules.is_late(meeting.evaluation_state, wanted.why)
    row.verdict, row.shade, row.reason = wanted.verdict, wanted.shade, wanted.reason
    row.graded_at, row.graded_by_id = tx.now, tx.actor.person_id
    tx.add(row)
    told = {"verdict": wanted.verdict, "shade": wanted.shade, "reason": wanted.reason}
    return {**told, "late": True, "why": wanted.why} if late else told


@act("evaluation.grade", Action.GRADE)
def grade(tx: Tx, wanted: GradeInput) -> dict[str, Any]:
    """Says whether the meeting met the requirements. What the system recorded is kept with the verdict as it stands now.

    Refused: `meeting_not_over`, `reason_required` for a bad verdict without a reason, `override_needs_reason` when the form
    comes to the other verdict and nothing says why, `shade_not_used`, `regrade_needs_reason` after the closing (with `why` it is
    changed and marked as late). Every change is in the journal. The same verdict twice is harmless.
    """
    meeting = judgeable(tx, wanted.meeting_id)
    row = tx.scalar(select(MeetingGrade).where(MeetingGrade.meeting_id == meeting.id)) or MeetingGrade(meeting_id=meeting.id)
    same = _says_the_same(row, wanted)
    if same and meeting.evaluation_state == "closed":
        tx.nothing_to_record("the same verdict again")
        return {"graded_at": row.graded_at.isoformat()}
    found = assessing.assess(tx.reading, meeting)
    said = wanted.override_reason or wanted.reason or (row.override_reason if same else "")
    override = rules.override(wanted.verdict, found.outcome.verdict, said)
    told = _write(tx, meeting, row, wanted)
    keep_evidence(row, found, override)
    if told is None:
        return {"graded_at": row.graded_at.isoformat()}
    row.late = bool(told.get("late"))
    tx.flush()
    computed = {"points_tenths": row.points_tenths, "computed": row.computed, "override_reason": override}
    tx.record(Event.MEETING_GRADED, meeting, **told, **computed)
    return {"graded_at": row.graded_at.isoformat()}


def keep_evidence(row: MeetingGrade, found: Assessment, override: str) -> None:
    """Freezes what the form came to beside the verdict."""
    row.points_tenths, row.computed = found.outcome.tenths, found.outcome.verdict
    row.override_reason, row.evidence = override, found.frozen()


@act("evaluation.grade_paper", Action.GRADE)
def grade_paper(tx: Tx, wanted: GradePaperInput) -> dict[str, Any]:
    """Says whether a unit's papers met the requirements, all of them together or one.

    Refused: `own_paper_graded` for what the judge or the judge's unit handed in, `no_papers_of_unit`, and as for the meeting.
    """
    named = wanted.meeting_id or (tx.get(Requirement, wanted.requirement_id).meeting_id if wanted.requirement_id else None)
    if named:  # before anything of the meeting's papers is told
        tx.require(Action.GRADE, tx.get(Meeting, named))
    asked = papers.asked_paper(tx.reading, wanted.meeting_id, wanted.unit_id, wanted.requirement_id)
    meeting = judgeable(tx, asked.meeting_id)
    rules.not_ones_own_paper(tx.actor.person_id, tx.actor.unit_id, asked.unit_id, asked.handed_in_by)
    key = {"meeting_id": meeting.id, "unit_id": asked.unit_id, "requirement_id": wanted.requirement_id or 0}
    row = tx.scalar(select(PaperGrade).filter_by(**key)) or PaperGrade(**key)
    told = _write(tx, meeting, row, wanted)
    if told is not None:
        tx.record(Event.PAPER_GRADED, meeting, unit_id=asked.unit_id, requirement_id=wanted.requirement_id, **told)
    return {"graded_at": row.graded_at.isoformat()}


@act("evaluation.grade_statement", Action.GRADE)
def grade_statement(tx: Tx, wanted: GradeStatementInput) -> dict[str, Any]:
    """Says whether one statement, or the meeting's statements by one criterion, met the requirements.

    Refused: `own_statement`, `no_such_statement`, and as for the meeting. Grades of persons are the chair's own: nobody else
    reads them, on no page, in no report and no list of what happened.
    """
    floor = _statement(tx, wanted.floor_id) if wanted.floor_id else None
    meeting = judgeable(tx, floor.meeting_id if floor else wanted.meeting_id)
    if floor:
        rules.not_ones_own_statement(tx.actor.person_id, floor.person_id)
    key = {"meeting_id": meeting.id, "floor_id": wanted.floor_id or 0, "criterion": wanted.criterion}
    row = tx.scalar(select(StatementGrade).filter_by(**key)) or StatementGrade(**key)
    told = _write(tx, meeting, row, wanted)
    if told is not None:
        if floor and not wanted.criterion:
            mark(tx, floor, "good" if wanted.shade == rules.GOOD else wanted.verdict, wanted.reason)
        tx.record(Event.STATEMENT_GRADED, meeting, floor_id=wanted.floor_id, criterion=wanted.criterion, **told)
    return {"graded_at": row.graded_at.isoformat()}


@on(Event.STATEMENT_MARKED)
def keep_mark(tx: Tx, told: Told) -> None:
    """What the chair graded in the chamber is the verdict on that statement."""
    key = {"meeting_id": told.chain, "floor_id": told.facts["floor_id"], "criterion": ""}
    row = tx.scalar(select(StatementGrade).filter_by(**key)) or StatementGrade(**key)
    good = told.facts["grade"] == rules.GOOD
    row.verdict, row.shade = (rules.MET, rules.GOOD) if good else (told.facts["grade"], "")
    row.reason = told.facts["note"]
    row.graded_at, row.graded_by_id = tx.now, told.actor_id
    tx.add(row)


def _statement(tx: Tx, floor_id: int) -> Floor:
    """A statement that was really made."""
    floor = tx.get(Floor, floor_id)
    if floor.started_at is None:
        raise Refused("no_such_statement")
    return floor


@act("evaluation.score", Action.GRADE)
def score(tx: Tx, wanted: ScoreInput) -> dict[str, Any]:
    """Gives points by one criterion of the form that the chair judges. Nobody has to: a verdict on the meeting is enough.

    Refused: `criterion_not_judged`, `points_beyond`, `meeting_not_over`, `regrade_needs_reason`. Points that were measured before
    come back when the chair's are taken back. Recorded with the points in tenths.
    """
    meeting = judgeable(tx, wanted.meeting_id)
    criterion = forms.form_for(tx.reading, meeting).criterion(wanted.criterion)
    if criterion is None or criterion.way == MEASURED:
        raise Refused("criterion_not_judged")
    tenths = None if wanted.points is None else int(wanted.points * 10)
    rules.points_fit(tenths or 0, criterion.points)
    key = {"meeting_id": meeting.id, "criterion": criterion.code}
    row = tx.scalar(select(CriterionScore).filter_by(**key))
    if (row and (row.points_tenths, row.note)) == (None if tenths is None else (tenths, wanted.note)):
        tx.nothing_to_record("the same points again")
        return {"points_tenths": tenths}
    late = rules.is_late(meeting.evaluation_state, wanted.why)
    if tenths is None and row is not None:
        tx.delete(row)
    elif tenths is not None:
        row = row or CriterionScore(**key)
        row.points_tenths, row.note = tenths, wanted.note
        row.scored_at, row.scored_by_id = tx.now, tx.actor.person_id
        tx.add(row)
    more = {"late": True, "why": wanted.why} if late else {}
    tx.record(Event.CRITERION_SCORED, meeting, criterion=criterion.code, points_tenths=tenths, note=wanted.note, **more)
    return {"points_tenths": tenths}
