"""The reader's own acts: what was seen, private notes. Nothing of it is told to anybody."""

from typing import Any

from sqlalchemy import select

from meeting.acts import Tx, act
from meeting.documents.access import open_file
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.materials.inputs import MarkReadInput, NoteInput
from meeting.materials.models import Note, ReadingMark
from meeting.materials.rules import seen_with
from meeting.permissions import Action


@act("materials.mark_read", Action.KEEP_NOTES)
def mark_read(tx: Tx, wanted: MarkReadInput) -> dict[str, Any]:
    """Remembers which pages somebody has seen and where the reading stopped. Calling twice is harmless.

    Refused: `not_found` for a document that may not be read, `no_such_page`. The secretary sees who has opened what; the
    journal tells nothing of it.
    """
    file = _readable(tx, wanted.file_id, wanted.page)
    tx.nothing_to_record("how far somebody has read is no event of the meeting")
    mark = tx.scalar(select(ReadingMark).where(ReadingMark.file_id == file.id, ReadingMark.person_id == tx.actor.person_id))
    pages = seen_with(mark.seen_pages if mark else [], [wanted.page, *wanted.seen], file.page_count)
    if mark is None:
        mark = ReadingMark(file_id=file.id, person_id=tx.actor.person_id, first_at=tx.now)
    mark.last_at, mark.last_page, mark.seen_pages = tx.now, wanted.page, pages
    tx.add(mark)
    return {"seen": len(pages), "page_count": file.page_count}


@act("materials.note", Action.KEEP_NOTES)
def note(tx: Tx, wanted: NoteInput) -> dict[str, Any]:
    """Keeps a private note on a page; an empty text removes it. Nobody else reads it, ever.

    Refused: `not_found`, `no_such_page`.
    """
    file = _readable(tx, wanted.file_id, wanted.page)
    tx.nothing_to_record("a private note")
    mine = select(Note).where(Note.file_id == file.id, Note.person_id == tx.actor.person_id, Note.page == wanted.page)
    row = tx.scalar(mine)
    if not wanted.text:
        if row is not None:
            tx.delete(row)
        return {"written_at": None}
    if row is None:
        row = Note(file_id=file.id, person_id=tx.actor.person_id, page=wanted.page, text="", written_at=tx.now)
    row.text, row.written_at = wanted.text, tx.now
    tx.add(row)
    return {"written_at": tx.now.isoformat()}


def _readable(tx: Tx, file_id: int, page: int) -> File:
    tx.require(Action.KEEP_NOTES)
    file = tx.get(File, file_id)
    open_file(tx.reading, tx.actor, file)
    if page > file.page_count:
        raise Refused("no_such_page")
    return file
