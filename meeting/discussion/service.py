"""The acts of written opinions: give one, reply to one, take one back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from meeting.acts import ActInput, GatherSpec, Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.discussion import rules
from meeting.discussion.models import Opinion
from meeting.discussion.moderating import HideInput
from meeting.documents.queries import readable
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.permissions import Action, Actor


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


def post_many(tx: Tx, opinions: Sequence[tuple[Actor, PostInput]]) -> list[dict[str, Any] | Refused]:
    """Takes what different people write on one matter in the same moment; answers each by the rules of `discussion.post`."""
    meeting, item = _matter(tx, opinions[0][1])
    hats = tx.require_each(Action.POST_OPINION, item or meeting, [who for who, _ in opinions])
    taken: list[tuple[Actor, Opinion]] = []
    answers: list[dict[str, Any] | Refused] = []
    for who, wanted in opinions:
        try:
            worn = hats[who.person_id]
            if isinstance(worn, Refused):
                raise worn
            fresh = _fresh(who, meeting, wanted, tx.now)
            _complete(fresh, meeting, item)
        except Refused as refused:
            answers.append(refused)
            continue
        taken.append((who, fresh))
        answers.append({})
    tx.add_all([opinion for _, opinion in taken])
    tx.record_many(Event.OPINION_POSTED, meeting, [(who, _facts(opinion)) for who, opinion in taken])
    numbers = iter(opinion.id for _, opinion in taken)
    return [each if isinstance(each, Refused) else {"comment_id": next(numbers)} for each in answers]


def _crowd(wanted: PostInput) -> object:
    """Those who write on one matter; a reply, and what stands on a page, is taken by itself."""
    by_itself = wanted.parent_id is not None or wanted.document_id is not None or wanted.page is not None
    return object() if by_itself else (wanted.meeting_id, wanted.item_id)


@act("discussion.post", Action.POST_OPINION, gather=GatherSpec(key=_crowd, run=post_many))
def post(tx: Tx, wanted: PostInput) -> dict[str, Any]:
    """A participant writes an opinion, before the meeting or during it; on a page of a paper only who may read the paper.

    A reply (`parent_id`) stands under its opinion, on the same item and page. Refused: `discussion_closed`, `opinion_empty`,
    `item_held_outside`, `opinion_page_unknown`, `opinion_page_alone`, `reply_to_reply`, `opinion_withdrawn`, `opinion_hidden`,
    `not_found` (an item, a paper or an opinion of another meeting, or one that one may not see). Records the item, the place
    and the text.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    fresh = _fresh(tx.actor, meeting, wanted, tx.now)
    if wanted.parent_id is not None:
        _under(tx, meeting, fresh, wanted.parent_id)
    elif wanted.document_id is not None:
        _on_page(tx, meeting, fresh, wanted)
    else:
        rules.check_page(wanted.page, None)
    item = _item_of(tx, meeting, fresh.item_id)
    tx.require(Action.POST_OPINION, item or meeting)
    _complete(fresh, meeting, item)
    opinion = tx.add(fresh)
    tx.record(Event.OPINION_POSTED, meeting, **_facts(opinion))
    return {"comment_id": opinion.id}


def _fresh(who: Actor, meeting: Meeting, wanted: PostInput, at: datetime) -> Opinion:
    return Opinion(meeting_id=meeting.id, person_id=who.person_id, at=at, text=wanted.text, item_id=wanted.item_id)


def _matter(tx: Tx, wanted: PostInput) -> tuple[Meeting, Item | None]:
    meeting = tx.get(Meeting, wanted.meeting_id)
    return meeting, _item_of(tx, meeting, wanted.item_id)


def _item_of(tx: Tx, meeting: Meeting, item_id: int | None) -> Item | None:
    item = tx.get(Item, item_id) if item_id is not None else None
    if item is not None and item.meeting_id != meeting.id:
        raise Missing()
    return item


def _complete(fresh: Opinion, meeting: Meeting, item: Item | None) -> None:
    """Whether it may be given now, and as what."""
    fresh.before = rules.check_open(meeting.state)
    if item is not None and item.outside:
        raise Refused("item_held_outside")
    fresh.text = rules.cleaned(fresh.text)


def _facts(opinion: Opinion) -> dict[str, Any]:
    where = {name: value for name in ("document_id", "page", "parent_id") if (value := getattr(opinion, name)) is not None}
    return {"comment_id": opinion.id, "item_id": opinion.item_id, "text": opinion.text, "before": opinion.before, **where}


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
