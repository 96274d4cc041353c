"""Searching over the API."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.permissions import Actor
from meeting.search import queries
from meeting.search.addresses import address_of
from meeting.search.asking import asked_for
from meeting.search.cutting import plain
from meeting.web.api import paged, resource


@resource(
    "/search",
    "What one may read that holds these words",
    q="the words, with or without marks",
    kind="notice, minutes, paper, item, question, task, opinion or promise",
    body="short name of a body",
    since="a date",
    until="a date",
)
def search(session: Session, actor: Actor) -> dict[str, Any]:
    """Hits, best first, each with the passage that answers and where it opens."""
    found = queries.search(session, actor, asked_for(session))
    said = found.wanted.said
    return {**paged(found.hits, lambda hit: hit_json(hit, said)), "total": found.total, "kinds": found.kinds, "more": found.more}


def hit_json(hit: queries.Hit, said: str) -> dict[str, Any]:
    """One hit on the wire; `marks` are the pieces of `passage` that were found, as written there."""
    passage = hit.passage
    return {
        "kind": passage.kind,
        "id": passage.source_id,
        "title": passage.title,
        "symbol": passage.symbol,
        "date": passage.dated.isoformat(),
        "passage": plain(hit.pieces),
        "marks": [piece.text for piece in hit.pieces if piece.hit],
        "page": passage.page,
        "url": address_of(passage, typed=said),
        "meeting_id": passage.meeting_id,
    }
