"""What of the visible tasks is asked for: by unit, leader, meeting, state and due date, as conditions on rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, or_

from meeting.tasks.models import Task
from meeting.tasks.rules import ALL_BUT_ACCEPTED, DUE_SOON_DAYS, OPEN_STATES, TaskState

#: Besides the states themselves: what a task asks for today.
GROUPS = ("overdue", "due_soon", "on_track", "done", "open")


@dataclass(frozen=True)
class Filter:
    """Nothing set: all tasks."""

    unit: int | None = None  # leads it
    leader: int | None = None
    assigner: int | None = None
    officer: int | None = None
    meeting: int | None = None
    body: int | None = None
    state: str = ""  # a state, or one of GROUPS
    origin: str = ""
    due_from: date | None = None
    due_to: date | None = None
    key: bool = False

    def conditions(self, today: date) -> Iterator[ColumnElement[bool]]:
        """The conditions on rows of tasks."""
        columns = (
            (Task.lead_unit_id, self.unit),
            (Task.leader_id, self.leader),
            (Task.assigner_id, self.assigner),
            (Task.officer_id, self.officer),
            (Task.meeting_id, self.meeting),
            (Task.body_id, self.body),
            (Task.origin, self.origin or None),
        )
        yield from (column == value for column, value in columns if value is not None)
        if self.due_from is not None:
            yield Task.due_on >= self.due_from
        if self.due_to is not None:
            yield Task.due_on <= self.due_to
        if self.key:
            yield Task.is_key.is_(True)
        if self.state:
            yield in_state(self.state, today)


def in_state(state: str, today: date) -> ColumnElement[bool]:
    """A state, or a group: overdue, due_soon, on_track (of open ones), done, open; nothing for an unknown word."""
    if state == "done":
        return Task.state == TaskState.ACCEPTED
    if state in set(TaskState):
        return Task.state == state
    if state not in GROUPS:
        return false()
    soon = today + timedelta(days=DUE_SOON_DAYS)
    whens: dict[str, ColumnElement[bool]] = {
        "overdue": Task.due_on < today,
        "due_soon": and_(Task.due_on >= today, Task.due_on <= soon),
        "on_track": or_(Task.due_on.is_(None), Task.due_on > soon),
    }
    states = ALL_BUT_ACCEPTED if state == "open" else OPEN_STATES
    return and_(Task.state.in_(states), whens.get(state, Task.id.is_not(None)))
