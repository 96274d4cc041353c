"""Reminders: every step that has come is sent once. The worker asks every minute."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from meeting import clock, jobs
from meeting.acts import ActInput, Tx, act
from meeting.events import Event
from meeting.notify import matters, matters_documents, matters_evaluation, matters_questioning, matters_rounds, matters_tasks
from meeting.notify.matters import Matter
from meeting.notify.models import Reminder
from meeting.notify.steps import Step, due_now
from meeting.notify.telling import tell
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform


class RemindInput(ActInput):
    """Nothing to say."""


@act("notify.remind", Action.SEND_NOTICES)
def remind(tx: Tx, _wanted: RemindInput) -> dict[str, Any]:
    """Sends the reminders whose moment has come: papers before, at and after their due time, unanswered invitations,
    decisions that wait, tasks. Each is recorded with its row and an entry in the journal of its meeting, in the same
    transaction as what it puts on the list, so that after a crash none is sent twice and none is lost.

    A step that passed before the matter was asked for is never sent. Calling it again is harmless.
    """
    tx.require(Action.SEND_NOTICES)
    sources = (matters, matters_documents, matters_evaluation, matters_questioning, matters_rounds, matters_tasks)
    found = [each for source in sources for each in source.all_of(tx.reading, tx.now)]
    done = _done(tx, found)
    told = 0
    for matter in found:
        now = due_now(
            matter.steps, matter.since, clock.local(tx.now), done.get((matter.subject, matter.subject_id, matter.mark), ())
        )
        for step in now.passed:
            _note(tx, matter, step, "passed", [])
        for step in now.send:
            told += _send(tx, matter, step)
    tx.nothing_to_record("each reminder that was sent has its own entry")
    return {"told": told}


def _done(tx: Tx, found: Iterable[Matter]) -> dict[tuple[str, int, str], set[str]]:
    """The steps that were sent or marked before, by matter."""
    by_subject: dict[str, list[int]] = {}
    for matter in found:
        by_subject.setdefault(matter.subject, []).append(matter.subject_id)
    done: dict[tuple[str, int, str], set[str]] = {}
    for subject, ids in by_subject.items():
        keys = tx.scalars(select(Reminder.key).where(Reminder.subject == subject, Reminder.subject_id.in_(ids)))
        for key in keys:
            _, number, mark, step = key.split(":")
            done.setdefault((subject, int(number), mark), set()).add(step)
    return done


def _send(tx: Tx, matter: Matter, step: Step) -> int:
    """One step: its row, its entry, the notifications. Without anybody to remind only the row is kept."""
    people = sorted({person for person in matter.people(step.whom) if person})
    _note(tx, matter, step, "sent", people)
    if not people:
        return 0
    kind = matter.kind(step)
    tx.record(
        Event.REMINDER_SENT,
        matter.meeting,
        subject=matter.subject,
        subject_id=matter.subject_id,
        step=step.key,
        kind=kind,
        people=people,
    )
    meeting_id = matter.meeting.id if matter.meeting else None
    return tell(tx, people, kind, matter.url, meeting_id, matter.key(step), matter.body_id, **matter.facts)


def _note(tx: Tx, matter: Matter, step: Step, state: str, people: list[int]) -> None:
    tx.add(
        Reminder(
            key=matter.key(step),
            subject=matter.subject,
            subject_id=matter.subject_id,
            step=step.key,
            state=state,
            meeting_id=matter.meeting.id if matter.meeting else None,
            people=people,
            at=tx.now,
        )
    )


@jobs.every(60)
def look_for_due() -> None:
    """Every minute."""
    perform(SYSTEM, "notify.remind", {})
