"""Registers the health of the system: checks, the worker's sign of life, the page, the figures for Prometheus."""

from flask import Flask

from meeting.errors import N_
from meeting.health import beat, metrics, server_looks, service, start, system_looks, views
from meeting.permissions import ALLOWED, Action
from meeting.web import nav

__all__ = ["beat", "register", "server_looks", "service", "start", "system_looks"]


def register(app: Flask) -> None:
    """Opens the page, its entry in the navigation, and /metrics."""
    app.register_blueprint(views.pages)
    metrics.register(app)
    nav.entry(
        "health",
        icon="activity-heartbeat",
        label=N_("Health of the system"),
        endpoint="health.health",
        roles=ALLOWED[Action.READ_HEALTH],
        group="run",
        order=61,
    )
