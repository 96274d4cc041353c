"""The pages that belong to nobody's room: coming in, going out, words and shell, the sheet of components."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask
from flask import Blueprint, Response, current_app, jsonify, redirect, request, url_for
from flask_babel import gettext
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from meeting import clock, config
from meeting.errors import N_, Refused
from meeting.permissions import Actor
from meeting.web import doors, security, shell
from meeting.writer import perform

web = Blueprint("web", __name__)
WRONG = N_("The user name or the password is not right. Please check both and try again.")


def _sign_in_page(error: str = "", status: int = 200) -> tuple[str, int]:
    accounts = doors.loader.demo_accounts() if doors.loader.is_demo() else []
    wanted = request.values.get("next", "")
    username = request.form.get("username", "").strip()
    ways = doors.loader.other_ways(wanted)
    shown = doors.page("web/sign_in.html", error=error, username=username, next=wanted, demo_accounts=accounts, ways=ways)
    return shown, status


def _who_comes() -> Actor | None:
    """The person the form names: by a tap in the demo, else by user name and password. At most so many tries."""
    address = request.remote_addr or ""
    security.limit(security.SIGN_IN_PER_ADDRESS, "sign-in", address)
    if demo := request.form.get("demo"):
        return doors.loader.by_demo(demo, address)
    username = request.form.get("username", "").strip()
    security.limit(security.SIGN_IN_PER_ACCOUNT, "sign-in", username.casefold())
    return doors.loader.by_password(username, request.form.get("password", ""), address)


@web.get("/sign-in")
@doors.open_to_all
def sign_in() -> Any:
    """The form; somebody already signed in goes on."""
    if doors.actor_or_none() is not None:
        return redirect(doors.safe_next(request.args.get("next")))
    return _sign_in_page()


@web.post("/sign-in")
@doors.open_to_all
def come_in() -> Any:
    """Sign in and go on to the wanted page; a refusal keeps the user name and says what to do."""
    try:
        who = _who_comes()
    except Refused as refused:
        return _sign_in_page(doors.say(refused.code, refused.facts), refused.status)
    if who is None:
        return _sign_in_page(gettext(WRONG), 401)
    if not request.form.get("demo") and (onward := doors.loader.next_step(who, request.form.get("next", ""))):
        return onward
    flask.session.clear()
    login_user(doors.SignedIn(who))
    return redirect(doors.safe_next(request.form.get("next")), 303)


@web.post("/sign-out")
@doors.open_to_all
def sign_out() -> AnyResponse:
    """End the session on this device, and have the browser forget all that it kept for the account: papers above all."""
    onward, carried = doors.loader.way_out()
    logout_user()
    flask.session.clear()
    flask.session.update(carried)
    answer = redirect(onward or url_for("web.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = security.FORGET
    return answer


@web.post("/language")
@doors.open_to_all
def language() -> AnyResponse:
    """Choose Vietnamese or English, on this device and for one's account."""
    code = request.form.get("code", "")
    answer = redirect(doors.safe_next(request.form.get("next")), 303)
    if code in doors.LANGUAGES:
        secure = config.settings().secure_cookies
        answer.set_cookie("language", code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=secure)
        if who := doors.actor_or_none():
            perform(who, "organization.set_language", {"language": code})
    return answer


@web.get("/offline")
@doors.open_to_all
def offline() -> str:
    """What the service worker shows while the line is down; the same for everybody."""
    return doors.page("web/offline.html")


@web.get("/manifest.webmanifest")
@doors.open_to_all
def manifest() -> Response:
    """For installing the application on a tablet."""
    answer = jsonify(shell.manifest())
    answer.mimetype = "application/manifest+json"
    return answer


@web.get("/service-worker.js")
@doors.open_to_all
def service_worker() -> Response:
    """At the root, so that it serves the whole site."""
    script = shell.worker_script(Path(str(current_app.static_folder)), url_for("web.offline"))
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@web.get("/components")
def components() -> str:
    """All components in all states, for builders and for a look at text sizes and themes."""
    return doors.page("web/components.html", now=clock.now())
