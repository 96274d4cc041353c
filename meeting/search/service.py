"""Keeping the passages: acts of the worker, the job that feeds them and the index, and the rebuild of the index."""

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from meeting import config, jobs
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.jobs import Job, every, job
from meeting.permissions import SYSTEM, Action
from meeting.search import index, rules, sources
from meeting.search.index import Entry, Progress
from meeting.search.models import Passage, StaleMark
from meeting.writer import perform

log = logging.getLogger("meeting.search")

FEED = "search.feed"
BATCH = 200
WHY = "search only repeats what other rooms have recorded"


class PassageInput(ActInput):
    """One passage as its source has it."""

    source_id: int
    part: int
    title: str
    text: str
    dated: date
    symbol: str = ""
    item_id: int | None = None
    page: int | None = None
    document_id: int | None = None


class KeepInput(ActInput):
    """All passages of one kind of a meeting; `times` is the mark they answer."""

    kind: str
    meeting_id: int
    times: int
    passages: list[PassageInput]


class IndexedInput(ActInput):
    """Passages that the index has now: pairs of id and revision."""

    passages: list[tuple[int, int]] = Field(max_length=1000)


def mark(tx: Tx, kind: str, meeting_id: int) -> None:
    """Says in the current transaction that a meeting's passages of one kind are to be read anew, and lets the worker know."""
    found = tx.find(StaleMark, (kind, meeting_id))
    if found:
        found.times += 1
    else:
        tx.add(StaleMark(kind=kind, meeting_id=meeting_id))
    waits = select(Job.id).where(Job.kind == FEED, Job.state == "waiting").limit(1)
    if tx.scalar(waits) is None:
        jobs.enqueue(tx, FEED)


@act("search.keep", Action.FEED_SEARCH)
def keep(tx: Tx, wanted: KeepInput) -> dict[str, Any]:
    """Replaces a meeting's passages of one kind by those given; unchanged ones stay as they are. Harmless when repeated.

    The mark goes away unless something changed again in the meantime. Only the worker does this; nothing is recorded.
    """
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(WHY)
    meeting = tx.get(Meeting, wanted.meeting_id)
    kept = tx.scalars(select(Passage).where(Passage.kind == wanted.kind, Passage.meeting_id == meeting.id))
    before = {(row.source_id, row.part): row for row in kept}
    for given in wanted.passages:
        values = given.model_dump(exclude={"meeting_id"})
        row = before.pop((given.source_id, given.part), None)
        if row is None:
            tx.add(Passage(kind=wanted.kind, meeting_id=meeting.id, body_id=meeting.body_id, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.revision += 1
    for row in before.values():
        tx.delete(row)
    stale = tx.find(StaleMark, (wanted.kind, meeting.id))
    if stale and stale.times == wanted.times:
        tx.delete(stale)
    tx.flush()
    return {}


@act("search.indexed", Action.FEED_SEARCH)
def indexed(tx: Tx, wanted: IndexedInput) -> dict[str, Any]:
    """Notes which passages the index has. Only the worker does this; nothing is recorded."""
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(WHY)
    if wanted.passages:
        noted = update(Passage.__table__).where(Passage.id == bindparam("key")).values(indexed=bindparam("has"))  # type: ignore[arg-type]
        tx.execute(noted, [{"key": key, "has": revision} for key, revision in wanted.passages])
    return {}


@job(FEED)
def feed() -> None:
    """Reads every meeting anew that was marked, then brings the index up to date. Harmless when run twice."""
    with reading() as session:
        marks = [(stale.kind, stale.meeting_id, stale.times) for stale in session.scalars(select(StaleMark))]
    for kind, meeting_id, times in marks:
        with reading() as session:
            found = sources.passages(session, kind, session.get_one(Meeting, meeting_id))
        passages = [{**vars(each), "dated": each.dated.isoformat()} for each in found]
        perform(SYSTEM, "search.keep", {"kind": kind, "meeting_id": meeting_id, "times": times, "passages": passages})
    catch_up()


def catch_up() -> int:
    """Puts into the index what it does not have yet; rebuilds it when it cannot be opened. Returns how many passages."""
    place = index.at(config.settings().search_index)
    if not place.ready():
        return rebuild()
    done = 0
    while True:
        with reading() as session:
            rows = list(session.scalars(select(Passage).where(Passage.indexed != Passage.revision).limit(BATCH)))
        if not rows:
            return done
        try:
            place.add([entry_of(row) for row in rows])
        except index.Unreadable:
            log.warning("the search index could not be opened and is rebuilt")
            return rebuild()
        perform(SYSTEM, "search.indexed", {"passages": [(row.id, row.revision) for row in rows]})
        done += len(rows)


@every(60)
def sweep() -> None:
    """Notices an index that is gone or broken, and what a crash kept out of it."""
    feed()


def rebuild(progress: Progress | None = None) -> int:
    """Writes the whole index anew from the passages in the database, for the worker and the command line.

    `progress(done, total)` is called now and then. Searching goes on with the old index until the new one is ready.
    """
    with reading() as session:
        total = session.scalar(select(func.count()).select_from(Passage)) or 0
        taken: list[tuple[int, int]] = []
        done = index.at(config.settings().search_index).rebuild(_entries(session, taken), total, progress)
    for start in range(0, len(taken), BATCH):
        perform(SYSTEM, "search.indexed", {"passages": taken[start : start + BATCH]})
    return done


def _entries(session: Session, taken: list[tuple[int, int]]) -> Iterator[Entry]:
    last = 0
    while rows := list(session.scalars(select(Passage).where(Passage.id > last).order_by(Passage.id).limit(BATCH))):
        for row in rows:
            taken.append((row.id, row.revision))
            yield entry_of(row)
        last = rows[-1].id
        session.expunge_all()


def entry_of(row: Passage) -> Entry:
    """A passage as the index takes it: its terms are those of its head and of its text."""
    head = rules.head(row.kind, row.symbol, row.title)
    return Entry(row.id, row.kind, row.body_id, row.meeting_id, f"{head}.\n\n{row.text}")
