"""What the discussion room puts into the application: its acts, its section, its tab, what can be read."""

from flask import Flask

from meeting.discussion import api, panel, sections, service

__all__ = ["api", "panel", "register", "sections", "service"]


def register(app: Flask) -> None:
    """Nothing beside what importing registers."""
