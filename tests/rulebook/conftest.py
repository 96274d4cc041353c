"""A server with browsers in front of it, as for the other rooms' browser tests."""

from tests.web.conftest import house, running

__all__ = ["house", "running"]
