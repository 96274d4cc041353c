"""What other programs read of opinions."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import limited_items, meeting_of
from meeting.discussion import queries, rules
from meeting.discussion.threads import papers_for, threads_of
from meeting.errors import Missing
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked_number, paged, resource


@resource(
    "/meetings/<int:meeting_id>/comments",
    "Opinions given before and during a meeting, with replies and how many agree",
    item_id="only this item",
    document_id="only on this paper",
    page="only on this page of it",
    limit="how many",
    cursor="where to go on",
)
def comments(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The opinions, oldest first, as far as one may see their items and papers. Hidden ones have no words for the others."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    items = {item.id for item in limited_items(meeting, actor, hats)}
    only = {name: asked_number(name) for name in ("item_id", "document_id", "page")}
    rows = queries.listed(session, meeting.id, items, **only)
    papers = papers_for(session, actor, meeting, rows)
    readable = [row for row in rows if row.document_id is None or row.document_id in papers]
    cut = paged(readable, lambda row: row)
    threads = threads_of(session, cut["data"], papers)
    moderates = allows(Action.MODERATE, hats)
    open_now = meeting.state in rules.BEFORE | rules.DURING
    return {
        "data": [threads.line(each, moderates) for each in threads.rows],
        "next": cut["next"],
        "may_post": open_now and allows(Action.POST_OPINION, hats),
    }
