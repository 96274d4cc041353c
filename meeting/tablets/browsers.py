"""The browser in front of the door: the key it holds, coming in and going out, being shut out."""

import logging
import secrets
from hashlib import sha256
from http import HTTPStatus

import flask
from flask import Flask, Response, g, has_request_context, request
from flask_babel import gettext
from flask_login import current_user

from meeting.config import settings
from meeting.errors import Refused
from meeting.permissions import Actor
from meeting.tablets import queries, rules
from meeting.web import doors, security
from meeting.writer import perform

log = logging.getLogger("meeting.tablets")

COOKIE = "tablet"
HELD = "tablet"  # in the session: the row's id, signed, so that nobody gets rid of it without signing out
KEY_BYTES = 32
YEARS = 2 * 365 * 24 * 3600


def mark() -> str:
    """What the browser of this request is known by: "#" and the row its session was opened on, else the hash of its key."""
    if not has_request_context():
        return ""
    number = flask.session.get(HELD)
    key = request.cookies.get(COOKIE, "")
    return f"#{number}" if isinstance(number, int) else _hashed(key) if key else ""


def admits(who: Actor, known_by: str) -> bool:
    """Whether this browser may still act for an account. One that holds no key is not known and therefore not shut out."""
    if not known_by or who.only_meeting is not None or not queries.is_shut_out(who.account_id, known_by):
        return True
    if has_request_context():
        g.turned_away = "tablet_revoked"
    return False


def was_taken_off() -> bool:
    """Whether the key of this browser was taken off an account: its own script hears of it even after the session is gone."""
    key = request.cookies.get(COOKIE, "")
    return "turned_away" in g or (bool(key) and queries.is_taken_off(doors.session(), _hashed(key)))


def meet(who: Actor, touch_points: int = 0) -> int:
    """Knows this browser again for an account, or for the first time; the answer of the request brings it its key."""
    for key in (request.cookies.get(COOKIE) or _new_key(), _new_key()):
        try:
            met = perform(who, "tablets.meet", {"key_sha256": _hashed(key), "name": plain_name(touch_points)})
        except Refused as refused:
            if refused.code != "tablet_revoked":
                raise
            continue  # taken off before, and signed in again since: a new device
        flask.session[HELD], g.tablet_key = met["tablet_id"], key
        return int(met["tablet_id"])
    raise Refused("tablet_revoked")


def plain_name(touch_points: int = 0) -> str:
    """The device as people call it: "iPad, Safari"."""
    agent = request.user_agent.string
    parts = [gettext(rules.machine_of(agent, touch_points)), rules.browser_of(agent)]
    return ", ".join(part for part in parts if part)


def _new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def _hashed(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def leave() -> None:
    """Before signing out: what this device kept is removed by the answer, so that its owner sees it so."""
    if request.endpoint != "web.sign_out" or not isinstance(number := flask.session.get(HELD), int):
        return
    who = doors.actor_or_none()
    if who is not None and who.only_meeting is None:
        perform(who, "tablets.report", {"tablet_id": number, "kept": {}})


def leave_marks(answer: Response) -> Response:
    """After each request: a browser that was shut out forgets everything; one that has signed in holds its key."""
    if "turned_away" in g:
        for held in ("_user_id", "_fresh", "_id", HELD):  # all but the token of the form in which they may sign in again
            flask.session.pop(held, None)
        answer.headers["Clear-Site-Data"] = security.FORGET
        return answer
    if request.endpoint == "web.come_in" and current_user.is_authenticated and answer.status_code == 303:
        _meet_if_possible(current_user.actor)
    if "tablet_key" in g:
        secure = settings().secure_cookies
        answer.set_cookie(COOKIE, g.tablet_key, max_age=YEARS, httponly=True, samesite="Lax", secure=secure)
    return answer


def _meet_if_possible(who: Actor) -> None:
    """Nobody is kept from signing in because the store is busy: the device is met when something is to be kept on it."""
    try:
        meet(who)
    except Refused as refused:
        if refused.status != HTTPStatus.SERVICE_UNAVAILABLE:
            raise
        log.warning("a device could not be met", extra={"code": refused.code})


def register(app: Flask) -> None:
    """Stands beside the guards of every door."""
    doors.devices.mark, doors.devices.admits = mark, admits
    app.before_request(leave)
    app.after_request(leave_marks)
