"""Registers the records: their acts. They have no pages of their own yet."""

from flask import Flask

from meeting.records import service

__all__ = ["register", "service"]


def register(_app: Flask) -> None:
    """Nothing to open: records are kept from the command line."""
