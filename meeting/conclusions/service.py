"""Acts on a document's way: word, submit, approve, send back, sign, number, issue; and to do without a notice."""

from datetime import date
from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.conclusions import life_queries, relations, versions
from meeting.conclusions.drafting import told
from meeting.conclusions.editing import check_settled_lines
from meeting.conclusions.issuing import check_way, give_number, publish_by_form
from meeting.conclusions.kinds import sent_up_due_on
from meeting.conclusions.models import Instrument
from meeting.conclusions.rules import NoticeState, check_approver, check_complete, check_not_required, step
from meeting.conclusions.sealing import check_locked, take_signed
from meeting.conclusions.signing_rules import check_signs
from meeting.conclusions.taking_effect import take_effect
from meeting.conclusions.votes import check_vote
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Person
from meeting.organization.symbols import MOST_NUMBER
from meeting.permissions import Action


class NoticeInput(ActInput):
    """Names the document by itself; or by its meeting the notice that is being made, else the newest."""

    notice_id: int | None = None


class WordingInput(NoticeInput):
    """Abstract, grounds (one a line), first and last paragraph, recipients (one a line), what stands above the signature, and
    who is to sign (0: as form and rule book have it). What is left out stays as it is."""

    abstract: str | None = Field(None, min_length=1, max_length=2000)
    grounds: str | None = Field(None, max_length=10_000)
    opening: str | None = Field(None, max_length=20_000)
    closing: str | None = Field(None, max_length=20_000)
    recipients: str | None = Field(None, min_length=1, max_length=5000)
    authority: str | None = Field(None, max_length=500)
    signer_id: int | None = None


class SendBackInput(NoticeInput):
    """Why the draft goes back to the secretary."""

    reason: str


class NumberInput(NoticeInput):
    """Number and date from the register of the e-office; where the system numbers, neither has to be said."""

    number: int | None = Field(None, le=MOST_NUMBER)
    issued_on: date | None = None


class SignInput(NoticeInput):
    """With a ticket: what the door of digital signatures has just made. Without: signed in the application alone."""

    ticket: str | None = Field(None, max_length=200)


class NotRequiredInput(ActInput):
    """Why this meeting needs no notice."""

    meeting_id: int
    reason: str


@act("conclusions.word", Action.WRITE_CONCLUSIONS)
def word(tx: Tx, wanted: WordingInput) -> dict[str, Any]:
    """Changes the words around the conclusions. Refused outside the draft (`notice_not_draft`, `notice_issued`)."""
    document = the_document(tx, wanted, Action.WRITE_CONCLUSIONS)
    step("edit", NoticeState(document.state))
    changed = wanted.model_dump(exclude={"notice_id", "meeting_id"}, exclude_none=True)
    if signer_id := changed.get("signer_id"):
        tx.get(Person, signer_id)
    for name, value in changed.items():
        setattr(document, name, value or None if name == "signer_id" else value)
    versions.changed(tx, document, "worded", changed=sorted(changed))
    return {}


@act("conclusions.submit", Action.WRITE_CONCLUSIONS)
def submit(tx: Tx, wanted: NoticeInput) -> dict[str, Any]:
    """Lays the draft before the chair. It stays a draft and may still be mended until it is approved.

    Refused: what `check_ready` asks for; `notice_not_draft`.
    """
    document = the_document(tx, wanted, Action.WRITE_CONCLUSIONS)
    step("edit", NoticeState(document.state))
    check_ready(tx, document)
    document.submitted_at = tx.now
    document.sent_back_reason = ""
    tx.record(Event.NOTICE_SUBMITTED, document, **told(document))
    return {}


