"""Keeping the passages: the marks of what changed, the acts of the worker, and the job that answers the marks."""

import logging
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from meeting import clock, jobs
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.database import reading, setting
from meeting.jobs import Job, every, job
from meeting.organization.models import Body
from meeting.permissions import SYSTEM, Action
from meeting.search import rules
from meeting.search.engines.keeping import catch_up
from meeting.search.models import Passage, StaleMark
from meeting.search.passages import sources, sources_documents, sources_meetings, sources_papers, sources_people, sources_tasks
from meeting.tables import Setting
from meeting.writer import perform

log = logging.getLogger("meeting.search")
Stale = tuple[str, int, int, int]  # kind, scope, source, how often it was marked
READING = (sources_documents, sources_meetings, sources_papers, sources_people, sources_tasks)  # they register their readers
FEED = "search.feed"
AT_ONCE = 40  # marks answered before the index is told
WHOLE_AT_ONCE = 2  # meetings read whole, in the background, before anything newer is looked for
EVERY = "*"  # a mark for all kinds of a meeting
FEED_VERSION = "3"  # raised when passages are read in another way: everything is then read anew in the background
FED_SETTING = "search_fed"
PURGED_SETTING = "search_purged"
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
    unit_id: int | None = None
    person_id: int | None = None
    state: str = ""
    due_on: date | None = None
    place: str = ""
    body_id: int | None = None


class KeepInput(ActInput):
    """All passages of one kind of a meeting (scope 0: of none), or of one source there; `times` is the mark they answer."""

    kind: str
    scope: int
    source_id: int = 0
    times: int = 0
    passages: list[PassageInput]


class AnewInput(ActInput):
    """The rules by which everything is read anew."""

    version: str


#: What the words of a passage and of its head are made of: when it changes, the index is told.
WORDED = ("title", "text", "symbol", "dated", "body_id")


def mark(tx: Tx, kind: str, scope: int, source_id: int = 0) -> None:
    """Says in the current transaction that passages of a kind are to be read anew, and lets the worker know.

    Of one source, or (0) of all sources of the kind in this meeting; scope 0: outside meetings; kind `EVERY`: all kinds.
    """
    if scope and _is_practice(tx, scope):
        return
    found = tx.find(StaleMark, (kind, scope, source_id))
    if found:
        found.times += 1
    else:
        tx.add(StaleMark(kind=kind, scope=scope, source_id=source_id))
    wake(tx)


def _is_practice(tx: Tx, meeting_id: int) -> bool:
    """Whether a meeting is one for trying out: nothing of it is ever found."""
    meeting = tx.find(Meeting, meeting_id)
    return meeting is not None and meeting.body.practice_of_id is not None


def wake(tx: Tx) -> None:
    """Lets the worker feed search after this transaction, unless it will anyway."""
    if not tx.is_first(FEED):
        return
    waits = select(Job.id).where(Job.kind == FEED, Job.state == "waiting").limit(1)
    if tx.scalar(waits) is None:
        jobs.enqueue(tx, FEED)


@act("search.keep", Action.FEED_SEARCH)
def keep(tx: Tx, wanted: KeepInput) -> dict[str, Any]:
    """Replaces passages of one kind (of a meeting, or of one source) by those given; unchanged ones stay as they are.

    What is no longer there is marked as gone until everybody has heard of it. The mark goes away unless something changed again
    in the meantime. Harmless when repeated. Only the worker does this; nothing is recorded.
    """
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(WHY)
    meeting = tx.get(Meeting, wanted.scope) if wanted.scope else None
    kept = select(Passage).where(Passage.kind == wanted.kind, Passage.meeting_id == (meeting.id if meeting else None))
    if wanted.source_id:
        kept = kept.where(Passage.source_id == wanted.source_id)
    before = {(row.source_id, row.part): row for row in tx.scalars(kept)}
    _Keeping(tx, wanted.kind, meeting, before).keep(_findable(tx, meeting, wanted.passages))
    stale = tx.find(StaleMark, (wanted.kind, wanted.scope, wanted.source_id))
    if stale and stale.times == wanted.times:
        tx.delete(stale)
    tx.flush()
    return {}


def _findable(tx: Tx, meeting: Meeting | None, passages: list[PassageInput]) -> list[PassageInput]:
    """Those that may be found at all: nothing of a body for trying out."""
    if meeting is not None:
        return passages if meeting.body.practice_of_id is None else []
    practising = set(tx.scalars(select(Body.id).where(Body.practice_of_id.is_not(None))))
    return [each for each in passages if each.body_id not in practising]


class _Keeping:
    """One replacement: every row that it changes bears the same new, highest number."""

    def __init__(self, tx: Tx, kind: str, meeting: Meeting | None, before: dict[tuple[int, int], Passage]) -> None:
        self._tx, self._kind, self._meeting, self._before = tx, kind, meeting, before
        self._seq = (tx.scalar(select(func.max(Passage.seq))) or 0) + 1

    def keep(self, passages: list[PassageInput]) -> None:
        """Puts these in the place of those before."""
        fresh: list[dict[str, Any]] = []
        for given in passages:
            values = given.model_dump(exclude={"meeting_id"})
            if self._meeting is not None:
                values["body_id"] = self._meeting.body_id
            row = self._before.pop((given.source_id, given.part), None)
            if row is None:
                meeting_id = self._meeting.id if self._meeting else None
                fresh.append({"kind": self._kind, "meeting_id": meeting_id, "seq": self._seq, **values})
            else:
                self._change(row, values)
        if fresh:
            self._tx.execute(insert(Passage), fresh)
        for row in self._before.values():
            if not row.gone:
                row.gone, row.seq, row.revision = True, self._seq, row.revision + 1

    def _change(self, row: Passage, values: dict[str, Any]) -> None:
        changed = {name for name, value in values.items() if getattr(row, name) != value}
        if not changed and not row.gone:
            return
        for name in changed:
            setattr(row, name, values[name])
        if row.gone or changed & set(WORDED):
            row.revision += 1
        row.gone, row.seq = False, self._seq


