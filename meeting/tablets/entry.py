"""The ways into a paired tablet: the one-time address of the desk, the PIN, the lock; and the signs of life of its pages."""

from typing import Any

import flask
from flask import Blueprint, Response, g, jsonify, redirect, request, url_for
from limits import parse

from meeting import clock
from meeting.asyncmode import run_blocking
from meeting.errors import Missing, Refused
from meeting.organization import passwords
from meeting.organization import queries as people
from meeting.organization.models import Account
from meeting.permissions import SYSTEM, Actor
from meeting.tablets import browsers, pins, proving, queries
from meeting.tablets.models import Tablet
from meeting.web import doors, security
from meeting.web.api import sent_json
from meeting.writer import perform

pages = Blueprint("tablet_entry", __name__)
MOST_TYPED = 200
TRIES_PER_TABLET = parse("20 per 5 minutes")  # right ones too; an address may be that of a whole hall


def _owner(account_id: int) -> tuple[Account, Actor | None]:
    account = doors.session().get_one(Account, account_id)
    return account, people.actor_of(doors.session(), account)


def _note(account: Account, *, succeeded: bool) -> None:
    line = {"username": account.username, "account_id": account.id, "address": request.remote_addr or "", "succeeded": succeeded,
            "way": "tablet"}  # fmt: skip
    perform(SYSTEM, "organization.note_sign_in", line)


# pairing


@pages.get("/tablets/pair")
@doors.open_to_all
def code() -> str:
    """Where the short code is typed when the camera does not work."""
    return doors.page("tablets/code.html", error="")


@pages.post("/tablets/pair")
@doors.open_to_all
def typed() -> Any:
    """The short code leads to the same page as the QR code."""
    given = pins.typed_code(request.form.get("code", ""))
    if not given:
        return doors.page("tablets/code.html", error=doors.say("pairing_over", {})), 422
    return redirect(url_for("tablet_entry.offered", given=given), 303)


def _opened(given: str) -> Any:
    """The pairing behind an address or a code. Refused as `pairing_over`; who tries many is slowed down."""
    address = request.remote_addr or ""
    security.check(security.SIGN_IN_PER_ADDRESS, "pairing", address)
    found = queries.open_pairing(doors.session(), browsers.hashed(given), clock.now())
    if found is None:
        security.note_failure(security.SIGN_IN_PER_ADDRESS, "pairing", address)
        raise Refused("pairing_over")
    return found


def _choose(given: str, error: str = "", status: int = 200) -> tuple[str, int]:
    try:
        opened = _opened(given)
    except Refused as refused:
        return doors.page("tablets/code.html", error=doors.say(refused.code, refused.facts)), refused.status
    account, who = _owner(opened.account_id)
    before = browsers.paired()
    other = before if before is not None and before.account_id != account.id else None
    try:
        proof = proving.needed(doors.session(), account, who) if who is not None else ""
    except Refused as refused:
        return doors.page("tablets/code.html", error=doors.say(refused.code, refused.facts)), refused.status
    shown = {"given": given, "owner": account.person, "other": other is not None, "error": error, "proof": proof}
    return doors.page("tablets/pair.html", **shown), status


@pages.get("/tablets/pair/<given>")
@doors.open_to_all
def offered(given: str) -> tuple[str, int]:
    """Whose tablet this will be, and the PIN to be chosen for it."""
    return _choose(given)


@pages.post("/tablets/pair/<given>")
@doors.open_to_all
def pair(given: str) -> Any:
    """Pairs this browser: the PIN chosen twice, a key of its own, and its owner is in."""
    pin = request.form.get("pin", "")
    fault = pins.fault_of(pin, request.form.get("again", ""))
    if fault:
        return _choose(given, doors.say(fault, {}), 422)
    try:
        account, who = _owner(_opened(given).account_id)
        if who is None:
            raise Refused("account_locked")
        proving.prove(doors.session(), account, who, request.form.get("proof", "")[:MOST_TYPED])
        pin_hash = run_blocking(passwords.hashed, pin)
        met = _pair(given, pin_hash)
    except Refused as refused:
        return _choose(given, doors.say(refused.code, refused.facts), refused.status)
    _note(account, succeeded=True)
    browsers.open_for(who, met, pin_hash)
    return redirect("/", 303)


