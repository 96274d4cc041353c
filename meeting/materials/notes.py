"""The reader's own act: what was seen. Nothing of it is told to anybody."""

from typing import Any

from sqlalchemy import select

from meeting.acts import Tx, act
from meeting.documents.access import open_file
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.materials.inputs import MarkReadInput
from meeting.materials.models import ReadingMark
from meeting.materials.rules import counted_seconds, seen_with
from meeting.permissions import Action


@act("materials.mark_read", Action.KEEP_NOTES)
def mark_read(tx: Tx, wanted: MarkReadInput) -> dict[str, Any]:
    """Remembers which pages somebody has seen, for how long, and where the reading stopped.

    Only the reader ever sees pages and time; the secretary sees who has opened what, the chair how many. Seconds are
    counted up to `LONGEST_LOOK` a call: a tablet left open is not reading. Refused: `not_found` for a document that may not
    be read, `no_such_page`. The journal tells nothing of it.
    """
    file = _readable(tx, wanted.file_id, wanted.page)
    tx.nothing_to_record("how far somebody has read is no event of the meeting")
    mark = tx.scalar(select(ReadingMark).where(ReadingMark.file_id == file.id, ReadingMark.person_id == tx.actor.person_id))
    pages = seen_with(mark.seen_pages if mark else [], [wanted.page, *wanted.seen], file.page_count)
    if mark is None:
        mark = ReadingMark(file_id=file.id, person_id=tx.actor.person_id, first_at=tx.now)
    mark.last_at, mark.last_page, mark.seen_pages = tx.now, wanted.page, pages
    mark.seconds = (mark.seconds or 0) + counted_seconds(wanted.seconds)
    tx.add(mark)
    return {"seen": len(pages), "page_count": file.page_count, "seconds": mark.seconds}


def _readable(tx: Tx, file_id: int, page: int) -> File:
    tx.require(Action.KEEP_NOTES)
    file = tx.get(File, file_id)
    open_file(tx.reading, tx.actor, file)
    if page > file.page_count:
        raise Refused("no_such_page")
    return file
