"""The browser in front of the door: the key it holds, coming in and going out, being shut out."""

import logging
import secrets
import time
from hashlib import sha256
from http import HTTPStatus

import flask
from flask import Flask, Response, g, has_request_context, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user, login_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from meeting.config import settings
from meeting.database import reading, setting
from meeting.errors import Refused
from meeting.permissions import Actor
from meeting.tablets import pins, presence, queries, rules
from meeting.tablets.locking import LOCK_SETTING
from meeting.tablets.models import Tablet
from meeting.web import doors, security
from meeting.writer import perform

log = logging.getLogger("meeting.tablets")

COOKIE = "tablet"
PAIRED = "paired"  # in the session of a paired tablet
OPENING = "opening"  # and with which opening by the PIN it began
EARLIER = "earlier"  # of sessions from before openings were told apart: the PIN opens the tablet anew
TOUCHED = "touched"  # and when somebody touched it last, in seconds
HELD = "tablet"  # in the session: the row's id, signed, so that nobody gets rid of it without signing out
KEY_BYTES = 32
YEARS = 2 * 365 * 24 * 3600


def mark() -> str:
    """What the browser of this request is known by: "#", the row its session was opened on and with which opening, else the
    hash of its key."""
    if not has_request_context():
        return ""
    number = flask.session.get(HELD)
    key = request.cookies.get(COOKIE, "")
    opening = f".{flask.session.get(OPENING, EARLIER)}" if PAIRED in flask.session else ""
    return f"#{number}{opening}" if isinstance(number, int) else hashed(key) if key else ""


def admits(who: Actor, known_by: str) -> bool:
    """Whether this browser may still act for an account. One that holds no key is not known and therefore not shut out."""
    if not known_by or who.only_meeting is not None:
        return True
    why = queries.why_shut_out(who.account_id, known_by)
    if not why and has_request_context() and _is_idle(who):
        why = "tablet_locked"
    if why and has_request_context():
        g.turned_away = why
    return not why


def _is_idle(who: Actor) -> bool:
    """Whether nobody has touched a paired tablet for too long; never while a meeting of its owner is in session."""
    touched = flask.session.get(TOUCHED)
    if PAIRED not in flask.session or not isinstance(touched, int | float):
        return False
    return _rested(touched, who.person_id)


def _rested(touched: float, person_id: int) -> bool:
    now = time.time()
    if not pins.is_idle(touched, now, min(pins.LOCK_CHOICES)):
        return False
    with reading() as session:
        if not pins.is_idle(touched, now, lock_minutes(session)):
            return False
        return not queries.is_in_sitting(session, person_id)


def lock_minutes(session: Session) -> int:
    """After how many minutes without a touch paired tablets lock themselves here."""
    return pins.lock_minutes(setting(session, LOCK_SETTING))


def paired() -> Tablet | None:
    """The paired tablet that the browser of this request is."""
    key = request.cookies.get(COOKIE, "")
    return queries.paired_by(doors.session(), hashed(key)) if key else None


def open_for(who: Actor, tablet_id: int, pin_hash: str) -> None:
    """Begins the session of a paired tablet: it lasts until the lock, so that no meeting is interrupted. Copies of sessions from
    before this opening are worth nothing."""
    flask.session.clear()
    g.pop("turned_away", None)
    g.actor = who
    login_user(doors.SignedIn(who))
    flask.session.permanent = True
    flask.session[HELD], flask.session[PAIRED], flask.session[OPENING] = tablet_id, 1, pins.opening_of(pin_hash)
    touch()


def touch() -> None:
    """Somebody touches the tablet now."""
    flask.session[TOUCHED] = int(time.time())
    presence.touched(flask.session[HELD], flask.session[TOUCHED])


def connects() -> None:
    """A page of this browser opens a socket, whose acts know nothing of the session: when it was touched last is kept beside."""
    if PAIRED in flask.session and isinstance(flask.session.get(TOUCHED), int | float):
        presence.touched(flask.session[HELD], flask.session[TOUCHED])


def rests(who: Actor, known_by: str) -> bool:
    """Whether nobody has touched the paired tablet at a socket for so long that it is locked, as `admits` finds at a request."""
    number, _ = queries.tablet_of(known_by)
    last = presence.last_touch(number) if number is not None else None
    return last is not None and _rested(last, who.person_id)


def was_taken_off() -> bool:
    """Whether the key of this browser was taken off an account: its own script hears of it even after the session is gone."""
    key = request.cookies.get(COOKIE, "")
    return g.get("turned_away") == "tablet_revoked" or (bool(key) and queries.is_taken_off(doors.session(), hashed(key)))


def meet(who: Actor, touch_points: int = 0) -> int:
    """Knows this browser again for an account, or for the first time; the answer of the request brings it its key."""
    for key in (request.cookies.get(COOKIE) or new_key(), new_key()):
        try:
            met = perform(who, "tablets.meet", {"key_sha256": hashed(key), "name": plain_name(touch_points)})
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


def new_key() -> str:
    """A fresh key for a browser: 256 random bits."""
    return secrets.token_urlsafe(KEY_BYTES)


def hashed(key: str) -> str:
    """What is kept of a key, an address or a code."""
    return sha256(key.encode()).hexdigest()


def keep_to_owner() -> AnyResponse | None:
    """A paired tablet is its owner's: nobody signs in on it in another way, it is opened with the PIN."""
    if not f"{request.path}/".startswith("/sign-in/") or doors.actor_or_none() is not None or paired() is None:
        return None
    return redirect(url_for("tablet_entry.locked", next=request.values.get("next") or None), 303)


def leave() -> None:
    """Before signing out: what this device kept is removed by the answer, so that its owner sees it so.

    Refused on a paired tablet while a meeting of its owner is in session: `tablet_in_sitting`.
    """
    if request.endpoint != "web.sign_out" or not isinstance(number := flask.session.get(HELD), int):
        return
    who = doors.actor_or_none()
    if who is not None and who.only_meeting is None:
        if PAIRED in flask.session and queries.is_in_sitting(doors.session(), who.person_id):
            raise Refused("tablet_in_sitting")
        perform(who, "tablets.report", {"tablet_id": number, "kept": {}})


def leave_marks(answer: Response) -> Response:
    """After each request: a browser that was shut out forgets everything; one that has signed in holds its key."""
    if "turned_away" in g:
        for held in (
            "_user_id",
            "_fresh",
            "_id",
            HELD,
            PAIRED,
            OPENING,
            TOUCHED,
        ):  # all but the token of the form to come in again
            flask.session.pop(held, None)
        if g.turned_away == "tablet_revoked":
            answer.headers["Clear-Site-Data"] = security.FORGET
        return answer
    if PAIRED in flask.session and request.headers.get("Sec-Fetch-User") == "?1":  # a person went to another page
        touch()
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


def in_templates() -> dict[str, object]:
    """What the frame shows of it: the button that locks, where the tablet is paired."""
    return {"paired_tablet": flask.session.get(HELD) if PAIRED in flask.session else None}


def register(app: Flask) -> None:
    """Stands beside the guards of every door."""
    doors.devices.mark, doors.devices.admits = mark, admits
    doors.devices.connects, doors.devices.rests = connects, rests
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False  # a slow answer must not bring an older session back
    app.context_processor(in_templates)
    app.before_request(keep_to_owner)
    app.before_request(leave)
    app.after_request(leave_marks)
