"""A notification that grows while nobody has looked at it: ten new hits in an hour are one message, not ten."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from meeting.acts import Tx
from meeting.notify.models import Notification


def grow(tx: Tx, person_id: int, kind: str, url: str, since: datetime, **facts: Any) -> bool:
    """Says something more in the newest unseen notification of this address made after `since`; False where there is none.

    It comes to the top of the inbox. What went out by other channels is not sent again; what is still held goes out as it is now.
    """
    wanted = (
        select(Notification)
        .where(Notification.person_id == person_id, Notification.url == url, Notification.seen_at.is_(None))
        .where(Notification.created_at >= since)
        .order_by(Notification.id.desc())
        .limit(1)
    )
    row = tx.scalar(wanted)
    if row is None:
        return False
    row.kind, row.facts, row.created_at = kind, {**row.facts, **facts}, tx.now
    return True
