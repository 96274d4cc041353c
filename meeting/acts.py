"""The registry of acts: everything anyone does is one act, whichever door it came through.

An act has a name, an input model, a row in the permission table and one function. The function sees a `Tx`: it asks for the
right, asks the rules, writes rows and records what happened. It never commits, mails, emits or waits.
"""

import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Executable, Result, ScalarResult, Select, TableClause, insert
from sqlalchemy.orm import Session

from meeting import inputs
from meeting.errors import Forbidden, Missing, Refused
from meeting.events import Event
from meeting.inputs import ActInput as ActInput  # noqa: PLC0414 - part of this module's own words
from meeting.journal import Chains, Told
from meeting.permissions import INSTALLATION, SYSTEM, Action, Actor, Role, Subject, allows
from meeting.tables import Setting

Row = TypeVar("Row")
ActFunction = Callable[["Tx", Any], dict[str, Any]]
KeepsDigest = bool | Callable[[Session, Any], bool]
GatherRun = Callable[["Tx", Sequence[tuple[Actor, Any]]], Sequence["dict[str, Any] | Refused"]]


@dataclass(frozen=True)
class GatherSpec:
    """How waiting acts of one kind are done together: `key` names the subject, `run` does up to 100 at once with set queries.

    `run` gets (actor, input) pairs by different people in order of arrival and answers each with a result or a refusal.
    """

    key: Callable[[Any], Any]
    run: GatherRun


@dataclass(frozen=True)
class Act:
    """One verb of the system."""

    name: str
    action: Action
    input: type[ActInput]
    function: ActFunction
    summary: str
    gather: GatherSpec | None = None
    keeps_digest: KeepsDigest = True  # False (or a function that says so) for secret ballots: not even a digest is kept

    def digest_wanted(self, session: Session, wanted: ActInput) -> bool:
        """Whether a digest of the input may be stored to notice a reused request id."""
        return self.keeps_digest if isinstance(self.keeps_digest, bool) else self.keeps_digest(session, wanted)


REGISTRY: dict[str, Act] = {}
#: All that a guest without an account may do who came in by a personal link (`Actor.only_meeting`).
VISITORS_MAY: set[str] = set()
REACTIONS: dict[Event, list[Callable[["Tx", Told], None]]] = {}


def act(
    name: str, action: Action, *, gather: GatherSpec | None = None, keeps_digest: KeepsDigest = True
) -> Callable[[ActFunction], ActFunction]:
    """Registers a function as the act `name`. Its second argument's annotation is the input model."""

    def register(function: ActFunction) -> ActFunction:
        if name in REGISTRY:
            raise LookupError(f"the act {name!r} exists already")
        hints = [hint for key, hint in typing.get_type_hints(function).items() if key != "return"]
        model = hints[1]
        summary = (function.__doc__ or "").strip().splitlines()[0] if function.__doc__ else name
        REGISTRY[name] = Act(name, action, model, function, summary, gather, keeps_digest)
        return function

    return register


def on(*events: Event) -> Callable[[Callable[["Tx", Told], None]], Callable[["Tx", Told], None]]:
    """Registers a reaction: it runs in the same transaction, right after the entry was recorded."""

    def register(function: Callable[["Tx", Told], None]) -> Callable[["Tx", Told], None]:
        for event in events:
            REACTIONS.setdefault(event, []).append(function)
        return function

    return register


def parse(name: str, raw: Any) -> tuple[Act, ActInput]:
    """Finds the act and reads its input, or refuses: `unknown_act`, `malformed` with a sentence for each field."""
    found = REGISTRY.get(name)
    if found is None:
        raise Missing("unknown_act", act=name)
    return found, inputs.read(found.input, raw)


Mark = tuple[set[int], int, int, set[str]]


