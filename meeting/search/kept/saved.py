"""Keeping a search under a name, and being told of what is new there. One's own alone; nothing of it stands in the journal."""

from typing import Any

from pydantic import Field
from sqlalchemy import delete, func, select, update

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing, Refused
from meeting.permissions import Action
from meeting.search.kept import saved_rules as rules
from meeting.search.kept.saved_models import SavedHit, SavedSearch
from meeting.search.models import Passage


class SaveInput(ActInput):
    """A search under a name; without a name the words are it. `question`: the parts of the page's address (q, kind, body …)."""

    name: str = Field(default="", max_length=rules.NAME_LETTERS)
    typed: str = Field(default="", max_length=2000)
    question: dict[str, str] = {}
    alert: bool = True


@act("search.save", Action.KEEP_SEARCHES, keeps_digest=False)
def save(tx: Tx, wanted: SaveInput) -> dict[str, Any]:
    """Keeps a search, so that it is asked again with one tap and its owner is told of what is new from now on.

    Refused as `search_without_words`, `search_saved_already` and, at the fifty-first, `saved_searches_full`. No journal entry:
    what somebody looks for is nobody else's business.
    """
    tx.require(Action.KEEP_SEARCHES)
    tx.nothing_to_record(rules.PRIVATE)
    question = rules.question(wanted.typed, wanted.question)
    if not rules.asks_something(question):
        raise Refused("search_without_words")
    mine = list(tx.scalars(select(SavedSearch).where(SavedSearch.person_id == tx.actor.person_id)))
    for row in mine:
        if rules.sense(row.question) == rules.sense(question):
            raise Refused("search_saved_already", name=row.name)
    if len(mine) >= rules.MOST_SAVED:
        raise Refused("saved_searches_full", limit=rules.MOST_SAVED)
    row = tx.add(
        SavedSearch(
            person_id=tx.actor.person_id,
            name=rules.name_of(wanted.name, question),
            question=question,
            alert=wanted.alert,
            created_at=tx.now,
            seen_seq=newest_change(tx),
        )
    )
    return {"saved_id": row.id}


class ChangeInput(ActInput):
    """Another name, or whether new hits are told."""

    saved_id: int
    name: str | None = Field(default=None, max_length=rules.NAME_LETTERS)
    alert: bool | None = None


@act("search.change", Action.KEEP_SEARCHES, keeps_digest=False)
def change(tx: Tx, wanted: ChangeInput) -> dict[str, Any]:
    """Renames an own saved search, or switches the telling of new hits on or off. What came while it was off is not told later.

    Somebody else's is not found. No journal entry.
    """
    row = own(tx, wanted.saved_id)
    if wanted.name is not None:
        row.name = rules.name_of(wanted.name, row.question) or row.name
    if wanted.alert is not None and wanted.alert != row.alert:
        row.alert, row.seen_seq = wanted.alert, newest_change(tx)
        row.known = row.waiting = None
    return {"saved_id": row.id, "name": row.name, "alert": row.alert}


class OneInput(ActInput):
    """A saved search."""

    saved_id: int


@act("search.forget", Action.KEEP_SEARCHES)
def forget(tx: Tx, wanted: OneInput) -> dict[str, Any]:
    """Deletes an own saved search with what was noted for it. Somebody else's is not found. No journal entry."""
    row = own(tx, wanted.saved_id)
    tx.execute(delete(SavedHit).where(SavedHit.saved_id == row.id))
    tx.delete(row)
    return {}


@act("search.seen", Action.KEEP_SEARCHES)
def seen(tx: Tx, wanted: OneInput) -> dict[str, Any]:
    """Marks what is new in an own saved search as seen. Calling twice is harmless.

    Somebody else's is not found. No journal entry.
    """
    row = own(tx, wanted.saved_id)
    unseen = update(SavedHit).where(SavedHit.saved_id == row.id, SavedHit.seen_at.is_(None))
    done = tx.execute(unseen.values(seen_at=tx.now))
    return {"seen": int(getattr(done, "rowcount", 0))}


def own(tx: Tx, saved_id: int) -> SavedSearch:
    """A saved search of whoever acts; for everybody else there is no such thing."""
    tx.require(Action.KEEP_SEARCHES)
    tx.nothing_to_record(rules.PRIVATE)
    row = tx.get(SavedSearch, saved_id)
    if row.person_id != tx.actor.person_id:
        raise Missing()
    return row


def newest_change(tx: Tx) -> int:
    """The newest change of the passages: what comes after it is new."""
    return tx.scalar(select(func.max(Passage.seq))) or 0
