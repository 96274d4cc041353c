"""What the page of programme versions shows: which there are, and what changed between two of them."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda import past_queries, queries
from meeting.agenda.changes import CHANGE_WORDS, CODED, Change
from meeting.agenda.rules import FORMS, ITEM_KINDS
from meeting.permissions import Actor


def compared(session: Session, actor: Actor, meeting_id: int, before: int | None, after: int | None) -> dict[str, Any]:
    """Two versions side by side with what changed in words; without a choice the newest and the one before it."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    seen = queries.limited_items(meeting, actor, hats)
    only = None if len(seen) == len(meeting.items) else {item.id for item in seen}
    versions = past_queries.versions_of(session, meeting)
    newest = versions[0].number if versions else 0
    after = after or newest
    before = before if before is not None else max(after - 1, min(newest, 1))
    found = past_queries.between(versions, before, after, only) if versions else []
    contents = {each.number: past_queries.shown_content(each.content, only) for each in versions}
    return {
        "meeting": meeting,
        "versions": versions,
        "before": before,
        "after": after,
        "changes": found,
        "changed": {each.item for each in found if each.item is not None},
        "columns": [(number, contents[number]) for number in dict.fromkeys((before, after)) if number in contents],
        "kinds": ITEM_KINDS,
    }


def words_of(change: Change) -> tuple[str, dict[str, Any]]:
    """The sentence of a change (a message id) and what goes into it; codes are given as message ids."""
    facts = dict(change.facts)
    if change.kind in CODED:
        names = {**FORMS, **ITEM_KINDS}
        facts |= {name: names.get(facts[name], facts[name]) for name in ("before", "after")}
    return CHANGE_WORDS[change.kind], facts
