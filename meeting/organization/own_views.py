"""Everybody's own page, and the first administrator of an empty system."""

from typing import Any

from flask import redirect, request
from flask_login import login_user
from werkzeug.wrappers import Response

from meeting.asyncmode import run_blocking
from meeting.errors import Refused
from meeting.organization import identity, passwords, queries, rules, sign_in_queries, wording
from meeting.organization.models import Account
from meeting.organization.views import organization
from meeting.permissions import SYSTEM
from meeting.web import doors
from meeting.web.doors import actor, page, session
from meeting.writer import perform


@organization.get("/profile")
def profile() -> str:
    """One's own account."""
    return page("organization/profile.html", **_own(), new_token=None)


def _own() -> dict[str, Any]:
    account = session().get_one(Account, actor().account_id)
    return {
        "account": account,
        "tokens": queries.tokens(session(), account.id),
        "sizes": rules.TEXT_SIZES,
        "sign_ins": sign_in_queries.own(session(), actor()),
        "way_labels": wording.WAY_LABELS,
        "body_names": {body.id: body.short_name for body in queries.every_body(session())},
        "my_roles": sorted((body, role) for body, role in actor().roles if body not in actor().practice),
        "my_rights": sorted(actor().extra),
        "role_labels": wording.ROLE_LABELS,
        "right_labels": wording.RIGHT_LABELS,
    }


@organization.post("/profile/tokens")
def create_token() -> str:
    """A token for another program, shown this once."""
    token, sha256 = identity.new_token()
    name = request.form.get("name", "").strip() or "API"
    perform(actor(), "organization.create_token", {"name": name, "sha256": sha256})
    return page("organization/profile.html", **_own(), new_token=token)


@organization.route("/first/<token>", methods=["GET", "POST"])
@doors.open_to_all
def first(token: str) -> Response | str:
    """The first administrator of an empty system introduces themself at the one-time address."""
    sha256 = identity.hashed(token)
    if not queries.first_address_holds(session(), sha256):
        raise Refused("first_used")
    if request.method == "GET":
        return page("organization/first.html", token=token, form={}, error="")
    try:
        return _become_first(sha256)
    except Refused as refused:
        sentence = doors.say(refused.code, refused.facts)
        return page("organization/first.html", token=token, form=request.form, error=sentence)


def _become_first(sha256: str) -> Response:
    name, username = request.form.get("full_name", ""), request.form.get("username", "").lower()
    password = request.form.get("password", "")
    rules.check_password(password, username, name)
    wanted = {
        "address_sha256": sha256,
        "full_name": name,
        "username": username,
        "password_hash": run_blocking(passwords.hashed, password),
    }
    perform(SYSTEM, "organization.become_first_administrator", wanted)
    doors.close_session()
    who = identity.by_password(username, password, request.remote_addr or "")
    if who is not None:
        login_user(doors.SignedIn(who))
    return redirect("/people")
