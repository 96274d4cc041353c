"""What this room brings: notes on pages, their way to new versions, their lists and exports."""

from flask import Flask

from meeting.notes import api, carry_service, service

__all__ = ["api", "carry_service", "register", "service"]


def register(app: Flask) -> None:
    """Adds the pages."""
