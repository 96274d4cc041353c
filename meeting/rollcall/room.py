"""What the room puts into the application: stretches of presence, help from the seat, its part of the live state, its pages."""

from flask import Flask

from meeting.rollcall import api, cards, help, models, sections, spans, views

__all__ = ["api", "cards", "help", "models", "register", "sections", "spans"]


def register(app: Flask) -> None:
    """Adds the pages and papers of presence."""
    app.register_blueprint(views.pages)
