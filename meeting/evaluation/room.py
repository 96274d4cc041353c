"""What this room brings: grading, the register of past meetings, reports."""

from flask import Flask

from meeting.errors import N_
from meeting.evaluation import api, ledger_api, ledger_views, panels, service, views
from meeting.permissions import ALLOWED, Action
from meeting.web import nav

__all__ = ["api", "ledger_api", "panels", "register", "service"]

nav.entry(
    "report",
    icon="chart-bar",
    label=N_("Evaluation and reports"),
    rail_label=N_("Reports"),
    endpoint="evaluation.report",
    roles=ALLOWED[Action.READ_REPORT],
    group="after",
    order=30,
)
nav.entry(
    "ledger",
    icon="clock",
    label=N_("Punctuality of units"),
    rail_label=N_("Punctuality"),
    endpoint="ledger.units",
    roles=ALLOWED[Action.READ_LEDGER] - ALLOWED[Action.READ_REPORT],
    group="unit",
    order=30,
)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
    app.register_blueprint(ledger_views.pages)
