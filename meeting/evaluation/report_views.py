"""Pages of reports: each with its sentence, charts and tables; and what is behind a figure."""

from datetime import date
from typing import Any

from flask import Response, request

from meeting.asyncmode import run_blocking
from meeting.evaluation import drill, report_files, reports
from meeting.evaluation.periods import GROUPS, Period, emphasised, offered
from meeting.evaluation.scope import Asking, Scope, years
from meeting.evaluation.telling import Telling, on_page
from meeting.evaluation.views import pages
from meeting.inputs import YEARS
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, language, page, session

#: The tabs, in their order, with their addresses. The units' has a page of its own.
TABS = {kind: f"/reports/{kind}" for kind in reports.KINDS} | {"meetings": "/reports"}
FORMS = ("xlsx", "docx", "pdf", "csv")


def asked_day(name: str) -> date | None:
    """A day of the address; None when it is not one, or so far away that nothing can be reckoned from it."""
    try:
        found = date.fromisoformat(asked(name))
    except ValueError:
        return None
    return found if found.year in YEARS else None


def asking() -> Asking:
    """The filters of this request."""
    return Asking(asked("body"), asked("period"), asked_day("from"), asked_day("to"))


def shell(kind: str, scope: Scope) -> dict[str, Any]:
    """What every page of reports has around its content: tabs, filters, what files there are."""
    return {
        "report_kind": kind,
        "tabs": tabs(actor()),
        "action": request.path,
        "period": scope.period,
        "periods": grouped(offered(scope.today, years(session(), scope.readable))),
        "groups": GROUPS,
        "bodies": [body.short_name for body in scope.readable],
        "kept": scope.kept,
        "forms": FORMS,
        "large": report_files.is_large(scope),
    }


def tabs(who: Actor) -> list[tuple[str, str, str]]:
    """The reports somebody may open: kind, label, address."""
    return [(kind, found.label, TABS[kind]) for kind, found in reports.KINDS.items() if kind in reports.open_to(who)]


def grouped(periods: list[Period]) -> dict[str, list[Period]]:
    """The periods to choose from, by group."""
    found: dict[str, list[Period]] = {}
    for period in periods:
        found.setdefault(period.group, []).append(period)
    return found


@pages.get("/reports")
def report() -> str:
    """The sentence for the report, and what explains it."""
    return _report("meetings")


@pages.get("/reports/<any(tasks, leaders, people, rounds, procedure):kind>")
def report_of(kind: str) -> str:
    """One of the other reports."""
    return _report(kind)


def _report(kind: str) -> str:
    made, scope = reports.made(session(), actor(), kind, asking(), language())
    return page(
        "evaluation/report.html",
        report=made,
        sentences=[emphasised(each) for each in made.sentences],
        further=[emphasised(each) for each in made.further],
        tell=Telling(on_page, language()).value,
        report_body=scope.names[0] if scope.names else "",
        may_keep=kind == "procedure" and allows(Action.KEEP_PROCEDURES, actor().roles_in(scope.bodies[0].id)),
        **shell(kind, scope),
    )


@pages.get("/reports/evidence/<of>/<figure>")
def evidence(of: str, figure: str) -> str:
    """What is behind one figure?"""
    narrowed = drill.Narrowing(asked_number("unit"), asked_number("leader"), asked_number("person"), asked("step"))
    found = drill.find(session(), actor(), of, figure, asking(), narrowed)
    number = min(max(asked_number("page") or 1, 1), found.pages)
    kept = {
        name: request.args[name]
        for name in ("body", "from", "to", "period", "unit", "leader", "person", "step")
        if name in request.args
    }
    return page(
        "evaluation/evidence.html",
        found=found,
        rows=found.page(number),
        number=number,
        narrowing=kept,
        tell=Telling(on_page, language()).value,
        **shell(HOMES[of], found.scope),
    )


#: The report from which the rows of a kind are looked at.
HOMES = {"meetings": "meetings", "tasks": "tasks", "people": "people", "rounds": "rounds", "procedure": "procedure"}


@pages.get("/reports/<any(meetings, units, tasks, leaders, people, rounds, procedure):kind>.<any(csv, xlsx, docx, pdf):form>")
def download(kind: str, form: str) -> Response:
    """A report as a file, in Vietnamese whoever asks for it."""
    made, scope = reports.made(session(), actor(), kind, asking(), "vi")
    lists = report_files.lists_of(session(), made, scope, form)
    return _file(run_blocking(report_files.written, made, lists, scope, form), report_files.name_of(kind, form, scope))


@pages.get("/reports/files/<key>")
def file(key: str) -> Response:
    """A file that the worker made."""
    return _file(*report_files.finished(key, actor().account_id))


def _file(content: bytes, name: str) -> Response:
    kind = report_files.MIME[name.rpartition(".")[2]]
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
