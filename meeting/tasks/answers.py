"""The shapes of what other programs read of tasks. Days are ISO 8601, moments too."""

from typing_extensions import TypedDict


class Named(TypedDict):
    """A person, a unit or a file by its name."""

    id: int
    name: str


class TaskLine(TypedDict):
    """A task."""

    id: int
    meeting_id: int | None
    notice_id: int | None
    origin: str  # line, superior or own
    symbol: str | None
    issuer: str | None
    source_on: str | None
    source_file_id: int | None
    body: str  # short name
    text: str
    process: str
    product: str
    state: str
    missing: list[str]
    timeliness: str
    progress_percent: int
    obstacle: str
    is_key: bool
    urgency: str
    lead_unit: Named | None
    cooperating_units: list[Named]
    officer: Named | None
    leader: Named | None
    assigner_id: int | None
    assigned_at: str | None
    due_on: str | None
    no_due: bool
    first_due_on: str | None
    done_on: str | None
    accepted_at: str | None
    cancel_reason: str | None


class TaskStepLine(TypedDict):
    """One thing that happened to a task."""

    kind: str
    at: str
    by: str
    text: str
    text_before: str | None
    obstacle: str
    progress_percent: int | None
    due_before: str | None
    due_after: str | None
    unit_before: Named | None
    unit_after: Named | None
    file_id: int | None
    files: list[Named]


class TaskChangeLine(TypedDict):
    """What was proposed to change, and the answer."""

    id: int
    kind: str
    text: str
    wanted_due_on: str | None
    wanted_text: str | None
    wanted_unit: Named | None
    asked_at: str
    asked_by: str
    state: str
    decided_at: str | None
    decided_by: str | None
    answer: str


class TaskObstacleLine(TypedDict):
    """What stands or stood in the way."""

    id: int
    text: str
    proposal: str
    raised_at: str
    raised_by: str
    settled_at: str | None
    settled_by: str | None
    answer: str


class TaskWhole(TaskLine):
    """A task and everything that happened to it."""

    steps: list[TaskStepLine]
    changes: list[TaskChangeLine]
    obstacles: list[TaskObstacleLine]
