"""Telling people of new hits in their saved searches.

Some seconds after passages changed and the index has them, the worker asks every saved search that wants to be told anew
(`alert_rounds`). All that a round found for one search, and how far it was asked, is written in one transaction: a worker that is
killed begins again where that transaction did not happen, and no hit is told twice.
"""

import logging
from datetime import timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, select, update

from meeting.acts import ActInput, Tx, act
from meeting.database import reading
from meeting.errors import Refused
from meeting.jobs import every
from meeting.notify.growing import grow
from meeting.notify.telling import tell
from meeting.permissions import SYSTEM, Action
from meeting.search.engines.engine import Unreadable
from meeting.search.kept import alert_rounds as rounds
from meeting.search.kept import saved_rules as rules
from meeting.search.kept.saved_models import SavedHit, SavedSearch
from meeting.writer import perform

log = logging.getLogger("meeting.search")

SECONDS = 4.0  # between two rounds: a burst of changes is asked for once
ONE_MESSAGE = timedelta(hours=20)  # so long an unseen message grows before another one is made


class FoundInput(BaseModel):
    """A document that was found."""

    kind: str
    source_id: int
    title: str
    closed: bool = False  # of a closed meeting: its title stays inside


class AlertInput(ActInput):
    """What a round found for one saved search that was asked before up to `asked_seq`, and now up to `until`.

    `known` is given by the first round: what answered already when it was saved.
    """

    saved_id: int
    asked_seq: int
    until: int
    found: list[FoundInput]
    waiting: list[int]
    known: str | None = None


@act("search.alert", Action.FEED_SEARCH, keeps_digest=False)
def alert(tx: Tx, wanted: AlertInput) -> dict[str, Any]:
    """Notes what is new in a saved search and tells its owner: one message for all of it. Only the worker does this.

    What was found before is not told again; nothing is told when the search was changed or deleted meanwhile, or wants no
    telling. No journal entry.
    """
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(rules.PRIVATE)
    row = tx.find(SavedSearch, wanted.saved_id)
    if row is None or not row.alert or row.seen_seq != wanted.asked_seq:
        return {"told": 0}
    row.seen_seq, row.waiting = wanted.until, wanted.waiting or None
    row.known = row.known if wanted.known is None else wanted.known
    before = {(hit.kind, hit.source_id) for hit in tx.scalars(select(SavedHit).where(SavedHit.saved_id == row.id))}
    new = [each for each in wanted.found if (each.kind, each.source_id) not in before]
    for each in new:
        tx.add(SavedHit(saved_id=row.id, kind=each.kind, source_id=each.source_id, found_at=tx.now))
    if new:
        _tell(tx, row, new)
    return {"told": len(new)}


def _tell(tx: Tx, row: SavedSearch, new: list[FoundInput]) -> None:
    """In one message, which grows while its owner has not looked at it."""
    unseen = select(func.count()).where(SavedHit.saved_id == row.id, SavedHit.seen_at.is_(None))
    count = tx.scalar(unseen) or len(new)
    closed = any(each.closed for each in new)
    kind = "search_hits_closed" if closed else "search_hit" if count == 1 else "search_hits"
    found = "" if closed else rules.titles_told([each.title for each in new])
    facts: dict[str, Any] = {"search": row.name, "count": count, "found": found}
    url = f"/search/saved?open={row.id}"
    if not grow(tx, row.person_id, kind, url, tx.now - ONE_MESSAGE, **facts):
        tell(tx, [row.person_id], kind, url, **facts)


class AskedInput(ActInput):
    """Saved searches for which a round found nothing."""

    saved_ids: list[int]
    until: int


@act("search.asked", Action.FEED_SEARCH)
def asked(tx: Tx, wanted: AskedInput) -> dict[str, Any]:
    """Notes up to which change saved searches were asked in vain. Only the worker does this; no journal entry."""
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(rules.PRIVATE)
    rows = update(SavedSearch).where(SavedSearch.id.in_(wanted.saved_ids), SavedSearch.seen_seq < wanted.until)
    tx.execute(rows.values(seen_seq=wanted.until))
    return {}


@every(SECONDS)
def sweep() -> None:
    """Asks what has to be asked."""
    look()


def look() -> int:
    """One round; an index that is being written anew is waited for. Returns how many new hits were told."""
    with reading() as session:
        mark = rounds.rights.mark(session)
        until = rounds.indexed_up_to(session)
        due = rounds.due(session, until, rounds.rights.changed(mark))
        try:
            came = rounds.ask(session, due, until) if due else rounds.Round()
        except Unreadable:
            return 0
    told = sum(_noted(wanted) for wanted in came.found)
    if came.vain:
        perform(SYSTEM, "search.asked", {"saved_ids": came.vain, "until": until})
    rounds.rights.keep(mark)
    return told


def _noted(wanted: dict[str, Any]) -> int:
    """Writes what came of one search; one that cannot be written does not hold up the others. The log holds no words of it."""
    try:
        return int(perform(SYSTEM, "search.alert", wanted)["told"])
    except (Refused, RuntimeError):
        log.error("new hits of a saved search could not be noted", extra={"saved": wanted["saved_id"]})
        return 0
