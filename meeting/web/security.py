"""Ordinary care at every door: headers, CSRF, limits on rate."""

import secrets

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from meeting.errors import Refused
from meeting.web import doors, shell

csrf = CSRFProtect()
_storage = MemoryStorage()
_limiter = MovingWindowRateLimiter(_storage)

SIGN_IN_PER_ADDRESS = parse("60 per minute")
SIGN_IN_PER_ACCOUNT = parse("10 per 5 minutes")
ACTS_PER_ACCOUNT = parse("300 per 30 seconds")
READS_PER_ACCOUNT = parse("1200 per minute")
UPLOADS_PER_ACCOUNT = parse("120 per 10 minutes")


FORGET = '"cache", "storage"'  # Clear-Site-Data: a browser forgets papers, notes and the service worker, but not the language


class TooMany(Refused):
    """The limit on rate was met."""

    status = 429


def limit(rate: object, *key: str) -> None:
    """Counts one; refused as `too_many` past the rate. Per account everywhere, per address only at sign-in."""
    if not _limiter.hit(rate, *key):  # type: ignore[arg-type]
        raise TooMany("too_many")


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
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf.init_app(app)
    app.before_request(doors.demand_sign_in)
    app.before_request(demand_token)
    app.after_request(add_headers)
    app.teardown_request(doors.close_session)
