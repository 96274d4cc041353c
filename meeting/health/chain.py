"""Whether the journal proves itself, without computing all of it anew each time: how far it was found whole is remembered."""

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Select, func, select

from meeting.agenda.models import Meeting
from meeting.database import reading, setting
from meeting.journal import Entry, Head, digest, verify
from meeting.organization.models import Body

MARK = "journal_verified"  # {id, entries}: up to which entry, and how many there were up to it


@dataclass(frozen=True)
class Looked:
    """What was found: entries in all, how many were computed now, and the first that is not what it was."""

    entries: int
    new: int
    last: int
    counted: int  # of those up to the last, without practice
    chain: int = 0
    seq: int = 0
    what: str = ""


def looked_through(full: bool = False) -> Looked:
    """Computes what came since the mark, or everything. An entry that vanished before the mark is noticed by their number."""
    with reading() as session:
        mark = json.loads(setting(session, MARK, "{}"))
        connection = session.connection()
        table = Entry.__table__
        entries = connection.scalar(select(func.count()).select_from(table)) or 0
        lasting = table.c.chain.not_in(_practised())
        last = connection.scalar(select(func.max(table.c.id))) or 0
        known = int(mark.get("id", 0))
        before = connection.scalar(select(func.count()).select_from(table).where(table.c.id <= known, lasting)) or 0
        counted = connection.scalar(select(func.count()).select_from(table).where(table.c.id <= last, lasting)) or 0
        if full or not known or before != mark.get("entries"):
            fault = next(verify(connection), None)
            if fault:
                return Looked(entries, entries, last, counted, fault.chain, fault.seq, fault.what)
            vanished = bool(known) and before != mark.get("entries")
            return Looked(entries, entries, last, counted, what="gap" if vanished else "")
        return _since(connection, known, Looked(entries, 0, last, counted))


def _practised() -> Select[int]:
    """Chains of practice meetings: they go without a trace, so their entries are not counted."""
    return select(Meeting.id).join(Body, Body.id == Meeting.body_id).where(Body.practice_of_id.is_not(None))


def _since(connection: Connection, known: int, found: Looked) -> Looked:
    table = Entry.__table__
    rows = connection.execute(select(table).where(table.c.id > known).order_by(table.c.chain, table.c.seq)).all()
    heads: dict[int, Head] = {}
    for row in rows:
        if row.chain not in heads:
            heads[row.chain] = _head(connection, row.chain, known)
        head = heads[row.chain]
        expected = digest(row.previous, row.chain, row.seq, row.at, row.actor_id, row.event, row.facts)
        if (row.seq, row.previous, row.hash) != (head.seq + 1, head.hash, expected):
            return replace(found, new=len(rows), chain=row.chain, seq=row.seq, what="hash")
        heads[row.chain] = Head(row.seq, row.hash)
    return replace(found, new=len(rows))


def _head(connection: Connection, chain: int, known: int) -> Head:
    table = Entry.__table__
    found = connection.execute(
        select(table.c.seq, table.c.hash).where(table.c.chain == chain, table.c.id <= known).order_by(table.c.seq.desc()).limit(1)
    ).first()
    return Head(found.seq, found.hash) if found else Head()
