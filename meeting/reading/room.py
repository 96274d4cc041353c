"""What this room brings: the viewer."""

from flask import Flask

from meeting.reading import api, views

__all__ = ["api", "register"]


def register(app: Flask) -> None:
    """Adds the page."""
    app.register_blueprint(views.pages)
