"""The facts that notifications carry: about a meeting, a paper, a task. They are kept with the notification as they were then."""

from typing import Any

from meeting.agenda.models import Meeting
from meeting.tasks.models import Task


def about(meeting: Meeting) -> dict[str, Any]:
    """The facts that all notifications of a meeting carry."""
    return {
        "title": meeting.title,
        "body": meeting.body.name,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
    }


def address(meeting: Meeting) -> str:
    """The page of a meeting."""
    return f"/meetings/{meeting.id}"


def papers_address(meeting: Meeting) -> str:
    """The papers on the page of the meeting."""
    return f"{address(meeting)}?tab=papers"


def paper_facts(meeting: Meeting, known: dict[str, Any], unit: str = "") -> dict[str, Any]:
    """The facts of a notification about a paper, from those of the event."""
    reason = known.get("reason") or ""
    return {**about(meeting), "paper": known["what"], "due_at": known["due_at"], "reason": reason, "unit": unit}


def task_facts(task: Task) -> dict[str, Any]:
    """The facts of a notification about a task."""
    return {
        "task": task.text,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "title": task.title_of_source,
        "symbol": task.source,
        "unit": task.lead_unit.name,
        "officer": task.officer.called if task.officer else "",
    }


def task_address(task: Task) -> str:
    """The page of a task."""
    return f"/tasks/{task.id}"
