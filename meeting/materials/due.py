"""Due times: by the rule, by the office, or more time that a unit asked for. The old ones stay on file for ever."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.materials.inputs import AskTimeInput, ChangeDueInput, GrantTimeInput, RefuseTimeInput
from meeting.materials.lateness import check_more_time, check_new_due, late_minutes, run_up
from meeting.materials.models import DueChange, Extension, Requirement
from meeting.materials.rules import check_due, check_open
from meeting.materials.sequence import stage_due_at, stage_of
from meeting.permissions import Action
from meeting.rulebook.calendar import work_calendar
from meeting.rulebook.queries import closing_time, papers_due_at


def due_by_rule(session: Session, meeting: Meeting, stage: str = "") -> datetime:
    """When a paper is due by the book of its meeting: the time of its stage, otherwise that of papers."""
    found = stage_of(meeting.book.sequence, stage) if stage else None
    if found is None:
        return papers_due_at(session, meeting.book, meeting.starts_at)
    local = clock.local(meeting.starts_at)
    return stage_due_at(found, local, work_calendar(session, local.year), closing_time(meeting.body))


def facts_of(row: Requirement) -> dict[str, Any]:
    """What every entry about a requirement says."""
    return {"requirement_id": row.id, "unit_id": row.unit_id, "what": row.what, "due_at": row.due_at.astimezone(UTC).isoformat()}


def move_due(
    tx: Tx, row: Requirement, after: datetime, kind: str, reason: str = "", counted_at: datetime | None = None
) -> datetime:
    """Puts another due time in force and keeps the old one, with the lateness that had run up until `counted_at` (now).

    Returns the time before. The caller records the event.
    """
    before = row.due_at
    row.overdue_minutes = run_up(row.overdue_minutes, counted_at or tx.now, before, row.first_received_at is not None)
    by = None if tx.actor.system else tx.actor.person_id
    change = DueChange(
        requirement=row,
        before=before,
        after=after,
        kind=kind,
        reason=reason,
        overdue_minutes=row.overdue_minutes,
        changed_by=by,
        changed_at=tx.now,
    )
    tx.add(change)
    row.due_at = after
    return before


@act("materials.change_due", Action.REQUEST_PAPERS)
def change_due(tx: Tx, wanted: ChangeDueInput) -> dict[str, Any]:
    """Gives a unit another due time, with a reason. What was received before keeps its lateness, and so does what ran up.

    Refused: `papers_closed`, `requirement_waived`, `due_needs_reason`, `due_passed`, `due_after_start`. Journal:
    DUE_CHANGED with both times.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.REQUEST_PAPERS, row)
    check_open(row.state, row.meeting.state)
    by_rule = due_by_rule(tx.reading, row.meeting, row.stage)
    check_due(wanted.due_at, by_rule, wanted.reason, row.meeting.starts_at, tx.now)
    before = move_due(tx, row, wanted.due_at, "office", wanted.reason)
    row.due_reason = wanted.reason if wanted.due_at != by_rule else ""
    tx.record(Event.DUE_CHANGED, row, **facts_of(row), before=before.isoformat(), reason=wanted.reason)
    return {"due_at": row.due_at.isoformat()}


