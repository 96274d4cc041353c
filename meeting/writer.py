"""The writer: durable, serial, fast. See `Writer`."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, tuple_
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from meeting import acts, clock
from meeting.acts import Act, ActInput, Ledger, Tx
from meeting.asyncmode import YieldGuard
from meeting.database import database, lock_journal, raise_versions
from meeting.errors import Refused, Unavailable
from meeting.journal import Chains
from meeting.permissions import Actor
from meeting.tables import Base, Json, Moment, canonical

log = logging.getLogger("meeting.writer")

BATCH_ACTS = 100
BATCH_SECONDS = 0.040
ANSWER_LIMIT_SECONDS = 30.0

Changed = Callable[[dict[int, int]], None]


class StoredAnswer(Base):
    """The first answer to a request: given again, word for word, when the same request comes again."""

    __tablename__ = "stored_answer"
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request_id: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    digest: Mapped[str | None]  # of the input; never kept for secret ballots
    status: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[Moment]


@dataclass(frozen=True)
class Answer:
    """What a caller hears. `body` is the result, or `code` and `facts` of a refusal."""

    status: int
    body: dict[str, Any]

    @property
    def ok(self) -> bool:
        """Whether the act was done and is durable."""
        return self.status == 200


def refusal(refused: Refused) -> Answer:
    """The answer that carries a refusal."""
    return Answer(refused.status, {"code": refused.code, "facts": refused.facts})


@dataclass(eq=False)
class Waiting:
    """An act in the queue."""

    actor: Actor
    act: Act
    wanted: ActInput
    request_id: str | None = None
    digest: str | None = None
    answer: Answer | None = None
    done: threading.Event = field(default_factory=threading.Event)


class BatchFailed(Exception):
    """The store itself failed: nothing of this batch was kept."""


class Writer:
    """Takes acts in order of arrival and makes them durable in batches of at most 100 acts or 40 ms.

    `start()` runs it as its own (green) thread; without that, `submit` does the act at once in the caller's thread, which
    is how the worker, the command line and tests work.
    """

    def __init__(self) -> None:
        self._queue: deque[Waiting] = deque()
        self._wake = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._inside = threading.local()
        self._alone = threading.Lock()
        self.breath_seconds = 0.0  # after each transaction: the worker leaves room for the web's writer
        self._guard = YieldGuard()
        self.subscribers: list[Changed] = []

    def start(self) -> None:
        """Runs the writer beside the doors."""
        self._guard = YieldGuard()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Closes the door and finishes what waits, for at most so many seconds."""
        self._closed = True
        self._wake.set()
        self._idle.wait(seconds)

    def submit(self, actor: Actor, name: str, raw: Any, request_id: str | None = None) -> Answer:
        """Does one act and answers after its commit. Never raises for a refusal."""
        if getattr(self._inside, "running", False):
            raise RuntimeError("an act may not submit an act: use tx.call()")
        if self._closed:
            return refusal(Unavailable("stopping"))
        try:
            act, wanted = acts.parse(name, raw)
        except Refused as refused:
            return refusal(refused)
        waiting = Waiting(actor, act, wanted, request_id, sha256(canonical(raw).encode()).hexdigest())
        if self._thread is None:
            with self._alone:
                self._batch(deque([waiting]))
        else:
            self._queue.append(waiting)
            self._idle.clear()
            self._wake.set()
            waiting.done.wait(ANSWER_LIMIT_SECONDS)
        return waiting.answer or refusal(Unavailable("not_saved"))

    def _run(self) -> None:
        while not (self._closed and not self._queue):
            self._wake.wait()
            self._wake.clear()
            while self._queue:
                self._batch(self._queue)
                time.sleep(0)
            self._idle.set()
        self._idle.set()

    def _batch(self, queue: deque[Waiting]) -> None:
        taken: list[Waiting] = []
        try:
            effects, versions = self._transaction(queue, taken)
        except Unavailable as refused:
            self._fail(taken or [queue.popleft()], refused.code)
            return
        except Exception:
            log.exception("batch failed", extra={"acts": len(taken)})
            database().throw_away_connection()
            self._fail(taken or [queue.popleft()], "not_saved")
            return
        for waiting in taken:
            waiting.done.set()
        self._tell(effects, versions)
        if self.breath_seconds:
            time.sleep(self.breath_seconds)

    def _fail(self, taken: Sequence[Waiting], code: str) -> None:
        for waiting in taken:
            waiting.answer = refusal(Unavailable(code))
            waiting.done.set()

    def _tell(self, effects: Sequence[Callable[[], None]], versions: dict[int, int]) -> None:
        for effect in effects:
            try:
                effect()
            except Exception:
                log.exception("an effect after commit failed")
        if versions:
            for subscriber in self.subscribers:
                subscriber(versions)

    def _transaction(self, queue: deque[Waiting], taken: list[Waiting]) -> tuple[list[Callable[[], None]], dict[int, int]]:
        """Fills `taken` with the acts of this transaction and their answers; returns effects and new live versions."""
        self._inside.running = True
        try:
            with Session(database().writing, expire_on_commit=False, autoflush=True) as session:
                lock_journal(session)
                batch = _Batch(session, clock.now())
                guard = self._guard
                guard.enter()
                end = time.monotonic() + BATCH_SECONDS
                while queue and len(taken) < BATCH_ACTS and (not taken or time.monotonic() < end):
                    run = _next_run(queue, BATCH_ACTS - len(taken))
                    taken.extend(run)
                    batch.do(run)
                batch.store_answers()
                versions = raise_versions(session, batch.ledger.touched)
                if guard.leave():
                    raise BatchFailed("an act gave way inside the transaction")
                session.commit()
                return batch.ledger.effects, versions
        finally:
            self._inside.running = False


