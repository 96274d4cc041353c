"""The act by which the chair grades a statement, at once or later. The room of evaluation keeps it with its verdicts."""

from typing import Any, Literal

from pydantic import Field

from meeting.acts import Tx, act
from meeting.events import Event
from meeting.permissions import Action
from meeting.speaking import rules
from meeting.speaking.models import Floor
from meeting.speaking.service import FloorInput


class GradeInput(FloorInput):
    """`good`, `met` or `not_met`; a bad grade says why."""

    grade: Literal["good", "met", "not_met"]
    note: str = Field(default="", max_length=2000)


@act("speaking.grade", Action.GRADE)
def grade(tx: Tx, wanted: GradeInput) -> dict[str, Any]:
    """The chair grades what somebody said. Grades of persons are not published; every change is in the journal.

    Refused: `statement_not_made`, `grade_of_own_words`, `grade_needs_note`, `grades_closed` once the evaluation is finished.
    The same grade again is harmless.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.GRADE, floor)
    said = floor.state == "done" and floor.started_at is not None
    closed = floor.meeting.evaluation_state == "closed"
    rules.check_grade(tx.actor.person_id, floor.person_id, wanted.grade, wanted.note, spoken=said, closed=closed)
    if mark(tx, floor, wanted.grade, wanted.note):
        tx.record(
            Event.STATEMENT_MARKED, floor, floor_id=floor.id, person_id=floor.person_id, grade=wanted.grade, note=wanted.note
        )
    else:
        tx.nothing_to_record("the same grade again")
    return {}


def mark(tx: Tx, floor: Floor, grade: str, note: str) -> bool:
    """Writes the grade beside the statement; False when it says the same already."""
    if (floor.grade, floor.grade_note) == (grade, note):
        return False
    floor.grade, floor.grade_note = grade, note
    floor.graded_at, floor.graded_by_id = tx.now, tx.actor.person_id
    return True
