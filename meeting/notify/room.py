"""What this room brings: reactions to events, the job that mails, reminders, the bell and its page."""

from flask import Flask

from meeting.errors import N_
from meeting.notify import (
    api,
    devices,
    handing_out,
    mail,
    panels,
    push,
    reactions,
    reactions_documents,
    reactions_entrance,
    reactions_evaluation,
    reactions_guides,
    reactions_mail,
    reactions_papers,
    reactions_people,
    reactions_questioning,
    reactions_rounds,
    reactions_server,
    reactions_tablets,
    reactions_tasks,
    reminders,
    service,
    settings,
    sms,
    views,
)
from meeting.permissions import Role
from meeting.web import nav

__all__ = [
    "api",
    "devices",
    "handing_out",
    "mail",
    "push",
    "reactions",
    "reactions_documents",
    "reactions_entrance",
    "reactions_evaluation",
    "reactions_guides",
    "reactions_mail",
    "reactions_papers",
    "reactions_people",
    "reactions_questioning",
    "reactions_rounds",
    "reactions_server",
    "reactions_tablets",
    "reactions_tasks",
    "register",
    "reminders",
    "service",
    "settings",
    "sms",
]


def register(app: Flask) -> None:
    """Adds the page, the bell, and the panel of mails."""
    app.register_blueprint(views.pages)
    panels.register()
    nav.entry(
        "channels",
        icon="bell-cog",
        label=N_("Channels and reminders"),
        endpoint="notify.first_body",
        roles=(Role.SECRETARY, Role.CHIEF),
        group="administer",
        order=30,
    )