@act("materials.ask_time", Action.ASK_TIME)
def ask_time(tx: Tx, wanted: AskTimeInput) -> dict[str, Any]:
    """The unit asks for a later due time, with the reason; after the due time too, but what has run up then stays.

    Refused: `papers_closed`, `requirement_waived`, `paper_received`, `time_asked_already`, `due_not_later`, `due_passed`,
    `due_after_start`, `reason_missing`. Journal: TIME_ASKED. Answers `extension_id` and the lateness run up so far.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.ASK_TIME, row)
    check_open(row.state, row.meeting.state)
    check_more_time(row.state, row.open_extension is not None, wanted.due_at, row.due_at, row.meeting.starts_at, tx.now)
    if not wanted.reason:
        raise Refused("reason_missing")
    late = run_up(row.overdue_minutes, tx.now, row.due_at, row.first_received_at is not None)
    asked = Extension(
        requirement=row,
        asked_by=tx.actor.person_id,
        asked_at=tx.now,
        due_before=row.due_at,
        late_minutes=late,
        wanted_due_at=wanted.due_at,
        reason=wanted.reason,
    )
    tx.add(asked)
    wish = {"extension_id": asked.id, "wanted_due_at": wanted.due_at.astimezone(UTC).isoformat(), "late_minutes": late}
    tx.record(Event.TIME_ASKED, row, **facts_of(row), **wish, reason=wanted.reason)
    return {"extension_id": asked.id, "late_minutes": late}


@act("materials.grant_time", Action.GRANT_TIME)
def grant_time(tx: Tx, wanted: GrantTimeInput) -> dict[str, Any]:
    """The office gives more time: as asked or another time. Lateness is judged against it from now on.

    The old due time stays on file; what had run up when the unit asked stays too. Refused: `time_answered`, `own_ask`,
    `papers_closed`, `requirement_waived`, `due_not_later`, `due_passed`, `due_after_start`. Journal: TIME_GRANTED with
    both times.
    """
    asked = _asked(tx, wanted.extension_id)
    row = asked.requirement
    due_at = wanted.due_at or asked.wanted_due_at
    check_new_due(due_at, row.due_at, row.meeting.starts_at, tx.now)
    before = move_due(tx, row, due_at, "granted", asked.reason, counted_at=asked.asked_at)
    row.due_reason = asked.reason
    _answer(tx, asked, "granted", wanted.answer)
    asked.granted_due_at = due_at
    given = {"extension_id": asked.id, "before": before.isoformat(), "late_minutes": row.overdue_minutes}
    tx.record(Event.TIME_GRANTED, row, **facts_of(row), **given, reason=wanted.answer)
    return {"due_at": due_at.isoformat()}


@act("materials.refuse_time", Action.GRANT_TIME)
def refuse_time(tx: Tx, wanted: RefuseTimeInput) -> dict[str, Any]:
    """The office gives no more time and says why; the due time stays.

    Refused: `time_answered`, `own_ask`, `papers_closed`, `requirement_waived`, `reason_missing`. Journal: TIME_REFUSED.
    """
    asked = _asked(tx, wanted.extension_id)
    if not wanted.answer:
        raise Refused("reason_missing")
    _answer(tx, asked, "refused", wanted.answer)
    tx.record(Event.TIME_REFUSED, asked, **facts_of(asked.requirement), extension_id=asked.id, reason=wanted.answer)
    return {"due_at": asked.requirement.due_at.isoformat()}


def _asked(tx: Tx, extension_id: int) -> Extension:
    asked = tx.get(Extension, extension_id)
    tx.require(Action.GRANT_TIME, asked)
    check_open(asked.requirement.state, asked.requirement.meeting.state)
    if asked.state != "asked":
        raise Refused("time_answered")
    if asked.asked_by == tx.actor.person_id:
        raise Refused("own_ask")
    return asked


def _answer(tx: Tx, asked: Extension, state: str, answer: str) -> None:
    asked.state, asked.answer = state, answer
    asked.decided_by, asked.decided_at = tx.actor.person_id, tx.now


def overtake_asks(tx: Tx, row: Requirement) -> None:
    """The paper came, or is no longer asked for: a request for more time needs no answer any more."""
    for asked in tx.scalars(select(Extension).where(Extension.requirement_id == row.id, Extension.state == "asked")):
        asked.state, asked.decided_at = "overtaken", tx.now


def minutes_overdue(row: Requirement, now: datetime) -> int:
    """How late a paper is that has not come, with what ran up before more time was given."""
    return row.overdue_minutes + late_minutes(now, row.due_at)
