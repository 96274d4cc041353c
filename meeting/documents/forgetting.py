"""Erasing a file that its owner threw away and that stands nowhere else."""

from sqlalchemy import delete, func, select

from meeting.acts import Tx
from meeting.documents import store
from meeting.documents.models import File, Page
from meeting.tables import Base


def forget(tx: Tx, file: File) -> bool:
    """Erases pages, name and bytes of a file to which no other table points; whether it was done. The row stays, as who,
    when and SHA-256 of everything that was ever received do.
    """
    if _used(tx, file.id):
        return False
    tx.execute(delete(Page).where(Page.file_id == file.id))
    file.state, file.refusal, file.refusal_facts, file.pages_done, file.name = "refused", "file_gone", {}, 0, ""
    tx.flush()
    digest = file.sha256
    others = select(func.count()).where(File.sha256 == digest, File.state.in_(("waiting", "reading", "ready")))
    if not tx.scalar(others):
        tx.after_commit(lambda: store.erase(digest))
    return True


#: Rows that only say something about a file and go, or mean nothing, without it.
ABOUT_FILES = frozenset({"page", "reading_mark", "page_note", "copy", "shelf_text"})


def _used(tx: Tx, file_id: int) -> bool:
    for table in Base.metadata.sorted_tables:
        if table.name in ABOUT_FILES:
            continue
        for column in table.columns:
            if any(key.target_fullname == "file.id" for key in column.foreign_keys):
                found = tx.scalar(select(func.count()).select_from(table).where(column == file_id))
                if found:
                    return True
    return False
