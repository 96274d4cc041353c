"""The reader looked at a meeting: kept with the person, so that every device knows it."""

from typing import Any

from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.errors import Missing
from meeting.materials.newest import Looked
from meeting.materials.release_models import Look
from meeting.permissions import Action


class LookInput(ActInput):
    """The meeting that was looked at."""

    meeting_id: int


@act("materials.look", Action.KEEP_NOTES)
def look(tx: Tx, wanted: LookInput) -> dict[str, Any]:
    """Remembers that somebody looked at a meeting and its papers now: what came before is not new any more, on any device.

    Refused: `not_found` for a meeting that may not be known. Harmless to repeat; the journal tells nothing of it.
    """
    tx.require(Action.KEEP_NOTES)
    meeting = tx.get(Meeting, wanted.meeting_id)
    if not meeting.hats_of(tx.actor, tx.reading):
        raise Missing()
    tx.nothing_to_record("looking is no event of the meeting")
    row = tx.scalar(select(Look).where(Look.meeting_id == meeting.id, Look.person_id == tx.actor.person_id))
    looked = Looked(row.looked_at, row.before_at) if row else Looked()
    again = looked.again(tx.now)
    row = row or Look(meeting_id=meeting.id, person_id=tx.actor.person_id)
    row.looked_at, row.before_at = tx.now, again.before
    tx.add(row)
    return {"before_at": again.before.isoformat() if again.before else None}
