"""What this room brings: invitation papers and their PDFs, absences, substitutes, guests' links and their door."""

from flask import Flask

from meeting.errors import N_
from meeting.invitations import absences, api, jobs, keys, links, panels, papers, reactions, substitutes, views
from meeting.permissions import ALLOWED, Action
from meeting.web import nav

__all__ = ["absences", "api", "jobs", "links", "panels", "papers", "reactions", "register", "substitutes"]

nav.entry(
    "invitations",
    icon="mail",
    label=N_("Invitations and roll call"),
    endpoint="invitations.overview",
    roles=ALLOWED[Action.ISSUE_MEETING],
    group="prepare",
    order=20,
)
keys.open_doors()


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
