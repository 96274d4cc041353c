"""What the room puts into the application: its acts, the worker's look at deadlines, what can be read, its pages."""

from flask import Flask

from meeting.rounds import answering, api, asking, closing, drafting, duties, models, opening, panels, reporting, views

__all__ = ["answering", "api", "asking", "closing", "drafting", "duties", "models", "opening", "panels", "register", "reporting"]


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
