"""Structured logs: one JSON object a line on standard error. No ballot, password, token or paper text ever goes there."""

import logging
import sys

from pythonjsonlogger.json import JsonFormatter


def set_up(level: int = logging.INFO) -> None:
    """Sends all logs of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("huey", "geventwebsocket.handler", "engineio.server", "socketio.server", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
