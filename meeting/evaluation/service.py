"""The acts of evaluation: grading the meeting, the papers and the statements; finishing; importing the register."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.evaluation import papers, register, rules
from meeting.evaluation.models import MeetingGrade, PaperGrade, RegisterRow, StatementGrade
from meeting.events import Event
from meeting.journal import Told
from meeting.organization.models import Body
from meeting.organization.rows import read_rows
from meeting.permissions import SYSTEM, Action
from meeting.speaking.grading import mark
from meeting.speaking.models import Floor
from meeting.writer import perform


class Verdict(ActInput):
    """A verdict as it is sent: `met` or `not_met`, the shade `good`, the reason."""

    verdict: Literal["met", "not_met"]
    shade: Literal["", "good"] = ""
    reason: str = Field(default="", max_length=2000)


class GradeInput(Verdict):
    """A verdict on a whole meeting."""

    meeting_id: int


class GradePaperInput(Verdict):
    """A verdict on a unit's papers for a meeting (`meeting_id`, `unit_id`), or on one requested paper (`requirement_id`)."""

    unit_id: int | None = None
    requirement_id: int | None = None


class GradeStatementInput(Verdict):
    """A verdict on one statement (`floor_id`), or by a criterion on all statements of a meeting (`meeting_id`)."""

    floor_id: int | None = None
    criterion: Literal["", "on_topic", "concrete"] = ""


class CloseInput(ActInput):
    """The meeting whose evaluation is finished."""

    meeting_id: int


class RegisterLine(ActInput):
    """One line of a register as it stands in the file."""

    line: int
    body: str = ""
    held_on: str = ""
    kind: str = ""
    notice_symbol: str = ""
    verdict: str = ""


class ImportRegisterInput(ActInput):
    """The lines of a register. With `dry_run` nothing is saved and what is wrong is listed."""

    rows: list[RegisterLine] = Field(max_length=20_000)
    dry_run: bool = False


def _judgeable(tx: Tx, meeting_id: int | None) -> Meeting:
    """The meeting, when this person may judge it now."""
    meeting = tx.get(Meeting, meeting_id)
    tx.require(Action.GRADE, meeting)
    rules.may_be_judged(meeting.state, meeting.evaluation_state)
    return meeting


def _write(tx: Tx, row: Any, wanted: Verdict) -> bool:
    """Puts the verdict into a new or an old row; False when it says the same already."""
    rules.a_fair_verdict(wanted.verdict, wanted.shade, wanted.reason)
    now = (wanted.verdict, wanted.shade, wanted.reason)
    if row.id is not None and (row.verdict, row.shade, row.reason) == now:
        tx.nothing_to_record("the same verdict again")
        return False
    row.verdict, row.shade, row.reason = now
    row.graded_at, row.graded_by_id = tx.now, tx.actor.person_id
    tx.add(row)
    return True


def _facts(wanted: Verdict) -> dict[str, Any]:
    return {"verdict": wanted.verdict, "shade": wanted.shade, "reason": wanted.reason}


@act("evaluation.grade", Action.GRADE)
def grade(tx: Tx, wanted: GradeInput) -> dict[str, Any]:
    """Says whether the meeting met the requirements.

    Refused: `meeting_not_over`, `evaluation_closed`, `reason_required` for a bad verdict without a reason. May be changed until
    the evaluation is finished; every change is in the journal. The same verdict twice is harmless.
    """
    meeting = _judgeable(tx, wanted.meeting_id)
    row = tx.scalar(select(MeetingGrade).where(MeetingGrade.meeting_id == meeting.id)) or MeetingGrade(meeting_id=meeting.id)
    if _write(tx, row, wanted):
        tx.record(Event.MEETING_GRADED, meeting, **_facts(wanted))
    return {"graded_at": row.graded_at.isoformat()}


@act("evaluation.grade_paper", Action.GRADE)
def grade_paper(tx: Tx, wanted: GradePaperInput) -> dict[str, Any]:
    """Says whether a unit's papers met the requirements, all of them together or one.

    Refused: `own_paper_graded` for what the judge or the judge's unit handed in, `no_papers_of_unit`, and as for the meeting.
    """
    asked = papers.asked_paper(tx.reading, wanted.meeting_id, wanted.unit_id, wanted.requirement_id)
    meeting = _judgeable(tx, asked.meeting_id)
    rules.not_ones_own_paper(tx.actor.person_id, tx.actor.unit_id, asked.unit_id, asked.handed_in_by)
    key = {"meeting_id": meeting.id, "unit_id": asked.unit_id, "requirement_id": wanted.requirement_id or 0}
    row = tx.scalar(select(PaperGrade).filter_by(**key)) or PaperGrade(**key)
    if _write(tx, row, wanted):
        tx.record(Event.PAPER_GRADED, meeting, unit_id=asked.unit_id, requirement_id=wanted.requirement_id, **_facts(wanted))
    return {"graded_at": row.graded_at.isoformat()}


