"""What other programs may read: tasks and their history."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.permissions import Actor
from meeting.tasks import queries
from meeting.tasks.board import GROUPS, group_of
from meeting.tasks.models import Task, TaskStep
from meeting.web.api import asked, asked_number, paged, resource


@resource("/tasks", "Tasks by due date", unit="id of the lead unit", state="a state, or overdue, due_soon, on_track, done")
def tasks(session: Session, actor: Actor) -> dict[str, Any]:
    """The tasks the reader may see."""
    state = asked("state")
    found = queries.visible_tasks(session, actor, asked_number("unit"), state)
    if state in GROUPS:
        found = [task for task in found if group_of(task, today()) == state]
    return paged(found, task_json)


@resource("/tasks/<int:task_id>", "A task with its history")
def task(session: Session, actor: Actor, task_id: int) -> dict[str, Any]:
    """One task and everything that happened to it, newest first."""
    found = queries.readable_task(session, actor, task_id)
    return task_json(found) | {"steps": [step_json(each) for each in queries.steps_of(session, found)]}


def task_json(found: Task) -> dict[str, Any]:
    """A task on the wire."""
    symbol = found.notice.number.symbol if found.notice.number else None
    return {
        "id": found.id,
        "meeting_id": found.meeting_id,
        "notice_id": found.notice_id,
        "symbol": symbol,
        "body": found.meeting.body.short_name,
        "text": found.text,
        "state": found.state,
        "timeliness": found.timeliness(today()).value,
        "progress_percent": found.progress_percent,
        "obstacle": found.obstacle,
        "lead_unit": {"id": found.lead_unit.id, "name": found.lead_unit.name},
        "cooperating_units": [{"id": unit.id, "name": unit.name} for unit in found.cooperating],
        "leader": {"id": found.leader.id, "name": found.leader.full_name} if found.leader else None,
        "product": found.product,
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "first_due_on": found.first_due_on.isoformat() if found.first_due_on else None,
        "done_on": found.done_on.isoformat() if found.done_on else None,
    }


def step_json(step: TaskStep) -> dict[str, Any]:
    """One thing that happened, on the wire."""
    return {
        "kind": step.kind,
        "at": step.at.isoformat(),
        "by": step.by.full_name,
        "text": step.text,
        "obstacle": step.obstacle,
        "progress_percent": step.progress_percent,
        "due_before": step.due_before.isoformat() if step.due_before else None,
        "due_after": step.due_after.isoformat() if step.due_after else None,
        "file_id": step.file_id,
    }
