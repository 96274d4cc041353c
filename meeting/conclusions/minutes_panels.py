"""What the home page shows of minutes: those that wait for the reader's signature."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.panels import home_card
from meeting.conclusions import minutes_queries
from meeting.permissions import Actor


def waiting(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Rows of "my work"; none for who has nothing to sign."""
    rows = [minutes for minutes, _office in minutes_queries.waiting_for(session, actor)]
    return {"minutes": rows, "count": len(rows)} if rows else None


home_card("minutes", place="todo", template="conclusions/minutes_rows.html", load=waiting, order=41)
