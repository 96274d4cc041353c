"""What other programs may read: tasks, their history, what was proposed and what stands in the way."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.conclusions.clears import missing
from meeting.documents.models import File
from meeting.errors import N_, Malformed
from meeting.organization.models import Person, Unit
from meeting.permissions import Actor
from meeting.tasks import queries
from meeting.tasks.answers import Named, TaskChangeLine, TaskLine, TaskObstacleLine, TaskStepLine, TaskWhole
from meeting.tasks.models import Task, TaskChange, TaskObstacle, TaskStep
from meeting.web.api import MAX_PAGE, Listing, Page, asked, asked_number, resource

NUMBERS = ("unit", "leader", "assigner", "officer", "meeting", "body")


@resource(
    "/tasks",
    "Tasks by due date",
    unit="id of the lead unit",
    leader="id of the leader in charge",
    assigner="id of the person who gave it",
    officer="id of the person who carries it out",
    meeting="id of the meeting",
    body="id of the body",
    state="a state, or overdue, due_soon, on_track, done, open",
    origin="line, superior or own",
    due_from="YYYY-MM-DD",
    due_to="YYYY-MM-DD",
    key="1: key tasks only",
    limit="rows of a page, at most 200",
    cursor="as `next` of the page before",
)
def tasks(session: Session, actor: Actor) -> Page[TaskLine]:
    """The tasks the reader may see, a page at a time."""
    numbers: dict[str, Any] = {name: asked_number(name) for name in NUMBERS}
    days: dict[str, Any] = {name: asked_day(name) for name in ("due_from", "due_to")}
    wanted = queries.Filter(state=asked("state"), origin=asked("origin"), key=asked("key") == "1", **numbers, **days)
    size = max(1, min(asked_number("limit", 50) or 50, MAX_PAGE))
    start = max(0, asked_number("cursor", 0) or 0)
    found = queries.part_of(session, actor, wanted, size, start)
    following = str(start + size) if len(found) > size else None
    return {"data": [task_json(each) for each in found[:size]], "next": following}


@resource("/tasks/<int:task_id>", "A task with its history, proposals and obstacles")
def task(session: Session, actor: Actor, task_id: int) -> TaskWhole:
    """One task and everything that happened to it, newest first."""
    found = queries.readable_task(session, actor, task_id)
    steps = queries.steps_of(session, found, actor)
    files = queries.files_of(session, steps)
    return {
        **task_json(found),
        "steps": [step_json(each, files.get(each.id, [])) for each in steps],
        "changes": [change_json(each) for each in queries.changes_of(session, found, actor)],
        "obstacles": [obstacle_json(each) for each in queries.obstacles_of(session, found, actor)],
    }


@resource("/tasks/<int:task_id>/changes", "What the unit proposed to change in a task, and the answers")
def task_changes(session: Session, actor: Actor, task_id: int) -> Listing[TaskChangeLine]:
    """Proposals, newest first."""
    found = queries.readable_task(session, actor, task_id)
    return {"data": [change_json(each) for each in queries.changes_of(session, found, actor)]}


@resource("/tasks/<int:task_id>/obstacles", "What stands or stood in the way of a task")
def task_obstacles(session: Session, actor: Actor, task_id: int) -> Listing[TaskObstacleLine]:
    """Obstacles, the unsettled first."""
    found = queries.readable_task(session, actor, task_id)
    return {"data": [obstacle_json(each) for each in queries.obstacles_of(session, found, actor)]}


def asked_day(name: str) -> date | None:
    """A day of the query as 2026-11-24; refused as malformed when it is none."""
    raw = asked(name)
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        raise Malformed({name: N_("A day is written as 2026-11-24.")}) from None


def task_json(found: Task) -> TaskLine:
    """A task on the wire."""
    return {
        "id": found.id,
        "meeting_id": found.meeting_id,
        "notice_id": found.notice_id,
        "origin": found.origin,
        "symbol": found.source or None,
        "issuer": found.source_issuer or None,
        "source_on": _day(found.source_on),
        "source_file_id": found.source_file_id,
        "body": found.body.short_name,
        "text": found.text,
        "process": found.process,
        "product": found.product,
        "state": found.state,
        "missing": [clear.value for clear in missing(found)] if not found.given else [],
        "timeliness": found.timeliness(today()).value,
        "progress_percent": found.progress_percent,
        "obstacle": found.obstacle,
        "is_key": found.is_key,
        "urgency": found.urgency,
        "lead_unit": _unit(found.lead_unit),
        "cooperating_units": [_named_unit(unit) for unit in found.cooperating],
        "officer": _person(found.officer),
        "leader": _person(found.leader),
        "assigner_id": found.assigner_id,
        "assigned_at": found.assigned_at.isoformat() if found.given else None,
        "due_on": _day(found.due_on),
        "no_due": found.no_due,
        "first_due_on": _day(found.first_due_on),
        "done_on": _day(found.done_on),
        "accepted_at": found.accepted_at.isoformat() if found.accepted_at else None,
        "cancel_reason": found.cancel_reason or None,
    }


def step_json(step: TaskStep, files: list[File]) -> TaskStepLine:
    """One thing that happened, on the wire."""
    return {
        "kind": step.kind,
        "at": step.at.isoformat(),
        "by": step.by.full_name,
        "text": step.text,
        "text_before": step.text_before or None,
        "obstacle": step.obstacle,
        "progress_percent": step.progress_percent,
        "due_before": _day(step.due_before),
        "due_after": _day(step.due_after),
        "unit_before": _unit(step.unit_before),
        "unit_after": _unit(step.unit_after),
        "file_id": files[0].id if files else None,
        "files": [{"id": file.id, "name": file.name} for file in files],
    }


def change_json(change: TaskChange) -> TaskChangeLine:
    """One proposal on the wire."""
    return {
        "id": change.id,
        "kind": change.kind,
        "text": change.text,
        "wanted_due_on": _day(change.wanted_due_on),
        "wanted_text": change.wanted_text or None,
        "wanted_unit": _unit(change.wanted_unit),
        "asked_at": change.asked_at.isoformat(),
        "asked_by": change.asked_by.full_name,
        "state": change.state,
        "decided_at": change.decided_at.isoformat() if change.decided_at else None,
        "decided_by": change.decided_by.full_name if change.decided_by else None,
        "answer": change.answer,
    }


def obstacle_json(obstacle: TaskObstacle) -> TaskObstacleLine:
    """One obstacle on the wire."""
    return {
        "id": obstacle.id,
        "text": obstacle.text,
        "proposal": obstacle.proposal,
        "raised_at": obstacle.raised_at.isoformat(),
        "raised_by": obstacle.raised_by.full_name,
        "settled_at": obstacle.settled_at.isoformat() if obstacle.settled_at else None,
        "settled_by": obstacle.settled_by.full_name if obstacle.settled_by else None,
        "answer": obstacle.answer,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _unit(unit: Unit | None) -> Named | None:
    return _named_unit(unit) if unit else None


def _named_unit(unit: Unit) -> Named:
    return {"id": unit.id, "name": unit.name}


def _person(person: Person | None) -> Named | None:
    return {"id": person.id, "name": person.full_name} if person else None
