"""What the pages of connected systems need."""

from datetime import date
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from meeting.errors import N_
from meeting.exchange import queries, retention
from meeting.exchange.rules import EVENTS, FEED_KINDS, KINDS, OVERLAPS, TEST
from meeting.permissions import Actor

STANDINGS = {
    "on": (N_("Switched on"), "agree", "check"),
    "off": (N_("Switched off"), "", "x"),
    "expired": (N_("Run out"), "warn", "clock"),
}
STATES = {
    "waiting": (N_("To be tried again"), "warn", "clock"),
    "new": (N_("On its way"), "", "clock"),  # waiting, and never tried
    "taken": (N_("Taken"), "agree", "check"),
    "failed": (N_("Given up"), "oppose", "x"),
    "dropped": (N_("Not told"), "", "x"),
}
#: What an answer that never came is called, and the reasons why something was not told.
REASONS = {
    "timeout": N_("No answer in time"),
    "secret_unreadable": N_("The secret cannot be read: make a new one"),
    "client_right_missing": N_("No longer allowed to know of it"),
    "webhook_address_inside": N_("The address leads into this network"),
    "webhook_address_unknown": N_("The name of the address cannot be found"),
    "webhook_address_bad": N_("The address is not possible"),
}
CHART_HEIGHT = 60
BAR = 20  # width of a day in the chart


def clients_page(session: Session, actor: Actor) -> dict[str, Any]:
    """The list of systems, the calendars, and how long calls are kept."""
    return {
        "rows": queries.clients(session, actor),
        "feeds": queries.feeds(session, actor),
        "bodies": queries.shared_bodies(session),
        "standings": STANDINGS,
        "feed_kinds": FEED_KINDS,
        "keep_days": retention.TERM.days(session),
        "least_days": retention.TERM.least_days,
    }


def client_page(session: Session, actor: Actor, client_id: int) -> dict[str, Any]:
    """One system: what is known of it, rights, keys, addresses, calls of late, deliveries of late."""
    client = queries.client_of(session, actor, client_id)
    return {
        "client": client,
        "standing": queries.standing_of(client),
        "standings": STANDINGS,
        "kinds": KINDS,
        "bodies": queries.shared_bodies(session),
        "held": {(right.body_id, right.kind) for right in client.rights},
        "keys": queries.keys_of(client),
        "overlaps": OVERLAPS,
        "webhooks": queries.webhooks_of(client),
        "events": EVENTS,
        "test": TEST,
        "deliveries": queries.deliveries(session, actor, client_id, 20),
        "states": STATES,
        "reasons": REASONS,
        "chart": bars(queries.calls_by_day(session, client_id)),
    }


def bars(days: list[tuple[date, int, int]]) -> dict[str, Any]:
    """The calls of each day as bars of a picture: place, height of all and of the refused."""
    most = max((count for _, count, _ in days), default=0)
    scale = CHART_HEIGHT / most if most else 0
    drawn = [
        {"day": day, "count": all_, "refused": bad, "x": place * BAR, "h": round(all_ * scale, 1), "r": round(bad * scale, 1)}
        for place, (day, all_, bad) in enumerate(days)
    ]
    size = {"width": BAR * len(days), "height": CHART_HEIGHT}
    return {"bars": drawn, "most": most, "total": sum(count for _, count, _ in days), **size}


def calls_page(session: Session, actor: Actor, client_id: int, wanted: queries.Wanted, start: int) -> dict[str, Any]:
    """The calls asked for, a page of them."""
    return {
        "client": queries.client_of(session, actor, client_id),
        "rows": queries.calls(session, actor, client_id, wanted, queries.PAGE, start),
        "count": queries.count_calls(session, actor, client_id, wanted),
        "wanted": wanted,
        "start": start,
        "size": queries.PAGE,
        "at": _at,
    }


def _at(endpoint: str, **changes: Any) -> str:
    """The address of a page with the filters of this one."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if value and name != "start"}
    return url_for(endpoint, **{**kept, **changes})
