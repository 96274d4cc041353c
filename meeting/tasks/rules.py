"""Rules of tasks: the way from assigned to accepted, what counts as late, who may accept. Pure."""

from datetime import date
from enum import StrEnum

from meeting.errors import N_, Refused, declare


class TaskState(StrEnum):
    """Đã giao, đã tiếp nhận, đang thực hiện, đã báo cáo hoàn thành, đã nghiệm thu."""

    ASSIGNED = "assigned"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    ACCEPTED = "accepted"


class Timeliness(StrEnum):
    """What the calendar says about a task. Never stored: it follows from the dates and the day."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    ON_TRACK = "on_track"
    NO_DUE = "no_due"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"


#: "Sắp đến hạn": this many days or fewer are left (our reading; a setting of the installation may follow).
DUE_SOON_DAYS = 3

OPEN_STATES = frozenset({TaskState.ASSIGNED, TaskState.RECEIVED, TaskState.IN_PROGRESS})
ALL_BUT_ACCEPTED = OPEN_STATES | {TaskState.REPORTED}

#: From which states a verb leads where.
STEPS: dict[str, tuple[frozenset[TaskState], TaskState]] = {
    "receive": (frozenset({TaskState.ASSIGNED}), TaskState.RECEIVED),
    "report": (OPEN_STATES, TaskState.IN_PROGRESS),
    "report_done": (OPEN_STATES, TaskState.REPORTED),
    "accept": (frozenset({TaskState.REPORTED}), TaskState.ACCEPTED),
    "send_back": (frozenset({TaskState.REPORTED}), TaskState.IN_PROGRESS),
}

declare(
    {
        "task_received": N_("The unit has received this task already."),
        "task_reported": N_("The result is reported and waits for acceptance."),
        "task_accepted": N_("The task is accepted and closed."),
        "task_not_reported": N_("The unit has not reported this task as done yet."),
        "not_your_unit": N_("Only the lead unit reports on this task."),
        "own_report": N_("You reported this result yourself, so somebody else has to accept it."),
        "own_unit": N_("This is a task of your own unit, so the presiding person has to accept it."),
        "report_empty": N_("Please write what was done."),
        "report_percent": N_("Progress goes from 0 to 100 percent."),
        "extension_not_later": N_("The new due date has to be later than %(due)s."),
    }
)

REFUSALS = {TaskState.ACCEPTED: "task_accepted", TaskState.REPORTED: "task_reported"}


def step(verb: str, state: TaskState) -> TaskState:
    """The state a task comes to by a verb.

    Refused: `task_accepted` once closed; `task_reported` while the result waits; `task_received` when received before;
    `task_not_reported` when there is no result to accept or send back.
    """
    allowed, after = STEPS[verb]
    if state in allowed:
        return after
    if verb in ("accept", "send_back") and state is not TaskState.ACCEPTED:
        raise Refused("task_not_reported")
    raise Refused(REFUSALS.get(state, "task_received"))


def check_open(state: TaskState) -> None:
    """Refuses to urge or extend what is closed (`task_accepted`)."""
    if state is TaskState.ACCEPTED:
        raise Refused("task_accepted")


def check_report(text: str, progress_percent: int) -> None:
    """Refuses a report without words (`report_empty`) or outside 0 to 100 percent (`report_percent`)."""
    if not text.strip():
        raise Refused("report_empty")
    if not 0 <= progress_percent <= 100:
        raise Refused("report_percent")


def check_reviewer(
    reported_by_id: int | None, actor_id: int, lead_unit_id: int, actor_unit_id: int | None, presides: bool
) -> None:
    """Nobody accepts a result of their own (`own_report`) or of their own unit (`own_unit`), unless they preside."""
    if reported_by_id is not None and reported_by_id == actor_id:
        raise Refused("own_report")
    if actor_unit_id == lead_unit_id and not presides:
        raise Refused("own_unit")


def check_extension(due_on: date | None, new_due_on: date) -> None:
    """An extension moves the date to a later day (`extension_not_later`); the date before is kept."""
    if due_on is not None and new_due_on <= due_on:
        raise Refused("extension_not_later", due=due_on.isoformat())


def timeliness(state: TaskState, due_on: date | None, done_on: date | None, today: date) -> Timeliness:
    """What the calendar says: a result counts on the day it was reported, and the due day itself is in time.

    A result that waits for acceptance is judged by its own day; sent back, the task is open again.
    """
    if state in (TaskState.REPORTED, TaskState.ACCEPTED) and done_on is not None:
        return Timeliness.DONE_LATE if due_on is not None and done_on > due_on else Timeliness.DONE_ON_TIME
    if due_on is None:
        return Timeliness.NO_DUE
    left = (due_on - today).days
    if left < 0:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if left <= DUE_SOON_DAYS else Timeliness.ON_TRACK


def days_left(due_on: date | None, today: date) -> int | None:
    """Days to the due date, negative when it has passed; None without a date."""
    return None if due_on is None else (due_on - today).days