@dataclass
class Ledger:
    """What one transaction gathers beside its rows; shared by the acts of a batch, put back with a savepoint."""

    touched: set[int] = field(default_factory=set)
    effects: list[Callable[[], None]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    once: set[str] = field(default_factory=set)

    def mark(self) -> Mark:
        """Where to come back to."""
        return set(self.touched), len(self.effects), len(self.told), set(self.once)

    def put_back(self, mark: Mark) -> None:
        """Forgets what came after the mark."""
        touched, effects, told, once = mark
        self.touched, self.once = set(touched), set(once)
        del self.effects[effects:]
        del self.told[told:]


class Tx:
    """What an act sees of the transaction: its rows, its rights, its record. Never the session itself."""

    def __init__(self, session: Session, chains: Chains, ledger: Ledger, actor: Actor, now: datetime) -> None:
        self._session = session
        self._chains = chains
        self._ledger = ledger
        self.actor = actor
        self.now = now
        self._asked = False
        self._recorded = False

    # rights

    def require(self, action: Action, subject: Subject = INSTALLATION) -> frozenset[Role]:
        """Demands the right; returns the hats worn. Refused as `not_found` without any hat, `forbidden` without the right."""
        self._asked = True
        hats = subject.hats_of(self.actor, self._session) | ({Role.SYSTEM} if self.actor.system else frozenset())
        if not hats:
            raise Missing()
        if not allows(action, hats):
            raise Forbidden()
        return frozenset(hats)

    def may(self, action: Action, subject: Subject = INSTALLATION) -> bool:
        """Whether the actor could do the action; demands nothing."""
        return allows(action, subject.hats_of(self.actor, self._session))

    def require_each(self, action: Action, subject: Subject, actors: Sequence[Actor]) -> dict[int, frozenset[Role] | Refused]:
        """For gathered runs: hats or refusal by person id. Uses the subject's `hats_of_many` where it has one."""
        self._asked = True
        many = getattr(subject, "hats_of_many", None)
        hats = many(actors, self._session) if many else {a.person_id: subject.hats_of(a, self._session) for a in actors}
        return {person: _verdict(action, worn) for person, worn in hats.items()}

    @contextmanager
    def acting_as(self, actor: Actor) -> Iterator[None]:
        """For gathered runs: what follows is done by this person."""
        before, self.actor = self.actor, actor
        try:
            yield
        finally:
            self.actor = before

    # rows

    def get(self, model: type[Row], key: Any, code: str = "not_found") -> Row:
        """One row by its key, or `Missing`."""
        row = self._session.get(model, key) if key is not None else None
        if row is None:
            raise Missing(code)
        return row

    def find(self, model: type[Row], key: Any) -> Row | None:
        """One row by its key, or None."""
        return self._session.get(model, key) if key is not None else None

    def scalars(self, statement: Select[Row]) -> ScalarResult[Row]:
        """The first column of each row found."""
        return self._session.scalars(statement)

    def scalar(self, statement: Select[Row]) -> Row | None:
        """The first column of the first row found, or None."""
        return self._session.scalar(statement)

    def execute(self, statement: Executable, parameters: Any = None) -> Result[Any]:
        """Any statement: Core inserts and updates of hot acts."""
        return self._session.execute(statement, parameters)

    def insert_plain(self, target: TableClause, rows: Sequence[tuple[Any, ...]]) -> None:
        """Thousands of rows at once, values in the order of the columns: as the store takes them, nothing is converted."""
        connection, names = self._session.connection(), [each.name for each in target.columns]
        statement = insert(target).compile(dialect=connection.dialect, column_keys=names)
        by_place = statement.positiontup is not None
        connection.exec_driver_sql(
            str(statement), [*rows] if by_place else [dict(zip(names, each, strict=True)) for each in rows]
        )

    def add(self, row: Row) -> Row:
        """Adds a row and gives it its id at once."""
        self._session.add(row)
        self._session.flush()
        return row

    def add_all(self, rows: Sequence[Any]) -> None:
        """Adds rows of one kind in their order, in one statement, and gives each its id."""
        self._session.add_all(rows)
        self._session.flush()

    def delete(self, row: Any) -> None:
        """Removes a row that nothing refers to."""
        self._session.delete(row)
        self._session.flush()

    def keep_setting(self, name: str, value: str) -> None:
        """Puts a setting of the installation, whether it was there before or not."""
        self._session.merge(Setting(name=name, value=value))
        self._session.flush()

    def flush(self) -> None:
        """Sends pending changes so that constraints speak now."""
        self._session.flush()

    @property
    def reading(self) -> Session:
        """The session for a room's own `queries` and a subject's hats. Acts write through the verbs above."""
        return self._session

    # the record

    def record(self, event: Event, subject: Any = None, /, **facts: Any) -> Told:
        """Writes one journal entry and lets the upper rooms react. The subject tells the meeting (and so the chain)."""
        return self.record_many(event, subject, [(self.actor, facts)])[0]

    def record_many(self, event: Event, subject: Any, runs: Iterable[tuple[Actor, dict[str, Any]]]) -> list[Told]:
        """Writes one entry for each (actor, facts) in order, in one statement."""
        self._recorded = True
        chain = meeting_of(subject) or 0
        self._session.flush()
        told = self._chains.write(chain, self.now, [(who.person_id, event, facts) for who, facts in runs])
        self._ledger.told.extend(told)
        if chain:
            self.touch(chain)
        for entry in told:
            for reaction in REACTIONS.get(event, []):
                reaction(self, entry)
        return told

    def touch(self, meeting_id: int) -> None:
        """Raises the meeting's live version although the journal has nothing new to say (a page is ready)."""
        self._ledger.touched.add(meeting_id)

    def nothing_to_record(self, why: str) -> None:
        """Says that an act rightly leaves no entry: a harmless repeat, a private note."""
        if not why:
            raise ValueError("say why nothing is recorded")
        self._recorded = True

    def after_commit(self, effect: Callable[[], None]) -> None:
        """The only way to have an effect outside: runs once the whole batch is durable."""
        self._ledger.effects.append(effect)

    def is_first(self, what: str) -> bool:
        """Whether this is asked for the first time in the transaction: for what is done once, however many acts wish it."""
        known = what in self._ledger.once
        self._ledger.once.add(what)
        return not known

    # other acts

    def call(self, name: str, wanted: ActInput) -> dict[str, Any]:
        """Does another act in the same transaction by the same person."""
        return REGISTRY[name].function(self, wanted)

    def call_as_system(self, name: str, wanted: ActInput) -> dict[str, Any]:
        """Does another act that only the system may do."""
        with self.acting_as(SYSTEM):
            return self.call(name, wanted)

    def check_complete(self, name: str) -> None:
        """An act that neither asked for a right nor recorded anything is a bug and must not commit."""
        if not self._asked:
            raise RuntimeError(f"the act {name} asked for no permission")
        if not self._recorded:
            raise RuntimeError(f"the act {name} recorded nothing and did not say why")


def _verdict(action: Action, hats: frozenset[Role]) -> "frozenset[Role] | Refused":
    if not hats:
        return Missing()
    return hats if allows(action, hats) else Forbidden()


def meeting_of(subject: Any) -> int | None:
    """The meeting a row belongs to: its `meeting_id`, or its own id when it is a meeting; a number is taken as the id."""
    if subject is None:
        return None
    if isinstance(subject, int):
        return subject
    if getattr(subject, "__tablename__", "") == "meeting":
        return int(subject.id)
    found = getattr(subject, "meeting_id", None)
    return int(found) if found is not None else None
