"""Searching over the API."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from meeting.permissions import Actor
from meeting.search.addresses import address_of
from meeting.search.beside import standing_today
from meeting.search.finding import names, queries
from meeting.search.finding.answers import Facet, Hit
from meeting.search.finding.asking import asked_for
from meeting.search.finding.cutting import Piece, plain
from meeting.search.rules import KINDS, STANDINGS
from meeting.web.api import asked, resource

MOST_AT_ONCE = 50
TRANSLATED = ("kind", "period", "state")  # facets whose labels are words of this program


@resource(
    "/search",
    "What one may read that holds these words, or all there is where only filters are given",
    q='the words, with or without marks; "words in quotes", -word, 135/TB, đơn vị:, số:, từ:, đến:, loại:, cơ quan:, người:',
    kind=", ".join(KINDS),
    body="short name of a body",
    unit="number of a unit",
    meeting="number of a meeting",
    person="number of a person: who spoke, presents, carries it out",
    state=", ".join(STANDINGS),
    **{"from": "a date: not older", "to": "a date: not newer"},
    year="this-month, this-quarter, this-year, last-year or a year",
    sort="relevance (default) or date",
    page="from 1",
    size="hits a page, at most 50 (20)",
    since="as from",
    until="as to",
    limit="as size",
    cursor="`next` of the answer before, instead of page",
)
def search(session: Session, actor: Actor) -> dict[str, Any]:
    """Hits, best first, each with the passage that answers and where it opens; counts to narrow by; what to try instead."""
    question = asked_for(session)
    size = min(question.size if asked("size") else _whole(asked("limit")) or question.size, MOST_AT_ONCE)
    page = _whole(asked("cursor")) or question.page
    found = queries.search(session, actor, replace(question, page=page, size=size))
    said = found.wanted.said
    meetings = names.meetings(session, {hit.passage.meeting_id for hit in found.hits if hit.passage.meeting_id})
    return {
        "data": [{**hit_json(hit, said), "meeting": _title(meetings.get(hit.passage.meeting_id or 0))} for hit in found.hits],
        "next": str(page + 1) if page < found.pages else None,
        "total": found.total,
        "page": page,
        "pages": found.pages,
        "kinds": found.kinds,
        "facets": {name: [_facet(name, facet) for facet in facets] for name, facets in found.facets.items()},
        "exact": found.exact,
        "near": found.near,
        "more": found.more,
        "ready": found.ready,
        "nearest": found.nearest,
    }


def _title(meeting: Any) -> str | None:
    return meeting.title if meeting else None


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _facet(name: str, facet: Facet) -> dict[str, Any]:
    label = gettext(facet.label) if name in TRANSLATED else facet.label
    return {"value": facet.value, "label": label, "count": facet.count, "chosen": facet.chosen}


def hit_json(hit: Hit, said: str) -> dict[str, Any]:
    """One hit on the wire; `marks` are the pieces of `passage` that were found, as written there."""
    passage, doc = hit.passage, hit.doc
    return {
        "kind": passage.kind,
        "id": passage.source_id,
        "title": passage.title,
        "symbol": passage.symbol,
        "date": passage.dated.isoformat(),
        "passage": plain(hit.pieces),
        "page": passage.page,
        "url": address_of(passage, typed=said),
        "body": passage.body.short_name if passage.body else None,
        "meeting_id": passage.meeting_id,
        "item_id": passage.item_id,
        "state": standing_today(doc.standing, doc.due_on),
        "due_on": doc.due_on.isoformat() if doc.due_on else None,
        "place": passage.place,
        "marks": _marks(hit.pieces),
        "title_marks": _marks(hit.title_pieces),
        "places": [{"page": place.page, "place": place.name, "hits": place.hits} for place in hit.places],
    }


def _marks(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.hit]
