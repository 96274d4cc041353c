"""Showing key tasks and their results to the public: the office's own wording, never the file itself."""

from typing import Annotated, Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.errors import N_, Refused, declare
from meeting.events import Event
from meeting.permissions import Action
from meeting.tasks.models import Task

declare(
    {
        "public_text_empty": N_("Please write the task as the public is to read it."),
        "release_not_given": N_("Only a task that was given to a unit is shown to the public."),
        "release_closed_meeting": N_("The task comes from a closed meeting and stays inside."),
        "not_released": N_("This task is not shown to the public."),
    }
)


class ReleaseInput(ActInput):
    """A task and the words the public reads: of the task, and of its result once there is one."""

    task_id: int
    public_text: Annotated[str, Field(max_length=4000)]
    public_result: Annotated[str, Field(max_length=4000)] = ""


class UnreleaseInput(ActInput):
    """A task and why it is taken off the public page."""

    task_id: int
    reason: Annotated[str, Field(max_length=1000)]


def check_release(state: str, given: bool, closed: bool, text: str) -> None:
    """Refused: `release_not_given` for drafts and cancelled tasks; `release_closed_meeting`; `public_text_empty`."""
    if not given or state in ("draft", "cancelled"):
        raise Refused("release_not_given")
    if closed:
        raise Refused("release_closed_meeting")
    if not text.strip():
        raise Refused("public_text_empty")


@act("tasks.release", Action.RELEASE_TASKS)
def release(tx: Tx, wanted: ReleaseInput) -> dict[str, Any]:
    """Shows a task on the public page in these words; done again, the words are changed. The first day of showing stays.

    The public reads the wording typed here, the lead unit, the due date and whether it is done; no person, no file, no report.
    Refused: `release_not_given`, `release_closed_meeting`, `public_text_empty`. Journal: TASK_RELEASED with whether a result is
    told, never with the words.
    """
    task = tx.get(Task, wanted.task_id)
    tx.require(Action.RELEASE_TASKS, task)
    text, result = wanted.public_text.strip(), wanted.public_result.strip()
    check_release(task.state, task.given, bool(task.meeting and task.meeting.closed), text)
    if task.released_at is not None and (task.public_text, task.public_result) == (text, result):
        tx.nothing_to_record("the same words are shown already")
        return {"released": True}
    task.public_text, task.public_result = text, result
    task.released_at = task.released_at or tx.now
    task.released_by_id = tx.actor.person_id
    tx.record(Event.TASK_RELEASED, task, task_id=task.id, with_result=bool(result))
    return {"released": True}


@act("tasks.unrelease", Action.RELEASE_TASKS)
def unrelease(tx: Tx, wanted: UnreleaseInput) -> dict[str, Any]:
    """Takes a task off the public page; the wording is kept for another time.

    Refused: `not_released`, `reason_needed`. Journal: TASK_UNRELEASED with the reason.
    """
    task = tx.get(Task, wanted.task_id)
    tx.require(Action.RELEASE_TASKS, task)
    if task.released_at is None:
        raise Refused("not_released")
    if not wanted.reason.strip():
        raise Refused("reason_needed")
    task.released_at = None
    task.released_by_id = None
    tx.record(Event.TASK_UNRELEASED, task, task_id=task.id, reason=wanted.reason.strip())
    return {"released": False}
