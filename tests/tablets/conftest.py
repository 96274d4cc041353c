"""A running server with browsers in front of it."""

from tests.web.conftest import house, running

__all__ = ["house", "running"]
