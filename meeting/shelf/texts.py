"""The text of own uploads, folded once so that the shelf finds words in them without reading every page anew."""

from sqlalchemy import delete, insert, select

from meeting.acts import Tx, on
from meeting.documents.models import File, Page
from meeting.events import Event
from meeting.journal import Told
from meeting.shelf.models import ShelfPaper, ShelfText
from meeting.shelf.rules import folded


@on(Event.FILE_READY)
def read_out(tx: Tx, entry: Told) -> None:
    """A file has its text: if it lies on its sender's shelf, it is found there from now on."""
    file = tx.get(File, entry.facts["file_id"])
    if tx.scalar(select(ShelfPaper.id).where(ShelfPaper.file_id == file.id, ShelfPaper.person_id == file.uploaded_by)):
        index_text(tx, file)


@on(Event.FILE_REFUSED)
def forget_text(tx: Tx, entry: Told) -> None:
    """A file was refused after all: nothing of what it said stays."""
    tx.execute(delete(ShelfText).where(ShelfText.file_id == entry.facts["file_id"]))


def index_text(tx: Tx, file: File) -> None:
    """Folds the pages of an own upload that is ready. Run again it gives the same."""
    if file.state != "ready":
        return
    tx.execute(delete(ShelfText).where(ShelfText.file_id == file.id))
    pages = tx.execute(select(Page.number, Page.text).where(Page.file_id == file.id))
    rows = [{"file_id": file.id, "page": each.number, "text": folded(each.text)} for each in pages if each.text.strip()]
    if rows:
        tx.execute(insert(ShelfText), rows)
