"""Pages of tasks: the board with its lists, one task, the form that enters them."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from meeting.clock import today
from meeting.errors import Missing
from meeting.organization.names import name_key
from meeting.permissions import ALLOWED, Action, Actor, allows
from meeting.tasks import entry_screen, queries, screens
from meeting.tasks.board import VIEW_NAMES, Board, Group, board_of
from meeting.tasks.listing import Asked, Row, rows, with_helpers
from meeting.web.api import asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("tasks", __name__)

MAY = {"keep": Action.KEEP_TASKS, "review": Action.REVIEW_MONTH, "release": Action.RELEASE_TASKS}


def may_anywhere(who: Actor, action: Action) -> frozenset[int]:
    """The bodies in which somebody has a right by their role there."""
    return who.bodies_as(*ALLOWED[action])


@pages.get("/tasks")
def board() -> str:
    """All tasks one may see: in columns by state, or as a list by date, unit, leader, meeting or month."""
    asked = Asked.of(request.args)
    found = rows(session(), actor())
    shown = _named(board_of(found, asked, today()))
    return page(
        "tasks/board.html",
        board=shown,
        asked=asked,
        address=lambda **changes: _address(asked, changes),
        views=[(key, gettext(label)) for key, label in VIEW_NAMES.items()],
        choices=choices(found),
        may={name: bool(may_anywhere(actor(), action)) for name, action in MAY.items()},
        sheet_of={name: value for name, value in (("body", asked.body), ("unit", asked.unit)) if value},
        today=today(),
    )


def _address(asked: Asked, changes: dict[str, Any]) -> str:
    """The board's address with some of it changed; None takes a part away, and so does the board as the usual view."""
    kept = {name: value for name, value in {**asked.kept, **changes}.items() if value}
    if kept.get("view") == "board":
        del kept["view"]
    return url_for("tasks.board", **kept)


def _named(found: Board) -> Board:
    """The same with the cooperating units of the tasks that are listed."""
    listed = {row.id: row for row in with_helpers(session(), [task for group in found.groups for task in group.tasks])}
    groups = [
        Group(group.key, group.name, [listed[task.id] for task in group.tasks], group.total, group.overdue)
        for group in found.groups
    ]
    return Board(**{**vars(found), "groups": groups})


def choices(found: Sequence[Row]) -> dict[str, list[tuple[int, str]]]:
    """What the filters offer: whatever stands on the tasks one may see."""
    meetings = {row.meeting_id: row for row in found if row.meeting_id}
    newest = sorted(meetings.values(), key=lambda row: row.met_at or row.assigned_at, reverse=True)
    return {
        "bodies": sorted({(row.body_id, row.body) for row in found}),
        "units": sorted({(row.lead_unit_id, row.unit) for row in found}, key=lambda each: each[1]),
        "leaders": _people({row.leader_id: row.leader for row in found}),
        "assigners": _people({row.assigner_id: row.assigner for row in found}),
        "meetings": [(row.meeting_id or 0, f"{row.meeting}, {row.met_at:%d/%m/%Y}") for row in newest[:200]],
    }


def _people(found: dict[int | None, str]) -> list[tuple[int, str]]:
    known = [(key, name) for key, name in found.items() if key]
    return sorted(known, key=lambda each: name_key(each[1]))


@pages.get("/tasks/<int:task_id>")
def task(task_id: int) -> str:
    """One task with its history and what this person may do with it."""
    found = queries.readable_task(session(), actor(), task_id)
    return page("tasks/task.html", **screens.task_page(session(), actor(), found))


@pages.get("/tasks/new")
def new() -> str:
    """Enters tasks out of a document of a body above, or the office's own: several out of one document in one sitting."""
    bodies = may_anywhere(actor(), Action.KEEP_TASKS)
    if not bodies:
        raise Missing()
    return page("tasks/entry.html", **entry_screen.entry_page(session(), actor(), bodies, asked_number("like")))


@pages.get("/tasks/<int:task_id>/edit")
def edit(task_id: int) -> str:
    """What may still be changed of a task: all while it is not assigned, who and how afterwards."""
    found = queries.readable_task(session(), actor(), task_id)
    if not allows(Action.KEEP_TASKS, found.hats_of(actor(), session())):
        raise Missing()
    return page("tasks/entry.html", **entry_screen.edit_page(session(), found))
