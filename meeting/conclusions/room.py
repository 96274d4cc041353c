"""What this room brings: acts on minutes and notices, the draft of minutes at the close, PDFs as jobs, pages and resources."""

from flask import Flask

from meeting.conclusions import api, jobs, lines, minutes, service, views

__all__ = ["api", "jobs", "lines", "minutes", "register", "service"]


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
