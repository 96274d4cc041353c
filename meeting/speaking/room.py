"""What the speaking room puts into the application: its acts, its sections, what can be read, its tab and its file."""

from flask import Flask

from meeting.speaking import api, grading, listing, running, screens, sections, service, views

__all__ = ["api", "grading", "listing", "register", "running", "screens", "sections", "service"]


def register(app: Flask) -> None:
    """Adds the file of speaking time; the screens are the chamber's."""
    app.register_blueprint(views.pages)
    app.jinja_env.filters["clock_seconds"] = clock_seconds


def clock_seconds(seconds: int) -> str:
    """A length of time as 02:46, or 1:02:46 from an hour on."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
