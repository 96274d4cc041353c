"""Acts that move a meeting on: laid before the approver, approved or not, issued, postponed, cancelled, filed."""

from typing import Any

from sqlalchemy import func, select

from meeting.acts import Tx, act
from meeting.agenda.inputs import MeetingInput, PostponeInput, ReasonInput
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.rules import APPROVERS, check_filing, check_issue, check_ready, check_reason, step
from meeting.agenda.service import ask_again, check_span, follow_book, moved_end, settle_place
from meeting.agenda.versions import keep
from meeting.errors import Forbidden
from meeting.events import Event
from meeting.permissions import Action
from meeting.rulebook.queries import invitation_due_at, programme_due_at


@act("agenda.submit", Action.PREPARE_MEETING)
def submit(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Lays the programme before the chair or the chief of office; until the answer it cannot be changed (NĐ 315/2025 Điều 23.3b).

    Refused as `wrong_state`, `no_items`, `no_chair`, `no_place`, `no_link`, `no_participants`. Too late by the rule book is
    not refused but recorded (`late`), except for urgent meetings. Records by when it was due.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    target = step("submit", meeting.state)
    _check_ready(tx, meeting)
    meeting.state = target
    due_at = programme_due_at(tx.reading, meeting.book, meeting.starts_at)
    late = tx.now > due_at and not meeting.urgent
    approver = meeting.book.approver
    tx.record(Event.PROGRAMME_SUBMITTED, meeting, due_at=due_at.isoformat(), late=late, approver=approver)
    return {"state": meeting.state, "due_at": due_at.isoformat(), "late": late}


def _check_ready(tx: Tx, meeting: Meeting) -> None:
    items = tx.scalar(select(func.count()).where(Item.meeting_id == meeting.id)) or 0
    people = tx.scalar(select(func.count()).where(Participant.meeting_id == meeting.id)) or 0
    check_ready(
        items=items,
        chair=meeting.chair_id is not None,
        place=meeting.place,
        people=people,
        form=meeting.form,
        link=meeting.link,
    )


def _require_approver(tx: Tx, meeting: Meeting) -> None:
    hats = tx.require(Action.APPROVE_PROGRAMME, meeting)
    if APPROVERS[meeting.book.approver] not in hats:
        raise Forbidden()


@act("agenda.approve", Action.APPROVE_PROGRAMME)
def approve(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Whom the rule book names (the chair or the chief of office) agrees to programme, time and participants.

    Refused as `forbidden` to the other one, `wrong_state`. Records the approval.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    _require_approver(tx, meeting)
    meeting.state = step("approve", meeting.state)
    meeting.reason = ""
    tx.record(Event.PROGRAMME_APPROVED, meeting)
    return {"state": meeting.state}


@act("agenda.reject", Action.APPROVE_PROGRAMME)
def reject(tx: Tx, wanted: ReasonInput) -> dict[str, Any]:
    """Whom the rule book names sends the programme back, saying what has to change.

    Refused as `forbidden` to the other one, `wrong_state`, `reason_needed`. Records the reason.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    _require_approver(tx, meeting)
    target = step("reject", meeting.state)
    check_reason(wanted.reason)
    meeting.state, meeting.reason = target, wanted.reason
    tx.record(Event.PROGRAMME_REJECTED, meeting, reason=wanted.reason)
    return {"state": meeting.state}


@act("agenda.issue", Action.ISSUE_MEETING)
def issue(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Sends the invitations: from now on the invited see the meeting, its programme and its papers.

    A postponed meeting is issued again and everybody is asked anew. Refused as `needs_approval` where the type demands it,
    `wrong_state`, `no_items`, `no_chair`, `no_place`, `no_link`, `no_participants`. Too late by the rule book is not refused
    but recorded (`late`), except for urgent meetings, which the rule does not bind (NĐ 315/2025 Điều 23.3d). The programme is
    kept as a version. Records whom it invites and until when it was due.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.ISSUE_MEETING, meeting)
    target = check_issue(meeting.state, meeting.book.needs_approval)
    _check_ready(tx, meeting)
    again = meeting.issued_at is not None
    meeting.state, meeting.issued_at, meeting.reason = target, tx.now, ""
    tx.flush()
    ask_again(tx, meeting)
    due_at = invitation_due_at(tx.reading, meeting.book, meeting.starts_at)
    late = tx.now > due_at and not meeting.urgent
    people = list(tx.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id)))
    keep(tx, meeting, "")
    facts = {"due_at": due_at.isoformat(), "late": late, "again": again, "version": meeting.programme_version}
    tx.record(Event.MEETING_ISSUED, meeting, people=people, **facts)
    return {"state": meeting.state, "invited": len(people), "due_at": due_at.isoformat(), "late": late}


@act("agenda.postpone", Action.MOVE_MEETING)
def postpone(tx: Tx, wanted: PostponeInput) -> dict[str, Any]:
    """Puts the meeting off, with a reason; the new time may be given now or later. It is held once it is issued again.

    With a new time the rules in force on the new day hold, and the room is looked at again. Refused as `wrong_state`,
    `reason_needed`, `ends_before_start`, `room_taken`, `room_not_used`. Records reason, old and new time and who was told.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.MOVE_MEETING, meeting)
    target = step("postpone", meeting.state)
    check_reason(wanted.reason)
    told = _told(tx, meeting)
    before = meeting.starts_at.isoformat()
    if wanted.starts_at is not None:
        ends_at = moved_end(meeting, wanted.starts_at, wanted.ends_at)
        check_span(wanted.starts_at, ends_at)
        meeting.starts_at, meeting.ends_at = wanted.starts_at, ends_at
    meeting.state, meeting.reason = target, wanted.reason
    _move(tx, meeting, wanted)
    starts_at = wanted.starts_at.isoformat() if wanted.starts_at else None
    tx.record(Event.MEETING_POSTPONED, meeting, reason=wanted.reason, before=before, starts_at=starts_at, people=told)
    return {"state": meeting.state}


def _move(tx: Tx, meeting: Meeting, wanted: PostponeInput) -> None:
    """The room on the new day, and the rules that hold then."""
    if wanted.room_id is not None:
        meeting.room_id, meeting.place = wanted.room_id, wanted.place or ""
    elif wanted.place is not None:
        meeting.place = wanted.place
    if wanted.starts_at is not None or wanted.room_id is not None:
        meeting.shared_reason = wanted.shared_reason
        tx.flush()
        settle_place(tx, meeting, wanted.shared_reason)
    follow_book(tx, meeting)


@act("agenda.cancel", Action.MOVE_MEETING)
def cancel(tx: Tx, wanted: ReasonInput) -> dict[str, Any]:
    """Calls the meeting off for good, with a reason. It stays on file.

    Refused as `wrong_state`, `reason_needed`. Records the reason and who was told.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.MOVE_MEETING, meeting)
    target = step("cancel", meeting.state)
    check_reason(wanted.reason)
    told = _told(tx, meeting)
    meeting.state, meeting.reason = target, wanted.reason
    tx.record(Event.MEETING_CANCELLED, meeting, reason=wanted.reason, people=told)
    return {"state": meeting.state}


def _told(tx: Tx, meeting: Meeting) -> list[int]:
    """Who knows of the meeting: nobody before its first issue."""
    if meeting.issued_at is None and meeting.state != "issued":
        return []
    return list(tx.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id)))


@act("agenda.archive", Action.ARCHIVE_MEETING)
def archive(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Closes the file of a meeting that was held (lưu hồ sơ): from now on it is only read.

    Refused as `wrong_state`, `minutes_unsigned`, `notice_open`. Records how minutes, notice and evaluation stand.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.ARCHIVE_MEETING, meeting)
    target = step("archive", meeting.state)
    check_filing(meeting.minutes_state, meeting.notice_state, meeting.book.notice_required)
    meeting.state = target
    after = {"minutes": meeting.minutes_state, "notice": meeting.notice_state, "evaluation": meeting.evaluation_state}
    tx.record(Event.MEETING_ARCHIVED, meeting, **after)
    return {"state": meeting.state}
