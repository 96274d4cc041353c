"""Acts on rule books: a new version from a day on, and taking back one that has not begun."""

from dataclasses import replace
from datetime import date
from typing import Any

from meeting import clock
from meeting.acts import Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.rulebook import rules, uses
from meeting.rulebook.inputs import BookInput, EditBookInput, SourceInput
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.rulebook.rules import Change
from meeting.rulebook.values import RULES, values_of


@act("rulebook.edit_book", Action.MANAGE_RULES)
def edit_book(tx: Tx, wanted: EditBookInput) -> dict[str, Any]:
    """Sets rules of a kind of meeting from a day on. What is not named stays as it is on that day.

    The book in force ends the day before, the next one (if any) keeps its day. Only a book that begins on that very day, and
    that no issued meeting follows, is changed itself. A rule whose value changes without a new source counts as unverified,
    because its old source no longer says it. Refused: `type_is_retired`, `book_unchanged`, `book_used`, `book_in_past`,
    `malformed` with each field that cannot be followed. Records the changed rules before and after; meetings that were not
    issued follow the new book at once, issued ones keep theirs.
    """
    kind = tx.get(MeetingType, wanted.type_id)
    tx.require(Action.MANAGE_RULES, kind)
    if kind.retired_on:
        raise Refused("type_is_retired")
    base = _in_force(kind, wanted.starts_on)
    before = values_of(base)
    after = replace(before, **wanted.given())
    rules.check_values(after, kind.body.kind)
    changed = rules.changes(before, after)
    sources = sources_after(base.sources, changed, wanted.sources)
    instrument = base.instrument if wanted.instrument is None else wanted.instrument
    if not changed and sources == sources_after(base.sources, [], {}) and instrument == base.instrument:
        raise Refused("book_unchanged", starts_on=base.starts_on.isoformat())
    verified = all(source.get("verified") for source in sources.values())
    columns = {**after.plain(), "sources": sources, "instrument": instrument, "verified": verified}
    book = put(tx, kind, base, wanted.starts_on, columns)
    tx.record(
        Event.RULES_CHANGED,
        None,
        body_id=kind.body_id,
        type_id=kind.id,
        book_id=book.id,
        name=kind.name,
        starts_on=book.starts_on.isoformat(),
        changes=[{"rule": each.rule, "before": each.before, "after": each.after} for each in changed],
    )
    return {"book_id": book.id, "type_id": kind.id, "changed": [each.rule for each in changed]}


def _in_force(kind: MeetingType, day: date) -> RuleBook:
    found = rules.in_force(kind.books, day)
    if found is None:
        raise LookupError(f"the kind of meeting {kind.id} has no rule book")
    return found


def sources_after(before: dict[str, Any], changed: list[Change], given: dict[str, SourceInput]) -> dict[str, Any]:
    """The sources of a new book: those given, else the old ones; a changed rule without a new source is unverified."""
    moved = {each.rule for each in changed}
    kept = {}
    for rule in RULES:
        old = before.get(rule) or {"article": "", "verified": False, "note": ""}
        kept[rule] = {**old, "verified": bool(old.get("verified")) and rule not in moved}
        if rule in given:
            kept[rule] = given[rule].model_dump()
    return kept


def put(tx: Tx, kind: MeetingType, base: RuleBook, starts_on: date, columns: dict[str, Any]) -> RuleBook:
    """Writes the columns into the book of that very day, or into a new one between its neighbours."""
    found = uses.uses_of(tx.reading, [base.id])
    if starts_on <= base.starts_on:
        if found:
            raise Refused("book_used", starts_on=base.starts_on.isoformat(), meeting=found[0].title)
        for name, value in columns.items():
            setattr(base, name, value)
        base.starts_on = starts_on
        tx.flush()
        return base
    rules.check_start(starts_on, clock.today(), found[0].held_on if found else None)
    following = min((each.starts_on for each in kind.books if each.starts_on > starts_on), default=None)
    base.ends_on = rules.ends_before(starts_on)
    book = RuleBook(type_id=kind.id, starts_on=starts_on, ends_on=rules.ends_before(following), **columns)
    kind.books.append(book)
    tx.flush()
    return book


@act("rulebook.withdraw_book", Action.MANAGE_RULES)
def withdraw_book(tx: Tx, wanted: BookInput) -> dict[str, Any]:
    """Takes back rules that have not begun: the book before them goes on.

    Refused as `book_begun`, `book_used` by an issued meeting, `first_book` when there is no other. Recorded with all that it
    said; meetings that were not issued follow the book before.
    """
    book = tx.get(RuleBook, wanted.book_id)
    tx.require(Action.MANAGE_RULES, book)
    if book.starts_on <= clock.today():
        raise Refused("book_begun", starts_on=book.starts_on.isoformat())
    earlier = [each for each in book.type.books if each.starts_on < book.starts_on]
    if not earlier:
        raise Refused("first_book")
    found = uses.uses_of(tx.reading, [book.id])
    if found:
        raise Refused("book_used", starts_on=book.starts_on.isoformat(), meeting=found[0].title)
    earlier[-1].ends_on = book.ends_on
    tx.record(
        Event.RULES_WITHDRAWN,
        None,
        body_id=book.type.body_id,
        type_id=book.type_id,
        book_id=book.id,
        name=book.type.name,
        starts_on=book.starts_on.isoformat(),
        rules=values_of(book).plain(),
        instrument=book.instrument,
    )
    tx.delete(book)
    return {"type_id": book.type_id}
