"""A late paper goes to the chair, who says what becomes of it (NĐ 315/2025 Điều 23.3b: what is not ready is put off)."""

from typing import Any

from meeting.acts import Tx, act
from meeting.agenda.inputs import ItemReasonInput
from meeting.errors import Refused
from meeting.events import Event
from meeting.materials.due import facts_of
from meeting.materials.inputs import DecideLateInput
from meeting.materials.lateness import check_decision, goes_to_chair
from meeting.materials.models import Requirement
from meeting.materials.rules import check_open
from meeting.materials.wording import chairs_reason
from meeting.permissions import Action


@act("materials.decide_late", Action.DECIDE_LATE)
def decide_late(tx: Tx, wanted: DecideLateInput) -> dict[str, Any]:
    """The chair decides on a paper that is late or missing: take it, put the item off, have it read out, or refuse it.

    It needs a reason: one of those offered or words. The chair may decide anew until the meeting is over; the journal keeps
    each word. What was late stays late. Refused: `not_late`, `reason_missing`, `unknown_reason`, `no_item_to_postpone`,
    `requirement_waived`, `papers_closed`, and what the programme refuses. Journal: LATE_DECIDED; the programme records that
    an item was put off.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.DECIDE_LATE, row)
    check_open(row.state, row.meeting.state)
    if not goes_to_chair(row.state, row.first_late_minutes, row.due_at, tx.now):
        raise Refused("not_late", due_at=row.due_at.isoformat())
    check_decision(wanted.decision, wanted.preset, wanted.reason, row.item is not None)
    row.late_decision, row.late_decision_at, row.late_decision_by = wanted.decision, tx.now, tx.actor.person_id
    row.late_decision_preset, row.late_decision_reason = wanted.preset, wanted.reason
    said = {"decision": wanted.decision, "preset": wanted.preset, "reason": wanted.reason}
    tx.record(Event.LATE_DECIDED, row, **facts_of(row), item_id=row.item_id, **said)
    if wanted.decision == "postponed":
        _put_off(tx, row, wanted)
    return {"late_decision": row.late_decision}


def _put_off(tx: Tx, row: Requirement, wanted: DecideLateInput) -> None:
    if row.item is not None and row.item.state != "deferred":
        reason = chairs_reason(wanted.decision, wanted.preset, wanted.reason)
        tx.call("agenda.defer_item", ItemReasonInput(item_id=row.item.id, reason=reason))
