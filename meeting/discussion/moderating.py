"""The acts of the chair and the desk on opinions: hide one with a reason, show it again."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.discussion import rules
from meeting.discussion.models import Opinion
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action


class HideInput(ActInput):
    """Names the opinion and says why it is taken off the screens."""

    comment_id: int
    reason: str = Field(default="", max_length=500)


class CommentInput(ActInput):
    """Names the opinion."""

    comment_id: int


@act("discussion.hide", Action.MODERATE)
def hide(tx: Tx, wanted: HideInput) -> dict[str, Any]:
    """The chair or the desk takes an opinion off the screens: the others see that it is hidden, its author reads why.

    Refused: `forbidden` (also for other participants), `reason_needed`, `opinion_withdrawn` (done before, or taken back),
    `opinion_in_minutes` once the meeting is over. Recorded with the reason; the text stays on file.
    """
    opinion = tx.get(Opinion, wanted.comment_id)
    tx.require(Action.MODERATE, opinion)
    reason = wanted.reason.strip()
    if not reason:
        raise Refused("reason_needed")
    rules.check_withdrawal(opinion.meeting.state, withdrawn=opinion.withdrawn_at is not None)
    opinion.withdrawn_at, opinion.withdrawn_by, opinion.reason = tx.now, tx.actor.person_id, reason
    tx.record(Event.OPINION_HIDDEN, opinion, comment_id=opinion.id, person_id=opinion.person_id, reason=reason)
    return {}


@act("discussion.show_again", Action.MODERATE)
def show_again(tx: Tx, wanted: CommentInput) -> dict[str, Any]:
    """The chair or the desk puts a hidden opinion back on the screens.

    Refused: `forbidden`, `opinion_stands` (it was not hidden), `opinion_withdrawn` (its author took it back),
    `opinion_in_minutes` once the meeting is over. Recorded.
    """
    opinion = tx.get(Opinion, wanted.comment_id)
    tx.require(Action.MODERATE, opinion)
    rules.check_withdrawal(opinion.meeting.state, withdrawn=False)
    rules.check_shown_again(gone=opinion.gone, hidden=opinion.hidden)
    opinion.withdrawn_at, opinion.withdrawn_by, opinion.reason = None, None, ""
    tx.record(Event.OPINION_SHOWN, opinion, comment_id=opinion.id, person_id=opinion.person_id)
    return {}
