"""One's own saved and recent searches, and suggestions while typing, over the API."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.permissions import Actor
from meeting.search.kept import saved_queries
from meeting.search.kept.recent import recent_of
from meeting.search.kept.suggesting import suggest
from meeting.web.api import asked, paged, resource


@resource("/search/saved", "One's own saved searches, those with something new first")
def saved_searches(session: Session, actor: Actor) -> dict[str, Any]:
    """Each with its question, whether new hits are told, and how many documents are new that one may read."""
    return paged(saved_queries.saved_of(session, actor), _saved_json)


@resource("/search/saved/<int:saved_id>/hits", "What answered an own saved search after it was saved, the newest first")
def saved_hits(session: Session, actor: Actor, saved_id: int) -> dict[str, Any]:
    """Only what one may read now. Somebody else's search is not found."""
    row = saved_queries.own(session, actor, saved_id)
    return paged(saved_queries.hits_of(session, actor, row), _hit_json)


@resource("/search/recent", "One's own recent searches, the newest first")
def recent_searches(session: Session, actor: Actor) -> dict[str, Any]:
    """At most twenty, the same words once."""
    return paged(
        recent_of(session, actor),
        lambda row: {
            "recent_id": row.id,
            "typed": row.typed,
            "question": row.question,
            "at": row.at.isoformat(),
            "url": row.url,
        },
    )


@resource(
    "/search/suggestions",
    "What may be meant by what was typed so far: own recent searches, symbols, titles, people, units",
    q="what stands in the box; empty: own recent searches",
)
def search_suggestions(session: Session, actor: Actor) -> dict[str, Any]:
    """At most eight, grouped by kind: recent, symbol, title, person, unit. `url` where one opens at once, else null."""
    found = suggest(session, actor, asked("q"))
    return {"data": [{"text": each.text, "kind": each.kind, "url": each.url} for each in found]}


def _saved_json(saved: saved_queries.Saved) -> dict[str, Any]:
    row = saved.search
    return {
        "saved_id": row.id,
        "name": row.name,
        "question": row.question,
        "alert": row.alert,
        "created_at": row.created_at.isoformat(),
        "new": saved.new,
        "url": saved.url,
    }


def _hit_json(hit: saved_queries.NewHit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "kind": passage.kind,
        "id": passage.source_id,
        "title": passage.title,
        "symbol": passage.symbol,
        "date": passage.dated.isoformat(),
        "url": hit.url,
        "found_at": hit.found_at.isoformat(),
        "seen": hit.seen,
    }
