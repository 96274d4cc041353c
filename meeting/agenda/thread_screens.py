"""What the programme page shows of matters across meetings: what may go on here, and what looks like the same matter."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import thread_offers, threads
from meeting.agenda.models import Meeting
from meeting.permissions import Actor


def beside_programme(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """For who writes the programme: offers to go on with, for each item how often it came up, and one that looks like it."""
    sizes = threads.sizes(session, actor, [item.id for item in meeting.items])
    alone = [item for item in meeting.items if sizes.get(item.id) == 1]
    near = thread_offers.suggested(session, actor, alone)
    return {
        "offers": thread_offers.offers(session, actor, meeting),
        "courses": sizes,
        "alike": {key: found[0] for key, found in near.items()},
        "held_on": lambda each: clock.local(each.opened_at or each.starts_at).date(),
    }
