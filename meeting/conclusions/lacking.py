"""What a sitting of the council still lacks: the resolutions of what it adopted."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.conclusions.kinds import DECISION, ends_in_resolutions, lacking
from meeting.conclusions.models import Instrument
from meeting.conclusions.votes import votes_in

FRAME = ("opening", "closing")  # kinds of items on which nothing is resolved


@dataclass(frozen=True)
class Lacking:
    """An item that was adopted and has no resolution, with the vote that adopted it."""

    item: Item
    question_id: int


def lacking_in(session: Session, meeting: Meeting) -> list[Lacking]:
    """The items of a council's meeting that were adopted by vote and have no resolution yet, in the order of the programme.

    Votes on people do not count: a resolution that is voted on by itself confirms them. Nor does the programme, which the
    sitting adopts at its opening.
    """
    if not ends_in_resolutions(meeting.body.kind):
        return []
    votes = {vote.item_id: vote.question_id for vote in votes_in(session, meeting.id) if vote.passed and not vote.on_people}
    made = select(Instrument).where(
        Instrument.meeting_id == meeting.id, Instrument.family == DECISION, Instrument.withdrawn_at.is_(None)
    )
    decided = [row.item_id for row in session.scalars(made).unique()]
    items = [item for item in meeting.items if item.id in votes and item.kind not in FRAME]
    open_ = set(lacking([item.id for item in items], decided))
    return [Lacking(item, votes[item.id]) for item in items if item.id in open_]
