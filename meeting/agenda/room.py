"""What this room brings: the acts of preparing a meeting, its pages and resources."""

from flask import Flask

from meeting.agenda import lifecycle, participants, programme, service

__all__ = ["lifecycle", "participants", "programme", "register", "service"]


def register(app: Flask) -> None:
    """Adds the pages."""
