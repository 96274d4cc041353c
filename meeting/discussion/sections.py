"""What the discussion room adds to the live state: the newest opinions with replies, and each person's own marks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.discussion import queries
from meeting.discussion.threads import threads_of
from meeting.live.state import View, mine, section

MOST = 60  # on the screens; the whole list can be read


@section("discussion")
def discussion(view: View) -> dict[str, Any]:
    """The newest opinions, newest first, and how many there are on each item (a limited guest: of his items)."""
    counts = queries.counts(view.session, view.meeting.id)
    seen = {item: n for item, n in counts.items() if view.item_ids is None or item is None or item in view.item_ids}
    rows = queries.latest(view.session, view.meeting.id, MOST + 1, view.item_ids)
    shown = rows[:MOST]
    papers = queries.papers_on(view.session, view.meeting, view.audience, {row.document_id for row in shown if row.document_id})
    threads = threads_of(view.session, shown, papers)
    return {
        "comments": [threads.line(thread, view.audience == "desk") for thread in threads.rows],
        "total": sum(seen.values()),
        "older": len(rows) > MOST,
        "counts": {str(item or 0): n for item, n in seen.items()},
    }


@mine("discussion")
def my_discussion(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: the opinions they agree with, and their own that were hidden, with the reason. Two questions for all."""
    agreed = queries.agreed_by(session, meeting.id, people)
    hidden: dict[int, list[dict[str, Any]]] = {}
    for row in queries.hidden_of(session, meeting.id, people):
        hidden.setdefault(row.person_id, []).append({"id": row.id, "text": row.text, "reason": row.reason})
    return {person: {"discussion": {"agreed": agreed.get(person, []), "hidden": hidden.get(person, [])}} for person in people}
