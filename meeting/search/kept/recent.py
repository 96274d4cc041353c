"""What one looked for lately: twenty searches, the newest first, the same words once. One's own alone."""

from typing import Any

from pydantic import Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing
from meeting.permissions import Action, Actor
from meeting.search.kept import saved_rules as rules
from meeting.search.kept.saved_models import RecentSearch


class RememberInput(ActInput):
    """A search that was made: its words and the parts of the page's address."""

    typed: str = Field(default="", max_length=2000)
    question: dict[str, str] = {}


@act("search.remember", Action.KEEP_SEARCHES, keeps_digest=False)
def remember(tx: Tx, wanted: RememberInput) -> dict[str, Any]:
    """Puts a search on top of one's recent ones; the same words stand there once, and only the last twenty stay.

    A search without words is not remembered. No journal entry: what somebody looks for is nobody else's business.
    """
    tx.require(Action.KEEP_SEARCHES)
    tx.nothing_to_record(rules.PRIVATE)
    question = rules.question(wanted.typed, wanted.question)
    typed = question.get("q", "")
    if not typed:
        return {"recent_id": None}
    before = list(tx.scalars(_of(tx.actor.person_id)))
    same = [row for row in before if row.typed.casefold() == typed.casefold()]
    row = same[0] if same else None
    if row is None:
        row = tx.add(RecentSearch(person_id=tx.actor.person_id, typed=typed, question=question, at=tx.now))
    else:
        row.typed, row.question, row.at = typed, question, tx.now
    others = [each for each in before if each is not row]
    for old in [*same[1:], *[each for each in others if each not in same][rules.MOST_RECENT - 1 :]]:
        tx.delete(old)
    return {"recent_id": row.id}


class ForgetRecentInput(ActInput):
    """One recent search; none named: all of one's own."""

    recent_id: int | None = None


@act("search.forget_recent", Action.KEEP_SEARCHES)
def forget_recent(tx: Tx, wanted: ForgetRecentInput) -> dict[str, Any]:
    """Deletes one recent search, or all of one's own. Somebody else's is not found. No journal entry."""
    tx.require(Action.KEEP_SEARCHES)
    tx.nothing_to_record(rules.PRIVATE)
    if wanted.recent_id is None:
        tx.execute(delete(RecentSearch).where(RecentSearch.person_id == tx.actor.person_id))
        return {}
    row = tx.get(RecentSearch, wanted.recent_id)
    if row.person_id != tx.actor.person_id:
        raise Missing()
    tx.delete(row)
    return {}


def recent_of(session: Session, actor: Actor, limit: int = rules.MOST_RECENT) -> list[RecentSearch]:
    """One's own recent searches, the newest first."""
    return list(session.scalars(_of(actor.person_id).limit(limit)))


def _of(person_id: int) -> Any:
    return (
        select(RecentSearch).where(RecentSearch.person_id == person_id).order_by(RecentSearch.at.desc(), RecentSearch.id.desc())
    )
