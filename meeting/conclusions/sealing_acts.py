"""Acts on the signed file of a document: keep the laid-out page, lock by the body's signature, bring a signed file back."""

from datetime import datetime
from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act, on
from meeting.conclusions import life_queries, sealing
from meeting.conclusions.drafting import told
from meeting.conclusions.models import Instrument
from meeting.conclusions.rules import NoticeState, step
from meeting.errors import Refused
from meeting.events import Event
from meeting.jobs import enqueue
from meeting.journal import Told
from meeting.permissions import Action


class LaidOutInput(ActInput):
    """Which document was laid out as which file, by which approval."""

    notice_id: int
    file_id: int
    approved_at: datetime
    text_digest: str = Field(max_length=64)


class ProvenInput(ActInput):
    """A document, and the ticket of the file that the door has just made or checked."""

    notice_id: int
    ticket: str = Field(max_length=100)


@on(Event.NOTICE_APPROVED)
def order_layout(tx: Tx, entry: Told) -> None:
    """The approval fixes the text: the document gets the code by which it is known, and its page is laid out for signing."""
    document = tx.get(Instrument, entry.facts["notice_id"])
    document.verify_code = document.verify_code or sealing.new_code()
    assert document.approved_at is not None
    enqueue(tx, "conclusions.lay_out", notice_id=document.id, approved_at=document.approved_at.isoformat())


@on(Event.NOTICE_SENT_BACK)
def forget_layout(tx: Tx, entry: Told) -> None:
    """What was laid out and signed is of a text that is changed now."""
    sealing.forget(tx.get(Instrument, entry.facts["notice_id"]))


@act("conclusions.keep_laid_out", Action.READ_OUT_DOCUMENT)
def keep_laid_out(tx: Tx, wanted: LaidOutInput) -> dict[str, Any]:
    """The worker ties a document to the page that is signed. Repeats are harmless; of an approval that fell nothing is kept."""
    tx.require(Action.READ_OUT_DOCUMENT)
    document = tx.get(Instrument, wanted.notice_id)
    if document.approved_at != wanted.approved_at or document.laid_out_id == wanted.file_id:
        tx.nothing_to_record("it is laid out so already, or the text is being changed")
        return {}
    if document.state != NoticeState.APPROVED:
        tx.nothing_to_record("it was signed without a laid-out page")
        return {}
    document.laid_out_id = wanted.file_id
    document.text_digest = wanted.text_digest
    tx.record(Event.NOTICE_LAID_OUT, document, **told(document), file_id=wanted.file_id)
    return {}


@act("conclusions.lock", Action.ISSUE_CONCLUSIONS)
def lock(tx: Tx, wanted: ProvenInput) -> dict[str, Any]:
    """The body's signature locks the document with its number and date: from now on every change shows.

    The door of sealing (`POST /api/v1/notices/<id>/seal`) fills in, signs and checks; this ties the file to the document.
    Refused: `seal_ticket_unknown`, `seal_not_wanted`, `seal_unnumbered`, `seal_done`. Recorded with the certificate.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.ISSUE_CONCLUSIONS, document)
    proven = sealing.taken(tx, wanted.ticket, document, "lock")
    check_sealable(document)
    _lock(tx, document, proven)
    return {"file_id": proven.file_id}


@act("conclusions.bring_back", Action.WRITE_CONCLUSIONS)
def bring_back(tx: Tx, wanted: ProvenInput) -> dict[str, Any]:
    """A file signed with an outside tool comes back: before the number it stands for the signer's signature, afterwards for the
    body's that locks it.

    The door (`POST /api/v1/notices/<id>/bring-back`) has checked that it is the same text and its signatures are whole. For the
    office, and for the signer. Refused: `seal_ticket_unknown`, `back_not_now`, `seal_done`. Recorded with the certificates.
    """
    document = tx.get(Instrument, wanted.notice_id)
    named = document.signer_id is not None and document.signer_id == tx.actor.person_id
    ways = (Action.SIGN_CONCLUSIONS, Action.ISSUE_CONCLUSIONS, *((Action.READ_CONCLUSIONS,) if named else ()))
    tx.require(next((each for each in ways if tx.may(each, document)), Action.WRITE_CONCLUSIONS), document)
    proven = sealing.taken(tx, wanted.ticket, document, "sign", "lock")
    if proven.step == "lock":
        tx.require(Action.ISSUE_CONCLUSIONS, document)
        check_sealable(document)
        tx.record(Event.NOTICE_BROUGHT_BACK, document, **told(document), step="lock", **proven.facts)
        _lock(tx, document, proven)
        return {"file_id": proven.file_id, "state": document.state}
    signer = life_queries.signer_of(tx.reading, document)
    document.state = step("sign", NoticeState(document.state))
    document.sealing = proven.how
    document.signed_file_id = proven.file_id
    document.signed_at = tx.now
    document.signed_by_id = signer.id if signer else tx.actor.person_id
    tx.record(Event.NOTICE_BROUGHT_BACK, document, **told(document), step="sign", **proven.facts)
    tx.record(Event.NOTICE_SIGNED, document, **told(document), sealing=document.sealing)
    return {"file_id": proven.file_id, "state": document.state}


def check_sealable(document: Instrument) -> None:
    """Whether the body's signature comes next. Refused: `seal_not_wanted`, `seal_unnumbered`, `seal_done`."""
    if document.locked_at is not None:
        raise Refused("seal_done")
    if document.sealing not in sealing.DIGITAL or document.signed_file_id is None:
        raise Refused("seal_not_wanted")
    if document.state != NoticeState.NUMBERED:
        raise Refused("seal_unnumbered")


def _lock(tx: Tx, document: Instrument, proven: sealing.Proven) -> None:
    document.signed_file_id = document.document_id = proven.file_id
    document.locked_at = tx.now
    document.locked_by_id = tx.actor.person_id
    facts = {name: proven.facts[name] for name in ("certificates",) if name in proven.facts}
    tx.record(Event.NOTICE_LOCKED, document, **told(document), how=proven.how, file_id=proven.file_id, **facts)
