"""The acts between office and units: ask, send, accept, return, remind, withdraw."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.documents.models import File
from meeting.errors import N_, Malformed, Missing, Refused
from meeting.journal import Event
from meeting.materials.inputs import (
    AcceptInput,
    ChangeDueInput,
    RemindInput,
    RequestInput,
    ReturnInput,
    SubmitInput,
    WithdrawInput,
)
from meeting.materials.models import Requirement, Submission
from meeting.materials.rules import (
    CLOSED_MEETINGS,
    OPEN_STATES,
    check_due,
    check_review,
    check_submission,
    due_after_return,
    late_minutes,
)
from meeting.organization.models import Unit
from meeting.permissions import Action
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.queries import papers_due_at


@act("materials.request", Action.REQUEST_PAPERS)
def request(tx: Tx, wanted: RequestInput) -> dict[str, Any]:
    """Asks one or more units for a paper: what, in which form, and until when.

    The due time is that of the meeting type's rule (NĐ 315/2025 Điều 23, NQ 104/2025 Điều 12); another one needs a
    reason. Refused: `papers_closed`, `item_outside`, `item_of_other_meeting`, `papers_asked_already`, `due_needs_reason`,
    `due_passed`, `due_after_start`. Journal: PAPERS_REQUESTED for each unit. Answers `requirement_id` (of the first unit)
    and `requirement_ids`.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.REQUEST_PAPERS, meeting)
    if meeting.state in CLOSED_MEETINGS:
        raise Refused("papers_closed")
    item = _item(tx, meeting, wanted.item_id)
    by_rule = papers_due_at(tx.reading, meeting.book, meeting.starts_at)
    due_at = wanted.due_at or by_rule
    check_due(due_at, by_rule, wanted.due_reason, meeting.starts_at, tx.now)
    units = list(dict.fromkeys([*([wanted.unit_id] if wanted.unit_id else []), *wanted.unit_ids]))
    if not units and item is not None and item.unit_id:
        units = [item.unit_id]
    if not units:
        raise Malformed({"unit_id": N_("This field is required.")})
    ids = [_ask(tx, meeting, item, unit_id, wanted, due_at, by_rule) for unit_id in units]
    return {"requirement_id": ids[0], "requirement_ids": ids, "due_at": due_at.isoformat()}


def _item(tx: Tx, meeting: Meeting, item_id: int | None) -> Item | None:
    if item_id is None:
        return None
    item = tx.get(Item, item_id)
    if item.meeting_id != meeting.id:
        raise Refused("item_of_other_meeting")
    if item.outside:
        raise Refused("item_outside")
    return item


def _ask(
    tx: Tx, meeting: Meeting, item: Item | None, unit_id: int, wanted: RequestInput, due_at: datetime, by_rule: datetime
) -> int:
    unit = tx.get(Unit, unit_id)
    same = select(Requirement.id).where(
        Requirement.meeting_id == meeting.id,
        Requirement.item_id == (item.id if item else None),
        Requirement.unit_id == unit.id,
        Requirement.what == wanted.what,
        Requirement.state != "waived",
    )
    if tx.scalar(same) is not None:
        raise Refused("papers_asked_already", unit=unit.name)
    row = tx.add(
        Requirement(
            meeting_id=meeting.id,
            item_id=item.id if item else None,
            unit_id=unit.id,
            what=wanted.what,
            form=wanted.form,
            due_at=due_at,
            due_reason=wanted.due_reason if due_at != by_rule else "",
            asked_by=tx.actor.person_id,
            asked_at=tx.now,
        )
    )
    tx.record(Event.PAPERS_REQUESTED, row, **_facts(row), item_id=row.item_id, due_reason=row.due_reason)
    return row.id


def _facts(row: Requirement) -> dict[str, Any]:
    return {"requirement_id": row.id, "unit_id": row.unit_id, "what": row.what, "due_at": row.due_at.astimezone(UTC).isoformat()}


