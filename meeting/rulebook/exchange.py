"""Taking over a file of rule books: first dry, then all or nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import Body
from meeting.permissions import Action
from meeting.rulebook import rules
from meeting.rulebook.book_file import FileKind, is_file, read_file
from meeting.rulebook.books import put
from meeting.rulebook.inputs import ImportBooksInput
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.rulebook.values import values_of


@act("rulebook.import_books", Action.MANAGE_RULES)
def import_books(tx: Tx, wanted: ImportBooksInput) -> dict[str, Any]:
    """Takes over the rule books of a file: kinds the body lacks are added, differing ones get a new version, others stay.

    New versions begin on `starts_on`, else on the day of the file or today, whichever is later. A dry run only tells
    `{kinds: [{code, name, what: add | change | same, starts_on, changed}], problems: [{kind, field, sentence}]}`. The real run is
    all or nothing. Refused: `rules_file_unreadable`, `rules_file_kind`, `rules_file_problems`, and as `rulebook.edit_book`.
    Recorded: each changed book as an edit is, and the file once.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.MANAGE_RULES, body)
    if not is_file(wanted.file):
        raise Refused("rules_file_unreadable")
    if wanted.file.get("body_kind") != body.kind:
        raise Refused("rules_file_kind")
    kinds, found = read_file(wanted.file, body.kind)
    problems = [{"kind": each.kind, "field": each.field, "sentence": each.sentence} for each in found]
    if problems and not wanted.dry_run:
        raise Refused("rules_file_problems", count=len(problems), problems=problems)
    present = {each.code: each for each in tx.scalars(select(MeetingType).where(MeetingType.body_id == body.id))}
    told = [_plan(each, present.get(each.code), wanted.starts_on) for each in kinds]
    if wanted.dry_run:
        tx.nothing_to_record("a dry run changes nothing")
        return {"kinds": told, "problems": problems}
    for each, line in zip(kinds, told, strict=True):
        _take_over(tx, body, each, line, present.get(each.code))
    tx.record(Event.RULES_IMPORTED, body, body_id=body.id, source=str(wanted.file.get("body", "")), kinds=told)
    return {"kinds": told, "problems": []}


def _plan(each: FileKind, kind: MeetingType | None, starts_on: date | None) -> dict[str, Any]:
    line = {"code": each.code, "name": each.name}
    if kind is None:
        return {**line, "what": "add", "starts_on": (starts_on or each.starts_on).isoformat(), "changed": []}
    begins = starts_on or max(each.starts_on, clock.today())
    book = rules.in_force(kind.books, begins)
    if book is None:
        raise LookupError(f"the kind of meeting {kind.id} has no rule book")
    changed = [change.rule for change in rules.changes(values_of(book), each.values)]
    sources = {rule: source for rule, source in book.sources.items() if source != each.sources.get(rule)}
    same = not changed and not sources and book.instrument == each.instrument
    return {**line, "what": "same" if same else "change", "starts_on": begins.isoformat(), "changed": changed}


def _take_over(tx: Tx, body: Body, each: FileKind, line: dict[str, Any], kind: MeetingType | None) -> None:
    starts_on = date.fromisoformat(line["starts_on"])
    columns = {
        **each.values.plain(),
        "instrument": each.instrument,
        "sources": dict(each.sources),
        "verified": all(source["verified"] for source in each.sources.values()),
    }
    if line["what"] == "add":
        added = tx.add(MeetingType(body_id=body.id, code=each.code, name=each.name))
        tx.add(RuleBook(type_id=added.id, starts_on=starts_on, **columns))
        tx.record(Event.TYPE_ADDED, body, body_id=body.id, type_id=added.id, code=each.code, name=each.name, like="")
    elif line["what"] == "change" and kind is not None:
        base = rules.in_force(kind.books, starts_on)
        if base is None:
            raise LookupError(f"the kind of meeting {kind.id} has no rule book")
        before = values_of(base)
        book = put(tx, kind, base, starts_on, columns)
        _record_change(tx, kind, book, rules.changes(before, replace(each.values)))


def _record_change(tx: Tx, kind: MeetingType, book: RuleBook, changed: list[rules.Change]) -> None:
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
