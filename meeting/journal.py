"""The journal: what happened, in order, never changed. One hash chain for each meeting and one for the rest (chain 0).

An entry's hash is SHA-256 over the hash before it and the canonical text of the entry, so that no entry can be altered,
added or taken out later without the chain telling.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import DDL, CheckConstraint, Connection, Index, UniqueConstraint, delete, event, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from meeting.events import Event
from meeting.tables import Base, Id, Json, Moment, canonical

GENESIS = "0" * 64


class Entry(Base):
    """One thing that happened. `facts` never hold a secret choice, a password or a token."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("chain", "seq"),
        CheckConstraint("seq >= 1", name="seq_positive"),
        Index("ix_journal_event", "event"),
    )
    id: Mapped[Id]
    chain: Mapped[int]  # the meeting's id, 0 for what belongs to no meeting
    seq: Mapped[int]
    at: Mapped[Moment]
    actor_id: Mapped[int]  # the person; 0 is the system
    event: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    previous: Mapped[str]
    hash: Mapped[str]


def _guard(verb: str) -> str:
    """The trigger by which the store itself refuses to change or delete what is told."""
    return (
        f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )


for _verb in ("UPDATE", "DELETE"):
    event.listen(
        Entry.__table__,
        "after_create",
        DDL(_guard(_verb)).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
    )


@dataclass(frozen=True)
class Head:
    """Where a chain ends."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True)
class Told:
    """An entry as reactions and callers see it."""

    chain: int
    seq: int
    at: datetime
    actor_id: int
    event: Event
    facts: dict[str, Any]


def digest(previous: str, chain: int, seq: int, at: datetime, actor_id: int, event_name: str, facts: Any) -> str:
    """The hash of one entry, in hexadecimal."""
    text = canonical([chain, seq, at.isoformat(timespec="microseconds"), actor_id, event_name, facts])
    return sha256((previous + text).encode()).hexdigest()


class Chains:
    """The heads of the chains inside one transaction: read from the database, moved on by each entry, put back on a rollback."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[int, Head] = {}

    def head(self, chain: int) -> Head:
        """Where the chain ends now, as this transaction sees it."""
        if chain not in self._heads:
            last = select(Entry.seq, Entry.hash).where(Entry.chain == chain).order_by(Entry.seq.desc()).limit(1)
            row = self._connection.execute(last).first()
            self._heads[chain] = Head(row.seq, row.hash) if row else Head()
        return self._heads[chain]

    def remember(self) -> dict[int, Head]:
        """A mark to come back to when a savepoint is rolled back."""
        return dict(self._heads)

    def put_back(self, mark: dict[int, Head]) -> None:
        """Forgets the entries written since the mark."""
        self._heads = dict(mark)

    def write(self, chain: int, at: datetime, rows: Iterable[tuple[int, Event, dict[str, Any]]]) -> list[Told]:
        """Appends entries (actor, event, facts) to one chain in the given order, in one statement."""
        head = self.head(chain)
        told: list[Told] = []
        values: list[dict[str, Any]] = []
        for actor_id, name, facts in rows:
            seq = head.seq + 1
            hashed = digest(head.hash, chain, seq, at, actor_id, name.value, facts)
            values.append(
                {
                    "chain": chain,
                    "seq": seq,
                    "at": at,
                    "actor_id": actor_id,
                    "event": name.value,
                    "facts": facts,
                    "previous": head.hash,
                    "hash": hashed,
                }
            )
            told.append(Told(chain, seq, at, actor_id, name, facts))
            head = Head(seq, hashed)
        if values:
            self._connection.execute(insert(Entry.__table__), values)  # type: ignore[arg-type]
            self._heads[chain] = head
        return told


def erase_chain(connection: Connection, chain: int) -> None:
    """Takes one whole chain away, in the transaction of the connection: that of a meeting which was a practice, and nothing else.

    The store refuses to delete from the journal; so its guard is lifted and put back within this transaction, in which nobody
    else writes. The other chains stay as they are and prove themselves as before.
    """
    table = Entry.__table__
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS journal_no_delete")
    connection.execute(delete(table).where(table.c.chain == chain))  # type: ignore[arg-type]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_guard("DELETE"))


@dataclass(frozen=True)
class Fault:
    """The first entry of a chain that is not what it was."""

    chain: int
    seq: int
    what: str  # "gap", "previous" or "hash"


def verify(connection: Connection) -> Iterator[Fault]:
    """Recomputes every chain and yields the first fault of each. Nothing yielded means: untouched."""
    table = Entry.__table__
    faulty: set[int] = set()
    head = {0: Head()}
    rows = connection.execute(select(table).order_by(table.c.chain, table.c.seq))
    for row in rows:
        before = head.setdefault(row.chain, Head())
        if row.chain in faulty:
            continue
        fault = _fault_of(row, before)
        if fault:
            faulty.add(row.chain)
            yield fault
        head[row.chain] = Head(row.seq, row.hash)


def _fault_of(row: Any, before: Head) -> Fault | None:
    if row.seq != before.seq + 1:
        return Fault(row.chain, row.seq, "gap")
    if row.previous != before.hash:
        return Fault(row.chain, row.seq, "previous")
    expected = digest(row.previous, row.chain, row.seq, row.at, row.actor_id, row.event, row.facts)
    return None if row.hash == expected else Fault(row.chain, row.seq, "hash")
