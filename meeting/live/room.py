"""What the live room puts into the application."""

from flask import Flask


def register(app: Flask) -> None:
    """Nothing yet beside its sections."""
