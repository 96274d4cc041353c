"""Registers the records: their acts and jobs, the pages on backups, retention and archive files."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import Role
from meeting.records import api, archiving, keeping, making, portable, portable_files, retention, service, views
from meeting.web import nav

__all__ = ["api", "archiving", "keeping", "making", "portable", "portable_files", "register", "retention", "service"]


def register(app: Flask) -> None:
    """Opens the pages and their entries in the navigation."""
    app.register_blueprint(views.pages)
    nav.entry(
        "keeping",
        icon="database",
        label=N_("Backups"),
        endpoint="records.backups",
        roles=(Role.ADMIN,),
        group="run",
        order=60,
    )
    nav.entry(
        "retention",
        icon="archive",
        label=N_("Terms of keeping"),
        endpoint="records.terms",
        roles=(Role.ADMIN,),
        group="run",
        order=62,
    )
