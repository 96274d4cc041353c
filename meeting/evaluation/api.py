"""Reports over the API, and what is behind each of their figures."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from meeting.errors import N_, Malformed
from meeting.evaluation import counting, drill, report_bodies, report_files, reports, task_rows
from meeting.evaluation.numbers import Share
from meeting.evaluation.scope import Asking, of_reader
from meeting.evaluation.tables import Cell, Report, Said, Table
from meeting.evaluation.telling import Telling, on_page
from meeting.inputs import YEARS
from meeting.permissions import Actor
from meeting.tasks.counting import TaskFigures
from meeting.web.api import asked, asked_number, paged, resource
from meeting.web.doors import language

WRONG_DAY = N_("A date is expected.")
PERIOD = {
    "from": "first day, 2026-01-01",
    "to": "last day",
    "period": "instead of days: 2026, 2026-H1, 2026-Q3, 2026-09, year, quarter or month",
    "body": "short name of a body",
}


def asking() -> Asking:
    """The filters of a request. Without days and period: this year so far."""
    return Asking(asked("body"), asked("period"), day("from"), day("to"))


@resource("/reports/meetings", "Meetings counted by body in a period", **PERIOD)
def report_meetings(session: Session, actor: Actor) -> dict[str, Any]:
    """The figures of each body whose figures one may see, and the sentence on each. Without days: this year so far."""
    scope = of_reader(session, actor, asking())
    found = report_bodies.count(session, scope)
    return {
        "from": scope.period.since.isoformat(),
        "to": scope.period.until.isoformat(),
        "data": [{**figures_json(each), "tasks": tasks_json(found.tasks_of(each.body))} for each in found.figures],
        "sentences": [counting.sentence(each, language()) for each in found.figures],
    }


def figures_json(figures: counting.Figures) -> dict[str, Any]:
    """One body's figures on the wire."""
    counted = {key: getattr(figures, key) for key in counting.COUNTED_FIGURES}
    shares = {"notice": figures.noticed, "notice_in_time": figures.notices_timed, "attendance": figures.attendance}
    more = {"meeting_requirements": figures.meeting_requirements, "notice_timed": figures.notice_timed}
    return {"body": figures.body, **counted, **more, "shares": {key: share_json(share) for key, share in shares.items()}}


def tasks_json(found: TaskFigures) -> dict[str, Any]:
    """The figures of tasks on the wire."""
    return {
        **vars(found),
        "total": found.total,
        "fallen_due": task_rows.fallen_due(found),
        "past_due": task_rows.past_due(found).part,
        "on_time": share_json(task_rows.on_time(found)),
    }


def share_json(share: Share) -> dict[str, Any]:
    """A share on the wire: exact counts, and the rounded share in words."""
    return {"part": share.part, "whole": share.whole, "percent": share.percent() if share.whole else None}


@resource("/reports/tasks", "Tasks by unit in a period; a unit's people read only of their own", **PERIOD)
def report_tasks(session: Session, actor: Actor) -> dict[str, Any]:
    """New, carried over, done in time, late, overdue, in progress."""
    return report_json(reports.made(session, actor, "tasks", asking(), language())[0])


@resource("/reports/leaders", "Meetings by who presided, tasks by the leader in charge", **PERIOD)
def report_leaders(session: Session, actor: Actor) -> dict[str, Any]:
    """Persons' grades are not among them."""
    return report_json(reports.made(session, actor, "leaders", asking(), language())[0])


@resource("/reports/people", "Attendance and statements of each participant in a period", **PERIOD)
def report_people(session: Session, actor: Actor) -> dict[str, Any]:
    """Persons' grades are not among them."""
    return report_json(reports.made(session, actor, "people", asking(), language())[0])


@resource("/reports/rounds", "Written opinion rounds in a period", **PERIOD)
def report_rounds(session: Session, actor: Actor) -> dict[str, Any]:
    """How many were asked and answered, and what came of it."""
    return report_json(reports.made(session, actor, "rounds", asking(), language())[0])


@resource(
    "/reports/procedure", "Conformity of meetings with the procedure of one body, step by step, and its deviations", **PERIOD
)
def report_procedure(session: Session, actor: Actor) -> dict[str, Any]:
    """Without a body: of the committee, else of the first body one may read."""
    return report_json(reports.made(session, actor, "procedure", asking(), language())[0])


def report_json(report: Report) -> dict[str, Any]:
    """A whole report on the wire."""
    return {
        "from": report.period.since.isoformat(),
        "to": report.period.until.isoformat(),
        "sentences": list(report.sentences),
        "tables": [table_json(table) for table in report.tables],
    }


def table_json(table: Table) -> dict[str, Any]:
    """A table: the headings, the rows with where each value leads, the sums."""
    tell = Telling(on_page, language())
    rows = [[cell_json(cell, tell) for cell in row] for row in table.rows]
    foot = [cell_json(cell, tell) for cell in table.foot]
    return {"key": table.key, "columns": [tell.say(column.label) for column in table.columns], "rows": rows, "foot": foot}


def cell_json(cell: Cell, tell: Telling) -> dict[str, Any]:
    """A value and the address of what is behind it."""
    value: Any = cell.value
    if isinstance(value, Share):
        value = share_json(value)
    elif isinstance(value, Said):
        value = tell.value(value)
    elif isinstance(value, date):
        value = value.isoformat()
    return {"value": value, "evidence": cell.link or None}


@resource(
    "/reports/evidence/<of>/<figure>",
    "The meetings, tasks, people's seats or opinion rounds behind a figure",
    unit="id of a unit, for tasks",
    leader="id of a person: who presided, or the leader in charge",
    person="id of a participant",
    step="key of a step of the procedure",
    limit="rows a page",
    cursor="where to go on",
    **PERIOD,
)
def report_evidence(session: Session, actor: Actor, of: str, figure: str) -> dict[str, Any]:
    """Every row with what it weighs; the weights together are the figure."""
    narrowed = drill.Narrowing(asked_number("unit"), asked_number("leader"), asked_number("person"), asked("step"))
    found = drill.find(session, actor, of, figure, asking(), narrowed)
    head = {"figure": found.figure, "total": found.total, "counts": dict(found.counts)}
    return {**head, **paged(found.rows, row_json)}


@resource("/reports/files/<key>", "How far a file is that `evaluation.make_file` was asked for")
def report_file(_session: Session, actor: Actor, key: str) -> dict[str, Any]:
    """Percent, and the name once the file is there, to be fetched from `/reports/files/<key>`."""
    return report_files.progress(key, actor.account_id)


def row_json(row: drill.Row) -> dict[str, Any]:
    """One row behind a figure."""
    tell = Telling(on_page, language())
    return {
        "title": tell.value(row.title),
        "address": row.address or None,
        "body": row.body,
        "day": row.day.isoformat() if row.day else None,
        "weight": row.weight,
        "signs": [tell.value(word) for word, _ in row.signs],
        "detail": row.detail,
    }


def day(name: str) -> date | None:
    """A day of the query; refused as malformed when it is not one."""
    text = asked(name)
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Malformed({name: WRONG_DAY}) from None
    if found.year not in YEARS:
        raise Malformed({name: WRONG_DAY})
    return found
