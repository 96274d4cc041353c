"""The form that enters tasks: out of a document of a body above, or the office's own; and the same form to change one."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.conclusions import queries as conclusions
from meeting.conclusions.models import NoticeLine
from meeting.organization.models import Body
from meeting.permissions import Actor
from meeting.tasks import queries
from meeting.tasks.common import officer_of
from meeting.tasks.models import Task
from meeting.tasks.screens import clears_of, people_of_units, units

#: What the form may hold; the source only while nothing was given out yet.
FIELDS = ("text", "source", "lead_unit_id", "officer_id", "cooperating", "leader_id", "due_on", "process", "product")
#: What may be changed at any time before the end.
ALWAYS = ("officer_id", "cooperating", "leader_id", "process", "is_key", "urgency")


def entry_page(session: Session, actor: Actor, bodies: Iterable[int], like: int | None) -> dict[str, Any]:
    """The empty form; `like`: another task of the same document follows, so the document stands there already."""
    before = queries.readable_task(session, actor, like) if like is not None else None
    known = list(session.scalars(select(Body).where(Body.id.in_(bodies), Body.retired_on.is_(None)).order_by(Body.id)))
    body_id = before.body_id if before else (known[0].id if known else None)
    return {
        "task": None,
        "before": before,
        "bodies": known,
        "body_id": body_id,
        "entered": _of_source(session, actor, before) if before else [],
        "open_fields": {*FIELDS, *ALWAYS},
        **_offers(session, known),
    }


def edit_page(session: Session, task: Task) -> dict[str, Any]:
    """The form with what the task holds; what stands in an issued document is shown and not offered."""
    return {
        "task": task,
        "before": None,
        "bodies": [task.body],
        "body_id": task.body_id,
        "entered": [],
        "open_fields": open_fields(session, task),
        "clears": clears_of(task),
        **_offers(session, [task.body]),
    }


def open_fields(session: Session, task: Task) -> set[str]:
    """What of a task may still be changed here: once given only who and how, of a line only what the document left open."""
    if task.state != "draft":
        return set(ALWAYS)
    line = session.get(NoticeLine, task.line_id) if task.line_id else None
    if line is None:
        return {*FIELDS, *ALWAYS}
    filled = {
        "text": True,
        "source": True,
        "lead_unit_id": line.lead_unit_id is not None,
        "officer_id": officer_of(line) is not None,
        "cooperating": bool(line.cooperating),
        "leader_id": line.leader_id is not None,
        "due_on": line.due_on is not None or line.no_due,
        "process": bool(line.process.strip()),
        "product": bool(line.product.strip()),
    }
    return {name for name, done in filled.items() if not done} | {"is_key", "urgency"}


def _offers(session: Session, bodies: Iterable[Body]) -> dict[str, Any]:
    people = {leader.id: leader for body in bodies for leader in conclusions.leaders(session, body)}
    leaders = sorted(people.values(), key=lambda each: (each.full_name.split()[-1:], each.full_name))
    return {"units": units(session), "people": people_of_units(session), "leaders": leaders, "today": today()}


def _of_source(session: Session, actor: Actor, task: Task) -> list[Task]:
    """The tasks that were entered out of the same document already."""
    same = queries.visible_to(actor).where(
        Task.source_symbol == task.source_symbol, Task.source_issuer == task.source_issuer, Task.body_id == task.body_id
    )
    return list(session.scalars(same.order_by(Task.id)).unique())
