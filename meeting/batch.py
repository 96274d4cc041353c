"""One transaction of the writer: answers given again, savepoints, gathered runs, answers to be stored."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, tuple_
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from meeting.acts import Act, ActInput, Ledger, Tx
from meeting.database import rights_now
from meeting.errors import Malformed, Refused, Unauthorized
from meeting.journal import Chains
from meeting.permissions import Actor
from meeting.tables import Base, Json, Moment

log = logging.getLogger("meeting.writer")


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
    heard: Callable[[Answer], None] | None = None  # who is told the answer, once it is durable
    asked_at: float = field(default_factory=time.monotonic)


class BatchFailed(Exception):
    """The store itself failed: nothing of this batch was kept."""


Renew = Callable[[Session, Actor], Actor | None]


@dataclass
class Renewal:
    """How the organization room reads somebody's rights anew; None: the account is locked. It sets this at start."""

    of: Renew = lambda _session, actor: actor


renewal = Renewal()


class Batch:
    """One transaction: answers given again, savepoints, gathered runs, answers to be stored."""

    def __init__(self, session: Session, now: Any) -> None:
        self.session = session
        self.now = now
        self.rights = rights_now(session)
        self.chains = Chains(session.connection())
        self.ledger = Ledger()
        self._answers: dict[tuple[int, str], dict[str, Any]] = {}
        self._looked_up: set[tuple[int, str]] = set()
        self._known: dict[tuple[int, str], dict[str, Any]] = {}

    def look_up(self, waiting: Iterable[Waiting]) -> None:
        """Finds in one question which of these requests were answered before: nobody else writes while this transaction lasts."""
        asked = {(each.actor.account_id, each.request_id) for each in waiting if each.request_id}
        if not asked:
            return
        table = StoredAnswer.__table__
        found = select(table).where(tuple_(table.c.account_id, table.c.request_id).in_(sorted(asked)))
        self._known |= {(row.account_id, row.request_id): dict(row._mapping) for row in self.session.execute(found)}
        self._looked_up |= asked

    def do(self, run: Sequence[Waiting]) -> None:
        """Answers every act of a run: from store, gathered, or one by one."""
        fresh = [each for each in self._without_repeats(run) if self._has_rights_of_now(each)]
        if len(fresh) > 1 and self._gathered(fresh):
            return
        for waiting in fresh:
            waiting.answer = self._alone(waiting)
            self._keep(waiting)

    def _has_rights_of_now(self, waiting: Waiting) -> bool:
        """Another process may have changed somebody's rights since the door looked: then they are read here. False: nobody."""
        before = waiting.actor.as_of
        if before is None or before == self.rights:
            return True
        actor = renewal.of(self.session, waiting.actor)
        if actor is None:
            waiting.answer = refusal(Unauthorized())
            return False
        waiting.actor = actor
        return True

    def store_answers(self) -> None:
        """Writes the answers of this batch for those who will ask again."""
        if self._answers:
            self.session.execute(insert(StoredAnswer.__table__), list(self._answers.values()))  # type: ignore[arg-type]

    def _without_repeats(self, run: Sequence[Waiting]) -> list[Waiting]:
        self.look_up(each for each in run if (each.actor.account_id, each.request_id) not in self._looked_up)
        fresh = []
        for waiting in run:
            key = (waiting.actor.account_id, waiting.request_id or "")
            first = self._answers.get(key) or self._known.get(key) if waiting.request_id else None
            if first is None:
                fresh.append(waiting)
            else:
                waiting.answer = _again(waiting, first)
        return fresh

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
        except DataError:  # a value that this store cannot hold: PostgreSQL looks more closely
            log.warning("the store refused a value", extra={"act": waiting.act.name})
            answer = refusal(Malformed({}))
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
        except (IntegrityError, DataError, Refused):
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
