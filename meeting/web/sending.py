"""Sends a long answer without a pause in it.

eventlet hands a long answer to the system in two pieces. By itself the system keeps the second until the other side has
acknowledged the first, and the other side takes its time for that: some 40 ms, more than the whole answer takes otherwise.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

INPUT = "eventlet.input"  # under this name eventlet hands in the body of a request, which knows its connection


class AtOnce:
    """Stands before the application: what is written leaves at once."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """One request."""
        body = environ.get(INPUT)
        if body is not None:
            with suppress(OSError):  # the other side may be gone
                body.get_socket().setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        return self._application(environ, start_response)
