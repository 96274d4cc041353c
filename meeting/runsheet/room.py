"""What the room puts into the application."""

from flask import Flask

from meeting.runsheet import models

__all__ = ["models", "register"]


def register(_app: Flask) -> None:
    """Nothing is put on the web yet."""
