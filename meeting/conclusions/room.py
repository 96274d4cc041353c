"""What this room brings: acts on minutes and notices, minutes at the close, PDFs as jobs, pages and resources."""

from flask import Flask

from meeting.conclusions import api, jobs, lines, minutes, panels, parts, queries, sections, service, views
from meeting.errors import N_
from meeting.permissions import Role
from meeting.web import nav

__all__ = ["api", "jobs", "lines", "minutes", "panels", "parts", "register", "sections", "service"]

nav.entry(
    "notices",
    icon="file-text",
    label=N_("Conclusion notices"),
    rail_label=N_("Conclusions"),
    endpoint="conclusions.notices",
    roles={Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.INSPECTOR},
    group="after",
    order=10,
)
nav.counter("notices", queries.making_count)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
