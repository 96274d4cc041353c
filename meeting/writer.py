"""The writer: durable, serial, fast. See `Writer`."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from meeting import acts, clock, gauges
from meeting.asyncmode import YieldGuard
from meeting.batch import Answer, Batch, BatchFailed, Waiting, refusal
from meeting.database import database, lock_journal, raise_versions
from meeting.errors import Missing, Refused, Unavailable
from meeting.permissions import Actor
from meeting.relay import relay
from meeting.tables import canonical

log = logging.getLogger("meeting.writer")

BATCH_ACTS = 100
BATCH_SECONDS = 0.040
ANSWER_LIMIT_SECONDS = 30.0
CROWD_ACTS = 8  # so many in one batch come from people who speak in the same moment
CROWD_SECONDS = 0.050  # and so long after it more of them may be on their way

Changed = Callable[[dict[int, int]], None]
Heard = Callable[[Answer], None]


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
        self._crowded_until = 0.0
        self._inside = threading.local()
        self._alone = threading.Lock()
        self.breath_seconds = 0.0  # after each transaction: the worker leaves room for the web's writer
        self._guard = YieldGuard()
        self.subscribers: list[Changed] = []
        self.tables_written: Callable[[], list[str]] = list  # since it was asked last; the live room sets it

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
        done, answers = threading.Event(), deque[Answer](maxlen=1)

        def heard(answer: Answer) -> None:
            answers.append(answer)
            done.set()

        self.hand_in(heard, actor, name, raw, request_id)
        if not answers:
            done.wait(ANSWER_LIMIT_SECONDS)
        return answers[0] if answers else refusal(Unavailable("not_saved"))

    def hand_in(self, heard: Heard, actor: Actor, name: str, raw: Any, request_id: str | None = None) -> None:
        """The same without waiting: `heard` is told the answer, after the commit. For doors with many in the queue."""
        if getattr(self._inside, "running", False):
            raise RuntimeError("an act may not submit an act: use tx.call()")
        try:
            waiting = self._admitted(actor, name, raw, request_id)
        except Refused as refused:
            heard(refusal(refused))
            return
        waiting.heard = heard
        if self._thread is None:
            with self._alone:
                self._batch(deque([waiting]))
        else:
            self._queue.append(waiting)
            self._idle.clear()
            self._wake.set()

    def _admitted(self, actor: Actor, name: str, raw: Any, request_id: str | None) -> Waiting:
        if self._closed:
            raise Unavailable("stopping")
        act, wanted = acts.parse(name, raw)
        if actor.only_meeting is not None and name not in acts.VISITORS_MAY:
            raise Missing()
        return Waiting(actor, act, wanted, request_id, sha256(canonical(raw).encode()).hexdigest() if request_id else None)

    @property
    def is_crowded(self) -> bool:
        """Whether many speak in this moment: what can wait gives them the way."""
        return bool(self._queue) or time.monotonic() < self._crowded_until

    def _run(self) -> None:
        while not (self._closed and not self._queue):
            self._wake.wait()
            self._wake.clear()
            while self._queue:
                self._let_others_in()
                self._batch(self._queue)
                time.sleep(0)
            self._idle.set()
        self._idle.set()

    def _let_others_in(self) -> None:
        """Those who speak in the same moment come into the same batch: as long as each turn of the loop brings more."""
        before = 0
        while before < len(self._queue) < BATCH_ACTS:
            before = len(self._queue)
            time.sleep(0)

    def _batch(self, queue: deque[Waiting]) -> None:
        taken: list[Waiting] = []
        try:
            effects, versions = self._transaction(queue, taken)
        except Unavailable as refused:
            self._fail(taken or _all_of(queue), refused.code)
            return
        except Exception:
            log.exception("batch failed", extra={"acts": len(taken)})
            database().throw_away_connection()
            self._fail(taken or _all_of(queue), "not_saved")
            return
        database().forget_marks()
        relay.tell("wrote", {"versions": versions, "tables": self.tables_written()})
        self._answer(taken)
        if len(taken) >= CROWD_ACTS:
            self._crowded_until = time.monotonic() + CROWD_SECONDS
        self._tell(effects, versions)
        if self.breath_seconds:
            time.sleep(self.breath_seconds)

    def _fail(self, taken: Sequence[Waiting], code: str) -> None:
        for waiting in taken:
            waiting.answer = refusal(Unavailable(code))
        self._answer(taken)

    def _answer(self, taken: Sequence[Waiting]) -> None:
        for waiting in taken:
            if waiting.heard is None or waiting.answer is None:
                continue
            try:
                waiting.heard(waiting.answer)
            except Exception:
                log.exception("an answer was not heard", extra={"act": waiting.act.name})
        gauges.note_batch(taken)

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
                batch = Batch(session, clock.now())
                guard = self._guard
                guard.enter()
                batch.look_up(islice(queue, BATCH_ACTS))
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


def _all_of(queue: deque[Waiting]) -> list[Waiting]:
    """Everyone who waits: when no transaction can even begin, nobody is kept waiting for the next try."""
    return [queue.popleft() for _ in range(len(queue))]


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
