"""What is asked of the store: many of something must not cost more questions than a few."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from meeting.database import database


@contextmanager
def asked(engine: Any = None) -> Iterator[list[str]]:
    """The statements that an engine is sent meanwhile: the one for reading, unless another (or `Engine`, for all) is named."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    target = engine or database().reader
    event.listen(target, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(target, "before_cursor_execute", note)