@act("search.anew", Action.FEED_SEARCH)
def anew(tx: Tx, wanted: AnewInput) -> dict[str, Any]:
    """Marks everything there is, to be read anew in the background: after an upgrade, a restore, or when the rules of reading
    changed. Notes by which rules. Only the worker does this; nothing is recorded."""
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(WHY)
    scopes = [0, *tx.scalars(select(Meeting.id).order_by(Meeting.id))]
    known = set(tx.scalars(select(StaleMark.scope).where(StaleMark.kind == EVERY)))
    if fresh := [{"kind": EVERY, "scope": scope, "source_id": 0, "times": 1} for scope in scopes if scope not in known]:
        tx.execute(insert(StaleMark), fresh)
    tx.execute(update(StaleMark).where(StaleMark.kind == EVERY).values(times=StaleMark.times + 1))
    tx.keep_setting(FED_SETTING, wanted.version)
    wake(tx)
    return {"scopes": len(scopes)}


@act("search.purge", Action.FEED_SEARCH)
def purge(tx: Tx, wanted: ActInput) -> dict[str, Any]:  # noqa: ARG001 - the form of an act
    """Throws away passages that were gone when this was done the last time, a day ago or longer. Nothing is recorded."""
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(WHY)
    row = tx.find(Setting, PURGED_SETTING)
    day, _, seq = (row.value if row else "").partition(" ")
    if day == clock.today().isoformat():
        return {"purged": 0}
    old = delete(Passage).where(Passage.gone, Passage.seq <= int(seq or 0), Passage.indexed == Passage.revision)
    done = tx.execute(old.returning(Passage.id)).all()
    newest = tx.scalar(select(func.max(Passage.seq))) or 0
    tx.keep_setting(PURGED_SETTING, f"{clock.today().isoformat()} {newest}")
    return {"purged": len(done)}


@job(FEED, lane="search")
def feed() -> None:
    """Reads anew what was marked, what somebody just did before all else, and brings the index up to date step by step.

    Harmless when run twice: a mark goes away only with the act that keeps what was read. What cannot be read holds up nothing
    else; its mark stays, and the next sweep tries again.
    """
    failed: set[Stale] = set()
    while True:
        with reading() as session:
            marks = [stale for stale in _next(session, len(failed)) if stale not in failed]
        if not marks:
            break
        for stale in marks:
            try:
                _feed_one(*stale)
            except Exception:
                log.exception("a source could not be read for search", extra={"mark": stale})
                failed.add(stale)
        catch_up()
    catch_up()


def _next(session: Session, passed_over: int = 0) -> list[Stale]:
    """The next marks: single sources first, then kinds of a meeting, then whole meetings, the latest first."""
    wanted = select(StaleMark.kind, StaleMark.scope, StaleMark.source_id, StaleMark.times)
    single = wanted.where(StaleMark.kind != EVERY).order_by(StaleMark.source_id == 0, StaleMark.scope.desc())
    whole = wanted.where(StaleMark.kind == EVERY).order_by(StaleMark.scope.desc())
    found = list(session.execute(single.limit(AT_ONCE + passed_over)))
    if len(found) <= passed_over:
        found += list(session.execute(whole.limit(WHOLE_AT_ONCE + passed_over)))
    return [(row.kind, row.scope, row.source_id, row.times) for row in found]


def _feed_one(kind: str, scope: int, source_id: int, times: int) -> None:
    for each in rules.KINDS if kind == EVERY else (kind,):
        keep_source(each, scope, source_id, 0 if kind == EVERY else times)
    if kind == EVERY:
        perform(SYSTEM, "search.fed", {"scope": scope, "times": times})


def keep_source(kind: str, scope: int, source_id: int = 0, times: int = 0) -> None:
    """Reads passages at their source and keeps them."""
    with reading() as session:
        found = sources.passages(session, kind, scope, source_id)
    passages = [{**vars(each), "dated": each.dated.isoformat(), "due_on": _iso(each.due_on)} for each in found]
    perform(SYSTEM, "search.keep", {"kind": kind, "scope": scope, "source_id": source_id, "times": times, "passages": passages})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class FedInput(ActInput):
    """A meeting (0: what belongs to none) that was read whole, and the mark that this answers."""

    scope: int
    times: int


@act("search.fed", Action.FEED_SEARCH)
def fed(tx: Tx, wanted: FedInput) -> dict[str, Any]:
    """Takes away the mark of a meeting that was read whole, unless it was marked again. Only the worker; nothing is recorded."""
    tx.require(Action.FEED_SEARCH)
    tx.nothing_to_record(WHY)
    stale = tx.find(StaleMark, (EVERY, wanted.scope, 0))
    if stale and stale.times == wanted.times:
        tx.delete(stale)
    return {}


@every(60)
def sweep() -> None:
    """Notices what a crash kept out of the index, rules of reading that changed, a new day, and rows to be thrown away."""
    with reading() as session:
        known = setting(session, FED_SETTING)
    if known != FEED_VERSION:
        perform(SYSTEM, "search.anew", {"version": FEED_VERSION})
    _day_begins()
    feed()
    perform(SYSTEM, "search.purge", {})


_people_of: dict[str, date] = {}  # on which day this process read the people: roles begin and end by the calendar


def _day_begins() -> None:
    if _people_of.get("day") != clock.today():
        keep_source("person", 0)
        _people_of["day"] = clock.today()
