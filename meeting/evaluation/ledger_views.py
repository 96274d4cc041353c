"""Pages of the punctuality ledger: the units with their figures, and the papers behind each of them."""

from typing import Any

from flask import Blueprint, request

from meeting import clock
from meeting.evaluation import ledger
from meeting.evaluation.periods import GROUPS, Period, chosen, offered
from meeting.evaluation.punctuality import FIGURES
from meeting.evaluation.report_files import LARGE_DAYS
from meeting.evaluation.report_views import FORMS, asked_day, grouped, tabs
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("ledger", __name__)


def _period() -> Period:
    years = ledger.years(session(), actor())
    return chosen(asked("period"), asked_day("from"), asked_day("to"), clock.today(), years)


def _filters(when: Period) -> dict[str, Any]:
    """What every page of the ledger keeps in its address, and offers to choose from."""
    names = ("body", "period", "from", "to")
    return {
        "period": when,
        "periods": grouped(offered(clock.today(), ledger.years(session(), actor()))),
        "groups": GROUPS,
        "action": "/reports/units",
        "report_kind": "units",
        "tabs": tabs(actor()),
        "forms": FORMS,
        "large": (when.until - when.since).days > LARGE_DAYS,
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
