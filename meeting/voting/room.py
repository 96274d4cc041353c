"""What the voting room puts into the application: its acts, its part of the live state, what can be read."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import ALLOWED, Action
from meeting.voting import (
    api,
    casting,
    closing,
    entering,
    evidence,
    evidence_views,
    lapsing,
    own,
    panels,
    papers_api,
    preparing,
    readiness,
    registers,
    repeating,
    reviewing,
    sections,
    service,
    spoken,
    sweep,
    timing,
    views,
)
from meeting.web import nav

__all__ = [
    "api",
    "casting",
    "closing",
    "entering",
    "evidence",
    "evidence_views",
    "lapsing",
    "own",
    "panels",
    "papers_api",
    "preparing",
    "readiness",
    "register",
    "registers",
    "repeating",
    "reviewing",
    "sections",
    "service",
    "spoken",
    "sweep",
    "timing",
]

nav.entry(
    "voting_record",
    icon="checkbox",
    label=N_("Voting record"),
    endpoint="voting.own_record",
    roles=ALLOWED[Action.READ_OWN_RECORD] | ALLOWED[Action.READ_VOTING_RECORD],
    group="after",
    order=28,
    under="meetings",
)


def register(app: Flask) -> None:
    """The doors to papers; everything else registers when it is imported, and the screens are the chamber's."""
    app.register_blueprint(evidence_views.pages)
    app.register_blueprint(views.pages)
