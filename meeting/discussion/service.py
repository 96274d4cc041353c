"""The acts of written opinions: give one, reply to one, take one back."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.discussion import rules
from meeting.discussion.models import Opinion
from meeting.discussion.moderating import HideInput
from meeting.documents.queries import readable
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.permissions import Action


class PostInput(ActInput):
    """An opinion on an item, on a page of a paper, as a reply to another one, or on the meeting as a whole."""

    meeting_id: int
    item_id: int | None = None
    text: str = Field(max_length=rules.LONGEST)
    document_id: int | None = None
    page: int | None = Field(default=None, ge=1)
    parent_id: int | None = None


class WithdrawInput(ActInput):
    """Names the opinion; the chair and the secretariat say why when it is somebody else's."""

    comment_id: int
    reason: str = Field(default="", max_length=500)


@act("discussion.post", Action.POST_OPINION)
def post(tx: Tx, wanted: PostInput) -> dict[str, Any]:
    """A participant writes an opinion, before the meeting or during it; on a page of a paper only who may read the paper.

    A reply (`parent_id`) stands under its opinion, on the same item and page. Refused: `discussion_closed`, `opinion_empty`,
    `item_held_outside`, `opinion_page_unknown`, `opinion_page_alone`, `reply_to_reply`, `opinion_withdrawn`, `opinion_hidden`,
    `not_found` (an item, a paper or an opinion of another meeting, or one that one may not see). Records the item, the place
    and the text.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    fresh = Opinion(meeting_id=meeting.id, person_id=tx.actor.person_id, at=tx.now, text=wanted.text, item_id=wanted.item_id)
    if wanted.parent_id is not None:
        _under(tx, meeting, fresh, wanted.parent_id)
    elif wanted.document_id is not None:
        _on_page(tx, meeting, fresh, wanted)
    else:
        rules.check_page(wanted.page, None)
    item = tx.get(Item, fresh.item_id) if fresh.item_id is not None else None
    if item is not None and item.meeting_id != meeting.id:
        raise Missing()
    tx.require(Action.POST_OPINION, item or meeting)
    fresh.before = rules.check_open(meeting.state)
    if item is not None and item.outside:
        raise Refused("item_held_outside")
    fresh.text = rules.cleaned(wanted.text)
    opinion = tx.add(fresh)
    where = {name: value for name in ("document_id", "page", "parent_id") if (value := getattr(opinion, name)) is not None}
    facts = {"comment_id": opinion.id, "item_id": opinion.item_id, "text": opinion.text, "before": opinion.before}
    tx.record(Event.OPINION_POSTED, meeting, **facts, **where)
    return {"comment_id": opinion.id}


def _under(tx: Tx, meeting: Meeting, fresh: Opinion, parent_id: int) -> None:
    """A reply: on what its opinion is on."""
    parent = tx.get(Opinion, parent_id)
    if parent.meeting_id != meeting.id:
        raise Missing()
    tx.require(Action.POST_OPINION, parent)
    rules.check_answerable(meeting.state, gone=parent.gone, hidden=parent.hidden)
    if parent.parent_id is not None:
        raise Refused("reply_to_reply")
    fresh.parent_id, fresh.item_id = parent.id, parent.item_id
    fresh.document_id, fresh.page = parent.document_id, parent.page


def _on_page(tx: Tx, meeting: Meeting, fresh: Opinion, wanted: PostInput) -> None:
    """An opinion on a page: of a paper of this meeting that the actor may read; it belongs to the paper's item."""
    assert wanted.document_id is not None
    file, place = readable(tx.reading, tx.actor, wanted.document_id)
    if place.meeting_id != meeting.id or (wanted.item_id is not None and place.item_id != wanted.item_id):
        raise Missing()
    rules.check_page(wanted.page, file.page_count)
    fresh.document_id, fresh.page, fresh.item_id = file.id, wanted.page, place.item_id


@act("discussion.withdraw", Action.POST_OPINION)
def withdraw(tx: Tx, wanted: WithdrawInput) -> dict[str, Any]:
    """Takes one's own opinion back; by chair and secretariat, with a reason, anybody's: then it is hidden (`discussion.hide`).

    Refused: `forbidden` (somebody else's), `reason_needed`, `opinion_withdrawn`, `opinion_in_minutes`. The journal keeps it.
    """
    opinion = tx.get(Opinion, wanted.comment_id)
    if opinion.person_id != tx.actor.person_id:
        return tx.call("discussion.hide", HideInput(comment_id=opinion.id, reason=wanted.reason))
    tx.require(Action.POST_OPINION, opinion)
    rules.check_withdrawal(opinion.meeting.state, withdrawn=opinion.withdrawn_at is not None)
    opinion.withdrawn_at, opinion.withdrawn_by = tx.now, tx.actor.person_id
    facts = {"comment_id": opinion.id, "person_id": opinion.person_id, "reason": ""}
    tx.record(Event.OPINION_WITHDRAWN, opinion, **facts)
    return {}
