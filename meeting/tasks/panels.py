"""What this room shows on the meeting page and the home page: the tasks of a meeting, and those that wait for somebody."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import home_card, panel
from meeting.clock import today
from meeting.errors import N_
from meeting.permissions import Actor
from meeting.tasks import queries


def of_meeting(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The tasks that the meeting's notice gave, as far as the reader may see them."""
    return {"tasks": queries.tasks_of_meeting(session, actor, meeting.id), "today": today()}


def count(session: Session, actor: Actor, meeting: Meeting) -> int | None:
    """The number on the tab; none while there is no task."""
    return len(queries.tasks_of_meeting(session, actor, meeting.id)) or None


def waiting(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Tasks that ask something of this person: of their unit, or results to accept."""
    tasks = queries.waiting_for(session, actor)
    return {"tasks": tasks[:6], "today": today(), "count": len(tasks)} if tasks else None


panel("tasks", place="tab", label=N_("Tasks"), template="tasks/panel.html", load=of_meeting, count=count, order=60)
home_card("tasks", place="todo", template="tasks/home_rows.html", load=waiting, order=50)