def _next_run(queue: deque[Waiting], room: int) -> list[Waiting]:
    """The next act, with the acts right behind it that can be gathered with it (one kind, one subject, different people)."""
    first = queue.popleft()
    run = [first]
    if first.act.gather is None:
        return run
    key, people = first.act.gather.key(first.wanted), {first.actor.person_id}
    while queue and len(run) < room:
        following = queue[0]
        if following.act is not first.act or following.actor.person_id in people:
            break
        if first.act.gather.key(following.wanted) != key:
            break
        people.add(following.actor.person_id)
        run.append(queue.popleft())
    return run


class _Batch:
    """One transaction: answers given again, savepoints, gathered runs, answers to be stored."""

    def __init__(self, session: Session, now: Any) -> None:
        self.session = session
        self.now = now
        self.chains = Chains(session.connection())
        self.ledger = Ledger()
        self._answers: dict[tuple[int, str], dict[str, Any]] = {}

    def do(self, run: Sequence[Waiting]) -> None:
        """Answers every act of a run: from store, gathered, or one by one."""
        fresh = self._without_repeats(run)
        if len(fresh) > 1 and self._gathered(fresh):
            return
        for waiting in fresh:
            waiting.answer = self._alone(waiting)
            self._keep(waiting)

    def store_answers(self) -> None:
        """Writes the answers of this batch for those who will ask again."""
        if self._answers:
            self.session.execute(insert(StoredAnswer.__table__), list(self._answers.values()))  # type: ignore[arg-type]

    def _without_repeats(self, run: Sequence[Waiting]) -> list[Waiting]:
        known = self._known_answers(run)
        fresh = []
        for waiting in run:
            key = (waiting.actor.account_id, waiting.request_id or "")
            first = self._answers.get(key) or known.get(key) if waiting.request_id else None
            if first is None:
                fresh.append(waiting)
            else:
                waiting.answer = _again(waiting, first)
        return fresh

    def _known_answers(self, run: Sequence[Waiting]) -> dict[tuple[int, str], dict[str, Any]]:
        asked = [(w.actor.account_id, w.request_id) for w in run if w.request_id]
        if not asked:
            return {}
        table = StoredAnswer.__table__
        found = select(table).where(tuple_(table.c.account_id, table.c.request_id).in_(asked))
        return {(row.account_id, row.request_id): dict(row._mapping) for row in self.session.execute(found)}

    def _keep(self, waiting: Waiting) -> None:
        answer = waiting.answer
        if not waiting.request_id or answer is None or answer.status >= 500:
            return
        keeps = waiting.act.digest_wanted(self.session, waiting.wanted)
        self._answers[(waiting.actor.account_id, waiting.request_id)] = {
            "account_id": waiting.actor.account_id,
            "request_id": waiting.request_id,
            "act": waiting.act.name,
            "digest": waiting.digest if keeps else None,
            "status": answer.status,
            "body": answer.body,
            "at": self.now,
        }

    def _tx(self, actor: Actor) -> Tx:
        return Tx(self.session, self.chains, self.ledger, actor, self.now)

    def _alone(self, waiting: Waiting) -> Answer:
        mark, heads = self.ledger.mark(), self.chains.remember()
        try:
            with self.session.begin_nested():
                self.session.connection()  # sets the savepoint now: the journal writes past the session
                tx = self._tx(waiting.actor)
                result = waiting.act.function(tx, waiting.wanted)
                self.session.flush()
                tx.check_complete(waiting.act.name)
            answer = Answer(200, result)
        except Refused as refused:
            answer = refusal(refused)
        except IntegrityError:
            log.warning("constraint refused an act", extra={"act": waiting.act.name})
            answer = refusal(Refused("conflict"))
        except DBAPIError as error:
            raise BatchFailed from error
        except Exception:
            log.exception("an act failed", extra={"act": waiting.act.name, "actor": waiting.actor.account_id})
            answer = Answer(500, {"code": "bug", "facts": {}})
        self._still_whole()
        if not answer.ok:
            self.ledger.put_back(mark)
            self.chains.put_back(heads)
        return answer

    def _gathered(self, run: Sequence[Waiting]) -> bool:
        """Does a run with set queries. False: it met a constraint and must be repeated act by act."""
        spec = run[0].act.gather
        assert spec is not None
        mark, heads = self.ledger.mark(), self.chains.remember()
        try:
            with self.session.begin_nested():
                self.session.connection()  # sets the savepoint now: the journal writes past the session
                results = spec.run(self._tx(run[0].actor), [(w.actor, w.wanted) for w in run])
                self.session.flush()
        except (IntegrityError, Refused):
            results = None
        except DBAPIError as error:
            raise BatchFailed from error
        except Exception:
            log.exception("a gathered run failed", extra={"act": run[0].act.name})
            results = None
        self._still_whole()
        if results is None:
            self.ledger.put_back(mark)
            self.chains.put_back(heads)
            return False
        for waiting, result in zip(run, results, strict=True):
            waiting.answer = refusal(result) if isinstance(result, Refused) else Answer(200, result)
            self._keep(waiting)
        return True

    def _still_whole(self) -> None:
        """A full disk makes SQLite roll back the whole transaction inside a statement: then nothing may be answered as done."""
        raw = self.session.connection().connection.dbapi_connection
        if getattr(raw, "in_transaction", True) is False:
            raise BatchFailed("the transaction is gone")


def _again(waiting: Waiting, first: dict[str, Any]) -> Answer:
    same_act = first["act"] == waiting.act.name
    same_input = first["digest"] is None or first["digest"] == waiting.digest
    if not (same_act and same_input):
        return refusal(Refused("request_id_reused"))
    return Answer(first["status"], first["body"])


writer = Writer()


def answer(actor: Actor, name: str, raw: Any, request_id: str | None = None) -> Answer:
    """Does one act by its name; for doors."""
    return writer.submit(actor, name, raw, request_id)


def perform(actor: Actor, name: str, raw: Any, request_id: str | None = None) -> dict[str, Any]:
    """Does one act by its name; returns its result or raises the refusal. For the command line, jobs and tests."""
    heard = answer(actor, name, raw, request_id)
    if heard.ok:
        return heard.body
    if heard.status == 500:
        raise RuntimeError(f"the act {name} failed: see the log")
    raised = Refused(heard.body["code"], **heard.body["facts"])
    raised.status = heard.status
    raise raised
