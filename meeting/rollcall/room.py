"""What the room puts into the application: stretches of presence, help from the seat, its part of the live state, its pages."""

from flask import Flask

from meeting.rollcall import help, models, sections, spans

__all__ = ["help", "models", "register", "sections", "spans"]


def register(_app: Flask) -> None:
    """Nothing is put on the web yet."""
