"""The office's side: it takes a version up, answers its three questions, accepts it or sends it back; and reminds units."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.materials.due import facts_of, move_due
from meeting.materials.inputs import AcceptInput, ChecksInput, RemindInput, ReturnInput, ReviewInput
from meeting.materials.life import CHECKS, OPEN_STATES, Answers
from meeting.materials.models import Requirement, Submission
from meeting.materials.release_service import hand_out
from meeting.materials.rules import CLOSED_MEETINGS, check_due, check_review, due_after_return
from meeting.materials.sending import reject, version_facts
from meeting.organization.models import Person
from meeting.permissions import Action
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.queries import closing_time


@act("materials.take_up", Action.REVIEW_PAPERS)
def take_up(tx: Tx, wanted: ReviewInput) -> dict[str, Any]:
    """The office begins to check the version that waits; the unit sees who does, and until when an answer is due.

    Taking up what one has taken up already is harmless. Refused: `nothing_to_review`, `own_paper`, `check_begun` (by somebody
    else), `papers_closed`. Journal: CHECK_BEGUN.
    """
    version = _reviewed(tx, wanted, ("sent",))
    row = version.requirement
    if version.taken_up_by not in (None, tx.actor.person_id):
        raise Refused("check_begun", name=tx.get(Person, version.taken_up_by).called)
    if version.taken_up_by == tx.actor.person_id:
        tx.nothing_to_record("this person has taken it up already")
    else:
        version.taken_up_by, version.taken_up_at, row.state = tx.actor.person_id, tx.now, "checking"
        tx.record(Event.CHECK_BEGUN, row, **facts_of(row), **version_facts(version))
    return {"answer_due_at": version.answer_due_at.isoformat() if version.answer_due_at else None}


@act("materials.accept", Action.REVIEW_PAPERS)
def accept(tx: Tx, wanted: AcceptInput) -> dict[str, Any]:
    """Accepts the version that waits: from now on those it is for can read it, unless it is held back (`publish` false).

    Refused: `nothing_to_review`, `own_paper`, `check_failed`, `late_refused`, `file_not_read_yet`, `papers_closed`. Journal:
    PAPER_ACCEPTED with the answers, PAPER_PUBLISHED.
    """
    version = _reviewed(tx, wanted, ("sent",))
    row = version.requirement
    answers = _answers(wanted)
    answers.check_acceptable()
    if row.late_decision == "refused":
        raise Refused("late_refused")
    if version.file.state != "ready":
        raise Refused("file_not_read_yet")
    _decide(tx, version, "accepted", answers)
    row.state = "accepted"
    checks = {"checks": dict(answers.answers)} if answers.answers else {}
    tx.record(Event.PAPER_ACCEPTED, row, **facts_of(row), **version_facts(version), **checks)
    if wanted.publish:
        hand_out(tx, version)
    return {}


@act("materials.return", Action.REVIEW_PAPERS)
def return_paper(tx: Tx, wanted: ReturnInput) -> dict[str, Any]:
    """Sends a version back with a reason, one for each failed check; an accepted one too, until the meeting is over.

    The first receipt stays. Without a new due time: the old one while it lies ahead, otherwise the end of the next working
    day. Refused: `reason_missing`, `nothing_to_review`, `own_paper`, `papers_closed`, `due_after_start`, `due_passed`. Journal:
    PAPER_RETURNED with reason and due time.
    """
    version = _reviewed(tx, wanted, ("sent", "accepted"))
    row = version.requirement
    answers = _answers(wanted)
    reason = answers.reason(wanted.reason)
    if wanted.due_at:
        check_due(wanted.due_at, row.due_at, reason, row.meeting.starts_at, tx.now)
    due_at = wanted.due_at or due_again(tx, row)
    _decide(tx, version, "returned", answers)
    version.return_reason = reason
    if due_at != row.due_at:
        move_due(tx, row, due_at, "returned", reason)
    row.state = "returned"
    more = {"checks": dict(answers.answers)} if answers.answers else {}
    tx.record(Event.PAPER_RETURNED, row, **facts_of(row), **version_facts(version), reason=reason, refusal="", **more)
    return {"due_at": due_at.isoformat()}


def due_again(tx: Tx, row: Requirement, due_at: datetime | None = None) -> datetime:
    """When a paper is due again if nothing else is said: at `due_at` (its due time now) while that lies ahead, or a day later."""
    now, starts_at = clock.local(tx.now), clock.local(row.meeting.starts_at)
    calendar = work_calendar(tx.reading, now.year)
    return due_after_return(now, clock.local(due_at or row.due_at), starts_at, calendar, closing_time(row.meeting.body))


def _answers(wanted: ChecksInput) -> Answers:
    given = {check: getattr(wanted, check) for check in CHECKS if getattr(wanted, check)}
    reasons = {check: getattr(wanted, f"{check}_reason") for check in CHECKS if getattr(wanted, f"{check}_reason")}
    return Answers(given, reasons)


def _decide(tx: Tx, version: Submission, state: str, answers: Answers) -> None:
    version.state, version.decided_at, version.decided_by = state, tx.now, tx.actor.person_id
    if answers.answers:
        version.checks, version.check_reasons = dict(answers.answers), dict(answers.reasons)


def _reviewed(tx: Tx, wanted: ReviewInput, allowed: Sequence[str]) -> Submission:
    """The version named, or the one that waits, or the newest accepted one, if this person may decide on it now."""
    named = tx.get(Submission, wanted.submission_id) if wanted.submission_id else None
    row = named.requirement if named else tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.REVIEW_PAPERS, row)
    version = row.at_office or row.last_received
    if version is None or (named is not None and named.id != version.id):
        raise Refused("nothing_to_review")
    owners = (version.sent_by, version.file.uploaded_by, version.head_id)
    check_review(version.state, allowed, row.meeting.state, tx.actor.person_id, owners)
    return version


def send_back_refused(tx: Tx, version: Submission) -> None:
    """The worker could not accept the file: the paper goes back by itself; the file's refusal is the reason."""
    row = version.requirement
    if version.state == "with_head":
        reject(tx, row, version, "")
    else:
        version.state, version.decided_at, version.return_reason = "returned", tx.now, ""
        row.state = "returned"
    facts = {"reason": "", "refusal": version.file.refusal}
    tx.record(Event.PAPER_RETURNED, row, **facts_of(row), **version_facts(version), **facts)


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
        tx.record(Event.UNIT_REMINDED, row, **facts_of(row))
    return {"reminded": len(rows)}


def _owed(tx: Tx, wanted: RemindInput) -> list[Requirement]:
    if wanted.requirement_id is not None:
        row = tx.get(Requirement, wanted.requirement_id)
        tx.require(Action.REVIEW_PAPERS, row)
        return [row] if row.state in OPEN_STATES and row.meeting.state not in CLOSED_MEETINGS else []
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.REVIEW_PAPERS, meeting)
    owed = select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.state.in_(OPEN_STATES))
    if wanted.unit_id is not None:
        owed = owed.where(Requirement.unit_id == wanted.unit_id)
    return list(tx.scalars(owed.order_by(Requirement.id))) if meeting.state not in CLOSED_MEETINGS else []
