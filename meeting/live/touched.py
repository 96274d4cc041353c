"""Which tables a reading has looked into, and which have been written since: what nobody wrote need not be read again.

Noted from the SQL itself, so no room has to declare anything: a part of the live state is worth reading again when a table
that its last reading named has been written. What this process writes it sees; the others tell the names of their tables along
with the number of the change (`since_last`, `written_elsewhere`). What they did not tell, and what time changes, is found by
reading everything, which the screens' telling does every few seconds while anything changes.
"""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from meeting.tables import Base

TABLES = "tables_read"  # the execution option that carries a `Notes`
MOST_KNOWN = 4_000

_word = re.compile(r"\w+")
_reads = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA)\b", re.IGNORECASE)
_target = re.compile(r"\b(?:INTO|UPDATE|FROM)\s+[\"`]?(\w+)", re.IGNORECASE)
_named: dict[str, frozenset[str]] = {}  # by SQL text of a reading: the tables it names (rather one too many than one too few)
_changed: dict[str, frozenset[str]] = {}  # by SQL text of a writing: the tables it may change
_written: set[str] = set()  # in transactions under way
_untold: set[str] = set()  # written and committed since the other processes were told
_stamps: dict[str, int] = {}  # by table: when it was last written, in steps of `_moment`
_moment = 0


class Notes:
    """The tables that a reading looks into."""

    __slots__ = ("tables",)

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def taken(self) -> frozenset[str]:
        """What was noted since the last time this was asked."""
        found, self.tables = frozenset(self.tables), set()
        return found


def moment() -> int:
    """Now, in steps of writing. Take it before the reading begins."""
    return _moment


def written_since(then: int, tables: Iterable[str]) -> bool:
    """Whether one of these tables was written after that moment."""
    return any(_stamps.get(table, 0) > then for table in tables)


def names(text: str) -> frozenset[str]:
    """The tables that stand in a reading; a column that is called like a table counts as it."""
    return _remembered(_named, text, _word)


def targets(text: str) -> frozenset[str]:
    """The tables that a writing may change. A column that is called like a table is none of them: each answer that is kept has
    a `body`, and all that looks into bodies would be read again after each act.
    """
    return _remembered(_changed, text, _target) or names(text)


def _remembered(known: dict[str, frozenset[str]], text: str, pattern: re.Pattern[str]) -> frozenset[str]:
    found = known.get(text)
    if found is None:
        if len(known) > MOST_KNOWN:
            known.clear()
        found = known[text] = frozenset(set(pattern.findall(text)) & Base.metadata.tables.keys())
    return found


def _note(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
    """Every statement of every engine passes here."""
    text = context.compiled.string if context is not None and context.compiled is not None else statement
    notes = context.execution_options.get(TABLES) if context is not None else None
    if notes is not None:
        notes.tables |= names(text)
    elif not _reads.match(text):
        _written.update(targets(text))


def _publish(session: Session | None = None) -> None:
    """After a commit, never before it: a reading in between would take the old state for the new one. The end of a savepoint,
    of which sessions tell too, is none.
    """
    if _written and not (session is not None and session.in_nested_transaction()):
        _stamp(_written)
        _untold.update(_written)
        _written.clear()


def _stamp(tables: Iterable[str]) -> None:
    global _moment
    _moment += 1
    for table in tables:
        _stamps[table] = _moment


def since_last() -> list[str]:
    """The tables written here since this was asked last: what the other processes are told."""
    found = sorted(_untold)
    _untold.clear()
    return found


def written_elsewhere(tables: Iterable[str]) -> None:
    """Another process tells which tables it has written."""
    _stamp(tables)


def publish() -> None:
    """Something was committed in a way that no session told of."""
    _publish()


event.listen(Engine, "before_cursor_execute", _note)
event.listen(Session, "after_commit", _publish)
