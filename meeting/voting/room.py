"""What the voting room puts into the application: its acts, its part of the live state, what can be read."""

from flask import Flask

from meeting.voting import api, casting, closing, panels, sections, service, sweep

__all__ = ["api", "casting", "closing", "panels", "register", "sections", "service", "sweep"]


def register(app: Flask) -> None:
    """Nothing beside what importing registers: the screens are the chamber's."""
