"""Acts after the issue: made public or not, sent up to the body above."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.conclusions.drafting import told
from meeting.conclusions.models import Instrument
from meeting.errors import N_, Refused, declare
from meeting.events import Event
from meeting.permissions import Action

declare(
    {
        "not_issued_yet": N_("The document is not issued yet."),
        "published_already": N_("The document is public already."),
        "not_public": N_("The document is not public."),
        "closed_not_public": N_("The meeting was held behind closed doors: its documents are not made public."),
        "withdrawn_stays": N_("The document is withdrawn."),
        "sent_up_already": N_("It was sent up already, to %(to)s."),
    }
)


class DocumentInput(ActInput):
    """Names a document."""

    notice_id: int


class UnpublishInput(DocumentInput):
    """Why it is no longer public."""

    reason: str = Field("", max_length=2000)


class SendUpInput(DocumentInput):
    """To whom it was sent."""

    to: str = Field(min_length=1, max_length=300)


@act("conclusions.publish", Action.PUBLISH_CONCLUSIONS)
def publish(tx: Tx, wanted: DocumentInput) -> dict[str, Any]:
    """Makes an issued document public.

    Refused: `not_issued_yet`, `withdrawn_stays`, `closed_not_public` (họp kín), `published_already`. Recorded.
    """
    document = _issued(tx, wanted, Action.PUBLISH_CONCLUSIONS)
    if document.withdrawn_at is not None:
        raise Refused("withdrawn_stays")
    if document.meeting.closed:
        raise Refused("closed_not_public")
    if document.published_at is not None:
        raise Refused("published_already")
    document.published_at = tx.now
    document.published_by_id = tx.actor.person_id
    tx.record(Event.NOTICE_PUBLISHED, document, **told(document))
    return {}


@act("conclusions.unpublish", Action.PUBLISH_CONCLUSIONS)
def unpublish(tx: Tx, wanted: UnpublishInput) -> dict[str, Any]:
    """Takes a document from the public. Refused: `not_issued_yet`, `not_public`. Recorded with the reason."""
    document = _issued(tx, wanted, Action.PUBLISH_CONCLUSIONS)
    if document.published_at is None:
        raise Refused("not_public")
    document.published_at, document.published_by_id = None, None
    tx.record(Event.NOTICE_UNPUBLISHED, document, **told(document), reason=wanted.reason)
    return {}


@act("conclusions.send_up", Action.SEND_UP)
def send_up(tx: Tx, wanted: SendUpInput) -> dict[str, Any]:
    """Notes that an issued document went to the body above, to whom and when.

    Refused: `not_issued_yet`, `withdrawn_stays`, `sent_up_already`. Recorded.
    """
    document = _issued(tx, wanted, Action.SEND_UP)
    if document.withdrawn_at is not None:
        raise Refused("withdrawn_stays")
    if document.sent_up_at is not None:
        raise Refused("sent_up_already", to=document.sent_up_to)
    document.sent_up_at = tx.now
    document.sent_up_by_id = tx.actor.person_id
    document.sent_up_to = wanted.to
    tx.record(Event.NOTICE_SENT_UP, document, **told(document), to=wanted.to)
    return {}


def _issued(tx: Tx, wanted: DocumentInput, action: Action) -> Instrument:
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(action, document)
    if document.state != "issued":
        raise Refused("not_issued_yet")
    return document
