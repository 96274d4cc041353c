"""What this room brings: the kinds of meetings with their rules."""

from flask import Flask

from meeting.rulebook import service

__all__ = ["register", "service"]


def register(app: Flask) -> None:
    """Nothing to add yet."""
