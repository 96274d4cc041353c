"""What this room brings: reactions to events, the job that mails, reminders, the bell and its page."""

from flask import Flask

from meeting.notify import (
    api,
    devices,
    handing_out,
    mail,
    panels,
    push,
    reactions,
    reactions_mail,
    reactions_papers,
    reactions_people,
    reminders,
    service,
    settings,
    sms,
    views,
)

__all__ = [
    "api",
    "devices",
    "handing_out",
    "mail",
    "push",
    "reactions",
    "reactions_mail",
    "reactions_papers",
    "reactions_people",
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
