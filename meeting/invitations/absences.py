"""The decision on reported absences, and what a changed mind undoes."""

from typing import Any

from meeting.acts import Tx, act
from meeting.agenda.models import Meeting
from meeting.agenda.rules import check_reason
from meeting.errors import Refused
from meeting.events import Event
from meeting.invitations import queries
from meeting.invitations.inputs import AbsenceInput
from meeting.invitations.rules import check_not_own_absence
from meeting.permissions import Action


@act("invitations.decide_absence", Action.DECIDE_ABSENCE)
def decide_absence(tx: Tx, wanted: AbsenceInput) -> dict[str, Any]:
    """The office or the chair agrees to a reported absence, or does not and says why; the person is told.

    Who was refused and stays away is absent without leave. May be decided again until the meeting is over. Refused as
    `no_absence_reported`, `absence_own`, `reason_needed` (a refusal without a word). Records decision and word; the same
    again changes nothing.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.DECIDE_ABSENCE, meeting)
    invited = queries.participant(tx.reading, meeting.id, wanted.person_id)
    if invited is None or invited.reply != "declined":
        raise Refused("no_absence_reported")
    check_not_own_absence(invited.person_id, tx.actor.person_id)
    if wanted.decision == "refused":
        check_reason(wanted.answer)
    if (invited.absence, invited.absence_answer) == (wanted.decision, wanted.answer):
        tx.nothing_to_record("the same decision again")
        return {"absence": invited.absence}
    invited.absence, invited.absence_answer = wanted.decision, wanted.answer
    invited.absence_decided_at, invited.absence_decided_by_id = tx.now, tx.actor.person_id
    tx.record(Event.ABSENCE_DECIDED, meeting, person_id=invited.person_id, decision=wanted.decision, answer=wanted.answer)
    return {"absence": invited.absence}