@act("evaluation.grade_statement", Action.GRADE)
def grade_statement(tx: Tx, wanted: GradeStatementInput) -> dict[str, Any]:
    """Says whether one statement, or the meeting's statements by one criterion, met the requirements.

    Refused: `own_statement`, `no_such_statement`, and as for the meeting. Grades of persons are not published.
    """
    floor = _statement(tx, wanted.floor_id) if wanted.floor_id else None
    meeting = _judgeable(tx, floor.meeting_id if floor else wanted.meeting_id)
    if floor:
        rules.not_ones_own_statement(tx.actor.person_id, floor.person_id)
    key = {"meeting_id": meeting.id, "floor_id": wanted.floor_id or 0, "criterion": wanted.criterion}
    row = tx.scalar(select(StatementGrade).filter_by(**key)) or StatementGrade(**key)
    if _write(tx, row, wanted):
        if floor and not wanted.criterion:
            mark(tx, floor, wanted.shade or wanted.verdict, wanted.reason)
        tx.record(Event.STATEMENT_GRADED, meeting, floor_id=wanted.floor_id, criterion=wanted.criterion, **_facts(wanted))
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


@act("evaluation.close", Action.GRADE)
def close(tx: Tx, wanted: CloseInput) -> dict[str, Any]:
    """Finishes the evaluation of a meeting: its grades stand from now on.

    Refused: `meeting_not_graded` without a verdict on the meeting, `meeting_not_over`, `evaluation_closed`.
    """
    meeting = _judgeable(tx, wanted.meeting_id)
    row = tx.scalar(select(MeetingGrade).where(MeetingGrade.meeting_id == meeting.id))
    rules.may_be_closed(row.verdict if row else None)
    meeting.evaluation_state = "closed"
    tx.flush()
    tx.record(Event.EVALUATION_CLOSED, meeting, verdict=row.verdict if row else "")
    return {}


@act("evaluation.import_register", Action.IMPORT_REGISTER)
def import_register(tx: Tx, wanted: ImportRegisterInput) -> dict[str, Any]:
    """Takes over past meetings so that the reports count them with the system's own.

    Either every line is right and all are saved, or nothing is (`register_wrong`); a dry run lists what is wrong and what would
    happen. The same file again changes nothing; a notice that was added to a line completes its row.
    """
    tx.require(Action.IMPORT_REGISTER)
    rows = [register.RawRow(**line.model_dump(exclude={"meeting_id"})) for line in wanted.rows]
    reading = register.read_lines(rows, _bodies(tx), clock.local(tx.now).date())
    known = [(row.id, _past(row)) for row in tx.scalars(select(RegisterRow).order_by(RegisterRow.id))]
    merge = register.merge(known, reading.rows)
    answer = _outcome(merge, reading)
    if wanted.dry_run:
        tx.nothing_to_record("a dry run changes nothing")
        return answer
    if reading.faults:
        first = reading.faults[0]
        raise Refused("register_wrong", count=_wrong_lines(reading), line=first.line, field=first.field, wrong=answer["wrong"])
    _save(tx, merge)
    if merge.new or merge.changed:
        tx.record(Event.REGISTER_IMPORTED, None, added=len(merge.new), changed=len(merge.changed), unchanged=merge.unchanged)
    else:
        tx.nothing_to_record("the same register again")
    return answer


def _bodies(tx: Tx) -> dict[str, int]:
    """Every name a body goes by, with its id."""
    found: dict[str, int] = {}
    for body in tx.scalars(select(Body)):
        found.update({body.name: body.id, body.short_name: body.id, body.symbol_code: body.id})
    return found


def _past(row: RegisterRow) -> register.PastMeeting:
    return register.PastMeeting(row.body_id, row.held_on, row.kind, row.notice_symbol, row.verdict, row.shade)


def _wrong_lines(reading: register.Reading) -> int:
    return len({fault.line for fault in reading.faults})


def _outcome(merge: register.Merge, reading: register.Reading) -> dict[str, Any]:
    wrong = [
        {"line": fault.line, "field": fault.field, "sentence": fault.sentence, "value": fault.value} for fault in reading.faults
    ]
    return {"added": len(merge.new), "changed": len(merge.changed), "unchanged": merge.unchanged, "wrong": wrong}


def _save(tx: Tx, merge: register.Merge) -> None:
    for row in merge.new:
        tx.add(RegisterRow(imported_at=tx.now, **vars(row)))
    for key, row in merge.changed:
        old = tx.get(RegisterRow, key)
        old.kind, old.notice_symbol = row.kind, row.notice_symbol
        old.verdict, old.shade, old.imported_at = row.verdict, row.shade, tx.now
    tx.flush()


def import_file(path: Path | str, dry_run: bool = False) -> dict[str, Any]:
    """Imports a register from a CSV or XLSX file for the command line, as the system.

    Gives {added, changed, unchanged, wrong: [{line, field, sentence, value}]}; `sentence` is a message id. Refused:
    `unreadable_table`, `register_columns_missing`, `register_wrong` (facts: count, line, field, wrong).
    """
    source = Path(path)
    rows = register.read_table(read_rows(source.read_bytes(), source.name))
    return perform(SYSTEM, "evaluation.import_register", {"rows": [vars(row) for row in rows], "dry_run": dry_run})
