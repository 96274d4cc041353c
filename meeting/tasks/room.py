"""What this room brings: tasks from issued notices, their acts, the board and its resources."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import Role
from meeting.tasks import (
    api,
    beside,
    born,
    changes,
    duties,
    entering,
    month_api,
    month_views,
    obstacles,
    panels,
    queries,
    releasing,
    reviewing,
    service,
    sheet_jobs,
    views,
)
from meeting.web import nav

__all__ = [
    "api",
    "beside",
    "born",
    "changes",
    "duties",
    "entering",
    "month_api",
    "month_views",
    "obstacles",
    "panels",
    "register",
    "releasing",
    "reviewing",
    "service",
    "sheet_jobs",
]

nav.entry(
    "tasks",
    icon="checklist",
    label=N_("Follow tasks"),
    rail_label=N_("Tasks"),
    endpoint="tasks.board",
    roles=set(Role) - {Role.GUEST, Role.ADMIN, Role.UNIT_ADMIN, Role.SYSTEM},
    group="after",
    order=20,
)
nav.counter("tasks", queries.waiting_count)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
