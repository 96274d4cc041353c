"""Rules of tasks: the way from draft to accepted, what counts as late, who may accept, what may be asked and given. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from meeting.errors import N_, Refused, declare


class TaskState(StrEnum):
    """Chờ giao, đã giao, đã tiếp nhận, đang thực hiện, đã báo cáo hoàn thành, đã nghiệm thu; hủy."""

    DRAFT = "draft"
    ASSIGNED = "assigned"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class Timeliness(StrEnum):
    """What the calendar says about a task. Never stored: it follows from the dates and the day."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    ON_TRACK = "on_track"
    NO_DUE = "no_due"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    CANCELLED = "cancelled"


ORIGINS = ("line", "superior", "own")
URGENCIES = ("normal", "urgent", "very_urgent", "express")
CHANGE_KINDS = ("time", "content", "unit")
CHANGE_STATES = ("asked", "granted", "refused", "withdrawn")
MOST_FILES = 10

#: "Sắp đến hạn": this many days or fewer are left.
DUE_SOON_DAYS = 3

OPEN_STATES = frozenset({TaskState.ASSIGNED, TaskState.RECEIVED, TaskState.IN_PROGRESS})
ALL_BUT_ACCEPTED = OPEN_STATES | {TaskState.REPORTED}  # given and not closed
CLOSED_STATES = frozenset({TaskState.ACCEPTED, TaskState.CANCELLED})
_DRAFT = frozenset({TaskState.DRAFT})

#: From which states a verb leads where; None: the task stays in its state.
STEPS: dict[str, tuple[frozenset[TaskState], TaskState | None]] = {
    "assign": (_DRAFT, TaskState.ASSIGNED),
    "edit": (_DRAFT | OPEN_STATES | {TaskState.REPORTED}, None),
    "receive": (frozenset({TaskState.ASSIGNED}), TaskState.RECEIVED),
    "propose": (OPEN_STATES, None),
    "raise_obstacle": (OPEN_STATES, None),
    "report": (OPEN_STATES, TaskState.IN_PROGRESS),
    "report_done": (OPEN_STATES, TaskState.REPORTED),
    "accept": (frozenset({TaskState.REPORTED}), TaskState.ACCEPTED),
    "send_back": (frozenset({TaskState.REPORTED}), TaskState.IN_PROGRESS),
    "urge": (OPEN_STATES, None),
    "reword": (OPEN_STATES, None),
    "extend": (ALL_BUT_ACCEPTED, None),  # more time asked for before the report may still be given
    "transfer": (OPEN_STATES, TaskState.ASSIGNED),
    "cancel": (_DRAFT | ALL_BUT_ACCEPTED, TaskState.CANCELLED),
}

declare(
    {
        "task_draft": N_("The task is not assigned yet."),
        "task_assigned": N_("The task is assigned already."),
        "task_received": N_("The unit has received this task already."),
        "task_reported": N_("The result is reported and waits for acceptance."),
        "task_accepted": N_("The task is accepted and closed."),
        "task_cancelled": N_("The task was cancelled."),
        "task_not_reported": N_("The unit has not reported this task as done yet."),
        "task_not_clear": N_("The task cannot be assigned yet. Still to be filled: %(missing)s."),
        "task_fixed": N_("The task is given: its words, unit, due date and product change by proposal, transfer or extension."),
        "stands_in_document": N_("This stands in the issued document, which only another document changes."),
        "not_your_unit": N_("Only the lead unit reports on this task."),
        "own_report": N_("You reported this result yourself, so somebody else has to accept it."),
        "own_work": N_("You carry out this task yourself, so somebody else has to decide."),
        "own_unit": N_("This is a task of your own unit, so the presiding person has to decide."),
        "own_proposal": N_("You made this proposal yourself, so somebody else has to decide on it."),
        "not_your_proposal": N_("Only the person who made this proposal takes it back."),
        "report_empty": N_("Please write what was done."),
        "result_empty": N_("Please write the result before reporting the task as completed."),
        "report_percent": N_("Progress goes from 0 to 100 percent."),
        "report_files": N_("A report takes %(most)s files at most."),
        "progress_back": N_("Progress was %(before)s percent. Please say why it is less now."),
        "extension_not_later": N_("The new due date has to be later than %(due)s."),
        "extension_past": N_("The new due date has passed already."),
        "task_no_due": N_("This task has no due date, so no more time is needed."),
        "change_waits": N_("A proposal of this kind waits for an answer already."),
        "change_decided": N_("This proposal was decided or taken back already."),
        "change_incomplete": N_("Please say what is proposed: the new date, the new words or the other unit."),
        "text_same": N_("The words are the same as before."),
        "answer_needed": N_("Please write the answer."),
        "obstacle_empty": N_("Please write what stands in the way."),
        "obstacle_settled": N_("This obstacle is settled already."),
        "same_unit": N_("This unit leads the task already."),
        "officer_not_of_unit": N_("The person who carries out the task has to belong to the lead unit."),
        "officer_needed": N_("Name the person who carries out the task: no head of that unit is on file."),
        "source_incomplete": N_("Number and symbol, issuing body and date of the document are needed."),
        "source_in_future": N_("The date of the document lies in the future."),
        "due_before_source": N_("The due date lies before the date of the document."),
    }
)

REFUSALS = {
    TaskState.ACCEPTED: "task_accepted",
    TaskState.CANCELLED: "task_cancelled",
    TaskState.REPORTED: "task_reported",
    TaskState.DRAFT: "task_draft",
}


