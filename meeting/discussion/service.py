"""The acts of written opinions: give one, take one back."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.discussion import rules
from meeting.discussion.models import Opinion
from meeting.errors import Forbidden, Missing, Refused
from meeting.events import Event
from meeting.permissions import Action


class PostInput(ActInput):
    """An opinion on an item, or without one on the meeting as a whole."""

    meeting_id: int
    item_id: int | None = None
    text: str = Field(max_length=rules.LONGEST)


class WithdrawInput(ActInput):
    """Names the opinion; the chair and the secretariat say why when it is somebody else's."""

    comment_id: int
    reason: str = Field(default="", max_length=500)


@act("discussion.post", Action.POST_OPINION)
def post(tx: Tx, wanted: PostInput) -> dict[str, Any]:
    """A participant writes an opinion, before the meeting or during it.

    Refused: `discussion_closed`, `opinion_empty`, `item_held_outside`, `not_found` (an item of another meeting, or one a
    limited guest may not see). Records the item and the text.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    item = tx.get(Item, wanted.item_id) if wanted.item_id is not None else None
    if item is not None and item.meeting_id != meeting.id:
        raise Missing()
    tx.require(Action.POST_OPINION, item or meeting)
    before = rules.check_open(meeting.state)
    if item is not None and item.outside:
        raise Refused("item_held_outside")
    text = rules.cleaned(wanted.text)
    opinion = tx.add(
        Opinion(
            meeting_id=meeting.id,
            item_id=item.id if item else None,
            person_id=tx.actor.person_id,
            text=text,
            at=tx.now,
            before=before,
        )
    )
    tx.record(Event.OPINION_POSTED, meeting, comment_id=opinion.id, item_id=opinion.item_id, text=text, before=before)
    return {"comment_id": opinion.id}


@act("discussion.withdraw", Action.POST_OPINION)
def withdraw(tx: Tx, wanted: WithdrawInput) -> dict[str, Any]:
    """Takes an opinion off the screens: one's own, or, by chair and secretariat with a reason, anybody's.

    Refused: `forbidden` (somebody else's), `reason_needed`, `opinion_withdrawn`, `opinion_in_minutes`. The journal keeps it.
    """
    opinion = tx.get(Opinion, wanted.comment_id)
    own = opinion.person_id == tx.actor.person_id
    tx.require(Action.POST_OPINION if own else Action.READ_MEETING, opinion)
    if not own and not tx.may(Action.MODERATE, opinion):
        raise Forbidden()
    if not own and not wanted.reason:
        raise Refused("reason_needed")
    rules.check_withdrawal(opinion.meeting.state, withdrawn=opinion.withdrawn_at is not None)
    opinion.withdrawn_at, opinion.withdrawn_by, opinion.reason = tx.now, tx.actor.person_id, wanted.reason
    facts = {"comment_id": opinion.id, "person_id": opinion.person_id, "reason": wanted.reason}
    tx.record(Event.OPINION_WITHDRAWN, opinion, **facts)
    return {}
