"""Pages of the punctuality ledger: the units with their figures, and the papers behind each of them."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext

from meeting import clock
from meeting.errors import N_
from meeting.evaluation import export, ledger
from meeting.evaluation.periods import Period, chosen, offered
from meeting.evaluation.punctuality import FIGURES
from meeting.evaluation.views import asked_day
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("ledger", __name__)

HEADINGS = (
    N_("Rank"),
    N_("Unit"),
    N_("Papers asked for"),
    N_("On time"),
    N_("Late"),
    N_("Minutes late on average"),
    N_("Minutes late in all"),
    N_("Not sent"),
    N_("Returned"),
    N_("More time granted"),
    N_("Graded"),
    N_("Not meeting the requirements"),
)


def _period() -> Period:
    years = ledger.years(session(), actor())
    return chosen(asked("period"), asked_day("from"), asked_day("to"), clock.today(), years)


def _filters(when: Period) -> dict[str, Any]:
    """What every page of the ledger keeps in its address, and offers to choose from."""
    names = ("body", "period", "from", "to")
    return {
        "period": when,
        "periods": offered(clock.today(), ledger.years(session(), actor())),
        "bodies": ledger.bodies(session(), actor()),
        "kept": {name: request.args[name] for name in names if request.args.get(name)},
        "figures": FIGURES,
    }


@pages.get("/reports/units")
def units() -> str:
    """How did each unit keep its days for papers?"""
    when = _period()
    mine = ledger.reach(session(), actor())
    lines = ledger.lines(session(), actor(), when.since, when.until, asked("body"))
    return page("evaluation/units.html", lines=lines, own_only=not mine.all_units, proven=not mine.figures_only, **_filters(when))


@pages.get("/reports/units/<int:unit_id>")
def unit(unit_id: int) -> str:
    """Which papers are behind a figure of this unit?"""
    when = _period()
    figure = asked("figure") or "asked"
    found = ledger.record(session(), actor(), unit_id, figure, when.since, when.until, asked("body"), asked_number("page") or 1)
    return page("evaluation/unit.html", record=found, now=clock.now(), **_filters(when))


@pages.get("/reports/units.<any(csv, xlsx):form>")
def download(form: str) -> Response:
    """The ledger as a file."""
    when = _period()
    rows: list[list[str | int]] = [[gettext(heading) for heading in HEADINGS]]
    for line in ledger.lines(session(), actor(), when.since, when.until, asked("body")):
        received = [line.on_time, line.late, line.late_minutes, line.late_minutes_in_all, line.missing]
        rows.append([line.rank or "", line.unit, line.asked, *received, line.returned, line.granted, line.graded, line.not_met])
    content = export.as_csv(rows) if form == "csv" else export.as_xlsx(gettext("Punctuality of units"), rows)
    headers = {"Content-Disposition": f'attachment; filename="so-dung-han.{form}"'}
    return Response(content, mimetype=export.KINDS[form], headers=headers)
