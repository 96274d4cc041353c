"""Fixtures of the browser tests of this room."""

from tests.reading.glass import read, shelf
from tests.web.conftest import house, running

__all__ = ["house", "read", "running", "shelf"]
