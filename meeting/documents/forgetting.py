"""Erasing what a file said: after a refusal, and when its owner threw it away and it stands nowhere else."""

from sqlalchemy import delete, func, select

from meeting.acts import Tx
from meeting.documents import store
from meeting.documents.copies import remove
from meeting.documents.copies_models import Copy
from meeting.documents.models import NAMING, File, Page
from meeting.tables import Base


def forget(tx: Tx, file: File) -> bool:
    """Erases pages, name and bytes of a file to which no other table points, and what its owner wrote on it; whether it was
    done. The row stays, as who, when and SHA-256 of everything that was ever received do.
    """
    if _used(tx, file.id):
        return False
    empty(tx, file)
    for name in OWNERS:
        table = Base.metadata.tables[name]
        tx.execute(delete(table).where(table.c.file_id == file.id))
    file.state, file.refusal, file.refusal_facts, file.name = "refused", "file_gone", {}, ""
    tx.flush()
    digest = file.sha256
    others = select(func.count()).where(File.sha256 == digest, File.state.in_(NAMING))
    if not tx.scalar(others):
        tx.after_commit(lambda: store.erase(digest))
    return True


def empty(tx: Tx, file: File) -> None:
    """Takes away what was made of a file: pages, contents, signatures, the copies of its readers. Twice is harmless."""
    tx.execute(delete(Page).where(Page.file_id == file.id))
    file.pages_done, file.outline, file.signatures, file.notes = 0, None, None, None
    copies = tx.scalars(select(Copy).where(Copy.file_id == file.id)).all()
    for each in copies:  # one that is being made is swept away when it is done
        each.title, each.overlay, each.expires_at = "", None, min(each.expires_at, tx.now)
    tx.flush()
    gone = [each.id for each in copies]
    tx.after_commit(lambda: remove(gone))


#: What the owner of a file wrote on it, or left behind reading it.
OWNERS = ("page_note", "reading_mark", "shelf_text")

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
