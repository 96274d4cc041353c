"""What this room shows on the meeting page and the home page: the tasks of a meeting, and those that wait for somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import home_card, panel
from meeting.clock import today
from meeting.errors import N_
from meeting.permissions import Actor, Role
from meeting.tasks import queries
from meeting.tasks.listing import Row, rows
from meeting.tasks.models import UNIT_ROLES, Task
from meeting.tasks.rules import CLOSED_STATES, OPEN_STATES

#: Why a task stands on somebody's home page, the most pressing first.
REASONS: dict[str, str] = {
    "overdue": N_("Overdue"),
    "accept": N_("Result to accept"),
    "asked": N_("Proposal to answer"),
    "obstacle": N_("Obstacle to settle"),
    "receive": N_("To be received"),
    "due_soon": N_("Due soon"),
    "draft": N_("To be assigned"),
}
ROWS = 6
DECIDERS = (Role.CHAIR, Role.SECRETARY, Role.CHIEF)


@dataclass(frozen=True)
class Waiting:
    """A task and why it waits for the reader."""

    row: Row
    why: str


def of_meeting(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The tasks that the meeting's documents gave, as far as the reader may see them."""
    return {"tasks": queries.tasks_of_meeting(session, actor, meeting.id), "today": today()}


def count(session: Session, actor: Actor, meeting: Meeting) -> int | None:
    """The number on the tab; none while there is no task."""
    return len(queries.tasks_of_meeting(session, actor, meeting.id)) or None


def why(row: Row, day: date, *, mine: bool, decides: bool) -> str:
    """What a task asks of somebody whose unit leads it (`mine`) or who decides on it; empty when it asks nothing now."""
    asks = {
        "overdue": mine and row.state in OPEN_STATES and row.standing(day) == "overdue",
        "accept": decides and row.state == "reported",
        "asked": decides and row.asked,
        "obstacle": decides and row.obstacle and row.state in OPEN_STATES,
        "receive": mine and row.state == "assigned",
        "due_soon": mine and row.state in OPEN_STATES and row.standing(day) == "due_soon",
        "draft": decides and row.state == "draft",
    }
    return next((name for name in REASONS if asks[name]), "")


def asking(found: Iterable[Row], actor: Actor, day: date) -> list[Waiting]:
    """The tasks that ask something of this person, the most pressing first."""
    works = bool(actor.bodies_as(*UNIT_ROLES))
    bodies = actor.bodies_as(*DECIDERS)
    said = [
        Waiting(row, why(row, day, mine=works and row.lead_unit_id == actor.unit_id, decides=row.body_id in bodies))
        for row in found
    ]
    order = list(REASONS)
    asked = [each for each in said if each.why]
    return sorted(asked, key=lambda each: (order.index(each.why), each.row.due_on or date.max, each.row.id))


def waiting(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Tasks that ask something of this person: of their unit, or for an answer of theirs."""
    if actor.unit_id is None and not actor.bodies_as(*DECIDERS):
        return None
    found = asking(rows(session, actor, Task.state.not_in(CLOSED_STATES)), actor, today())
    if not found:
        return None
    return {"waiting": found[:ROWS], "today": today(), "count": len(found), "more": links(found)}


def links(found: Sequence[Waiting]) -> list[tuple[str, int]]:
    """Reasons with how many tasks stand behind each, for those that do not fit."""
    if len(found) <= ROWS:
        return []
    return [(name, number) for name in REASONS if (number := sum(each.why == name for each in found))]


panel("tasks", place="tab", label=N_("Tasks"), template="tasks/panel.html", load=of_meeting, count=count, order=60)
home_card("tasks", place="todo", template="tasks/home_rows.html", load=waiting, order=50)
