"""What this room brings: grading, the register of past meetings, reports."""

from flask import Flask

from meeting.errors import N_
from meeting.evaluation import api, panels, service, views
from meeting.permissions import ALLOWED, Action
from meeting.web import nav

__all__ = ["api", "panels", "register", "service"]

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


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
