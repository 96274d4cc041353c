"""Reads of opinions, limited to the items somebody may see."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.discussion.models import Opinion
from meeting.live.queries import iso, person_brief


def opinions_of(session: Session, meeting: Meeting, items: Collection[int] | None = None) -> list[Opinion]:
    """The opinions that stand, oldest first; `items` limits them to those of a guest (and to the meeting as a whole)."""
    found = select(Opinion).where(Opinion.meeting_id == meeting.id, Opinion.withdrawn_at.is_(None))
    rows = list(session.scalars(found.order_by(Opinion.at, Opinion.id)))
    return rows if items is None else [row for row in rows if row.item_id is None or row.item_id in items]


def latest(session: Session, meeting_id: int, most: int, items: Collection[int] | None = None) -> list[Opinion]:
    """The newest opinions that stand, newest first."""
    found = select(Opinion).where(Opinion.meeting_id == meeting_id, Opinion.withdrawn_at.is_(None))
    if items is not None:
        found = found.where(Opinion.item_id.is_(None) | Opinion.item_id.in_(list(items)))
    return list(session.scalars(found.order_by(Opinion.at.desc(), Opinion.id.desc()).limit(most)))


def counts(session: Session, meeting_id: int) -> dict[int | None, int]:
    """How many opinions stand on each item; None: on the meeting as a whole."""
    rows = session.execute(
        select(Opinion.item_id, func.count())
        .where(Opinion.meeting_id == meeting_id, Opinion.withdrawn_at.is_(None))
        .group_by(Opinion.item_id)
    )
    return {row.item_id: row[1] for row in rows}


def line(opinion: Opinion) -> dict[str, Any]:
    """An opinion on the wire."""
    return {
        "id": opinion.id,
        "person": person_brief(opinion.person),
        "item_id": opinion.item_id,
        "text": opinion.text,
        "at": iso(opinion.at),
        "before": opinion.before,
    }
