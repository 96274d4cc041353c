"""What this room brings: the viewer."""

from flask import Flask

from meeting.reading import views

__all__ = ["register"]


def register(app: Flask) -> None:
    """Adds the page."""
    app.register_blueprint(views.pages)
