"""Erasing a practice: every row that belongs to its body or its meeting, found by the keys between the tables.

Which rows those are is not written down anywhere: from the body and its meetings the foreign keys of all tables are followed, so
that a table added tomorrow is erased too. People, units, rooms and their own devices and folders are never reached, and neither
is what belongs to another body or meeting, wherever it points. No number of a row that went is ever given to another.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Column, Table, delete, or_, select, tuple_, update

from meeting.acts import Tx
from meeting.agenda.models import Meeting
from meeting.documents import store
from meeting.documents.copies import remove
from meeting.documents.forgetting import ABOUT_FILES
from meeting.documents.models import File
from meeting.jobs import Job
from meeting.journal import erase_chain
from meeting.practice.models import Practice
from meeting.tables import Base, give_no_more

Keys = dict[str, set[Any]]  # of each table: the primary keys of the rows that go (tuples where a key has several parts)

#: What people, the office and the house own: a practice may be pointed at from there, it never owns it.
KEPT = frozenset(
    {"person", "account", "unit", "room", "tablet", "shelf_folder", "catalogue_entry", "calendar_feed", "push_device"}
)
AT_ONCE = 400
UNTIED = {"meeting_id": "meeting", "body_id": "body"}
ROOTS = frozenset({"body", "meeting"})  # those of the practice are known from the start: no other is ever reached
#: Rows that name others by kind and number instead of a key: (table, kind column, number column), the kind being a table's name.
BY_NAME = (("waiting_since", "subject", "subject_id"), ("stale_mark", "kind", "source_id"))


def erase(tx: Tx, practice: Practice) -> None:
    """Takes everything of a practice away, in one transaction."""
    begun, body_id = practice.begun_at, practice.body_id
    gone: Keys = {"body": {body_id}, "meeting": set(tx.scalars(select(Meeting.id).where(Meeting.body_id == body_id)))}
    follow(tx, gone, gone)
    files = _own_files(tx, gone, begun)
    if files:
        gone["file"] = files
        follow(tx, gone, {"file": files})
    meetings = gone["meeting"]
    _after_commit(tx, gone)
    _forget_names(tx, gone, begun)
    tx.reading.expunge_all()
    _loosen(tx, gone)
    for table in reversed(Base.metadata.sorted_tables):
        _delete(tx, table, gone.get(table.name, ()))
    give_no_more(tx.reading, {name: keys for name, keys in gone.items() if keys})
    for each in sorted(meetings):
        erase_chain(tx.reading.connection(), each)


def follow(tx: Tx, gone: Keys, begun: Mapping[str, set[Any]]) -> None:
    """Adds to `gone` every row that points to a row in it, and what points to that, until nothing is added."""
    fresh = {name: set(keys) for name, keys in begun.items()}
    while fresh:
        found: Keys = {}
        for table, column, target in _pointing(fresh):
            for key in _rows(tx, table, column, fresh[target], () if target == "file" else _owned(table, gone)):
                if key not in gone.setdefault(table.name, set()):
                    gone[table.name].add(key)
                    found.setdefault(table.name, set()).add(key)
        fresh = found


def _pointing(to: Iterable[str]) -> Iterator[tuple[Table, Column[Any], str]]:
    wanted = set(to)
    for table in Base.metadata.sorted_tables:
        if table.name in KEPT or table.name in ROOTS or table.name == "file":
            continue
        for column in table.columns:
            for target in wanted & _targets(column):
                yield table, column, target


def _targets(column: Column[Any]) -> set[str]:
    """The tables whose rows a column names: by a foreign key, or by its name alone where a table is written too often for one."""
    by_key = {key.column.table.name for key in column.foreign_keys}
    return by_key or {table for name, table in UNTIED.items() if column.name == name}


def _key(table: Table) -> list[Column[Any]]:
    return list(table.primary_key.columns)


def _owned(table: Table, gone: Keys) -> list[Any]:
    """The conditions that a row belongs to no other meeting and to no other body than those that go."""
    named = [(table.c[name], root) for name, root in UNTIED.items() if name in table.c]
    return [or_(column.is_(None), column.in_(gone[root])) for column, root in named]


def _rows(tx: Tx, table: Table, column: Column[Any], among: set[Any], owned: Iterable[Any] = ()) -> list[Any]:
    """The keys of the rows whose column names one of these."""
    key, found = _key(table), []
    for part in _parts(among):
        rows = tx.execute(select(*key).where(column.in_(part), *owned))
        found += [row[0] if len(key) == 1 else tuple(row) for row in rows]
    return found


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    whole = list(keys)
    for at in range(0, len(whole), AT_ONCE):
        yield whole[at : at + AT_ONCE]


def _own_files(tx: Tx, gone: Keys, begun: datetime) -> set[int]:
    """The files made or sent for the practice: named by rows that go, by none that stays, and not older than it."""
    named: set[int] = set()
    for table, column in _naming_files():
        key = _key(table)
        for part in _parts(gone.get(table.name, ())):
            named.update(row[0] for row in tx.execute(select(column).where(_is(key, part), column.is_not(None))))
    young = [row[0] for row in tx.execute(select(File.id).where(File.id.in_(named), File.uploaded_at >= begun))]
    return {each for each in young if not _stands_elsewhere(tx, each, gone)}


def _naming_files() -> Iterator[tuple[Table, Column[Any]]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == "file.id" for key in column.foreign_keys):
                yield table, column


def _stands_elsewhere(tx: Tx, file_id: int, gone: Keys) -> bool:
    """Whether a row that stays needs the file; what was merely read, noted or laid aside of it does not count."""
    for table, column in _naming_files():
        if table.name in ABOUT_FILES or table.name == "shelf_paper":
            continue
        if set(_rows(tx, table, column, {file_id})) - gone.get(table.name, set()):
            return True
    return False


def _is(key: list[Column[Any]], part: list[Any]) -> Any:
    return key[0].in_(part) if len(key) == 1 else tuple_(*key).in_(part)


def _after_commit(tx: Tx, gone: Keys) -> None:
    """The bytes of files and copies go when the rows are gone for good; bytes that another file row names too stay."""
    ids = gone.get("file", set())
    digests = {row[0] for row in tx.execute(select(File.sha256).where(File.id.in_(ids)))}
    shared = {row[0] for row in tx.execute(select(File.sha256).where(File.sha256.in_(digests), File.id.not_in(ids)))}
    copies = sorted(gone.get("copy", set()))
    own = sorted(digests - shared)
    for each in own:
        tx.after_commit(partial(store.erase, each))
    if copies:
        tx.after_commit(partial(remove, copies))


def _forget_names(tx: Tx, gone: Keys, begun: datetime) -> None:
    """What names rows without a key: jobs, entries of the journal about files, what waits and what is to be read anew."""
    for job in tx.scalars(select(Job).where(Job.created_at >= begun)).all():
        if any(_names(gone, name, value) for name, value in job.arguments.items()):
            tx.delete(job)
    for name, kind, number in BY_NAME:
        table = Base.metadata.tables[name]
        rows = tx.execute(select(*_key(table), table.c[kind].label("kind_"), table.c[number].label("number_"))).all()
        mine = [tuple(row[: len(_key(table))]) for row in rows if row.number_ in gone.get(row.kind_, ())]
        _delete(tx, table, [key[0] if len(key) == 1 else key for key in mine])
    marks = Base.metadata.tables["stale_mark"]
    tx.execute(delete(marks).where(marks.c.scope.in_(gone["meeting"])))


def _names(gone: Keys, name: str, value: Any) -> bool:
    """Whether an argument of a job names a row that goes: `file_id=3`, `deliveries=[7, 8]`."""
    table = {"deliveries": "delivery"}.get(name) or name.removesuffix("_ids").removesuffix("_id")
    found = gone.get(table, set())
    return any(each in found for each in value) if isinstance(value, list) else isinstance(value, int) and value in found


def _loosen(tx: Tx, gone: Keys) -> None:
    """Takes away pointers that stand in the way: from what stays, and within tables that point to themselves or in a circle."""
    order = {table.name: at for at, table in enumerate(Base.metadata.sorted_tables)}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                target = key.column.table.name
                if target not in gone or not column.nullable:
                    continue
                if table.name in KEPT or order[target] >= order[table.name]:
                    for part in _parts(gone[target]):
                        tx.execute(update(table).where(column.in_(part)).values({column.name: None}))
                else:
                    stays = set(_rows(tx, table, column, gone[target])) - gone.get(table.name, set())
                    for part in _parts(stays):
                        tx.execute(update(table).where(_is(_key(table), part)).values({column.name: None}))


def _delete(tx: Tx, table: Table, keys: Iterable[Any]) -> None:
    for part in _parts(keys):
        tx.execute(delete(table).where(_is(_key(table), part)))
