"""The page of one's own devices, the page that stands in for others without a line, and what a browser asks about itself."""

import flask
from flask import Blueprint, Response, jsonify
from flask_wtf.csrf import generate_csrf

from meeting.errors import Missing
from meeting.tablets import browsers, queries
from meeting.tablets.rules import kept_bytes
from meeting.web import doors
from meeting.web.api import sent_json
from meeting.web.doors import actor, page, session

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
    """Whose session this browser holds; `revoked` when it was taken off the account, with a fresh token for forms."""
    who = doors.actor_or_none()
    own = who if who is not None and who.only_meeting is None else None
    return jsonify(
        account=str(own.account_id) if own else "",
        tablet_id=flask.session.get(browsers.HELD) if own else None,
        revoked=own is None and browsers.was_taken_off(),
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
