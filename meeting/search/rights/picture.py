"""How new a session's picture of the store is: what the catalogue and the rights follow, asked in one statement, once."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from meeting.database import asked_once

_MARKS = text(
    "SELECT (SELECT value FROM setting WHERE name = 'epoch'), "
    "coalesce((SELECT max(seq) FROM passage), 0), coalesce((SELECT max(id) FROM journal), 0)"
)


class Marks(NamedTuple):
    """Which store it is, the newest change of what can be found, and the newest entry of the journal."""

    epoch: str | None
    seq: int
    entry: int


def marks(session: Session) -> Marks:
    """Those of the picture that this session sees."""
    return asked_once(session, ("search marks",), lambda: Marks(*session.execute(_MARKS).one()))
