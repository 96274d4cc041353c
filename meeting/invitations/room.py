"""What this room brings."""

from flask import Flask


def register(app: Flask) -> None:
    """Nothing to add yet."""
