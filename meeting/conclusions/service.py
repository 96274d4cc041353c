"""Acts on a conclusion notice as a whole: draft, word, submit, approve, send back, sign, issue, or do without."""

from datetime import date
from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.conclusions import queries, wording
from meeting.conclusions.lines import LineFields, arrange, check_and_add
from meeting.conclusions.models import Notice
from meeting.conclusions.rules import (
    NOTICE,
    NoticeState,
    check_approver,
    check_complete,
    check_not_required,
    check_signer,
    step,
)
from meeting.documents.phrases import addressed, office_in
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.numbering import take_number
from meeting.permissions import Action


class NoticeInput(ActInput):
    """Names the notice: by itself or by its meeting."""

    notice_id: int | None = None


class DraftInput(ActInput):
    """The meeting; a program may hand in the lines at once."""

    meeting_id: int
    lines: list[LineFields] = Field(default_factory=list, max_length=200)


class WordingInput(NoticeInput):
    """Abstract, first and last paragraph, recipients (one a line). What is left out stays as it is."""

    abstract: str | None = Field(None, min_length=1, max_length=2000)
    opening: str | None = Field(None, min_length=1)
    closing: str | None = Field(None, min_length=1)
    recipients: str | None = Field(None, min_length=1, max_length=5000)


class SendBackInput(NoticeInput):
    """Why the draft goes back to the secretary."""

    reason: str


class IssueInput(NoticeInput):
    """Number and date as entered by the clerk; left out, the system gives the next number and today."""

    number: int | None = None
    issued_on: date | None = None


class NotRequiredInput(ActInput):
    """Why this meeting needs no notice."""

    meeting_id: int
    reason: str


