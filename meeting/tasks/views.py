"""Pages of tasks: the board and one task."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from meeting.clock import today
from meeting.errors import N_
from meeting.permissions import Action, allows
from meeting.tasks import queries
from meeting.tasks.board import GROUPS, board_of
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("tasks", __name__)

TABS = (("overdue", N_("Overdue")), ("due_soon", N_("Due soon")), ("reported", N_("To accept")))


def address(**changes: Any) -> str:
    """The board's address with some of its filters changed; None takes one away."""
    kept = {name: request.args[name] for name in ("unit", "state") if request.args.get(name)}
    return url_for("tasks.board", **{name: value for name, value in (kept | changes).items() if value})


@pages.get("/tasks")
def board() -> str:
    """All tasks one may see, by urgency, filtered by unit and state."""
    state = asked("state") if asked("state") in GROUPS else ""
    shown = board_of(queries.visible_tasks(session(), actor()), asked_number("unit"), state, today())
    tabs = [(gettext(label), address(state=key), state == key, shown.counts[key]) for key, label in TABS]
    return page("tasks/board.html", board=shown, address=address, tabs=tabs, today=today())


@pages.get("/tasks/<int:task_id>")
def task(task_id: int) -> str:
    """One task with its history and what this person may do with it."""
    found = queries.readable_task(session(), actor(), task_id)
    steps = queries.steps_of(session(), found)
    readable = allows(Action.READ_CONCLUSIONS, found.notice.hats_of(actor(), session()))
    return page(
        "tasks/task.html",
        task=found,
        steps=steps,
        proofs=queries.proofs_of(session(), steps),
        can=queries.steps_for(session(), actor(), found),
        notice_readable=readable,
        today=today(),
    )
