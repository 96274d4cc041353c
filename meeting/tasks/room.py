"""What this room brings: tasks from issued notices, their acts, the board and its resources."""

from flask import Flask

from meeting.tasks import api, service, views

__all__ = ["api", "register", "service"]


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
