"""What this room brings: grading, the register of past meetings, reports."""

from flask import Flask

from meeting.errors import N_
from meeting.evaluation import (
    api,
    closing,
    forms,
    grading,
    grading_api,
    iso_views,
    ledger_api,
    ledger_views,
    panels,
    procedures,
    report_asking,
    report_views,
    service,
    survey,
    views,
)
from meeting.permissions import ALLOWED, Action, Role
from meeting.web import nav

__all__ = [
    "api",
    "closing",
    "forms",
    "grading",
    "grading_api",
    "iso_views",
    "ledger_api",
    "panels",
    "procedures",
    "register",
    "report_asking",
    "report_views",
    "service",
    "survey",
]

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
nav.entry(
    "evaluation_form",
    icon="clipboard-check",
    label=N_("Evaluation form"),
    endpoint="evaluation.form",
    roles=ALLOWED[Action.KEEP_EVALUATION_FORM] - {Role.CHAIR},
    group="administer",
    order=26,
)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
    app.register_blueprint(ledger_views.pages)
