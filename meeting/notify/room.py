"""What this room brings: reactions to events, the job that mails, reminders, the bell and its page."""

from flask import Flask

from meeting.notify import api, mail, panels, reactions, reminders, service, views

__all__ = ["api", "mail", "reactions", "register", "reminders", "service"]


def register(app: Flask) -> None:
    """Adds the page, the bell, and the panel of mails."""
    app.register_blueprint(views.pages)
    panels.register()