def _pair(given: str, pin_hash: str) -> int:
    held, fresh = request.cookies.get(browsers.COOKIE, ""), browsers.new_key()
    wanted = {"given_sha256": browsers.hashed(given), "held_sha256": browsers.hashed(held) if held else None,
              "fresh_sha256": browsers.hashed(fresh), "name": browsers.plain_name(), "pin_hash": pin_hash}  # fmt: skip
    met = perform(SYSTEM, "tablets.pair", wanted)
    g.tablet_key = fresh if met["fresh"] else held
    return int(met["tablet_id"])


# the lock


def _pad(error: str = "", status: int = 200) -> Any:
    row = browsers.paired()
    if row is None:
        return redirect(url_for("web.sign_in", next=request.values.get("next") or None), 303)
    account, _ = _owner(row.account_id)
    shut = "tablet_blocked" if row.is_blocked else "" if row.pin_hash else "tablet_needs_pin"
    wanted = doors.safe_next(request.values.get("next"))
    return doors.page("tablets/locked.html", owner=account.person, number=row.id, error=error, shut=shut, next=wanted), status


@pages.get("/tablets/unlock")
@doors.open_to_all
def locked() -> Any:
    """Whose tablet this is, and the keypad; what to do when the PIN was wrong too often or was forgotten."""
    row = browsers.paired()
    if doors.actor_or_none() is not None and (row is None or row.locked_at is None):
        return redirect(doors.safe_next(request.args.get("next")))
    return _pad()


@pages.post("/tablets/unlock")
@doors.open_to_all
def unlock() -> Any:
    """Opens the tablet with its PIN. Each try is counted in the store first; the fifth wrong one shuts it until it is reset."""
    row = browsers.paired()
    if row is None:
        return _pad()
    try:
        security.limit(TRIES_PER_TABLET, "pin", str(row.id))
        who, opening = _who_opens(row, request.form.get("pin", ""))
    except Refused as refused:
        doors.close_session()
        return _pad(doors.say(refused.code, refused.facts), refused.status)
    browsers.open_for(who, row.id, opening)
    return redirect(doors.safe_next(request.form.get("next")), 303)


class WrongPin(Refused):
    """Not the PIN of this tablet."""

    status = 401


def _who_opens(row: Tablet, pin: str) -> tuple[Actor, str]:
    """The owner, when the PIN is right, and what is kept of the PIN from now on. Refused as `pin_wrong` with the tries
    left, `tablet_blocked`, `account_locked`."""
    if pins.fault_of(pin, pin) == "pin_shape":
        raise Refused("pin_shape")
    account, who = _owner(row.account_id)
    left = perform(SYSTEM, "tablets.try_pin", {"tablet_id": row.id})["left"]
    right = run_blocking(passwords.fits, row.pin_hash, pin)
    anew = run_blocking(passwords.hashed, pin) if right else None
    perform(SYSTEM, "tablets.unlock", {"tablet_id": row.id, "right": right, "pin_hash": anew})
    _note(account, succeeded=right and who is not None)
    if not right:
        raise WrongPin("pin_wrong", left=left) if left else WrongPin("tablet_blocked")
    if who is None or anew is None:
        raise Refused("account_locked")
    return who, anew


# signs of life


@pages.post("/tablets/alive")
def alive() -> Response:
    """Each minute from a page of a paired tablet: it is there, somebody touched it, its battery. Answers when it locks itself."""
    who, number = doors.actor(), flask.session.get(browsers.HELD)
    if browsers.PAIRED not in flask.session or not isinstance(number, int):
        raise Missing()
    said = sent_json()
    said = said if isinstance(said, dict) else {}
    if said.get("touched") is True:
        browsers.touch()
    perform(who, "tablets.tell", {"tablet_id": number, "battery": said.get("battery"), "charging": said.get("charging")})
    sits = queries.is_in_sitting(doors.session(), who.person_id)
    return jsonify(sitting=sits, lock_seconds=60 * browsers.lock_minutes(doors.session()))


@pages.post("/tablets/cleared")
@doors.open_to_all
def cleared() -> Response:
    """From a browser that was taken off: it looked, and nothing is left on it."""
    key = request.cookies.get(browsers.COOKIE, "")
    for number in queries.taken_off_by(doors.session(), browsers.hashed(key)) if key else []:
        perform(SYSTEM, "tablets.note_cleared", {"tablet_id": number})
    return jsonify(ok=True)
