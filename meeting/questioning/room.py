"""What the room puts into the application."""

from flask import Flask

from meeting.questioning import groups, models, promises, sections, service, written

__all__ = ["groups", "models", "promises", "register", "sections", "service", "written"]


def register(_app: Flask) -> None:
    """Nothing is put on the web yet."""
