"""What this room brings: reads for other systems, webhooks, calendars of bodies, and their pages for the administrator."""

from flask import Flask

from meeting.errors import N_
from meeting.exchange import api, calls, clients, delivering, describing, doors, feeds, hooks, retention, telling, views
from meeting.exchange.shapes import ROOT
from meeting.permissions import Role
from meeting.web import api as web_api
from meeting.web import nav, reference

__all__ = ["api", "calls", "clients", "delivering", "feeds", "hooks", "register", "retention", "telling"]


def register(app: Flask) -> None:
    """Adds the reads, the pages, their place in the navigation and in the description of the API."""
    app.register_blueprint(doors.exchange, url_prefix=ROOT)
    app.register_blueprint(views.pages)
    nav.entry(
        "clients",
        icon="plug-connected",
        label=N_("Connected systems"),
        endpoint="exchange.clients",
        roles=(Role.ADMIN,),
        group="run",
        order=45,
    )
    if describing.add_to not in web_api.DESCRIBERS:
        web_api.DESCRIBERS.append(describing.add_to)
        reference.SYSTEM_READS.append(describing.sections)
