"""The monthly review of tasks (kiểm điểm tiến độ hàng tháng): what the leaders decide on each, kept by task and month."""

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.clock import local
from meeting.errors import N_, Refused, declare
from meeting.events import Event
from meeting.permissions import Action
from meeting.tasks.models import Task, TaskReview
from meeting.tasks.monthly import Month

declare(
    {
        "monthly_decision_empty": N_("Please write what was decided on this task."),
        "month_not_begun": N_("This month has not begun yet."),
        "month_before_task": N_("The task was not given by the end of that month."),
    }
)


class ReviewInput(ActInput):
    """A task, the month it is reviewed for (2026-11), and the decision in a few words."""

    task_id: int
    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    text: Annotated[str, Field(max_length=4000)]


def check_review(month: Month, text: str, given_on: Any, today: Any) -> None:
    """Refused: `monthly_decision_empty` without words; `month_not_begun`; `month_before_task` when the task came later."""
    if not text.strip():
        raise Refused("monthly_decision_empty")
    if month.first > today:
        raise Refused("month_not_begun")
    if given_on > month.last:
        raise Refused("month_before_task")


@act("tasks.review", Action.REVIEW_MONTH)
def review(tx: Tx, wanted: ReviewInput) -> dict[str, Any]:
    """The leaders' decision on a task in the review of a month; said again for the same month, it takes the place of the first.

    Refused: `monthly_decision_empty`, `month_not_begun`, `month_before_task`, `task_draft`. The unit reads it on the task's
    page and on the next progress sheet. Journal: TASK_REVIEWED with the month, never the words.
    """
    task = tx.get(Task, wanted.task_id)
    tx.require(Action.REVIEW_MONTH, task)
    if not task.given or task.state == "draft":
        raise Refused("task_draft")
    month = Month.of(wanted.month)
    text = wanted.text.strip()
    check_review(month, text, local(task.assigned_at).date(), local(tx.now).date())
    row = tx.scalar(select(TaskReview).where(TaskReview.task_id == task.id, TaskReview.month == month.key))
    if row is not None and row.text == text:
        tx.nothing_to_record("the same decision stands there already")
        return {"review_id": row.id}
    if row is None:
        row = tx.add(TaskReview(task_id=task.id, month=month.key, text=text, decided_at=tx.now, by_id=tx.actor.person_id))
    row.text, row.decided_at, row.by_id = text, tx.now, tx.actor.person_id
    tx.flush()
    tx.record(Event.TASK_REVIEWED, task, task_id=task.id, month=month.key)
    return {"review_id": row.id}
