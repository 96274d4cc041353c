"""Pages of the month: the review by the leaders, the progress sheet, what is shown to the public."""

from datetime import date
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.asyncmode import run_blocking
from meeting.clock import today
from meeting.documents.views import saved_as
from meeting.errors import Missing
from meeting.organization.models import Body, Unit
from meeting.permissions import ALLOWED, Action, Actor
from meeting.tasks import monthly, queries, sheet_jobs, sheets
from meeting.tasks.counting import Place
from meeting.tasks.listing import rows
from meeting.tasks.models import Task
from meeting.tasks.monthly import Month
from meeting.tasks.views import pages
from meeting.web.api import asked, asked_number, resource
from meeting.web.doors import actor, language, page, session

IN_REVIEW = 40  # tasks within time that may be decided on here; the rest is one link away


@pages.get("/tasks/review")
def review() -> str:
    """The month of a body: its figures, what is overdue and why, and a short decision on each."""
    bodies = _bodies(actor().bodies_as(*ALLOWED[Action.REVIEW_MONTH]))
    if not bodies:
        raise Missing()
    body = _chosen(bodies)
    month = Month.of(asked("month"))
    found = monthly.sheet_of(session(), actor(), month, body.id)
    return page(
        "tasks/review.html",
        body=body,
        bodies=bodies,
        month=month,
        found=found,
        line=monthly.figures_words(found.figures, language()),
        late=found.at(Place.OVERDUE),
        hindered=[each for each in found.at(Place.IN_PROGRESS) if each.obstacles or each.wanted],
        coming=_coming(found),
        done=[*found.at(Place.DONE_LATE), *found.at(Place.DONE_ON_TIME)],
        rest=[each for each in found.at(Place.IN_PROGRESS) if not each.obstacles and not each.wanted],
        most=IN_REVIEW,
        current=month.key == f"{today():%Y-%m}",
        today=today(),
    )


def _coming(found: monthly.Sheet) -> list[monthly.Followed]:
    """What falls due in the month that follows, by its day."""
    after = found.month.after
    coming = [each for each in found.at(Place.IN_PROGRESS) if each.life.due_on and after.first <= each.life.due_on <= after.last]
    return sorted(coming, key=lambda each: each.life.due_on or date.max)


@pages.get("/tasks/sheet")
def sheet() -> str:
    """The progress sheet of a month as it will be printed, and its files."""
    bodies = _bodies(_bodies_seen(session(), actor()))
    if not bodies:
        return page("tasks/sheet.html", body=None, month=Month.of(asked("month")))
    body, unit, month = _chosen(bodies), _unit(), Month.of(asked("month"))
    found = monthly.sheet_of(session(), actor(), month, body.id, unit.id if unit else None)
    return page(
        "tasks/sheet.html",
        body=body,
        bodies=bodies,
        unit=unit,
        units=list(session().scalars(select(Unit).where(Unit.retired_on.is_(None)).order_by(Unit.name))),
        month=month,
        found=found,
        head=sheets.HEAD,
        groups=[(title, [[sheets.in_words(cell) for cell in row] for row in each]) for title, each in sheets.by_unit(found)],
        line=monthly.figures_words(found.figures, language()),
        large={form: len(found.tasks) > most for form, most in sheet_jobs.LARGE.items()},
    )


@pages.get("/tasks/sheet.<any(pdf, xlsx):form>")
def sheet_file(form: str) -> Any:
    """The sheet as a file, at once when it is small; else it is asked of the worker on the page."""
    bodies = _bodies(_bodies_seen(session(), actor()))
    if not bodies:
        raise Missing()
    body, unit, month = _chosen(bodies), _unit(), Month.of(asked("month"))
    found = monthly.sheet_of(session(), actor(), month, body.id, unit.id if unit else None)
    if len(found.tasks) > sheet_jobs.LARGE[form]:
        return redirect(f"{url_for('tasks.sheet')}?{request.query_string.decode()}")
    wanted = sheets.Asked(sheets_body(body), unit.name if unit else "", actor().name)
    made = run_blocking(sheets.pdf if form == "pdf" else sheets.workbook, wanted, found)
    return _file(made, form, sheets.named(wanted, found, form))


def sheets_body(body: Body) -> Body:
    """The body with all that the heading needs read, because the sheet is set beside the request's own thread."""
    _ = (body.name, body.short_name, body.parent_name, body.place, body.kind)
    return body


@pages.get("/tasks/sheets/<int:sheet_id>")
def made_sheet(sheet_id: int) -> Response:
    """A sheet that the worker has made, for nobody but its asker."""
    row = sheet_jobs.own_sheet(session(), actor(), sheet_id)
    made, name = sheet_jobs.fetched(row)
    return _file(made, str(row.arguments["form"]), name)


@resource("/tasks/sheets/<int:sheet_id>", "How far a progress sheet is that the reader asked for")
def task_sheet(session: Session, actor: Actor, sheet_id: int) -> dict[str, Any]:
    """waiting, making, ready, failed or gone, and where it can be fetched."""
    row = sheet_jobs.own_sheet(session, actor, sheet_id)
    state = sheet_jobs.state_of(row)
    return {"id": row.id, "state": state, "address": f"/tasks/sheets/{row.id}" if state == "ready" else None}


@pages.get("/tasks/public")
def public() -> str:
    """Which tasks are shown to the public, and key tasks that could be."""
    allowed = actor().bodies_as(*ALLOWED[Action.RELEASE_TASKS])
    if not allowed:
        raise Missing()
    bodies = _bodies(allowed)
    found = rows(session(), actor(), Task.body_id.in_(allowed), Task.state.not_in(("draft", "cancelled")))
    words = {task.id: task for task in session().scalars(select(Task).where(Task.released_at.is_not(None)))}
    shown = [row for row in found if row.released_at]
    offered = [row for row in found if not row.released_at and row.is_key]
    return page("tasks/public.html", shown=shown, offered=offered, words=words, bodies=bodies, today=today())


def _bodies_seen(session: Session, who: Actor) -> set[int]:
    """The bodies whose tasks somebody sees, and those they have a role in."""
    return set(_busy(session, who)) | set(who.bodies_as(*ALLOWED[Action.REVIEW_MONTH]))


def _busy(session: Session, who: Actor) -> list[int]:
    """The bodies of the tasks somebody sees, the one with the most first."""
    count = func.count(Task.id.distinct())
    seen = queries.visible_to(who).with_only_columns(Task.body_id, count).group_by(Task.body_id)
    return [body_id for body_id, _ in session.execute(seen.order_by(None).order_by(count.desc(), Task.body_id))]


def _bodies(ids: Any) -> list[Body]:
    return list(session().scalars(select(Body).where(Body.id.in_(ids)).order_by(Body.id)))


def _chosen(bodies: list[Body]) -> Body:
    """The body the address names, without one that with the most tasks; another one is not found."""
    wanted = asked_number("body")
    known = {body.id: body for body in bodies}
    usual = next((known[key] for key in _busy(session(), actor()) if key in known), bodies[0])
    found = usual if wanted is None else known.get(wanted)
    if found is None:
        raise Missing()
    return found


def _unit() -> Unit | None:
    wanted = asked_number("unit")
    found = session().get(Unit, wanted) if wanted is not None else None
    if wanted is not None and found is None:
        raise Missing()
    return found


def _file(made: bytes, form: str, name: str) -> Response:
    kind = sheets.XLSX if form == "xlsx" else "application/pdf"
    headers = {"Content-Disposition": saved_as(name), "Cache-Control": "no-store"}
    return Response(made, mimetype=kind, headers=headers)