def step(verb: str, state: TaskState) -> TaskState:
    """The state a task comes to by a verb.

    Refused by what the task is: `task_draft`, `task_reported`, `task_accepted`, `task_cancelled`; `task_not_reported` when
    there is no result to judge; `task_assigned`, `task_received` when that was done before.
    """
    allowed, after = STEPS[verb]
    if state in allowed:
        return after or state
    if verb in ("accept", "send_back") and state in OPEN_STATES:
        raise Refused("task_not_reported")
    again = "task_assigned" if verb == "assign" else "task_received"
    raise Refused(again if verb == "assign" and state is TaskState.REPORTED else REFUSALS.get(state, again))


def check_open(state: TaskState) -> None:
    """Refuses to urge or extend what is closed."""
    step("extend", state)


def may(verb: str, state: TaskState) -> bool:
    """Whether a verb is possible in a state, for buttons."""
    return state in STEPS[verb][0]


# ---- reports --------------------------------------------------------------------------------------------


def check_report(text: str, progress_percent: int, *, before: int = 0, done: bool = False, back_reason: str = "") -> None:
    """Refuses a report without words (`report_empty`, of a result `result_empty`), outside 0 to 100 percent
    (`report_percent`), or with less progress than before and no reason for it (`progress_back`)."""
    if not text.strip():
        raise Refused("result_empty" if done else "report_empty")
    if not 0 <= progress_percent <= 100:
        raise Refused("report_percent")
    if not done and progress_percent < before and not back_reason.strip():
        raise Refused("progress_back", before=before)


def check_files(count: int) -> None:
    """A report takes ten files (`report_files`)."""
    if count > MOST_FILES:
        raise Refused("report_files", most=MOST_FILES)


# ---- who decides ----------------------------------------------------------------------------------------


def check_reviewer(
    reported_by_id: int | None,
    actor_id: int,
    lead_unit_id: int,
    actor_unit_id: int | None,
    presides: bool,
    officer_id: int | None = None,
) -> None:
    """Nobody accepts a result of their own (`own_report`, `own_work`) or of their own unit (`own_unit`), unless they preside."""
    if reported_by_id is not None and reported_by_id == actor_id:
        raise Refused("own_report")
    check_decider(actor_id, lead_unit_id, actor_unit_id, presides, officer_id)


def check_decider(
    actor_id: int, lead_unit_id: int, actor_unit_id: int | None, presides: bool, officer_id: int | None = None
) -> None:
    """Nobody decides on what they carry out themselves (`own_work`), nor for their own unit (`own_unit`) unless they preside."""
    if officer_id is not None and officer_id == actor_id:
        raise Refused("own_work")
    if actor_unit_id is not None and actor_unit_id == lead_unit_id and not presides:
        raise Refused("own_unit")


# ---- time -----------------------------------------------------------------------------------------------


def check_extension(due_on: date | None, new_due_on: date) -> None:
    """An extension moves the date to a later day (`extension_not_later`); the date before is kept."""
    if due_on is not None and new_due_on <= due_on:
        raise Refused("extension_not_later", due=due_on.isoformat())


def check_new_due(state: TaskState, due_on: date | None, new_due_on: date, today: date) -> None:
    """The same where a date is given: one that is still to come (`extension_past`), unless the result was reported already and
    waits to be judged by it."""
    check_extension(due_on, new_due_on)
    if state is not TaskState.REPORTED and new_due_on < today:
        raise Refused("extension_past")


def check_time_asked(due_on: date | None, wanted: date, today: date) -> None:
    """More time is asked for a task that has a due date (`task_no_due`), to a day that is later (`extension_not_later`) and
    has not passed (`extension_past`)."""
    if due_on is None:
        raise Refused("task_no_due")
    check_extension(due_on, wanted)
    if wanted < today:
        raise Refused("extension_past")


def timeliness(state: TaskState, due_on: date | None, done_on: date | None, today: date) -> Timeliness:
    """What the calendar says: a result counts on the day it was reported, and the due day itself is in time.

    A result that waits for acceptance is judged by its own day; sent back, the task is open again.
    """
    if state is TaskState.CANCELLED:
        return Timeliness.CANCELLED
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


# ---- proposals ------------------------------------------------------------------------------------------


def check_none_waits(kind: str, waiting: Iterable[str]) -> None:
    """One proposal of a kind at a time (`change_waits`)."""
    if kind in set(waiting):
        raise Refused("change_waits")


def check_undecided(state: str) -> None:
    """A proposal is decided or taken back once (`change_decided`)."""
    if state != "asked":
        raise Refused("change_decided")


def check_rewording(text: str, wanted: str) -> None:
    """Other words than before (`change_incomplete`, `text_same`)."""
    if not wanted.strip():
        raise Refused("change_incomplete")
    if wanted.strip() == text.strip():
        raise Refused("text_same")


# ---- entering -------------------------------------------------------------------------------------------


def check_source(origin: str, symbol: str, issuer: str, issued_on: date | None, today: date) -> None:
    """A task from a document of a body above names it (`source_incomplete`), and the document exists (`source_in_future`)."""
    if origin == "superior" and not (symbol.strip() and issuer.strip() and issued_on):
        raise Refused("source_incomplete")
    if issued_on is not None and issued_on > today:
        raise Refused("source_in_future")


def check_dates(due_on: date | None, no_due: bool, source_on: date | None) -> None:
    """A due date or none (`due_and_no_due`), not before the document that demands it (`due_before_source`)."""
    if due_on is not None and no_due:
        raise Refused("due_and_no_due")
    if due_on is not None and source_on is not None and due_on < source_on:
        raise Refused("due_before_source")


def check_units(lead_unit_id: int | None, cooperating: Iterable[int]) -> None:
    """One lead unit (NĐ 315/2025 Điều 2.4), which does not help itself (`lead_cooperates`)."""
    if lead_unit_id is not None and lead_unit_id in set(cooperating):
        raise Refused("lead_cooperates")