@act("conclusions.approve", Action.APPROVE_CONCLUSIONS)
def approve(tx: Tx, wanted: NoticeInput) -> dict[str, Any]:
    """The chair approves the document as their own; from now on the text is fixed.

    Refused: `own_draft`; what `check_ready` asks for; `notice_not_draft` when approved before.
    """
    document = the_document(tx, wanted, Action.APPROVE_CONCLUSIONS)
    check_approver(document.drafted_by_id, tx.actor.person_id, document.meeting.chair_id)
    after = step("approve", NoticeState(document.state))
    check_ready(tx, document)
    document.state = after
    document.approved_at = tx.now
    document.approved_by_id = tx.actor.person_id
    document.submitted_at = document.submitted_at or tx.now
    tx.record(Event.NOTICE_APPROVED, document, **told(document))
    return {}


@act("conclusions.send_back", Action.APPROVE_CONCLUSIONS)
def send_back(tx: Tx, wanted: SendBackInput) -> dict[str, Any]:
    """The chair returns a document to be changed, with a reason; approval and signature fall.

    Refused: `reason_needed`; `notice_numbered` once it has its number (which would be lost), `notice_issued`.
    """
    document = the_document(tx, wanted, Action.APPROVE_CONCLUSIONS)
    after = step("send_back", NoticeState(document.state))
    if not wanted.reason:
        raise Refused("reason_needed")
    document.state = after
    document.submitted_at = document.approved_at = document.signed_at = None
    document.approved_by_id = document.signed_by_id = None
    document.sealing = ""
    document.sent_back_reason = wanted.reason
    tx.record(Event.NOTICE_SENT_BACK, document, **told(document), reason=wanted.reason)
    return {}


@act("conclusions.sign", Action.SIGN_CONCLUSIONS)
def sign(tx: Tx, wanted: SignInput) -> dict[str, Any]:
    """Whoever is to sign by the document, the body's form or the rule book signs it. Number and date come afterwards.

    With the ticket of the door of digital signatures the signed file comes along; without one it is a mark in the application.
    Refused: `signed_by_chief`, `signed_by_chair`, `signed_by_other`, `notice_not_approved`, `notice_issued`,
    `seal_ticket_unknown`.
    """
    named = _named_to_sign(tx, wanted)
    document = the_document(tx, wanted, Action.READ_CONCLUSIONS if named else Action.SIGN_CONCLUSIONS)
    signing = life_queries.signing_for(tx.reading, document)
    signer = life_queries.signer_of(tx.reading, document)
    hats = document.meeting.hats_of(tx.actor, tx.reading)
    check_signs(signing, hats, tx.actor.person_id, signer.called if signer else "")
    document.state = step("sign", NoticeState(document.state))
    document.sealing = take_signed(tx, document, wanted.ticket) if wanted.ticket else "mark"
    document.signed_at = tx.now
    document.signed_by_id = tx.actor.person_id
    tx.record(Event.NOTICE_SIGNED, document, **told(document), sealing=document.sealing)
    return {}


@act("conclusions.number", Action.ISSUE_CONCLUSIONS)
def number(tx: Tx, wanted: NumberInput) -> dict[str, Any]:
    """Gives the signed document its number and date, before the body's signature locks it.

    By the body's setting the system numbers without gaps, or the clerk enters both from the e-office register. Refused:
    `notice_not_signed`, `notice_numbered`, `notice_issued`, `number_not_chosen`, `number_wanted`, `number_taken`,
    `number_positive`, `issued_before_meeting`, `issued_in_future`, `issued_before_last`; what `check_about` refuses, so that no
    number is given to what cannot be issued any more. Recorded with the symbol.
    """
    document = the_document(tx, wanted, Action.ISSUE_CONCLUSIONS)
    after = step("number", NoticeState(document.state))
    if document.about is not None:
        relations.check_about(
            document.relation, life_queries.standing_of(document.about), document.meeting.body_id, document.family
        )
    given = give_number(tx, document, wanted.number, wanted.issued_on)
    document.state = after
    tx.record(Event.NOTICE_NUMBERED, document, **told(document), symbol=given["symbol"], issued_on=given["issued_on"])
    return given


