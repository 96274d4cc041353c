"""The web process: listener, writer, pusher, and a clean stop."""

import fcntl
import gc
import logging
import os
import resource
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask

from meeting import asyncmode, config, logs
from meeting.app import create_app
from meeting.database import database
from meeting.errors import N_
from meeting.live import joining, push
from meeting.voting.sweep import sweep
from meeting.web.sockets import socketio
from meeting.writer import writer

log = logging.getLogger("meeting.server")

BACKLOG = 4096
MAX_SOCKETS = 20_000
AT_ONCE = 16  # connections taken before others go on
STOP_SECONDS = 5.0

_held: list[Any] = []


class CannotServe(Exception):
    """The server cannot start; the message says why, for people."""


class AlreadyRunning(CannotServe):
    """Another web process holds this data folder."""


def hold_lock() -> None:
    """One web process a SQLite file: takes the lock of the data folder or raises `AlreadyRunning`."""
    path: Path = config.settings().storage / "web.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise AlreadyRunning(N_("Another server already runs on this data folder.")) from error
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    _held.append(file)


def prepare() -> Flask:
    """The application with its writer and pusher running. Tables must stand (see `migrations.upgrade`)."""
    logs.set_up()
    if database().sqlite:
        hold_lock()
    app = create_app()
    sweep()
    writer.start()
    joining.warm_up()
    socketio.start_background_task(push.watch)
    if os.environ.get("MEETING_LATENESS"):
        socketio.start_background_task(asyncmode.note_lateness, os.environ["MEETING_LATENESS"])
    return app


def serve(host: str, port: int, started: Callable[[], None] = lambda: None) -> None:
    """Serves until SIGTERM or SIGINT, then closes the door and finishes what waits for at most five seconds.

    `started` is called once the address is ours. Raises `CannotServe` when it cannot be.
    """
    _open_files()
    listener = _listen(host, port)
    app = prepare()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    _calm_collector()
    log.info("serving", extra={"host": host, "port": port, "mode": asyncmode.mode()})
    started()
    if asyncmode.mode() == "eventlet":
        import eventlet.wsgi  # noqa: PLC0415 - only in this mode

        eventlet.wsgi.server(_Paced(listener), app, max_size=MAX_SOCKETS, log_output=False, debug=False)
    elif asyncmode.mode() == "gevent":
        from gevent import pywsgi  # noqa: PLC0415 - only in this mode
        from geventwebsocket.handler import WebSocketHandler  # noqa: PLC0415 - only in this mode

        server = pywsgi.WSGIServer(listener, app, handler_class=WebSocketHandler, log=None)
        server.max_accept = AT_ONCE
        server.serve_forever()
    else:
        raise CannotServe(N_("MEETING_ASYNC must be eventlet or gevent to serve."))


class _Paced:
    """A listener that lets a few come in at a time: five hundred tablets at once would stop those who are inside."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._taken = 0

    def accept(self) -> Any:
        """The next connection; after some of them others go on first."""
        self._taken += 1
        if self._taken % AT_ONCE == 0:
            time.sleep(0)
        return self._listener.accept()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listener, name)


def _open_files() -> None:
    """Each tablet is an open file: as many as this machine allows the process."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _listen(host: str, port: int) -> socket.socket:
    """The listening socket with a long queue; refuses in words when the address is taken or not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        raise CannotServe(N_("This address cannot be served: another program may be using the port.")) from error


def _calm_collector() -> None:
    """What stands after the start is never garbage: a full collection over it stops all tablets for a quarter of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _stop(_number: int, _frame: Any) -> None:
    """Runs in the signal handler: the waiting is done beside the loop, so that the writer can go on."""

    def finish() -> None:
        writer.stop(STOP_SECONDS)
        logging.shutdown()
        os._exit(0)

    socketio.start_background_task(finish)
