"""Acts on the invitation paper: draft, word, sign, open again, issue with its number, replace."""

from datetime import timedelta
from typing import Any

from meeting.acts import Tx, act
from meeting.agenda.inputs import MeetingInput
from meeting.agenda.models import Meeting
from meeting.agenda.rules import check_reason, may_step
from meeting.clock import local
from meeting.errors import Refused
from meeting.events import Event
from meeting.invitations import queries, sheets
from meeting.invitations.drafting import proposed
from meeting.invitations.inputs import DraftInput, EditInput, IssueInput, PaperInput, RefreshInput, ReopenInput
from meeting.invitations.models import Invitation
from meeting.invitations.rules import (
    DECISION,
    INVITATION,
    NUMBER_KINDS,
    PaperState,
    check_preparing,
    check_signer,
    check_version,
    step,
)
from meeting.organization.numbering import take_number
from meeting.permissions import Action, Role

PARTS = {"opening": "part_opening", "content": "part_content", "recipients": "part_recipients"}
ONE_SITTING = timedelta(minutes=10)  # edits of one person within it make one entry in the journal


@act("invitations.draft", Action.PREPARE_MEETING)
def draft(tx: Tx, wanted: DraftInput) -> dict[str, Any]:
    """Begins the invitation paper of a meeting with the usual words, or a new one that replaces the last issued.

    A session that a decision convenes (HĐND, NQ 104/2025 Điều 6) gets the decision, others a giấy mời. Refused as
    `invitation_exists` while one is in the making, `invitation_too_late` once the meeting has begun. Records which paper
    it replaces.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    check_preparing(meeting.state)
    newest = queries.newest_paper(tx.reading, meeting.id)
    if newest is not None and newest.state != PaperState.ISSUED:
        raise Refused("invitation_exists")
    kind = DECISION if meeting.book.summons == "decision" else INVITATION
    words = proposed(tx.reading, meeting, kind, newest)
    paper = tx.add(
        Invitation(
            meeting_id=meeting.id,
            kind=kind,
            abstract=words.abstract,
            opening=words.opening,
            content=words.content,
            closing=words.closing,
            recipients=words.recipients,
            drafted_at=tx.now,
            drafted_by_id=tx.actor.person_id,
            replaces_id=newest.id if newest else None,
        )
    )
    tx.record(Event.INVITATION_DRAFTED, paper, invitation_id=paper.id, kind=kind, replaces_id=paper.replaces_id)
    return {"invitation_id": paper.id, "version": paper.version}


@act("invitations.edit", Action.PREPARE_MEETING)
def edit(tx: Tx, wanted: EditInput) -> dict[str, Any]:
    """Changes words of a draft; the page saves by itself while somebody writes.

    Refused as `invitation_not_draft`, `invitation_issued`, and as `invitation_changed` when somebody else wrote since this
    version was read. One entry in the journal for each person's sitting, not for each pause in writing.
    """
    paper = _paper(tx, wanted.invitation_id, Action.PREPARE_MEETING)
    step("edit", paper.state)
    check_version(paper.version, wanted.version)
    words = wanted.model_dump(include={"abstract", *PARTS, "closing"}, exclude_none=True)
    changed = {name: text for name, text in words.items() if getattr(paper, name) != text}
    if not changed:
        tx.nothing_to_record("the words are the same")
        return {"version": paper.version}
    _keep(tx, paper, changed)
    return {"version": paper.version}


@act("invitations.refresh", Action.PREPARE_MEETING)
def refresh(tx: Tx, wanted: RefreshInput) -> dict[str, Any]:
    """Proposes all words of a draft anew from the meeting as it is now; what was written by hand goes.

    Refused as `invitation_not_draft`, `invitation_issued`, `invitation_changed`. Recorded.
    """
    paper = _paper(tx, wanted.invitation_id, Action.PREPARE_MEETING)
    step("edit", paper.state)
    check_version(paper.version, wanted.version)
    words = proposed(tx.reading, paper.meeting, paper.kind, paper.replaces)
    _keep(tx, paper, {name: getattr(words, name) for name in ("abstract", *PARTS, "closing")})
    return {"version": paper.version}


def _keep(tx: Tx, paper: Invitation, changed: dict[str, str]) -> None:
    same_sitting = (
        paper.edited_by_id == tx.actor.person_id and paper.edited_at is not None and tx.now - paper.edited_at < ONE_SITTING
    )
    for name, text in changed.items():
        setattr(paper, name, text)
    paper.version += 1
    paper.edited_at, paper.edited_by_id = tx.now, tx.actor.person_id
    if same_sitting:
        tx.nothing_to_record("the same person is still writing")
    else:
        tx.record(Event.INVITATION_EDITED, paper, invitation_id=paper.id, changed=sorted(changed))


@act("invitations.sign", Action.SIGN_INVITATION)
def sign(tx: Tx, wanted: PaperInput) -> dict[str, Any]:
    """Who the rule book names signs the paper; chair, time, place and programme stand on it from now on as they are.

    A decision to convene is always signed by the chair. Refused as `invitation_by_chief`, `invitation_by_chair`,
    `invitation_incomplete`, `invitation_too_late`, `invitation_not_draft`, `invitation_issued`. Records who signed what.
    """
    paper = _paper(tx, wanted.invitation_id, Action.SIGN_INVITATION)
    meeting = paper.meeting
    hats = meeting.hats_of(tx.actor, tx.reading)
    signer = "chair" if paper.kind == DECISION else meeting.book.signer
    check_signer(signer, chair=Role.CHAIR in hats, chief=Role.CHIEF in hats)
    after = step("sign", paper.state)
    check_preparing(meeting.state)
    _check_complete(paper)
    paper.state, paper.signed_at, paper.signed_by_id = after, tx.now, tx.actor.person_id
    signed = sheets.as_signed(meeting)
    paper.facts, paper.annex = signed["facts"], signed["annex"]
    tx.record(Event.INVITATION_SIGNED, paper, invitation_id=paper.id, version=paper.version)
    return {"state": paper.state}


def _check_complete(paper: Invitation) -> None:
    """What a paper must say (NĐ 30, mẫu 1.7): chair, time, place come from the meeting, the rest from the words."""
    lacking = [label for name, label in PARTS.items() if not getattr(paper, name).strip()]
    if paper.meeting.chair_id is None:
        lacking.append("part_chair")
    if not paper.meeting.place.strip():
        lacking.append("part_place")
    if lacking:
        raise Refused("invitation_incomplete", parts=lacking)


@act("invitations.reopen", Action.PREPARE_MEETING)
def reopen(tx: Tx, wanted: ReopenInput) -> dict[str, Any]:
    """Opens a signed paper again before it is issued; the signature falls. Refused as `invitation_not_signed`,
    `invitation_issued`, `reason_needed`. Records the reason.
    """
    paper = _paper(tx, wanted.invitation_id, Action.PREPARE_MEETING)
    after = step("reopen", paper.state)
    check_reason(wanted.reason)
    paper.state, paper.signed_at, paper.signed_by_id, paper.facts, paper.annex = after, None, None, None, None
    tx.record(Event.INVITATION_REOPENED, paper, invitation_id=paper.id, reason=wanted.reason)
    return {"state": paper.state}


@act("invitations.issue", Action.ISSUE_MEETING)
def issue(tx: Tx, wanted: IssueInput) -> dict[str, Any]:
    """Gives the signed paper its number and date; with `with_meeting` the invitations go out in the same transaction.

    The number follows the highest of the body's year (Party: term) unless the clerk enters one. Refused as
    `invitation_not_signed`, `invitation_issued`, `invitation_outdated` when the meeting changed after the signature,
    `invitation_before_draft`, `number_taken`, `number_positive`, and what `agenda.issue` refuses. The worker sets the PDF.
    """
    paper = _paper(tx, wanted.invitation_id, Action.ISSUE_MEETING)
    after, meeting = step("issue", paper.state), paper.meeting
    if sheets.changed_since_signature(paper):
        raise Refused("invitation_outdated")
    issued_on = wanted.issued_on or local(tx.now).date()
    if issued_on < local(paper.drafted_at).date():
        raise Refused("invitation_before_draft")
    number = take_number(tx, meeting.body, NUMBER_KINDS[paper.kind], issued_on, wanted.number)
    paper.number_id, paper.issued_on, paper.issued_at, paper.issued_by_id = number.id, issued_on, tx.now, tx.actor.person_id
    paper.state = after
    answer: dict[str, Any] = {"symbol": number.symbol, "number": number.number, "issued_on": issued_on.isoformat()}
    facts = {"symbol": number.symbol, "issued_on": issued_on.isoformat(), "kind": paper.kind, "replaces_id": paper.replaces_id}
    tx.record(Event.INVITATION_ISSUED, paper, invitation_id=paper.id, **facts)
    if wanted.with_meeting and may_step("issue", meeting.state):
        answer |= tx.call("agenda.issue", MeetingInput(meeting_id=meeting.id))
    return answer


def _paper(tx: Tx, invitation_id: int, action: Action) -> Invitation:
    paper = tx.get(Invitation, invitation_id)
    tx.require(action, paper)
    return paper