@act("conclusions.issue", Action.ISSUE_CONCLUSIONS)
def issue(tx: Tx, wanted: NumberInput) -> dict[str, Any]:
    """Issues the signed document, with its number and date; its task lines become tasks in the same transaction.

    What carries no digital signature may be numbered in the same step. One about an earlier document takes effect on it now.
    Refused: `notice_not_signed`, `notice_issued`, `notice_unnumbered`, `seal_missing`, what `conclusions.number` and
    `check_about` refuse. The PDF of what is not digitally signed is set by the worker.
    """
    document = the_document(tx, wanted, Action.ISSUE_CONCLUSIONS)
    after = step("issue", NoticeState(document.state))
    check_way(document)
    check_locked(document)
    if document.state == NoticeState.SIGNED:
        give_number(tx, document, wanted.number, wanted.issued_on)
    assert document.number is not None
    assert document.issued_on is not None
    symbol, issued_on = document.number.symbol, document.issued_on.isoformat()
    body = document.meeting.body
    document.state = after
    document.issued_at = tx.now
    document.issued_by_id = tx.actor.person_id
    document.sent_up_due_on = sent_up_due_on(document.kind, body.kind, document.issued_on)
    tx.record(Event.NOTICE_ISSUED, document, **told(document), symbol=symbol, issued_on=issued_on)
    take_effect(tx, document, symbol)
    life_queries.set_meeting_state(tx.reading, document.meeting)
    publish_by_form(tx, document)
    return {"symbol": symbol, "number": document.number.number, "issued_on": issued_on}


@act("conclusions.not_required", Action.WRITE_CONCLUSIONS)
def not_required(tx: Tx, wanted: NotRequiredInput) -> dict[str, Any]:
    """Ends a meeting without a notice, where its type allows that, with a reason that is kept in the journal.

    Refused: `meeting_not_held`, `notice_required`, `reason_needed`, `notice_exists`. Again: nothing changes.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.WRITE_CONCLUSIONS, meeting)
    if meeting.state not in ("held", "archived"):
        raise Refused("meeting_not_held")
    if meeting.notice_state == "not_required":
        tx.nothing_to_record("it was decided before")
        return {}
    if meeting.notice_state != "none_yet":
        raise Refused("notice_exists")
    check_not_required(meeting.book.notice_required, wanted.reason)
    meeting.notice_state = "not_required"
    tx.record(Event.NOTICE_NOT_REQUIRED, meeting, reason=wanted.reason)
    return {}


def check_ready(tx: Tx, document: Instrument) -> None:
    """Whether a draft may go to the chair. Refused: `notice_empty`, `task_without_lead`, `task_without_due`; `line_clashes`;
    `vote_not_published`, `vote_not_passed` of the vote it rests on; what `check_about` refuses of the one it is about."""
    check_complete([line.as_rule() for line in document.lines])
    check_settled_lines(document)
    if document.question_id is not None:
        check_vote(tx, document.question_id, document.meeting)
    if document.about is not None:
        pending = life_queries.pending_about(tx.reading, document.about, but=document.id)
        standing = life_queries.standing_of(document.about)
        relations.check_about(document.relation, standing, document.meeting.body_id, document.family, pending)


def the_document(tx: Tx, wanted: NoticeInput, action: Action) -> Instrument:
    """The document that is meant, for somebody who may do this with it."""
    found = _meant(tx, wanted)
    if found is None:
        raise Missing()
    tx.require(action, found)
    return found


def _meant(tx: Tx, wanted: NoticeInput) -> Instrument | None:
    if wanted.notice_id is not None:
        return tx.find(Instrument, wanted.notice_id)
    return life_queries.notice_of(tx.reading, wanted.meeting_id) if wanted.meeting_id is not None else None


def _named_to_sign(tx: Tx, wanted: NoticeInput) -> bool:
    found = _meant(tx, wanted)
    return found is not None and found.signer_id == tx.actor.person_id
