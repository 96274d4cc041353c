"""The clock of the current item, kept in one place: its stretches, its real seconds, and since when it runs."""

from sqlalchemy import select

from meeting.acts import Tx
from meeting.agenda.models import Item, Meeting
from meeting.live.models import ItemRun, Progress
from meeting.live.rules import seconds_used


def progress_of(tx: Tx, meeting: Meeting) -> Progress:
    """Where the meeting stands; made when it is first needed."""
    return tx.find(Progress, meeting.id) or tx.add(Progress(meeting_id=meeting.id))


def start(tx: Tx, meeting: Meeting) -> None:
    """The clock of the current item runs from now on; nothing happens without one."""
    progress = progress_of(tx, meeting)
    if meeting.current_item_id is None or progress.item_since is not None:
        return
    progress.item_since = tx.now
    tx.add(ItemRun(meeting_id=meeting.id, item_id=meeting.current_item_id, started_at=tx.now))


def stop(tx: Tx, meeting: Meeting) -> Item | None:
    """Adds the running stretch to the current item's real seconds and stops its clock. Answers the current item."""
    progress = progress_of(tx, meeting)
    item = tx.find(Item, meeting.current_item_id)
    if item is not None:
        item.seconds_used = seconds_used(item.seconds_used, progress.item_since, tx.now)
    progress.item_since = None
    for run in tx.scalars(select(ItemRun).where(ItemRun.meeting_id == meeting.id, ItemRun.ended_at.is_(None))):
        run.ended_at = tx.now
    return item


def finish(tx: Tx, meeting: Meeting) -> None:
    """The current item is done with its real seconds; no item is current."""
    item = stop(tx, meeting)
    if item is not None:
        item.state = "done"
        item.ended_at = tx.now
    meeting.current_item_id = None