@act("conclusions.draft", Action.WRITE_CONCLUSIONS)
def draft(tx: Tx, wanted: DraftInput) -> dict[str, Any]:
    """Begins the notice of a meeting that is over, with the usual opening, closing and recipients proposed.

    Results of votes are proposed as first lines. Refused: `meeting_not_held`, `notice_exists`, `notice_not_required`,
    and what `check_line` refuses. Recorded with the number of lines.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.WRITE_CONCLUSIONS, meeting)
    if meeting.state not in ("held", "archived"):
        raise Refused("meeting_not_held")
    if meeting.notice_state == "not_required":
        raise Refused("notice_not_required")
    if queries.notice_of(tx.reading, meeting.id) is not None:
        raise Refused("notice_exists")
    notice = tx.add(_proposed(tx, meeting))
    lines = wanted.lines or [LineFields(item_id=item, text=text) for item, text in queries.decided(tx.reading, meeting)]
    line_ids = [check_and_add(tx, notice, line).id for line in lines]
    arrange(tx, notice)
    meeting.notice_state = "draft"
    tx.record(Event.NOTICE_DRAFTED, notice, notice_id=notice.id, lines=len(line_ids))
    return {"notice_id": notice.id, "line_ids": line_ids}


@act("conclusions.word", Action.WRITE_CONCLUSIONS)
def word(tx: Tx, wanted: WordingInput) -> dict[str, Any]:
    """Changes the words around the conclusions. Refused outside the draft (`notice_not_draft`, `notice_issued`)."""
    notice = the_notice(tx, wanted, Action.WRITE_CONCLUSIONS)
    step("edit", NoticeState(notice.state))
    changed = wanted.model_dump(exclude={"notice_id", "meeting_id"}, exclude_none=True)
    for name, value in changed.items():
        setattr(notice, name, value)
    tx.record(Event.NOTICE_EDITED, notice, notice_id=notice.id, changed=sorted(changed))
    return {}


@act("conclusions.submit", Action.WRITE_CONCLUSIONS)
def submit(tx: Tx, wanted: NoticeInput) -> dict[str, Any]:
    """Lays the draft before the chair. It stays a draft and may still be mended until it is approved.

    Refused: what `check_complete` asks for (`notice_empty`, `task_without_lead`, `task_without_due`); `notice_not_draft`.
    """
    notice = the_notice(tx, wanted, Action.WRITE_CONCLUSIONS)
    step("edit", NoticeState(notice.state))
    check_complete([line.as_rule() for line in notice.lines])
    notice.submitted_at = tx.now
    notice.sent_back_reason = ""
    tx.record(Event.NOTICE_SUBMITTED, notice, notice_id=notice.id)
    return {}


@act("conclusions.approve", Action.APPROVE_CONCLUSIONS)
def approve(tx: Tx, wanted: NoticeInput) -> dict[str, Any]:
    """The chair approves the conclusions as their own; from now on the text is fixed.

    Refused: `own_draft`; what `check_complete` asks for; `notice_not_draft` when approved before.
    """
    notice = the_notice(tx, wanted, Action.APPROVE_CONCLUSIONS)
    check_approver(notice.drafted_by_id, tx.actor.person_id, notice.meeting.chair_id)
    after = step("approve", NoticeState(notice.state))
    check_complete([line.as_rule() for line in notice.lines])
    notice.state = after
    notice.approved_at = tx.now
    notice.approved_by_id = tx.actor.person_id
    notice.submitted_at = notice.submitted_at or tx.now
    tx.record(Event.NOTICE_APPROVED, notice, notice_id=notice.id)
    return {}


@act("conclusions.send_back", Action.APPROVE_CONCLUSIONS)
def send_back(tx: Tx, wanted: SendBackInput) -> dict[str, Any]:
    """The chair returns the draft with a reason. Refused: `reason_needed`, `notice_issued` once signed or issued."""
    notice = the_notice(tx, wanted, Action.APPROVE_CONCLUSIONS)
    after = step("send_back", NoticeState(notice.state))
    if not wanted.reason:
        raise Refused("reason_needed")
    notice.state = after
    notice.submitted_at = notice.approved_at = None
    notice.approved_by_id = None
    notice.sent_back_reason = wanted.reason
    tx.record(Event.NOTICE_SENT_BACK, notice, notice_id=notice.id, reason=wanted.reason)
    return {}


@act("conclusions.sign", Action.SIGN_CONCLUSIONS)
def sign(tx: Tx, wanted: NoticeInput) -> dict[str, Any]:
    """The office named by the rule book signs the approved notice. Number and date come at the issue.

    Refused: `signed_by_chief`, `signed_by_chair`, `notice_not_approved`, `notice_issued`.
    """
    notice = the_notice(tx, wanted, Action.SIGN_CONCLUSIONS)
    check_signer(notice.meeting.book.signer, notice.meeting.hats_of(tx.actor, tx.reading))
    notice.state = step("sign", NoticeState(notice.state))
    notice.signed_at = tx.now
    notice.signed_by_id = tx.actor.person_id
    tx.record(Event.NOTICE_SIGNED, notice, notice_id=notice.id)
    return {}


@act("conclusions.issue", Action.ISSUE_CONCLUSIONS)
def issue(tx: Tx, wanted: IssueInput) -> dict[str, Any]:
    """Gives the signed notice its number and date and issues it; its task lines become tasks in the same transaction.

    The number follows the highest of the body's year (Party: term) unless the clerk enters one. Refused:
    `notice_not_signed`, `number_taken`, `number_positive`, `issued_before_meeting`. The PDF is set by the worker.
    """
    notice = the_notice(tx, wanted, Action.ISSUE_CONCLUSIONS)
    after = step("issue", NoticeState(notice.state))
    meeting = notice.meeting
    issued_on = wanted.issued_on or local(tx.now).date()
    if issued_on < local(meeting.opened_at or meeting.starts_at).date():
        raise Refused("issued_before_meeting")
    number = take_number(tx, meeting.body, NOTICE, issued_on, wanted.number)
    notice.number_id = number.id
    notice.issued_on = issued_on
    notice.issued_at = tx.now
    notice.issued_by_id = tx.actor.person_id
    notice.state = after
    meeting.notice_state = "issued"
    tx.record(Event.NOTICE_ISSUED, notice, notice_id=notice.id, symbol=number.symbol, issued_on=issued_on.isoformat())
    return {"symbol": number.symbol, "number": number.number, "issued_on": issued_on.isoformat()}


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
    if queries.notice_of(tx.reading, meeting.id) is not None:
        raise Refused("notice_exists")
    check_not_required(meeting.book.notice_required, wanted.reason)
    meeting.notice_state = "not_required"
    tx.record(Event.NOTICE_NOT_REQUIRED, meeting, reason=wanted.reason)
    return {}


def the_notice(tx: Tx, wanted: NoticeInput, action: Action) -> Notice:
    """The notice that is meant, for somebody who may do this with it."""
    if wanted.notice_id is not None:
        notice: Notice | None = tx.get(Notice, wanted.notice_id)
    elif wanted.meeting_id is not None:
        notice = queries.notice_of(tx.reading, wanted.meeting_id)
    else:
        notice = None
    if notice is None:
        raise Missing()
    tx.require(action, notice)
    return notice


def _proposed(tx: Tx, meeting: Meeting) -> Notice:
    """A new notice with the usual words, not yet added."""
    body, chair = meeting.body, meeting.chair
    held_on = local(meeting.opened_at or meeting.starts_at).date()
    position = (office_in(chair.position, body.short_name) if chair else "") or "chủ tọa"
    named = addressed(chair.honorific, chair.full_name, body.is_party) if chair else ""
    by_order = meeting.book.signer == "chief"
    return Notice(
        meeting_id=meeting.id,
        abstract=wording.abstract_of(position, body.is_party, meeting.title),
        opening=wording.opening_of(body.name, held_on, meeting.place, meeting.title, named, position),
        closing=wording.closing_of(by_order, body.is_party, position),
        recipients="\n".join(wording.recipients_of(body.kind, body.short_name)),
        drafted_at=tx.now,
        drafted_by_id=tx.actor.person_id,
    )
