"""The acts of remarks: a user tells something from any page, the administrator answers."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from meeting.acts import Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.guides import rules
from meeting.guides.inputs import AnswerRemark, GiveRemark
from meeting.guides.models import Remark
from meeting.permissions import Action


@act("guides.give_feedback", Action.GIVE_FEEDBACK)
def give(tx: Tx, wanted: GiveRemark) -> dict[str, Any]:
    """Leaves a remark for the administrator: a fault, a suggestion or a question, with the page it is about.

    Only the path of the page is kept, not what was searched for there. Recorded as `guides.feedback_given` without its words.
    Refused: `too_many_remarks` past twenty within an hour.
    """
    tx.require(Action.GIVE_FEEDBACK)
    lately = Remark.person_id == tx.actor.person_id, Remark.given_at > tx.now - timedelta(hours=1)
    if (tx.scalar(select(func.count()).select_from(Remark).where(*lately)) or 0) >= rules.MAX_REMARKS:
        raise Refused("too_many_remarks", most=rules.MAX_REMARKS)
    page = wanted.page.partition("?")[0].partition("#")[0]
    row = tx.add(
        Remark(
            person_id=tx.actor.person_id,
            kind=wanted.kind,
            text=wanted.text,
            page=page if page.startswith("/") and not page.startswith("//") else "",
            browser=wanted.browser,
            given_at=tx.now,
        )
    )
    tx.record(Event.FEEDBACK_GIVEN, None, remark_id=row.id, kind=row.kind)
    return {"remark_id": row.id}


@act("guides.answer_feedback", Action.ANSWER_FEEDBACK)
def answer(tx: Tx, wanted: AnswerRemark) -> dict[str, Any]:
    """Looks at a remark, answers it, closes it or opens it again; who gave it is told of an answer.

    Refused: `remark_without_answer`, `remark_closed`. Recorded as `guides.feedback_answered` with the new state.
    """
    tx.require(Action.ANSWER_FEEDBACK)
    row = tx.get(Remark, wanted.remark_id)
    state = rules.next_state(row.state, wanted.state, wanted.answer)
    if state == row.state and wanted.answer.strip() in ("", row.answer):
        tx.nothing_to_record("nothing changed")
        return {"state": row.state}
    row.state = state
    if wanted.answer.strip():
        row.answer, row.answered_by, row.answered_at = wanted.answer.strip(), tx.actor.person_id, tx.now
    tx.record(Event.FEEDBACK_ANSWERED, None, remark_id=row.id, state=state, person_id=row.person_id)
    return {"state": state}
