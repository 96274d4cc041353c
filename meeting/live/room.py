"""What the live room puts into the application: its acts, its sections, what can be read, its pages."""

from flask import Flask

from meeting.live import api, attendance, handing, items, panel, scenes, sections, service, showing, views

__all__ = ["api", "attendance", "handing", "items", "panel", "register", "scenes", "sections", "service", "showing"]


def register(app: Flask) -> None:
    """Adds the pages of the running meeting."""
    app.register_blueprint(views.pages)