@act("materials.change_due", Action.REQUEST_PAPERS)
def change_due(tx: Tx, wanted: ChangeDueInput) -> dict[str, Any]:
    """Gives a unit another due time, with a reason. What was received before keeps its lateness.

    Refused: `papers_closed`, `requirement_waived`, `due_needs_reason`, `due_passed`, `due_after_start`. Journal:
    DUE_CHANGED with both times.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.REQUEST_PAPERS, row)
    _check_open(row)
    by_rule = papers_due_at(tx.reading, row.meeting.book, row.meeting.starts_at)
    check_due(wanted.due_at, by_rule, wanted.reason, row.meeting.starts_at, tx.now)
    before, row.due_at = row.due_at, wanted.due_at
    row.due_reason = wanted.reason if wanted.due_at != by_rule else ""
    tx.record(Event.DUE_CHANGED, row, **_facts(row), before=before.isoformat(), reason=wanted.reason)
    return {"due_at": row.due_at.isoformat()}


def _check_open(row: Requirement) -> None:
    if row.meeting.state in CLOSED_MEETINGS:
        raise Refused("papers_closed")
    if row.state == "waived":
        raise Refused("requirement_waived")


@act("materials.submit", Action.SUBMIT_PAPERS)
def submit(tx: Tx, wanted: SubmitInput) -> dict[str, Any]:
    """Sends a version of the unit's paper. The server's time counts, and the first receipt is never changed.

    Only for officers and heads of that unit, with a file they sent themselves. A new version replaces one that waits. The
    file may still be in reading; when the worker refuses it later, the paper goes back by itself. Refused:
    `file_refused`, `declaration_needed`, `late_needs_reason`, `already_accepted`, `requirement_waived`, `papers_closed`.
    Journal: PAPER_SUBMITTED with number and lateness, not with the file's name.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.SUBMIT_PAPERS, row)
    file = _own_file(tx, wanted.file_id)
    if not wanted.declared:
        raise Refused("declaration_needed")
    late = late_minutes(tx.now, row.due_at)
    check_submission(row.state, row.meeting.state, late, wanted.reason, row.due_at)
    for each in row.submissions:
        if each.state == "sent":
            each.state = "replaced"
    version = tx.add(
        Submission(
            requirement_id=row.id,
            number=len(row.submissions) + 1,
            file_id=file.id,
            received_at=tx.now,
            sent_by=tx.actor.person_id,
            late_minutes=late,
            late_reason=wanted.reason if late else "",
            message=wanted.message or ("" if late else wanted.reason),
        )
    )
    row.state = "submitted"
    if row.first_received_at is None:
        row.first_received_at, row.first_late_minutes = tx.now, late
    facts = {"submission_id": version.id, "number": version.number, "file_id": file.id, "late_minutes": late}
    tx.record(Event.PAPER_SUBMITTED, row, **_facts(row), **facts, reason=version.late_reason)
    return {"submission_id": version.id, "late_minutes": late, "number": version.number, "received_at": tx.now.isoformat()}


def _own_file(tx: Tx, file_id: int) -> File:
    """The file, if this person sent it: nobody reads another's file by naming its number. Refused: `file_refused`."""
    file = tx.get(File, file_id)
    if file.uploaded_by != tx.actor.person_id:
        raise Missing()
    if file.state == "failed":
        raise Refused("file_failed")
    if file.was_refused:
        raise Refused("file_refused", why=file.refusal)
    return file


@act("materials.accept", Action.REVIEW_PAPERS)
def accept(tx: Tx, wanted: AcceptInput) -> dict[str, Any]:
    """Accepts the newest version: from now on those invited can read it.

    Refused: `nothing_to_review`, `own_paper`, `file_not_read_yet`, `papers_closed`. Journal: PAPER_ACCEPTED.
    """
    version = _reviewed(tx, wanted, ("sent",))
    if version.file.state != "ready":
        raise Refused("file_not_read_yet")
    row = version.requirement
    version.state, version.decided_at, version.decided_by = "accepted", tx.now, tx.actor.person_id
    row.state = "accepted"
    tx.record(Event.PAPER_ACCEPTED, row, **_facts(row), **_version(version))
    return {}


