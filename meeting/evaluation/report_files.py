"""The files of a report: made at once while it is small, by the worker when it is large, with its progress shown.

A file is for the person who asked for it alone, is kept for a day, and shows what that person might read when it was made.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from meeting.database import reading
from meeting.documents import handing
from meeting.errors import N_, Missing
from meeting.evaluation import drill, export, report_docx, report_paper, reports
from meeting.evaluation.scope import Asking, Scope
from meeting.evaluation.tables import Cell, Column, Report, Table
from meeting.jobs import job
from meeting.organization.models import Account
from meeting.organization.queries import actor_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIME = {"csv": "text/csv", "xlsx": XLSX, "docx": DOCX, "pdf": "application/pdf"}
LARGE_DAYS = 400  # longer periods are made by the worker
KEPT_SECONDS = 24 * 3600
KEY = re.compile(r"^[A-Za-z0-9_-]{20,60}$")
#: The rows behind the figures that come along in a workbook: of what, of which figure, under which title.
LISTS: Mapping[str, tuple[str, str, str]] = {
    "meetings": ("meetings", "meetings", N_("List of meetings")),
    "tasks": ("tasks", "total", N_("List of tasks")),
}
LIST_COLUMNS = (
    Column(N_("Day"), "date"),
    Column(N_("Content"), "text"),
    Column(N_("Body"), "words"),
    *(Column(N_("Remark"), "words") for _ in range(4)),
    Column(N_("Symbol or unit"), "words"),
)


def is_large(scope: Scope) -> bool:
    """Whether the files of this report are better made beside the pages."""
    return (scope.period.until - scope.period.since).days > LARGE_DAYS


def name_of(kind: str, form: str, scope: Scope) -> str:
    """What the file is called on the reader's disk."""
    days = f"{scope.period.since:%Y%m%d}-{scope.period.until:%Y%m%d}"
    return f"{reports.KINDS[kind].file_name}-{days}.{form}"


def written(report: Report, lists: Sequence[Table], scope: Scope, form: str) -> bytes:
    """A report in one of its forms. Asks the store for nothing."""
    if form == "csv":
        return export.as_csv(report)
    if form == "xlsx":
        return export.as_xlsx(report, lists)
    if not scope.bodies:
        raise Missing()
    body = report_paper.heading_body(scope.bodies)
    return report_docx.docx_report(report, body) if form == "docx" else report_paper.pdf(report, body)


def lists_of(session: Session, report: Report, scope: Scope, form: str) -> Sequence[Table]:
    """The rows behind the figures, as further sheets."""
    wanted = LISTS.get(report.kind)
    if form != "xlsx" or wanted is None or not scope.proven or scope.unit_id is not None:
        return []
    of, figure, title = wanted
    asking = Asking(scope.asking.body, "", scope.period.since, scope.period.until)
    found = drill.find(session, scope.actor, of, figure, asking, drill.Narrowing())
    rows = [[Cell(row.day), Cell(row.title), Cell(row.body), *_signs(row), Cell(row.detail)] for row in found.rows]
    return [Table("list", title, LIST_COLUMNS, rows)]


def _signs(row: drill.Row) -> list[Cell]:
    words = [Cell(word) for word, _ in row.signs[:4]]
    return [*words, *([Cell("")] * (4 - len(words)))]


# ---- large ones, by the worker ----------------------------------------------------------------------------------------------


def _named(key: str, ending: str) -> str:
    if not KEY.match(key):
        raise Missing()
    return f"reports/{key}.{ending}"


@job("evaluation.report_file", slow=True)
def make(key: str, account_id: int, report: str, form: str, body: str, since: str, until: str) -> None:
    """Makes a file for the person who asked for it, with the rights they have now."""
    handing.sweep("reports", KEPT_SECONDS)
    asking = Asking(body, "", date.fromisoformat(since), date.fromisoformat(until))
    with reading() as session:
        actor = actor_of(session, session.get(Account, account_id))
        if actor is None:
            return
        found, scope = reports.made(session, actor, report, asking, "vi")
        tell(key, account_id, 50)
        lists = lists_of(session, found, scope, form)
    tell(key, account_id, 70)
    handing.put(_named(key, "file"), written(found, lists, scope, form))
    tell(key, account_id, 100, name_of(report, form, scope))


def tell(key: str, account_id: int, percent: int, name: str = "") -> None:
    """Says how far a file is, for the person it is for."""
    handing.put(_named(key, "json"), json.dumps({"percent": percent, "name": name, "account_id": account_id}).encode())


def progress(key: str, account_id: int) -> dict[str, Any]:
    """How far a file is: percent, and its name once it is there. `not_found` for everybody but who asked for it."""
    try:
        found: dict[str, Any] = json.loads(handing.fetch(_named(key, "json")))
    except FileNotFoundError:
        raise Missing() from None
    if found["account_id"] != account_id:
        raise Missing()
    return {"percent": found["percent"], "name": found["name"]}


def finished(key: str, account_id: int) -> tuple[bytes, str]:
    """A file that is there: `not_found` before."""
    told = progress(key, account_id)
    if told["percent"] < 100:
        raise Missing()
    return handing.fetch(_named(key, "file")), str(told["name"])
