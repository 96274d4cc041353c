"""Obstacles (vướng mắc): raised by the unit with what it proposes, shown until the office or the chair has settled them."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.tasks.common import TaskInput, kept_task, newest_obstacle, note, own_task
from meeting.tasks.models import Task, TaskObstacle
from meeting.tasks.rules import TaskState, step


class RaiseInput(TaskInput):
    """What stands in the way, and what the leaders could do about it."""

    text: str = Field(max_length=5000)
    proposal: str = Field("", max_length=5000)


class SettleInput(ActInput):
    """How an obstacle is settled."""

    obstacle_id: int
    answer: str = Field(max_length=5000)


@act("tasks.raise_obstacle", Action.REPORT_TASK)
def raise_obstacle(tx: Tx, wanted: RaiseInput) -> dict[str, Any]:
    """The lead unit tells what stands in the way, with a proposal to the leaders. There may be several at a time.

    Refused: `not_your_unit`, `obstacle_empty`, `task_draft`, `task_reported`, `task_accepted`, `task_cancelled`. Recorded,
    and told to the office and the leader in charge. The same again while it stands changes nothing.
    """
    task = own_task(tx, wanted.task_id)
    step("raise_obstacle", TaskState(task.state))
    if not wanted.text.strip():
        raise Refused("obstacle_empty")
    known = tx.scalar(TaskObstacle.standing(task.id).where(TaskObstacle.text == wanted.text.strip()))
    if known is not None:
        tx.nothing_to_record("it stands there already")
        return {"obstacle_id": known.id}
    made = raise_one(tx, task, wanted.text.strip(), wanted.proposal)
    note(tx, task, "obstacle", text=made.text, obstacle=made.proposal)
    return {"obstacle_id": made.id}


@act("tasks.settle_obstacle", Action.KEEP_TASKS)
def settle_obstacle(tx: Tx, wanted: SettleInput) -> dict[str, Any]:
    """The office or the chair answers an obstacle; from then on it no longer stands at the task.

    Refused: `answer_needed`, `obstacle_settled`, `own_unit`, `own_work`. Recorded, and told to the unit.
    """
    obstacle = tx.get(TaskObstacle, wanted.obstacle_id)
    task = kept_task(tx, obstacle.task_id)
    if obstacle.settled_at is not None:
        raise Refused("obstacle_settled")
    if not wanted.answer.strip():
        raise Refused("answer_needed")
    obstacle.settled_at, obstacle.settled_by_id, obstacle.answer = tx.now, tx.actor.person_id, wanted.answer
    task.obstacle = newest_obstacle(tx, task)
    note(tx, task, "settled", text=wanted.answer, obstacle=obstacle.text)
    tx.record(Event.TASK_OBSTACLE_SETTLED, task, task_id=task.id, obstacle_id=obstacle.id)
    return {}


def raise_one(tx: Tx, task: Task, text: str, proposal: str) -> TaskObstacle:
    """One more obstacle, unless the same one stands there already."""
    known = tx.scalar(TaskObstacle.standing(task.id).where(TaskObstacle.text == text))
    if known is not None:
        return known
    made = tx.add(TaskObstacle(task_id=task.id, text=text, proposal=proposal, raised_at=tx.now, raised_by_id=tx.actor.person_id))
    task.obstacle = text
    tx.record(Event.TASK_OBSTACLE_RAISED, task, task_id=task.id, obstacle_id=made.id)
    return made
