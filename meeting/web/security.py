"""Ordinary care at every door: headers, CSRF, limits on rate."""

import secrets
from threading import Timer
from typing import Any

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from meeting.config import settings
from meeting.errors import Refused
from meeting.web import doors, forms, shell
from meeting.web.counting import SharedCounts

csrf = CSRFProtect()
SWEPT_EVERY_SECONDS = 60.0


class _Storage(MemoryStorage):
    """In memory, swept once a minute: by itself it goes over all that is kept of everybody up to a hundred times a second, which
    took a sixth of the time of 500 ballots at once.
    """

    @property
    def timer(self) -> Timer:
        """When the next sweep is."""
        return self._timer

    @timer.setter
    def timer(self, made: Timer) -> None:
        made.interval = SWEPT_EVERY_SECONDS
        made.daemon = True
        self._timer = made


_storage = _Storage()
_limiter = MovingWindowRateLimiter(_storage)
_shared = SharedCounts()

SIGN_IN_PER_ADDRESS = parse("60 per minute")
SIGN_IN_PER_ACCOUNT = parse("10 per 5 minutes")
ACTS_PER_ACCOUNT = parse("300 per 30 seconds")
READS_PER_ACCOUNT = parse("1200 per minute")
UPLOADS_PER_ACCOUNT = parse("120 per 10 minutes")


#: What only keeps one process from being flooded is counted by each; what protects passwords and codes by all together.
COUNTED_HERE = frozenset({ACTS_PER_ACCOUNT, READS_PER_ACCOUNT})

FORGET = '"cache", "storage"'  # Clear-Site-Data: a browser forgets papers, notes and the service worker, but not the language


class TooMany(Refused):
    """The limit on rate was met."""

    status = 429


def _limiter_of(rate: object) -> Any:
    return _limiter if rate in COUNTED_HERE else _shared.beside(_limiter)


def limit(rate: object, *key: str) -> None:
    """Counts one; refused as `too_many` past the rate. Per account everywhere, per address at sign-in and on the public page."""
    if not _limiter_of(rate).hit(rate, *key):
        raise TooMany("too_many")


def check(rate: object, *key: str) -> None:
    """Refused as `too_many` where the rate is met; counts nothing. For what only failures count against (`note_failure`)."""
    if not _limiter_of(rate).test(rate, *key):
        raise TooMany("too_many")


def note_failure(rate: object, *key: str) -> None:
    """Counts one failure."""
    _limiter_of(rate).hit(rate, *key)


def forget_limits() -> None:
    """Starts counting anew (tests)."""
    _storage.reset()


def nonce() -> str:
    """The request's nonce for the one inline script there is: the import map."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    found: str = g.nonce
    return found


def add_headers(response: Response) -> Response:
    """Strict content policy and friends on every answer."""
    policy = (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce()}'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-src 'self'; frame-ancestors 'self'; worker-src 'self'; manifest-src 'self'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    if request.is_secure and (kept := settings().hsts_seconds):
        response.headers["Strict-Transport-Security"] = f"max-age={kept}"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    elif response.status_code in (200, 304):
        response.headers["Cache-Control"] = shell.keep_for(request.path, "v" in request.args)
    return response


def demand_token() -> None:
    """Before each request that changes something: the CSRF token, unless an API token shows who asks."""
    if request.method in ("GET", "HEAD", "OPTIONS") or doors.bearer_token() is not None:
        return
    csrf.protect()


def register(app: Flask) -> None:
    """Puts the guards before and after every request."""
    app.request_class = forms.Asked
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf.init_app(app)
    app.before_request(doors.demand_sign_in)
    app.before_request(demand_token)
    app.after_request(add_headers)
    app.teardown_request(doors.close_session)
