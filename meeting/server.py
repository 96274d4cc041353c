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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from meeting import asyncmode, config, logs, readiness
from meeting.app import create_app
from meeting.database import database
from meeting.entrance import listening, tls
from meeting.entrance.listening import Wsgi, leading_on
from meeting.errors import N_, SENTENCES, Refused
from meeting.exchange import calls
from meeting.live import joining, rehearsing, watching
from meeting.records import holding
from meeting.relay import relay
from meeting.search.finding import warming
from meeting.voting import timing
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
    _hold_store()
    sweep()
    writer.start()
    joining.warm_up()
    warming.open_up()
    relay.start()
    for watched in (watching.watch, watching.tell_who_is_here):
        socketio.start_background_task(watched)
    socketio.start_background_task(timing.watch)
    socketio.start_background_task(warming.warm_up)
    socketio.start_background_task(rehearsing.rehearse_pages, app)
    if os.environ.get("MEETING_LATENESS"):
        socketio.start_background_task(asyncmode.note_lateness, os.environ["MEETING_LATENESS"])
    return app


def _hold_store() -> None:
    """Says to movings and restores that this store is served; raises `CannotServe` where one of them is at work or broke off."""
    try:
        holding.serve_here()
    except Refused as refused:
        raise CannotServe(SENTENCES[refused.code]) from refused


def serve(host: str, port: int, started: Callable[[], None] = lambda: None) -> None:
    """Serves until SIGTERM or SIGINT, then closes the door and finishes what waits for at most five seconds.

    `started` is called once the address is ours. Raises `CannotServe` when it cannot be.
    """
    _open_files()
    certificate, plain_port = _certificate(), config.settings().redirect_port
    listeners = _listen(host, port)
    plain = _listen(host, plain_port) if plain_port else []
    app = prepare()
    if certificate:
        socketio.start_background_task(certificate.watch)
    ways = [Way(each, app, certificate) for each in listeners]
    ways += [Way(each, leading_on(app, port), None) for each in plain]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    _calm_collector()
    log.info("serving", extra={"host": host, "port": port, "mode": asyncmode.mode()})
    started()
    if asyncmode.mode() not in SERVERS:
        raise CannotServe(N_("MEETING_ASYNC must be eventlet or gevent to serve."))
    serve_one = SERVERS[asyncmode.mode()]
    for way in ways[1:]:
        socketio.start_background_task(serve_one, way)
    serve_one(ways[0])


@dataclass(frozen=True)
class Way:
    """One way in: a listening socket, what answers there, and the certificate of a safe one."""

    listener: socket.socket
    app: Wsgi
    certificate: tls.Certificate | None


def _with_eventlet(way: Way) -> None:
    import eventlet.wsgi  # noqa: PLC0415 - only in this mode

    more: dict[str, Any] = {}
    if way.certificate:
        more["protocol"] = tls.green_protocol(eventlet.wsgi.HttpProtocol, way.certificate)
        more["environ"] = {"wsgi.url_scheme": "https", "HTTPS": "on"}
    eventlet.wsgi.server(_Paced(way.listener), way.app, max_size=MAX_SOCKETS, log_output=False, debug=False, **more)


def _with_gevent(way: Way) -> None:
    from gevent import pywsgi  # noqa: PLC0415 - only in this mode
    from geventwebsocket.handler import WebSocketHandler  # noqa: PLC0415 - only in this mode

    kind, more = pywsgi.WSGIServer, {}
    if way.certificate:
        kind, more = tls.green_server(kind, way.certificate), {"ssl_context": way.certificate.context}
    server = kind(way.listener, way.app, handler_class=WebSocketHandler, log=None, **more)
    server.max_accept = AT_ONCE
    server.serve_forever()


SERVERS = {"eventlet": _with_eventlet, "gevent": _with_gevent}


def _certificate() -> tls.Certificate | None:
    """The certificate of the safe line, read again at SIGHUP; refuses in words when it cannot be used."""
    chain, key = config.settings().tls_certificate, config.settings().tls_key
    if chain is None and key is None:
        return None
    try:
        if chain is None or key is None:
            raise ValueError
        found = tls.Certificate(chain, key)
    except (OSError, ValueError) as error:  # ssl.SSLError is among them
        raise CannotServe(N_("The certificate or its key cannot be read, or they do not belong together.")) from error
    signal.signal(signal.SIGHUP, lambda _number, _frame: found.renew())
    return found


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


def _listen(host: str, port: int) -> list[socket.socket]:
    """The listening sockets with long queues; refuses in words when the address is taken or not this machine's."""
    try:
        return listening.listeners(host, port, BACKLOG)
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
        readiness.tell("STOPPING=1")
        calls.log.flush()
        writer.stop(STOP_SECONDS)
        logging.shutdown()
        os._exit(0)

    socketio.start_background_task(finish)
