"""What the room puts into the application."""

from flask import Flask

from meeting.questioning import api, closing, groups, promises, screens, sections, service, views, written

__all__ = ["api", "closing", "groups", "promises", "register", "screens", "sections", "service", "written"]


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
