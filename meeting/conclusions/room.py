"""What this room brings: acts on minutes and notices, minutes at the close, PDFs as jobs, pages and resources."""

from flask import Flask

from meeting.conclusions import (
    api,
    corrections,
    drafting,
    editing_api,
    editing_pages,
    editing_sources,
    editing_words,
    form_views,
    forms,
    genuine_views,
    jobs,
    life_api,
    lines,
    listing,
    minutes,
    minutes_api,
    minutes_pages,
    minutes_panels,
    minutes_views,
    panels,
    parts,
    publishing,
    sealing_acts,
    sealing_doors,
    sealing_files,
    sealing_jobs,
    sealing_minutes,
    sections,
    service,
    views,
)
from meeting.errors import N_
from meeting.permissions import Action, Role, hat
from meeting.web import nav

__all__ = [
    "api",
    "corrections",
    "drafting",
    "editing_api",
    "editing_pages",
    "editing_sources",
    "editing_words",
    "form_views",
    "forms",
    "jobs",
    "life_api",
    "lines",
    "minutes",
    "minutes_api",
    "minutes_pages",
    "minutes_panels",
    "minutes_views",
    "panels",
    "parts",
    "publishing",
    "register",
    "sealing_acts",
    "sealing_doors",
    "sealing_files",
    "sealing_jobs",
    "sealing_minutes",
    "sections",
    "service",
]

nav.entry(
    "notices",
    icon="file-text",
    label=N_("Conclusion notices"),
    rail_label=N_("Conclusions"),
    endpoint="conclusions.notices",
    roles={Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.INSPECTOR, hat(Action.WRITE_CONCLUSIONS)},
    group="after",
    order=10,
)
nav.counter("notices", listing.making_count)
nav.entry(
    "resolutions",
    icon="gavel",
    label=N_("Resolutions, decisions"),
    rail_label=N_("Resolutions"),
    endpoint="conclusions.resolutions",
    roles={Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.INSPECTOR, hat(Action.WRITE_CONCLUSIONS)},
    group="after",
    order=11,
)
nav.counter("resolutions", listing.deciding_count)
nav.entry(
    "paper_forms",
    icon="template",
    label=N_("Forms of documents"),
    rail_label=N_("Forms"),
    endpoint="conclusions.paper_forms",
    roles={Role.SECRETARY, Role.CHIEF},
    group="administer",
    order=35,
)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
    app.register_blueprint(genuine_views.pages)
    app.register_blueprint(editing_pages.door)
