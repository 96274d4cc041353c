"""What this room brings: the kinds of meetings with their rules, and the work calendar."""

from flask import Flask

from meeting.rulebook import books, exchange, kinds, workdays

__all__ = ["books", "exchange", "kinds", "register", "workdays"]


def register(app: Flask) -> None:
    """Nothing to add yet."""
