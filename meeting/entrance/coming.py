"""Between the password and the door: who has shown the one and owes the second step. Nobody is signed in meanwhile.

What stands between is kept in the signed session cookie for ten minutes. "Remember this device" is a signed cookie of its own,
which names account, session version and the step itself: a new password, a reset or another telephone makes it worthless.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import flask
from flask import Response, current_app, redirect, request, url_for
from flask_login import login_user
from itsdangerous import BadData, URLSafeTimedSerializer
from limits import parse
from werkzeug.wrappers import Response as AnyResponse

from meeting.database import reading
from meeting.entrance import queries
from meeting.entrance.models import SecondStep
from meeting.errors import Refused
from meeting.organization import identity
from meeting.permissions import SYSTEM, Actor
from meeting.web import doors, security
from meeting.writer import perform

KEPT = "halfway"  # in the session cookie
HALFWAY_SECONDS = 600
REMEMBERED = "known_device"
REMEMBER_SECONDS = 30 * 24 * 3600
WRONG_CODES = parse("5 per 15 minutes")
ALL_CODES = parse("20 per 15 minutes")  # so that many at once do not get past the count of wrong ones


@dataclass(frozen=True)
class Halfway:
    """Somebody who has shown who they are, and where they want to go."""

    actor: Actor
    next: str
    outside: dict[str, Any]  # what the provider of identities left to be kept with the session


def next_step(who: Actor, wanted: str, outside: dict[str, Any] | None = None) -> AnyResponse | None:
    """What still stands between the password and the door; nothing for most people, and on devices that are remembered."""
    with reading() as session:
        row = queries.confirmed(session, who.account_id)
        owes = row is not None or queries.must_have(session, who)
    if not owes or (row is not None and _is_known(who, row)):
        return None
    if row is None:  # a new secret each time: one that somebody else has seen, who knew the password, is never confirmed
        perform(who, "entrance.begin_second_step", {})
    flask.session.clear()
    held = {"who": identity.session_id(who), "since": int(time.time()), "next": doors.safe_next(wanted), "outside": outside or {}}
    flask.session[KEPT] = held
    return redirect(url_for("entrance.second_step" if row is not None else "entrance.enrol"), 303)


def halfway() -> Halfway:
    """Who stands between. Refused: `second_step_expired` after ten minutes, or when the account changed meanwhile."""
    held = flask.session.get(KEPT)
    if not held or time.time() - held["since"] > HALFWAY_SECONDS:
        raise Refused("second_step_expired")
    who = identity.by_session(held["who"])
    if who is None:
        raise Refused("second_step_expired")
    return Halfway(who, held["next"], held["outside"])


def let_in(found: Halfway, answer: AnyResponse | None = None) -> AnyResponse:
    """Opens the door."""
    flask.session.clear()
    flask.session.update(found.outside)
    login_user(doors.SignedIn(found.actor))
    return answer or redirect(doors.safe_next(found.next), 303)


def take(found: Halfway, code: str) -> None:
    """Uses a code up. Wrong ones stand in the sign-in journal; after five the account pauses."""
    with tries(found.actor):
        perform(SYSTEM, "entrance.take_second_step", {"account_id": found.actor.account_id, "code": code})


@contextmanager
def tries(who: Actor) -> Iterator[None]:
    """Around everything that tries a code: five wrong ones, or twenty at all, and the account pauses for a quarter of an hour."""
    account = str(who.account_id)
    try:
        security.check(WRONG_CODES, "second-step", account)
        security.limit(ALL_CODES, "second-step-all", account)
    except security.TooMany:
        raise security.TooMany("second_step_paused") from None
    try:
        yield
    except Refused:
        security.note_failure(WRONG_CODES, "second-step", account)
        line = {"username": who.username, "account_id": who.account_id, "address": request.remote_addr or "", "succeeded": False}
        perform(SYSTEM, "organization.note_sign_in", {**line, "way": "second_step"})
        raise


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="a device that is remembered at sign-in")


def _mark(who: Actor, step: SecondStep) -> str:
    """Of one telephone: the moment it was confirmed, because a row stays when it is moved and its number may come again."""
    since = step.confirmed_at.timestamp() if step.confirmed_at else 0
    return f"{identity.session_id(who)}.{step.id}.{since:.6f}"


def _is_known(who: Actor, step: SecondStep) -> bool:
    try:
        held = _signer().loads(request.cookies.get(REMEMBERED, ""), max_age=REMEMBER_SECONDS)
    except BadData:
        return False
    return bool(held == _mark(who, step))


def remember(answer: Response | AnyResponse, who: Actor) -> None:
    """This browser is asked for no code for thirty days."""
    with reading() as session:
        row = queries.confirmed(session, who.account_id)
    if row is not None:
        answer.set_cookie(
            REMEMBERED,
            _signer().dumps(_mark(who, row)),
            max_age=REMEMBER_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            path="/sign-in",
        )
