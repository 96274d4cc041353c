"""The doors of signing in through a provider: going there, coming back, linking, signing out there too."""

import secrets
import time
from typing import Any
from urllib.parse import urlsplit

import flask
from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext
from flask_login import login_user
from werkzeug.wrappers import Response

from meeting import config
from meeting.database import reading
from meeting.entrance import coming, openid, queries
from meeting.entrance import openid_rules as rules
from meeting.entrance.openid import Told
from meeting.entrance.openid_rules import Provider
from meeting.errors import N_, Forbidden, Refused
from meeting.organization import identity
from meeting.organization import queries as people
from meeting.organization.models import Account
from meeting.permissions import SYSTEM, Actor
from meeting.web import doors, security
from meeting.writer import perform

openid_pages = Blueprint("openid", __name__)
ASKED = "openid"  # in the session cookie: what was asked, until the answer comes
OUTSIDE = "outside"  # in the session cookie: by which provider the session came in
LEAVING = "leaving"
ASKED_SECONDS = 600
MOST_HINT = 2000  # a longer ID token does not fit into the cookie: the provider then asks whether to sign out
LABEL = N_("Sign in with %(name)s")
Shown = Response | str | tuple[str, int]


def provider() -> Provider:
    """The provider of this installation. Refused: `identity_off`."""
    found = Provider.from_env()
    if found is None:
        raise Refused("identity_off")
    return found


def ways(wanted: str) -> list[dict[str, str]]:
    """The button of the sign-in page."""
    found = Provider.from_env()
    if found is None:
        return []
    label = gettext(LABEL, name=found.name)
    return [{"label": label, "address": url_for("openid.begin", next=wanted or None)}]


def _absolute(endpoint: str) -> str:
    """An address of ours as the provider knows it."""
    base = config.settings().public_url or request.url_root.rstrip("/")
    return base + url_for(endpoint)


def _go(wanted: str, link: str = "") -> Response:
    """Off to the provider, remembering what was asked."""
    found, words = provider(), [rules.new_word() for _ in range(3)]
    doors.close_session()
    address = openid.address_to_ask(found, _absolute("openid.back"), *words)
    state, nonce, verifier = words
    flask.session[ASKED] = {
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "next": doors.safe_next(wanted),
        "since": int(time.time()),
        "link": link,
    }
    return redirect(address)


@openid_pages.get("/sign-in/openid")
@doors.open_to_all
def begin() -> Shown:
    """Somebody chose the provider on the sign-in page."""
    try:
        security.limit(security.SIGN_IN_PER_ADDRESS, "sign-in", request.remote_addr or "")
        return _go(request.args.get("next", ""))
    except Refused as refused:
        return _sorry(refused)


@openid_pages.get("/profile/openid/link")
def link() -> Shown:
    """One's own account is linked: the provider says who this is. Only from our own page."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden()
    try:
        return _go(url_for("openid.own"), identity.session_id(doors.actor()))
    except Refused as refused:
        return _own_page(doors.say(refused.code, refused.facts)), refused.status


@openid_pages.get("/profile/identities")
def own() -> str:
    """Who one is elsewhere."""
    return _own_page()


def _own_page(error: str = "") -> str:
    who = doors.actor()
    rows, found = queries.identities(doors.session(), who.account_id), Provider.from_env()
    return doors.page("entrance/identities.html", rows=rows, provider=found, error=error)


@openid_pages.get("/sign-in/openid/back")
@doors.open_to_all
def back() -> Shown:
    """The provider's answer. Whatever is wrong with it is said in a sentence; nobody comes in by halves."""
    asked = flask.session.pop(ASKED, None) or {}
    doors.close_session()
    try:
        security.limit(security.SIGN_IN_PER_ADDRESS, "sign-in", request.remote_addr or "")
        told = _told(provider(), asked)
        if asked["link"]:
            return _linked(asked, told)
        return _come_in(provider(), told, str(asked["next"]))
    except Refused as refused:
        return _sorry(refused)


def _sorry(refused: Refused) -> tuple[str, int]:
    error = doors.say(refused.code, refused.facts)
    shown = doors.page("web/sign_in.html", error=error, username="", next="", demo_accounts=[], ways=ways(""))
    return shown, refused.status


