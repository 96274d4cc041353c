"""What closing a meeting means for its questioning: nothing that was asked is lost (NQ 114/2025, Điều 25.1c)."""

from sqlalchemy import select

from meeting.acts import Tx, on
from meeting.events import Event
from meeting.journal import Told
from meeting.permissions import SYSTEM
from meeting.questioning import queries
from meeting.questioning.groups import end
from meeting.questioning.written import pass_on
from meeting.speaking.models import Floor
from meeting.speaking.rules import QUESTIONING


@on(Event.MEETING_CLOSED)
def leave_to_writing(tx: Tx, told: Told) -> None:
    """Stopped groups end with the meeting; every other question that was not put is answered in writing too."""
    with tx.acting_as(SYSTEM):
        for group in queries.groups_of(tx.reading, told.chain):
            if group.state == "stopped":
                end(tx, group)
        asked = select(Floor).where(Floor.meeting_id == told.chain, Floor.queue == QUESTIONING, Floor.kind == "question")
        unput = asked.where(Floor.state.in_(("waiting", "called")), Floor.started_at.is_(None))
        for floor in tx.scalars(unput.order_by(Floor.id)).all():
            pass_on(tx, floor, "unanswered")