@act("materials.return", Action.REVIEW_PAPERS)
def return_paper(tx: Tx, wanted: ReturnInput) -> dict[str, Any]:
    """Sends a version back with a reason; an accepted one too, until the meeting is over. The first receipt stays.

    Without a new due time: the old one while it lies ahead, otherwise the end of the next working day. Refused:
    `reason_missing`, `nothing_to_review`, `own_paper`, `papers_closed`, `due_after_start`, `due_passed`. Journal:
    PAPER_RETURNED with reason and due time.
    """
    version = _reviewed(tx, wanted, ("sent", "accepted"))
    if not wanted.reason:
        raise Refused("reason_missing")
    row = version.requirement
    local_now, starts_at = clock.local(tx.now), clock.local(row.meeting.starts_at)
    due_at = wanted.due_at or due_after_return(
        local_now, clock.local(row.due_at), starts_at, work_calendar(tx.reading, local_now.year)
    )
    if wanted.due_at:
        check_due(wanted.due_at, row.due_at, wanted.reason, row.meeting.starts_at, tx.now)
    _send_back(tx, version, wanted.reason, due_at, tx.actor.person_id)
    return {"due_at": due_at.isoformat()}


def _reviewed(tx: Tx, wanted: AcceptInput, allowed: tuple[str, ...]) -> Submission:
    """The newest version of the paper named, if this person may decide on it now."""
    named = tx.get(Submission, wanted.submission_id) if wanted.submission_id else None
    row = named.requirement if named else tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.REVIEW_PAPERS, row)
    version = row.latest
    if version is None or (named is not None and named.id != version.id):
        raise Refused("nothing_to_review")
    owners = (version.sent_by, version.file.uploaded_by)
    check_review(version.state, allowed, row.meeting.state, tx.actor.person_id, owners)
    return version


def _send_back(tx: Tx, version: Submission, reason: str, due_at: datetime, by: int | None) -> None:
    row = version.requirement
    version.state, version.decided_at, version.decided_by, version.return_reason = "returned", tx.now, by, reason
    row.state, row.due_at = "returned", due_at
    facts = {"reason": reason, "refusal": version.file.refusal if by is None else ""}
    tx.record(Event.PAPER_RETURNED, row, **_facts(row), **_version(version), **facts)


def send_back_refused(tx: Tx, version: Submission) -> None:
    """The worker could not accept the file: the paper goes back by itself; the file's refusal is the reason."""
    _send_back(tx, version, "", version.requirement.due_at, None)


def _version(version: Submission) -> dict[str, Any]:
    return {"submission_id": version.id, "number": version.number, "file_id": version.file_id}


@act("materials.remind", Action.REVIEW_PAPERS)
def remind(tx: Tx, wanted: RemindInput) -> dict[str, Any]:
    """Reminds one unit, or every unit that still owes a paper to the meeting. Those concerned are told by the notices.

    Refused: `nothing_to_remind`. Journal: UNIT_REMINDED for each paper. Answers how many papers were urged.
    """
    rows = _owed(tx, wanted)
    if not rows:
        raise Refused("nothing_to_remind")
    for row in rows:
        row.reminded_at = tx.now
        tx.record(Event.UNIT_REMINDED, row, **_facts(row))
    return {"reminded": len(rows)}


def _owed(tx: Tx, wanted: RemindInput) -> list[Requirement]:
    if wanted.requirement_id is not None:
        row = tx.get(Requirement, wanted.requirement_id)
        tx.require(Action.REVIEW_PAPERS, row)
        return [row] if row.state in OPEN_STATES and row.meeting.state not in CLOSED_MEETINGS else []
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.REVIEW_PAPERS, meeting)
    owed = select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.state.in_(OPEN_STATES))
    return list(tx.scalars(owed.order_by(Requirement.id))) if meeting.state not in CLOSED_MEETINGS else []


@act("materials.withdraw", Action.REQUEST_PAPERS)
def withdraw(tx: Tx, wanted: WithdrawInput) -> dict[str, Any]:
    """The paper is no longer asked for ("miễn"); versions sent stay on file but are shown to nobody else.

    Refused: `reason_missing`, `requirement_waived`, `papers_closed`. Journal: REQUIREMENT_WAIVED with the reason.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.REQUEST_PAPERS, row)
    _check_open(row)
    if not wanted.reason:
        raise Refused("reason_missing")
    row.state = "waived"
    tx.record(Event.REQUIREMENT_WAIVED, row, **_facts(row), reason=wanted.reason)
    return {}
