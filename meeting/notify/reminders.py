"""Reminders: what is due soon or overdue, each told once. The worker asks every ten minutes, by day only."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from meeting import clock, jobs
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import OVER_STATES
from meeting.materials.models import Requirement
from meeting.materials.rules import OPEN_STATES as OPEN_PAPERS
from meeting.notify.queries import unit_people
from meeting.notify.reactions import paper_facts, papers_address, task_facts, unit_of_task
from meeting.notify.rules import ANSWER_DAYS, DUE_SOON_DAYS, answer_recalled, due_word, reminding
from meeting.notify.service import tell
from meeting.permissions import SYSTEM, Action
from meeting.tasks.models import Task
from meeting.writer import perform

PAPERS_SOON = timedelta(days=1)
OPEN_TASKS = ("assigned", "received", "in_progress")


class RemindInput(ActInput):
    """Nothing to say."""


@act("notify.remind", Action.SEND_NOTICES)
def remind(tx: Tx, _wanted: RemindInput) -> dict[str, Any]:
    """Reminds of unanswered invitations, and of papers and tasks due soon or overdue. At night it does nothing.

    Calling it again is harmless: each reminder is made once. No journal entry: nothing happened yet.
    """
    tx.require(Action.SEND_NOTICES)
    tx.nothing_to_record("a reminder is not something that happened in the council")
    if not reminding(clock.local(tx.now)):
        return {"told": 0}
    return {"told": _unanswered(tx) + _papers(tx) + _tasks(tx)}


def _unanswered(tx: Tx) -> int:
    """Those who have not answered an invitation, from two days before the meeting."""
    until = tx.now + timedelta(days=ANSWER_DAYS + 1)
    near = select(Meeting).where(Meeting.state == "issued", Meeting.starts_at > tx.now, Meeting.starts_at < until)
    told = 0
    for meeting in tx.scalars(near):
        if not answer_recalled(clock.local(tx.now).date(), clock.local(meeting.starts_at).date()):
            continue
        silent = select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.reply == "none")
        facts = {"title": meeting.title, "starts_at": meeting.starts_at.isoformat(), "place": meeting.place}
        once = f"answer:{meeting.id}:{meeting.starts_at:%Y%m%d%H%M}"
        told += tell(tx, tx.scalars(silent), "answer_missing", f"/meetings/{meeting.id}", meeting.id, once, **facts)
    return told


def _papers(tx: Tx) -> int:
    """The units of papers that are due within a day, or overdue and still owed."""
    owed = (
        select(Requirement)
        .join(Requirement.meeting)
        .where(
            Requirement.state.in_(OPEN_PAPERS),
            Requirement.due_at < tx.now + PAPERS_SOON,
            Meeting.state.not_in(OVER_STATES),
        )
    )
    told = 0
    for row in tx.scalars(owed):
        kind = "papers_overdue" if row.due_at < tx.now else "papers_due_soon"
        people = unit_people(tx.reading, row.meeting.body_id, row.unit_id)
        facts = paper_facts(row.meeting, {"what": row.what, "due_at": row.due_at.isoformat()})
        once = f"{kind}:{row.id}:{row.due_at:%Y%m%d%H%M}"
        told += tell(tx, people, kind, papers_address(row.meeting), row.meeting_id, once, **facts)
    return told


def _tasks(tx: Tx) -> int:
    """The units of tasks that are due soon or overdue."""
    today = clock.local(tx.now).date()
    horizon = today + timedelta(days=DUE_SOON_DAYS)
    due = select(Task).where(Task.state.in_(OPEN_TASKS), Task.due_on.is_not(None), Task.due_on <= horizon)
    told = 0
    for task in tx.scalars(due).unique():
        assert task.due_on
        word = due_word(today, task.due_on, DUE_SOON_DAYS)
        people = unit_of_task(tx, task, task.lead_unit_id)
        once = f"task:{task.id}:{word}:{task.due_on}"
        kind = "task_overdue" if word == "overdue" else "task_due_soon"
        told += tell(tx, people, kind, f"/tasks/{task.id}", task.meeting_id, once, **task_facts(task))
    return told


@jobs.every(600)
def look_for_due() -> None:
    """Every ten minutes."""
    perform(SYSTEM, "notify.remind", {})
