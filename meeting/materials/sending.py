"""The unit's side: it begins, keeps a draft, sends a version to the office or lays it before its head, who sends it on."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import Tx, act
from meeting.catalogues.models import CatalogueEntry
from meeting.documents.models import File
from meeting.errors import N_, Malformed, Missing, Refused
from meeting.events import Event
from meeting.materials.due import facts_of, overtake_asks
from meeting.materials.inputs import DraftInput, HeadApproveInput, HeadRejectInput, RequirementInput, SubmitInput
from meeting.materials.lateness import judged_late, late_minutes
from meeting.materials.life import DONE_STATES, OFFICE_STATES, check_begin, check_head, route, state_without_head
from meeting.materials.models import Requirement, Submission
from meeting.materials.queries import heads_of_unit
from meeting.materials.rules import check_open, check_submission
from meeting.permissions import Action, Role
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.queries import closing_time
from meeting.rulebook.schedule import check_due_at


@act("materials.begin", Action.SUBMIT_PAPERS)
def begin(tx: Tx, wanted: RequirementInput) -> dict[str, Any]:
    """The unit says that it prepares the paper, so that the office need not ask.

    Refused: `preparation_begun`, `requirement_waived`, `papers_closed`. Journal: PREPARATION_BEGUN.
    """
    row = _owed(tx, wanted.requirement_id)
    check_begin(row.state)
    _begin(tx, row)
    return {"state": row.state}


def _owed(tx: Tx, requirement_id: int) -> Requirement:
    """The requirement, locked until this transaction ends: two officers who send at once are numbered one after the other."""
    tx.execute(select(Requirement.id).where(Requirement.id == requirement_id).with_for_update())
    row = tx.get(Requirement, requirement_id)
    tx.require(Action.SUBMIT_PAPERS, row)
    check_open(row.state, row.meeting.state)
    return row


def _begin(tx: Tx, row: Requirement) -> None:
    row.state, row.begun_at, row.begun_by = "preparing", tx.now, tx.actor.person_id
    tx.record(Event.PREPARATION_BEGUN, row, **facts_of(row))


@act("materials.keep_draft", Action.SUBMIT_PAPERS)
def keep_draft(tx: Tx, wanted: DraftInput) -> dict[str, Any]:
    """Keeps what the unit works on where its other officers find it. The office sees nothing of it, only that work has begun.

    Without a file the draft is given up. Refused: `requirement_waived`, `papers_closed`, `file_refused`, `file_failed`.
    Journal: PREPARATION_BEGUN the first time.
    """
    row = _owed(tx, wanted.requirement_id)
    file = own_file(tx, row, wanted.file_id) if wanted.file_id else None
    row.draft_file_id, row.draft_message = (file.id if file else None), wanted.message if file else ""
    row.draft_by, row.draft_at = (tx.actor.person_id, tx.now) if file else (None, None)
    tx.nothing_to_record("a draft belongs to its unit alone")
    tx.touch(row.meeting_id)
    if row.state == "asked":
        _begin(tx, row)
    return {"state": row.state}


@act("materials.submit", Action.SUBMIT_PAPERS)
def submit(tx: Tx, wanted: SubmitInput) -> dict[str, Any]:
    """Sends a version of the unit's paper. The server's time counts, and the first receipt is never changed.

    Only for officers and heads of that unit, with a file they sent themselves or the unit's draft. It goes to the office, or
    before the unit's head where the book demands that or the sender wants it (`late_minutes` is null then: it was not received
    yet). A new version replaces one that waits; both are kept. The file may still be in reading; when the worker refuses it
    later, the paper goes back by itself. Refused: `file_refused`, `declaration_needed`, `late_needs_reason`,
    `already_accepted`, `requirement_waived`, `late_refused`, `papers_closed`, `head_not_asked`, `no_unit_head`. Journal:
    PAPER_SUBMITTED with number and lateness (not with the file's name), or PAPER_LAID_BEFORE_HEAD.
    """
    row = _owed(tx, wanted.requirement_id)
    file = own_file(tx, row, wanted.file_id)
    if not wanted.declared:
        raise Refused("declaration_needed")
    hats = row.hats_of(tx.actor, tx.reading)
    heads = [each.id for each in heads_of_unit(tx.reading, row) if each.id != tx.actor.person_id]
    way = route(row.meeting.book.head_approval, wanted.to_head, Role.HEAD in hats, len(heads))
    late = 0 if way.to == "head" else late_minutes(tx.now, row.due_at)
    check_submission(row.state, row.meeting.state, late, wanted.reason, row.due_at, row.late_decision)
    version = _version(tx, row, file, wanted)
    if way.to == "head":
        _lay(tx, row, version)
    else:
        version.head_word = way.head_word
        if way.head_word == "self":
            version.head_id, version.head_at = tx.actor.person_id, tx.now
        receive(tx, row, version)
    return _answer(row, version)


def own_file(tx: Tx, row: Requirement, file_id: int) -> File:
    """The file, if this person sent it or it is the unit's draft: nobody reads another's file by naming its number.

    Refused: `file_failed`, `file_refused`.
    """
    file = tx.get(File, file_id)
    if file.uploaded_by != tx.actor.person_id and file.id != row.draft_file_id:
        raise Missing()
    if file.state == "failed":
        raise Refused("file_failed")
    if file.was_refused:
        raise Refused("file_refused", why=file.refusal)
    return file


def _version(tx: Tx, row: Requirement, file: File, wanted: SubmitInput) -> Submission:
    """The next version, numbered by the store and not by what this transaction happens to have in memory."""
    if wanted.authority_id is not None and tx.get(CatalogueEntry, wanted.authority_id).kind != "authority":
        raise Malformed({"authority_id": N_("Choose an issuing authority from the list.")})
    newest = tx.scalar(select(func.max(Submission.number)).where(Submission.requirement_id == row.id)) or 0
    return Submission(
        requirement_id=row.id,
        number=newest + 1,
        file_id=file.id,
        sent_by=tx.actor.person_id,
        message=wanted.message,
        late_reason=wanted.reason,
        symbol=wanted.symbol,
        authority_id=wanted.authority_id,
        signed_on=wanted.signed_on,
    )


def _lay(tx: Tx, row: Requirement, version: Submission) -> None:
    _replace(tx, row, "with_head", version)
    version.state, version.laid_at = "with_head", tx.now
    _add(tx, row, version)
    if row.state not in OFFICE_STATES | DONE_STATES:
        row.state = "with_head"
    _forget_draft(row, version)
    tx.record(Event.PAPER_LAID_BEFORE_HEAD, row, **facts_of(row), **version_facts(version), reason=version.late_reason)


def _add(tx: Tx, row: Requirement, version: Submission) -> None:
    tx.add(version)
    tx.reading.expire(row, ["submissions"])


def _replace(tx: Tx, row: Requirement, state: str, by: Submission) -> None:
    waiting = select(Submission).where(Submission.requirement_id == row.id, Submission.state == state, Submission.id != by.id)
    for each in tx.scalars(waiting).all():
        each.state = "replaced"


def _forget_draft(row: Requirement, version: Submission) -> None:
    if row.draft_file_id == version.file_id:
        row.draft_file_id, row.draft_by, row.draft_at, row.draft_message = None, None, None, ""


def receive(tx: Tx, row: Requirement, version: Submission) -> None:
    """The office has a version: the receipt is written once, the first one for ever. Journal: PAPER_SUBMITTED."""
    first = row.first_received_at is None
    late = judged_late(tx.now, row.due_at, row.overdue_minutes) if first else late_minutes(tx.now, row.due_at)
    said, version.late_reason = version.late_reason, version.late_reason if late else ""
    version.message = version.message or ("" if late else said)
    version.state, version.received_at, version.late_minutes, version.due_at = "sent", tx.now, late, row.due_at
    version.answer_due_at = answer_due_at(tx.reading, row, tx.now)
    _replace(tx, row, "sent", version)
    _replace(tx, row, "with_head", version)
    _add(tx, row, version)
    row.state = "submitted"
    if first:
        row.first_received_at, row.first_late_minutes = tx.now, late
    overtake_asks(tx, row)
    _forget_draft(row, version)
    facts = {**version_facts(version), "late_minutes": late}
    if version.head_word:
        facts["head_word"] = version.head_word
    tx.record(Event.PAPER_SUBMITTED, row, **facts_of(row), **facts, reason=version.late_reason)


def answer_due_at(session: Session, row: Requirement, received_at: datetime) -> datetime | None:
    """Until when the office answers: the book's working days, never after the meeting begins (NĐ 315/2025 Điều 12.2: 2)."""
    book = row.meeting.book
    if not book.check_days:
        return None
    local = clock.local(received_at)
    due = check_due_at(local, book.check_days, work_calendar(session, local.year), closing_time(row.meeting.body))
    return min(due, max(row.meeting.starts_at, received_at))


def version_facts(version: Submission) -> dict[str, Any]:
    """What entries say of a version."""
    return {"submission_id": version.id, "number": version.number, "file_id": version.file_id}


def _answer(row: Requirement, version: Submission) -> dict[str, Any]:
    return {
        "submission_id": version.id,
        "late_minutes": version.late_minutes,
        "number": version.number,
        "received_at": version.received_at.isoformat() if version.received_at else None,
        "state": row.state if version.state == "sent" else version.state,
    }


@act("materials.approve_for_unit", Action.APPROVE_UNIT_PAPERS)
def approve_for_unit(tx: Tx, wanted: HeadApproveInput) -> dict[str, Any]:
    """The unit's head approves the version that lies with them, and thereby sends it to the office at this moment.

    Nobody approves their own. Refused: `not_with_head`, `own_unit_paper`, `late_needs_reason`, `already_accepted`,
    `requirement_waived`, `late_refused`, `papers_closed`, `file_refused`. Journal: PAPER_APPROVED_BY_HEAD, PAPER_SUBMITTED.
    """
    version = _with_head(tx, wanted.submission_id)
    row = version.requirement
    version.late_reason = wanted.reason or version.late_reason
    late = late_minutes(tx.now, row.due_at)
    check_submission(row.state, row.meeting.state, late, version.late_reason, row.due_at, row.late_decision)
    if version.file.was_refused:
        raise Refused("file_refused", why=version.file.refusal)
    version.head_word, version.head_id, version.head_at = "approved", tx.actor.person_id, tx.now
    tx.record(Event.PAPER_APPROVED_BY_HEAD, row, **facts_of(row), **version_facts(version))
    receive(tx, row, version)
    return _answer(row, version)


@act("materials.reject_for_unit", Action.APPROVE_UNIT_PAPERS)
def reject_for_unit(tx: Tx, wanted: HeadRejectInput) -> dict[str, Any]:
    """The unit's head gives the version back to the officers with a reason; the office is not told and cannot open it.

    Refused: `not_with_head`, `own_unit_paper`, `reason_missing`, `requirement_waived`, `papers_closed`. Journal:
    PAPER_REJECTED_BY_HEAD with the reason.
    """
    version = _with_head(tx, wanted.submission_id)
    if not wanted.reason:
        raise Refused("reason_missing")
    row = version.requirement
    version.head_id, version.head_at = tx.actor.person_id, tx.now
    reject(tx, row, version, wanted.reason)
    tx.record(Event.PAPER_REJECTED_BY_HEAD, row, **facts_of(row), **version_facts(version), reason=wanted.reason)
    return {"state": row.state}


def _with_head(tx: Tx, submission_id: int) -> Submission:
    version = tx.get(Submission, submission_id)
    tx.require(Action.APPROVE_UNIT_PAPERS, version)
    check_open(version.requirement.state, version.requirement.meeting.state)
    check_head(version.state, tx.actor.person_id, (version.sent_by, version.file.uploaded_by))
    return version


def reject(tx: Tx, row: Requirement, version: Submission, reason: str) -> None:
    """A version does not leave the unit; the request stands as the office left it."""
    version.state, version.head_word, version.head_reason = "rejected", "rejected", reason
    tx.flush()
    if row.state == "with_head":
        states = select(Submission.state).where(Submission.requirement_id == row.id).order_by(Submission.number)
        row.state = state_without_head(list(tx.scalars(states)), row.shown is not None)