def _told(found: Provider, asked: dict[str, Any]) -> Told:
    """Checks that this answers what this browser asked, and changes the code for a name."""
    fresh = asked and time.time() - asked["since"] <= ASKED_SECONDS
    if not fresh or not secrets.compare_digest(request.args.get("state", "").encode(), str(asked["state"]).encode()):
        raise Refused("identity_too_late")
    if request.args.get("iss", found.issuer) != found.issuer:  # RFC 9207: an answer of somebody else
        raise Refused("identity_answer_wrong", name=found.name)
    if "code" not in request.args:
        raise Refused("identity_refused", name=found.name)
    return openid.exchanged(found, request.args["code"], _absolute("openid.back"), str(asked["nonce"]), str(asked["verifier"]))


def _linked(asked: dict[str, Any], told: Told) -> Response:
    who = identity.by_session(str(asked["link"]))
    if who is None or doors.actor_or_none() is None or doors.actor().account_id != who.account_id:
        raise Refused("identity_too_late")
    _link(provider(), told, who.account_id)
    return redirect(url_for("openid.own"))


def _link(found: Provider, told: Told, account_id: int | None) -> None:
    called = str(told.claims.get("email") or told.claims.get("preferred_username") or told.claims.get("name") or "")
    wanted = {"account_id": account_id, "issuer": found.issuer, "subject": told.subject, "called": called[:300]}
    perform(SYSTEM, "entrance.link_identity", wanted)


def _come_in(found: Provider, told: Told, wanted: str) -> Response:
    who = _whose(found, told)
    line = {"username": who.username, "account_id": who.account_id, "address": request.remote_addr or "", "succeeded": True}
    perform(SYSTEM, "organization.note_sign_in", {**line, "way": "openid"})
    outside = {OUTSIDE: {"issuer": found.issuer, "hint": told.hint if len(told.hint) <= MOST_HINT else ""}}
    if not rules.has_second_step(told.claims, found) and (onward := coming.next_step(who, wanted, outside)):
        return onward
    flask.session.clear()
    flask.session.update(outside)
    login_user(doors.SignedIn(who))
    return redirect(doors.safe_next(wanted), 303)


def _whose(found: Provider, told: Told) -> Actor:
    """The account: by the link of before, else by the claim of the settings, which links it from now on."""
    with reading() as session:
        row = queries.linked(session, found.issuer, told.subject)
        account = session.get(Account, row.account_id) if row else None
        value = "" if account else rules.found_by(told.claims, found)
        if account is None:
            account = queries.newcomer(session, found.issuer, found.claim, value)
        account_id, who = (account.id, people.actor_of(session, account)) if account else (None, None)
    if account_id is None and found.creates and value:
        account_id, who = _added(found, told, value)
    if account_id is None:
        raise Refused("identity_unknown", name=found.name)
    if who is None:
        raise Refused("identity_closed")
    _link(found, told, account_id)
    return who


def _added(found: Provider, told: Told, value: str) -> tuple[int, Actor | None]:
    """An account without any role, where the installation wants unknown people to have one."""
    username = value.partition("@")[0].lower() if found.claim == "email" else value.lower()
    person = {"full_name": str(told.claims.get("name") or username), "username": username}
    if told.claims.get("email_verified") is True:
        person["email"] = str(told.claims["email"])
    made = perform(SYSTEM, "organization.add_person", person)
    with reading() as session:
        return int(made["account_id"]), people.actor_of(session, session.get_one(Account, made["account_id"]))


def way_out() -> tuple[str, dict[str, Any]]:
    """Where signing out goes on, and what the session carries there; nothing for who came in by password."""
    outside = flask.session.get(OUTSIDE)
    found = Provider.from_env()
    if not outside or found is None or outside["issuer"] != found.issuer:
        return "", {}
    return url_for("openid.leave"), {LEAVING: outside["hint"]}


@openid_pages.get("/sign-in/openid/leave")
@doors.open_to_all
def leave() -> Shown:
    """Signed out here; the page goes on to the provider, where the session of this browser may end too."""
    hint = flask.session.pop(LEAVING, None)
    if hint is None:
        return redirect(url_for("web.sign_in"))
    found = provider()
    doors.close_session()
    try:
        address = openid.address_to_leave(found, hint, _absolute("web.sign_in"))
    except Refused:
        address = ""
    if not address:
        return redirect(url_for("web.sign_in"))
    host = urlsplit(address).hostname
    return doors.page("entrance/leaving.html", address=address, name=found.name, host=host)
