"""The page of one's own devices, the page that stands in for others without a line, and what a browser asks about itself."""

import secrets

import flask
import segno
from flask import Blueprint, Response, jsonify, url_for
from flask_wtf.csrf import generate_csrf

from meeting.errors import Missing
from meeting.organization.queries import bodies
from meeting.permissions import INSTALLATION, Action, allows
from meeting.tablets import browsers, desk, owners, pins, queries
from meeting.tablets.rules import kept_bytes
from meeting.web import doors
from meeting.web.api import asked_number, sent_json
from meeting.web.doors import actor, page, session
from meeting.writer import perform

pages = Blueprint("tablets", __name__)


@pages.get("/tablets")
def mine() -> str:
    """My devices: name, last seen, what is kept, how much."""
    rows = queries.tablets_of(session(), actor())
    return page(
        "tablets/mine.html",
        rows=rows,
        titles=queries.titles(session(), actor(), rows),
        here=flask.session.get(browsers.HELD),
        kept_bytes=kept_bytes,
    )


@pages.get("/kept")
def kept() -> str:
    """What the service worker shows without a line: the list of kept meetings, or one of them. It reads from this device only."""
    if actor().only_meeting is not None:
        raise Missing()
    return page("tablets/kept.html")


@pages.get("/tablets/standing")
@doors.open_to_all
def standing() -> Response:
    """Whose session this browser holds; `revoked` when it was taken off the account, `paired` when it is somebody's tablet, with
    when that locks itself; a fresh token for forms."""
    who = doors.actor_or_none()
    own = who if who is not None and who.only_meeting is None else None
    held = browsers.paired()
    return jsonify(
        account=str(own.account_id) if own else "",
        tablet_id=flask.session.get(browsers.HELD) if own else None,
        revoked=own is None and browsers.was_taken_off(),
        paired=held is not None,
        sitting=held is not None and own is not None and queries.is_in_sitting(session(), own.person_id),
        lock_seconds=60 * browsers.lock_minutes(session()) if held is not None else 0,
        csrf=generate_csrf(),
    )


@pages.post("/tablets/here")
def here() -> Response:
    """Knows this browser as a device of the account, so that meetings can be kept on it."""
    who = actor()
    if who.only_meeting is not None or doors.bearer_token() is not None:
        raise Missing()
    asked = sent_json()
    touch_points = asked.get("touch_points", 0) if isinstance(asked, dict) else 0
    return jsonify(tablet_id=browsers.meet(who, touch_points if isinstance(touch_points, int) else 0))


@pages.get("/desk/tablets")
def of_desk() -> str:
    """Every tablet of the people of a body, or of those invited to a meeting: is it there, has it papers, does it need a hand?"""
    meeting_id = asked_number("meeting")
    if actor().is_admin and not meeting_id and not bodies(session()):
        return page("organization/no_bodies.html", here="tablets")  # a new system
    found = (
        desk.desk_of_meeting(session(), actor(), meeting_id)
        if meeting_id
        else desk.desk_of_body(session(), actor(), asked_number("body"))
    )
    return page(
        "tablets/desk.html",
        desk=found,
        bodies=owners.bodies_kept(session(), actor()),
        lock_minutes=browsers.lock_minutes(session()),
        lock_choices=pins.LOCK_CHOICES,
        may_set_lock=allows(Action.SET_TABLET_LOCK, INSTALLATION.hats_of(actor(), session())),
    )


@pages.post("/desk/tablets/pairing")
def begin() -> Response:
    """Opens a one-time address for a person: its QR code and the short code go to this screen only, once."""
    asked = sent_json()
    person_id = asked.get("person_id") if isinstance(asked, dict) else None
    token, code = secrets.token_urlsafe(32), pins.new_code()
    wanted = {"person_id": person_id, "token_sha256": browsers.hashed(token), "code_sha256": browsers.hashed(code)}
    opened = perform(actor(), "tablets.begin_pairing", wanted)
    address = url_for("tablet_entry.offered", given=token, _external=True)
    drawn = segno.make(address, error="m").svg_data_uri(scale=8, border=2, dark="#0b1330", light="#ffffff", xmldecl=False)
    typed_at = url_for("tablet_entry.code", _external=True)
    return jsonify(qr=drawn, address=address, typed_at=typed_at, code=pins.shown_code(code), ends_at=opened["ends_at"])
