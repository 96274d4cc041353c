"""What the voting room shows on the meeting page: what is prepared, what came out; and what it holds of an item."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item, panel
from meeting.agenda.queries import limited_items
from meeting.errors import N_
from meeting.permissions import Action, Actor
from meeting.voting import tab
from meeting.voting.models import Question


def how_many(session: Session, actor: Actor, meeting: Meeting) -> int | None:
    """The number on the tab: of a guest invited to some items the votes on these."""
    shown = [item.id for item in limited_items(meeting, actor, meeting.hats_of(actor, session))]
    wanted = select(func.count()).where(
        Question.meeting_id == meeting.id, Question.opened_at.is_not(None), Question.item_id.in_(shown)
    )
    return session.scalar(wanted) or None


@holds_item
def held_by_a_vote(session: Session, item: Item) -> str | None:
    """An item on which a question was prepared stays on the programme."""
    found = session.scalar(select(Question.id).where(Question.item_id == item.id).limit(1))
    return "item_has_vote" if found else None


panel(
    "votes",
    place="tab",
    label=N_("Votes"),
    template="voting/panel.html",
    load=tab.votes,
    count=how_many,
    action=Action.JOIN_LIVE,
    order=40,
)
