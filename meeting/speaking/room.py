"""What the speaking room puts into the application: its acts, its sections, what can be read."""

from flask import Flask

from meeting.speaking import api, sections, service

__all__ = ["api", "register", "sections", "service"]


def register(app: Flask) -> None:
    """Nothing beside what importing registers: its screens are the chamber's."""
