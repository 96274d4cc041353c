"""Tasks beside the editor of a document: what became of earlier conclusions, and open tasks that no line gave."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from sqlalchemy import or_
from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.conclusions.beside import SHARED_AT_LEAST, pairs_of, seen_by
from meeting.errors import N_
from meeting.permissions import Actor
from meeting.tasks.models import Task
from meeting.tasks.rules import ALL_BUT_ACCEPTED
from meeting.tasks.visible import visible_to

MOST_READ = 500  # open tasks without a line
STATES = {
    "draft": N_("To be assigned"),
    "assigned": N_("Task assigned"),
    "received": N_("Task received"),
    "in_progress": N_("In progress"),
    "reported": N_("Waiting for acceptance"),
    "accepted": N_("Result accepted"),
    "cancelled": N_("Task cancelled"),
}


@seen_by
def tasks_beside(session: Session, actor: Actor, lines: Sequence[int], wanted: frozenset[str]) -> list[dict[str, Any]]:
    """The tasks of these lines, and those without a line that share enough with the wanted pairs; only what the actor may see."""
    free = Task.line_id.is_(None) & Task.state.in_([state.value for state in ALL_BUT_ACCEPTED])
    found = visible_to(actor).where(or_(Task.line_id.in_(lines), free)).order_by(Task.id.desc()).limit(MOST_READ)
    rows = list(session.scalars(found).unique())
    near = [task for task in rows if task.line_id is not None or len(pairs_of(task.text) & wanted) >= SHARED_AT_LEAST]
    return [_json(task) for task in near]


def _json(task: Task) -> dict[str, Any]:
    late = task.due_on is not None and task.due_on < today() and task.state in ALL_BUT_ACCEPTED
    tone = "oppose" if late else "agree" if task.state == "accepted" else "warn" if task.state == "reported" else "primary"
    return {
        "id": task.id,
        "line_id": task.line_id,
        "text": task.text,
        "unit": task.lead_unit.name if task.lead_unit else "",
        "state": gettext(N_("Overdue")) if late else gettext(STATES.get(task.state, task.state)),
        "tone": tone,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "url": f"/tasks/{task.id}",
    }
