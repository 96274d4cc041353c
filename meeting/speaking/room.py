"""What the speaking room puts into the application: its acts, its sections, what can be read."""

from flask import Flask

from meeting.speaking import api, grading, listing, running, sections, service

__all__ = ["api", "grading", "listing", "register", "running", "sections", "service"]


def register(app: Flask) -> None:
    """Nothing beside what importing registers: its screens are the chamber's."""
