"""Long work: a job has a row, runs in the worker, is safe to run twice, and is started again when it stops beating.

huey carries the call from the web process to the worker; the row is the truth, because huey loses a running job at a kill.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey
from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from meeting import clock, config, relay
from meeting.acts import ActInput, Tx, act
from meeting.database import reading
from meeting.permissions import SYSTEM, Action
from meeting.tables import Base, Code, Id, Json, LongText, Moment
from meeting.writer import perform

log = logging.getLogger("meeting.jobs")

BEAT_SECONDS = 5
DEAD_AFTER_SECONDS = 30
MAX_ATTEMPTS = 5


class Job(Base):
    """A piece of long work: waiting, running, done or failed."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "beat_at"),)
    id: Mapped[Id]
    kind: Mapped[Code]
    arguments: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[Code] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[LongText] = mapped_column(default="")
    created_at: Mapped[Moment]
    beat_at: Mapped[Moment]
    done_at: Mapped[Moment | None]


#: A long recognition of a scan holds up no reminder, neither holds up search, and a foreign server that is slow none of them.
LANES = ("quick", "slow", "search", "outside")
KINDS: dict[str, Callable[..., None]] = {}
LANE_OF: dict[str, str] = {}
PERIODIC: list[tuple[float, Callable[[], None]]] = []


def job(kind: str, *, slow: bool = False, lane: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers the function that does this kind of job. It must be harmless when run twice. `slow`: may take minutes."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        KINDS[kind] = function
        LANE_OF[kind] = lane or ("slow" if slow else "quick")
        return function

    return register


def every(seconds: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Registers a function that the worker calls about every so many seconds."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        PERIODIC.append((seconds, function))
        return function

    return register


def enqueue(tx: Tx, kind: str, **arguments: Any) -> Job:
    """Adds a job to this transaction; the worker hears of it after the commit."""
    if kind not in KINDS:
        raise LookupError(f"no job is called {kind!r}")
    row = tx.add(Job(kind=kind, arguments=arguments, created_at=tx.now, beat_at=tx.now, attempts=0))
    job_id = row.id
    tx.after_commit(lambda: queue.kick(job_id, kind))
    return row


def lane_of(kind: str) -> str:
    """In which of the worker's lanes a kind of job runs."""
    return LANE_OF[kind]


def _huey(lane: str) -> Huey:
    if config.settings().redis_url:
        pool = relay.client().connection_pool
        return RedisHuey(f"jobs-{lane}-{relay.installation()}", connection_pool=pool)
    storage = config.settings().storage
    storage.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(f"jobs-{lane}", filename=str(storage / "jobs.db"), fsync=True)


class Queue:
    """The queue between web and worker: huey on a SQLite file of its own, on Redis where there is one, in lanes that do not wait
    for each other.
    """

    def __init__(self) -> None:
        self._lanes: dict[str, Huey] = {}
        self._tasks: dict[str, Any] = {}
        self.held = False  # True: jobs only wait in their rows (tests, the demo's filling run them themselves)

    def lane(self, name: str) -> Huey:
        """huey itself, for the worker's consumers."""
        if name not in self._lanes:
            self._lanes[name] = _huey(name)
            self._tasks[name] = self._lanes[name].task(name="run_job")(run)
        return self._lanes[name]

    def kick(self, job_id: int, kind: str) -> None:
        """Tells the worker that a job waits. Without the queue the sweep finds it a little later."""
        if self.held:
            return
        try:
            self.lane(lane_of(kind))
            self._tasks[lane_of(kind)](job_id)
        except Exception:
            log.exception("the queue did not take a job; the sweep will", extra={"job": job_id})

    def forget(self) -> None:
        """Closes the queue of this process (tests; another data folder)."""
        self._lanes, self._tasks = {}, {}


queue = Queue()


class JobMark(ActInput):
    """A job's change of state."""

    job_id: int
    error: str = ""


@act("jobs.begin", Action.KEEP_RECORDS)
def begin(tx: Tx, wanted: JobMark) -> dict[str, Any]:
    """Marks a job as running. `run: false` when somebody else does it or it is done."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("jobs are not part of what happened in a council")
    row = tx.get(Job, wanted.job_id)
    stale = tx.now - row.beat_at > timedelta(seconds=DEAD_AFTER_SECONDS)
    if row.state in ("done", "failed") or (row.state == "running" and not stale):
        return {"run": False}
    row.state, row.beat_at = "running", tx.now
    row.attempts += 1
    return {"run": True, "kind": row.kind, "arguments": row.arguments, "attempts": row.attempts}


@act("jobs.beat", Action.KEEP_RECORDS)
def beat(tx: Tx, wanted: JobMark) -> dict[str, Any]:
    """Says that a job is still being done."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("a heartbeat")
    tx.get(Job, wanted.job_id).beat_at = tx.now
    return {}


@act("jobs.end", Action.KEEP_RECORDS)
def end(tx: Tx, wanted: JobMark) -> dict[str, Any]:
    """Marks a job as done, or as failed for now: it is tried again, at most five times in all."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("jobs are not part of what happened in a council")
    row = tx.get(Job, wanted.job_id)
    row.error, row.beat_at = wanted.error, tx.now
    if not wanted.error:
        row.state, row.done_at = "done", tx.now
    else:
        row.state = "failed" if row.attempts >= MAX_ATTEMPTS else "waiting"
    return {}


def run(job_id: int) -> None:
    """Does one job in this process. A failure is kept in its row; the sweep tries again."""
    begun = perform(SYSTEM, "jobs.begin", {"job_id": job_id})
    if not begun["run"]:
        return
    error = ""
    try:
        with _beating(job_id):
            KINDS[begun["kind"]](**begun["arguments"])
    except Exception as failure:
        log.exception("a job failed", extra={"job": job_id, "kind": begun["kind"]})
        error = f"{type(failure).__name__}: {failure}"[:2000]
    perform(SYSTEM, "jobs.end", {"job_id": job_id, "error": error})


@contextmanager
def _beating(job_id: int) -> Iterator[None]:
    """Keeps the job's row beating from beside the work."""
    stop = threading.Event()

    def beats() -> None:
        while not stop.wait(BEAT_SECONDS):
            perform(SYSTEM, "jobs.beat", {"job_id": job_id})

    thread = threading.Thread(target=beats, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1)


def waiting(session: Session) -> list[tuple[int, str]]:
    """Jobs that nobody is doing, with their kinds: never begun, begun long ago and silent since, or to be tried again."""
    silent = clock.now() - timedelta(seconds=DEAD_AFTER_SECONDS)
    idle = (Job.state == "waiting") | ((Job.state == "running") & (Job.beat_at < silent))
    return [(row.id, row.kind) for row in session.execute(select(Job.id, Job.kind).where(idle).order_by(Job.id))]


def run_waiting(limit: int = 10_000) -> int:
    """Does all waiting jobs in this process, those too that they enqueue; returns how many (tests, the demo's filling)."""
    count = 0
    while count < limit:
        with reading() as session:
            jobs = waiting(session)
        if not jobs:
            break
        for job_id, _ in jobs:
            run(job_id)
            count += 1
    return count
