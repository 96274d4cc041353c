"""What the live room puts into the application: its acts, its sections, what can be read, its pages."""

from flask import Flask

from meeting.live import api, attendance, sections, service

__all__ = ["api", "attendance", "register", "sections", "service"]


def register(app: Flask) -> None:
    """Nothing yet."""
