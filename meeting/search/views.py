"""The page of searching."""

from typing import Any

from flask import Blueprint, request, url_for

from meeting.search import queries
from meeting.search.addresses import address_of
from meeting.search.asking import asked_for, filters
from meeting.search.preview import preview_of, task_states
from meeting.search.rules import LABELS
from meeting.web.api import asked
from meeting.web.doors import actor, session
from meeting.web.doors import page as rendered

pages = Blueprint("search", __name__)
SHOWN = 50
KEPT = ("q", "kind", "body", "year", "open")


def address(**changes: Any) -> str:
    """This page's address with some of its parts changed; an empty one goes away. Another filter opens the first hit."""
    kept = {name: request.args[name] for name in KEPT if request.args.get(name)}
    kept.pop("open", None)
    return url_for("search.page", **{name: value for name, value in (kept | changes).items() if value})


@pages.get("/search")
def page() -> str:
    """One box, what was found, and one hit opened beside it."""
    found = queries.search(session(), actor(), asked_for(session()))
    hits = found.hits[:SHOWN]
    chosen = next((hit for hit in hits if hit.name == asked("open")), hits[0] if hits else None)
    return rendered(
        "search/page.html",
        found=found,
        hits=hits,
        labels=LABELS,
        filters=filters(session(), actor()),
        address=address,
        url_of=address_of,
        tasks=task_states(session(), actor(), {hit.passage.source_id for hit in hits if hit.passage.kind == "notice"}),
        preview=preview_of(session(), actor(), chosen, found.wanted) if chosen else None,
    )
