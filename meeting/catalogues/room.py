"""What this room brings: catalogues and rooms."""

from flask import Flask

from meeting.catalogues import models

__all__ = ["models", "register"]


def register(app: Flask) -> None:
    """Nothing to add yet."""
