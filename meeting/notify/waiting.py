"""Since when something waits or is owed anew: the beginning of its row of reminders."""

from sqlalchemy import select

from meeting.acts import Tx
from meeting.notify.models import Waiting


def begins(tx: Tx, subject: str, subject_id: int) -> None:
    """It waits from now on. What waited before under an older time is forgotten; the reminders sent for it stay."""
    row = tx.scalar(select(Waiting).where(Waiting.subject == subject, Waiting.subject_id == subject_id))
    if row is None:
        tx.add(Waiting(subject=subject, subject_id=subject_id, since=tx.now))
    else:
        row.since = tx.now
