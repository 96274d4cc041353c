"""What this room brings: requirements, submissions, the viewer, notes and reading marks."""

from flask import Flask

from meeting.errors import N_
from meeting.materials import (
    api,
    asking,
    board_views,
    catalogue_uses,
    checking,
    compare_service,
    differing,
    due,
    late,
    late_views,
    newest_service,
    notes,
    panels,
    pieces,
    queries,
    reactions,
    release_api,
    release_service,
    release_views,
    sending,
    unit_queries,
    unit_views,
    views,
)
from meeting.materials.rules import span
from meeting.permissions import ALLOWED, Action, Role
from meeting.web import nav

__all__ = [
    "api",
    "asking",
    "board_views",
    "catalogue_uses",
    "checking",
    "compare_service",
    "differing",
    "due",
    "late",
    "late_views",
    "newest_service",
    "notes",
    "pieces",
    "reactions",
    "register",
    "release_api",
    "release_service",
    "sending",
    "unit_views",
]

nav.entry(
    "papers_owed",
    icon="upload",
    label=N_("Papers to submit"),
    endpoint="materials.owed",
    roles={Role.OFFICER, Role.HEAD},
    group="unit",
    order=10,
    hot=True,
)
nav.counter("papers_owed", unit_queries.still_owed)
nav.entry(
    "papers_board",
    icon="inbox",
    label=N_("Papers of the units"),
    endpoint="materials.boards",
    roles=ALLOWED[Action.READ_BOARD] - {Role.CHAIR, Role.INSPECTOR},
    group="prepare",
    order=10,
    hot=True,
)
nav.counter("papers_board", queries.to_review_count)
nav.entry(
    "papers",
    icon="files",
    label=N_("Papers to read"),
    rail_label=N_("Papers"),
    endpoint="materials.reading",
    roles={Role.MEMBER, Role.CHAIR, Role.GUEST},
    group="now",
    order=30,
)
panels.add()


def register(app: Flask) -> None:
    """Adds the pages and the words of time."""
    app.add_template_filter(span)
    app.register_blueprint(views.pages)
    app.register_blueprint(release_views.pages)
