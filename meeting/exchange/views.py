"""Pages of connected systems, and the calendar of a body. A key, secret or address is shown once, by the view that made it."""

import secrets
from typing import Any

from flask import Blueprint, redirect, request, url_for
from limits import parse
from werkzeug.wrappers import Response

from meeting import clock, config
from meeting.errors import Missing, Refused
from meeting.exchange import calls_sheet, feed_file, queries, screens
from meeting.exchange.feeds import NOTED_AFTER
from meeting.exchange.rules import PREFIX, key_digest
from meeting.organization.listed_roles import read_day
from meeting.organization.views import number, table_file
from meeting.permissions import SYSTEM
from meeting.web import doors, security
from meeting.web.doors import actor, page, session
from meeting.writer import perform

pages = Blueprint("exchange", __name__)
FEEDS_PER_PLACE = parse("300 per 5 minutes")
FEED_READS = parse("240 per hour")
KEY_BYTES = 32  # 256 random bits


def new_key() -> tuple[str, dict[str, str]]:
    """A fresh key, and what is kept of it."""
    key = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    return key, {"sha256": key_digest(key), "ending": key[-4:]}


def wanted_calls() -> queries.Wanted:
    """The filters of the address; what cannot be read as one is none."""
    said = {name: request.args.get(name, "").strip()[:200] for name in ("outcome", "read", "address")}
    days = {name: read_day(request.args.get(name, "").strip()) for name in ("since", "until")}
    return queries.Wanted(**said, since=days["since"], until=days["until"])


@pages.get("/clients")
def clients() -> str:
    """Which systems may read here, and which calendars do bodies give out?"""
    return page("exchange/clients.html", **screens.clients_page(session(), actor()))


@pages.get("/clients/new")
def new_client() -> str:
    """The form of a new system."""
    queries.clients(session(), actor())
    return page("exchange/new.html", said={}, refusal=None)


@pages.post("/clients")
def add_client() -> str | tuple[str, int]:
    """A new system; its key is shown this once."""
    key, kept = new_key()
    said = {name: value for name, value in request.form.items() if name != "csrf_token" and value.strip()}
    if day := read_day(said.get("valid_until", "")):
        said["valid_until"] = day.isoformat()
    try:
        made = perform(actor(), "exchange.add_client", {**said, **kept})
    except Refused as refused:
        return page("exchange/new.html", said=request.form, refusal=doors.refused_body(refused)), refused.status
    return _shown_once(made["client_id"], "key", key)


@pages.get("/clients/<int:client_id>")
def client(client_id: int) -> str:
    """What may this system read, and what does it do?"""
    return page("exchange/client.html", **screens.client_page(session(), actor(), client_id))


@pages.post("/clients/<int:client_id>/keys")
def renew_key(client_id: int) -> str:
    """Another key, shown this once."""
    key, kept = new_key()
    days = request.form.get("overlap_days", "7")
    perform(
        actor(), "exchange.renew_key", {"client_id": client_id, "overlap_days": int(days) if days.isdecimal() else -1, **kept}
    )
    return _shown_once(client_id, "key", key)


@pages.get("/clients/<int:client_id>/keys")
@pages.get("/clients/<int:client_id>/webhooks")
@pages.get("/clients/<int:client_id>/webhooks/<int:_webhook_id>/secret")
def shown_before(client_id: int, _webhook_id: int = 0) -> Response:
    """Where a key or secret was shown once nothing stands any more: on to the page of the system."""
    return redirect(url_for("exchange.client", client_id=queries.client_of(session(), actor(), client_id).id))


@pages.post("/clients/<int:client_id>/webhooks")
def add_webhook(client_id: int) -> str | tuple[str, int]:
    """An address that is told; its secret is shown this once."""
    secret = secrets.token_urlsafe(KEY_BYTES)
    said: dict[str, Any] = {"url": request.form.get("url", ""), "events": request.form.getlist("events")}
    try:
        perform(actor(), "exchange.add_webhook", {"client_id": client_id, **said, "secret": secret})
    except Refused as refused:
        context = screens.client_page(session(), actor(), client_id)
        return page("exchange/client.html", **context, said=said, refusal=doors.refused_body(refused)), refused.status
    return _shown_once(client_id, "secret", secret)


@pages.post("/clients/<int:client_id>/webhooks/<int:webhook_id>/secret")
def renew_secret(client_id: int, webhook_id: int) -> str:
    """Another secret of an address, shown this once."""
    secret = secrets.token_urlsafe(KEY_BYTES)
    perform(actor(), "exchange.renew_secret", {"webhook_id": webhook_id, "secret": secret})
    return _shown_once(client_id, "secret", secret)


def _shown_once(client_id: int, what: str, value: str) -> str:
    doors.close_session()  # what was just written is to be seen
    found = queries.client_of(session(), actor(), client_id)
    back = url_for("exchange.client", client_id=found.id)
    return page("exchange/once.html", what=what, value=value, back=back, name=found.name)


@pages.get("/clients/<int:client_id>/calls")
def calls(client_id: int) -> str:
    """What did this system ask, when, from where?"""
    start = max(0, number("start") or 0)
    return page("exchange/calls.html", **screens.calls_page(session(), actor(), client_id, wanted_calls(), start))


@pages.get("/clients/<int:client_id>/calls/export.<kind>")
def export_calls(client_id: int, kind: str) -> Response:
    """The calls asked for, as a file."""
    return table_file(calls_sheet.table(session(), actor(), client_id, wanted_calls()), kind, "ket-noi", "Lượt gọi")


@pages.post("/clients/feeds")
def open_feed() -> str:
    """A calendar address of a body, shown this once."""
    token = secrets.token_urlsafe(KEY_BYTES)
    said: dict[str, Any] = {name: request.form.get(name, "") for name in ("kind", "name")}
    body = request.form.get("body_id", "")
    said |= {"body_id": int(body) if body.isdecimal() else 0, "confirm_party": request.form.get("confirm_party") == "on"}
    perform(actor(), "exchange.open_feed", {**said, "sha256": key_digest(token)})
    return _feed_shown(token, said["name"])


@pages.post("/clients/feeds/<int:feed_id>")
def renew_feed(feed_id: int) -> str:
    """The same calendar under a new address, shown this once."""
    token = secrets.token_urlsafe(KEY_BYTES)
    perform(actor(), "exchange.renew_feed", {"feed_id": feed_id, "sha256": key_digest(token)})
    return _feed_shown(token, "")


def _feed_shown(token: str, name: str) -> str:
    address = url_for("exchange.body_feed", token=token, _external=True)
    return page("exchange/once.html", what="feed", value=address, back=url_for("exchange.clients"), name=name)


@pages.get("/calendar/body/<token>.ics")
@doors.open_to_all
def body_feed(token: str) -> Response:
    """The calendar of a body for whoever holds the address: no sign-in, no cookie, nothing else."""
    security.limit(FEEDS_PER_PLACE, "feeds", request.remote_addr or "")
    digest = key_digest(token)
    found = feed_file.feed_of(session(), digest)
    if found is None:
        raise Missing()
    security.limit(FEED_READS, "body-feed", digest)
    answer = feed_file.answer(session(), found, config.settings().public_url or request.url_root.rstrip("/"))
    if found.read_at is None or clock.now() - found.read_at >= NOTED_AFTER:
        perform(SYSTEM, "exchange.note_feed_read", {"feed_id": found.id})
    return answer.make_conditional(request)
