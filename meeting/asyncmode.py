"""Chooses how the web process waits for many tablets at once. Imported before everything else in each entry point.

The setting `MEETING_ASYNC` is `eventlet` (default), `gevent` or `threading`. Only the web process is patched: the worker,
the command line and tests of pure rules run as ordinary Python.
"""

import os
import select
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_patched: str = ""


def patch_if_asked() -> str:
    """Makes the standard library cooperative for the mode of the setting; harmless when called twice. Returns the mode."""
    global _patched
    if _patched:
        return _patched
    wanted = os.environ.get("MEETING_ASYNC", "eventlet")
    if wanted == "eventlet":
        warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # known: gevent is kept ready
        import eventlet  # noqa: PLC0415 - importing eventlet is what the setting decides

        _hear_few_at_once()
        eventlet.monkey_patch()
    elif wanted == "gevent":
        from gevent import monkey  # noqa: PLC0415 - importing gevent is what the setting decides

        monkey.patch_all()
    elif wanted != "threading":
        raise SystemExit(f"MEETING_ASYNC must be eventlet, gevent or threading, not {wanted!r}")
    _patched = wanted
    return wanted


SOCKETS_AT_ONCE = 32


def _hear_few_at_once() -> None:
    """Lets the loop look at its clocks after a few sockets: five hundred that speak in one moment would else keep all waiting."""
    from eventlet import hubs  # noqa: PLC0415 - only where eventlet runs
    from eventlet.hubs import epolls  # noqa: PLC0415

    if not epolls.is_available():
        return

    class Hub(epolls.Hub):  # type: ignore[misc]
        is_available = staticmethod(epolls.is_available)

        def do_poll(self, seconds: float | None) -> Any:
            return self.poll.poll(seconds, SOCKETS_AT_ONCE)

    hubs.use_hub(Hub)


def mode() -> str:
    """The mode this process was patched for; `threading` where nothing was patched."""
    return _patched or "threading"


def run_blocking(function: Callable[..., T], *arguments: Any) -> T:
    """Runs short blocking C work (argon2, a Whoosh query) without stopping the tablets' loop.

    Only code that touches no SQLAlchemy session and no PDF may be passed: both hang or crash in threads.
    """
    if _patched == "eventlet":
        from eventlet import tpool  # noqa: PLC0415 - only where eventlet runs

        return tpool.execute(function, *arguments)  # type: ignore[no-any-return]
    if _patched == "gevent":
        import gevent  # noqa: PLC0415 - only where gevent runs

        return gevent.get_hub().threadpool.apply(function, arguments)  # type: ignore[no-any-return]
    return function(*arguments)


TICK_SECONDS = 0.005
NOTED_EVERY_SECONDS = 0.25


def note_lateness(path: str) -> None:
    """Writes down, for as long as the process lives, how late this loop was at worst: lines of moment and milliseconds.

    For the bench only, by `MEETING_LATENESS`: what keeps a sleep of 5 ms waiting keeps every tablet waiting.
    """
    with Path(path).open("a", buffering=1) as file:
        while True:
            worst, ends = 0.0, time.monotonic() + NOTED_EVERY_SECONDS
            while (began := time.monotonic()) < ends:
                time.sleep(TICK_SECONDS)
                worst = max(worst, time.monotonic() - began - TICK_SECONDS)
            file.write(f"{time.time():.3f} {worst * 1000:.1f}\n")


BRIEF_MS = 4  # so long a query is waited for in place: most are answered sooner, and who gives way waits behind all the others

_waits: set[Any] = set()  # the green threads that wait for PostgreSQL just now


def make_driver_green() -> None:
    """Lets psycopg2 wait for PostgreSQL without stopping the loop; harmless in ordinary Python and when called twice."""
    if mode() not in ("eventlet", "gevent"):
        return
    import greenlet  # noqa: PLC0415 - only where the process is green
    from psycopg2 import extensions  # type: ignore[import-untyped]  # noqa: PLC0415 - only where PostgreSQL is the store

    poller, give_way = _waiting_of(mode())

    def wait(connection: Any, _timeout: float = -1) -> None:
        """Until the server has answered: a moment in place, then behind the others."""
        me = greenlet.getcurrent()
        while (state := connection.poll()) != extensions.POLL_OK:
            writes = state == extensions.POLL_WRITE
            watched = poller()
            watched.register(connection.fileno(), select.POLLOUT if writes else select.POLLIN)
            if watched.poll(BRIEF_MS):
                continue
            _waits.add(me)
            try:
                give_way(connection.fileno(), writes)
            finally:
                _waits.discard(me)

    extensions.set_wait_callback(wait)


def _waiting_of(chosen: str) -> tuple[Any, Callable[[int, bool], None]]:
    """The real poll of the machine, and how this mode waits for a file while others go on."""
    if chosen == "eventlet":
        from eventlet import hubs, patcher  # noqa: PLC0415 - only in this mode

        def behind(number: int, writes: bool) -> None:
            hubs.trampoline(number, read=not writes or None, write=writes or None)

        return patcher.original("select").poll, behind
    from gevent import monkey, socket  # noqa: PLC0415 - only in this mode

    def beside(number: int, writes: bool) -> None:
        (socket.wait_write if writes else socket.wait_read)(number)

    return monkey.get_original("select", "poll"), beside


class YieldGuard:
    """Notices when an act gives way to others inside the write transaction: then the next writer would block the loop.

    Active only where `MEETING_GUARD` is set (tests) and the process is green; elsewhere it costs nothing. What the driver of
    PostgreSQL waits for its server is no giving way: there the next writer waits at the server, not in this loop.
    """

    def __init__(self) -> None:
        self.active = bool(os.environ.get("MEETING_GUARD")) and mode() in ("eventlet", "gevent")
        self._inside: Any = None
        self.yielded = False
        if self.active:
            import greenlet  # noqa: PLC0415 - only where the guard is on

            self._current = greenlet.getcurrent
            greenlet.settrace(self._trace)

    def enter(self) -> None:
        """The transaction has begun."""
        if self.active:
            self._inside, self.yielded = self._current(), False

    def leave(self) -> bool:
        """The transaction ends; returns whether somebody gave way in it."""
        self._inside = None
        return self.active and self.yielded

    def _trace(self, event: str, arguments: Any) -> None:
        if self._inside is None or self._inside in _waits:
            return
        if event in ("switch", "throw") and arguments[0] is self._inside:
            self.yielded = True
