"""The rule books of a body as a file: what a province hands to its communes."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import Missing
from meeting.permissions import Actor
from meeting.rulebook import queries, rules
from meeting.rulebook.book_file import FileKind, write_file
from meeting.rulebook.models import MeetingType
from meeting.rulebook.values import RULES, values_of


def file_of(session: Session, actor: Actor, body_id: int) -> dict[str, Any]:
    """The books in force today of the kinds in use. Missing for who may not read the body's rules."""
    body = next((each for each in queries.readable_bodies(session, actor) if each.id == body_id), None)
    if body is None:
        raise Missing()
    kinds = [_kind(each) for each in queries.kinds_of(session, body.id) if each.retired_on is None]
    return write_file(body.kind, body.name, clock.today(), [each for each in kinds if each])


def _kind(kind: MeetingType) -> FileKind | None:
    book = rules.in_force(kind.books, clock.today())
    if book is None:
        return None
    sources = {rule: {"article": "", "verified": False, "note": "", **(book.sources.get(rule) or {})} for rule in RULES}
    return FileKind(kind.code, kind.name, book.starts_on, book.instrument, sources, values_of(book))
