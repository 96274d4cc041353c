"""Questions that are answered in writing: passed on with a due date, and what came back (NQ 114/2025, Điều 25)."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act, on
from meeting.clock import local
from meeting.documents.models import File
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.permissions import Action
from meeting.questioning import rules
from meeting.questioning.models import Inquiry
from meeting.speaking.models import Floor


class ToWritingInput(ActInput):
    """A question, why it is answered in writing (Điều 25.1), and by when; left out: in 20 days."""

    floor_id: int
    reason: Literal["outside", "verify", "unanswered"] = "unanswered"
    due_on: date | None = None


class WrittenAnswerInput(ActInput):
    """The answer that came: its day, what it says in short, and the paper itself."""

    floor_id: int
    on: date | None = None
    note: str = Field(default="", max_length=4000)
    file_id: int | None = None


@act("questioning.to_writing", Action.KEEP_GROUPS)
def to_writing(tx: Tx, wanted: ToWritingInput) -> dict[str, Any]:
    """Passes a question on to be answered in writing. Recorded with the due date.

    Refused: `not_a_question`, `written_already`.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.KEEP_GROUPS, floor)
    inquiry = pass_on(tx, floor, wanted.reason, wanted.due_on)
    return {"due_on": inquiry.written_due_on.isoformat() if inquiry.written_due_on else None}


def pass_on(tx: Tx, floor: Floor, reason: str, due_on: date | None = None) -> Inquiry:
    """Marks a question as one that is answered in writing; one that waits leaves the queue."""
    if floor.kind != "question" or floor.state in ("withdrawn", "speaking"):
        raise Refused("not_a_question")
    inquiry = tx.find(Inquiry, floor.id) or tx.add(Inquiry(floor_id=floor.id, text=floor.subject))
    if inquiry.written_since is not None:
        raise Refused("written_already")
    if floor.started_at is None:
        floor.state, floor.called_at = "done", None
    floor.written = True
    inquiry.written_reason, inquiry.written_since = reason, tx.now
    inquiry.written_due_on = due_on or rules.written_due(local(tx.now).date())
    facts = {"person_id": floor.person_id, "addressee_id": floor.addressee_id}
    due = inquiry.written_due_on.isoformat()
    tx.record(Event.QUESTION_TO_WRITING, floor, floor_id=floor.id, **facts, reason=reason, due_on=due)
    return inquiry


@on(Event.HANDED_TO_WRITING)
def follow_the_chair(tx: Tx, told: Told) -> None:
    """When the chair hands a question to writing it gets its due date; one handed over by its author waits for the desk."""
    floor = tx.get(Floor, told.facts["floor_id"])
    if floor.kind != "question":
        return
    if told.actor_id != floor.person_id:
        pass_on(tx, floor, "unanswered")
    elif tx.find(Inquiry, floor.id) is None:
        tx.add(Inquiry(floor_id=floor.id, text=floor.subject))


@act("questioning.written_answer", Action.KEEP_PROMISES)
def written_answer(tx: Tx, wanted: WrittenAnswerInput) -> dict[str, Any]:
    """Notes that the answer in writing came. Refused: `written_not_asked`, `not_found` (somebody else's file). Recorded.

    Done again it corrects what was noted.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.KEEP_PROMISES, floor)
    inquiry = tx.find(Inquiry, floor.id)
    if inquiry is None or inquiry.written_since is None:
        raise Refused("written_not_asked")
    own_file(tx, wanted.file_id)
    inquiry.answered_on = wanted.on or local(tx.now).date()
    inquiry.answer_note, inquiry.answer_noted_by_id = wanted.note, tx.actor.person_id
    inquiry.answer_file_id = wanted.file_id or inquiry.answer_file_id
    floor.stopped_at = floor.stopped_at or tx.now  # from now on it is not withdrawn any more
    late = inquiry.written_due_on is not None and inquiry.answered_on > inquiry.written_due_on
    facts = {"person_id": floor.person_id, "on": inquiry.answered_on.isoformat(), "late": late}
    tx.record(Event.QUESTION_ANSWERED_IN_WRITING, floor, floor_id=floor.id, **facts)
    return {}


def own_file(tx: Tx, file_id: int | None) -> None:
    """A proof is a file that this person sent; others' files are not known here."""
    if file_id is not None and tx.get(File, file_id).uploaded_by != tx.actor.person_id:
        raise Missing()
