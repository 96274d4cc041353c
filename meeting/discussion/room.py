"""What the discussion room puts into the application: its acts, its section, its tab, what can be read and taken away."""

from flask import Flask

from meeting.discussion import agreeing, api, moderating, panel, sections, service, views

__all__ = ["agreeing", "api", "moderating", "panel", "register", "sections", "service"]


def register(app: Flask) -> None:
    """Adds the downloads."""
    app.register_blueprint(views.pages)
