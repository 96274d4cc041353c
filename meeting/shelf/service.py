"""The acts of one's own shelf. Nothing of it is told to anybody: no journal entry, no message, no search of others."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select

from meeting.acts import Tx, act
from meeting.documents.access import open_file
from meeting.documents.forgetting import forget
from meeting.documents.models import File
from meeting.errors import Missing, Refused
from meeting.permissions import Action
from meeting.shelf import rules
from meeting.shelf.inputs import (
    MakeFolder,
    MoveFolder,
    MovePaper,
    OneFolder,
    OnePaper,
    PutPaper,
    RenameFolder,
    RenamePaper,
    SweepShelves,
)
from meeting.shelf.models import Folder, ShelfPaper, ShelfText
from meeting.shelf.texts import index_text

PRIVATE = "one's own shelf is nobody else's business"


@act("shelf.make_folder", Action.KEEP_SHELF)
def make_folder(tx: Tx, wanted: MakeFolder) -> dict[str, Any]:
    """Makes a folder on one's shelf. Refused: `folder_exists`, `folder_too_deep`, `too_many_folders`. Nothing is recorded."""
    _own(tx)
    folders = _folders(tx)
    if len(folders) >= rules.MAX_FOLDERS:
        raise Refused("too_many_folders", most=rules.MAX_FOLDERS)
    parent_id = _folder(tx, wanted.parent_id).id if wanted.parent_id is not None else None
    rules.check_place(None, parent_id, {each.id: each.parent_id for each in folders})
    name = wanted.name.strip()
    rules.check_name(name, [each.name for each in folders if each.parent_id == parent_id])
    folder = tx.add(Folder(person_id=tx.actor.person_id, parent_id=parent_id, name=name, made_at=tx.now))
    return {"folder_id": folder.id}


@act("shelf.rename_folder", Action.KEEP_SHELF)
def rename_folder(tx: Tx, wanted: RenameFolder) -> dict[str, Any]:
    """Gives a folder another name. Refused: `folder_exists`."""
    _own(tx)
    folder = _folder(tx, wanted.folder_id)
    beside = [each.name for each in _folders(tx) if each.parent_id == folder.parent_id and each.id != folder.id]
    rules.check_name(wanted.name.strip(), beside)
    folder.name = wanted.name.strip()
    return {}


@act("shelf.move_folder", Action.KEEP_SHELF)
def move_folder(tx: Tx, wanted: MoveFolder) -> dict[str, Any]:
    """Lays a folder with all it holds into another one or on the shelf itself.

    Refused: `folder_in_itself`, `folder_too_deep`, `folder_exists`.
    """
    _own(tx)
    folder, folders = _folder(tx, wanted.folder_id), _folders(tx)
    parent_id = _folder(tx, wanted.parent_id).id if wanted.parent_id is not None else None
    rules.check_place(folder.id, parent_id, {each.id: each.parent_id for each in folders})
    rules.check_name(folder.name, [each.name for each in folders if each.parent_id == parent_id and each.id != folder.id])
    folder.parent_id = parent_id
    return {}


@act("shelf.remove_folder", Action.KEEP_SHELF)
def remove_folder(tx: Tx, wanted: OneFolder) -> dict[str, Any]:
    """Removes an empty folder. Refused: `folder_not_empty`. Papers thrown away earlier fall to the shelf itself."""
    _own(tx)
    folder = _folder(tx, wanted.folder_id)
    holds = any(each.parent_id == folder.id for each in _folders(tx))
    inside = list(tx.scalars(select(ShelfPaper).where(ShelfPaper.folder_id == folder.id)))
    if holds or any(paper.thrown_at is None for paper in inside):
        raise Refused("folder_not_empty", name=folder.name)
    for paper in inside:
        paper.folder_id = None
    tx.flush()
    tx.delete(folder)
    return {}


@act("shelf.put", Action.KEEP_SHELF)
def put(tx: Tx, wanted: PutPaper) -> dict[str, Any]:
    """Lays a paper on one's shelf: a file one has sent, or a paper one may read, which is then found here too.

    Reading asks the right each time: a paper of a meeting that one may no longer read stays here by its title only. The same
    paper again moves it; one thrown away comes back. Refused: `not_found`, `file_gone`, `shelf_full`.
    """
    _own(tx)
    file = tx.get(File, wanted.file_id)
    place = open_file(tx.reading, tx.actor, file)
    folder_id = _folder(tx, wanted.folder_id).id if wanted.folder_id is not None else None
    mine = select(ShelfPaper).where(ShelfPaper.person_id == tx.actor.person_id)
    row, own = tx.scalar(mine.where(ShelfPaper.file_id == file.id)), file.uploaded_by == tx.actor.person_id
    if row is None:
        held, size = _held(tx)
        rules.check_room(held, size, file.size_bytes if own else 0)
        row = tx.add(ShelfPaper(person_id=tx.actor.person_id, file_id=file.id, title="", added_at=tx.now))
    row.folder_id, row.thrown_at = folder_id, None
    row.title = wanted.title.strip() or row.title or place.title
    tx.flush()
    if own:
        index_text(tx, file)
    return {"paper_id": row.id}


@act("shelf.rename", Action.KEEP_SHELF)
def rename(tx: Tx, wanted: RenamePaper) -> dict[str, Any]:
    """Gives a paper on the shelf another title; the file keeps its name. Refused: `thrown_away`."""
    _own(tx)
    _paper(tx, wanted.paper_id).title = wanted.title.strip()
    return {}


@act("shelf.move", Action.KEEP_SHELF)
def move(tx: Tx, wanted: MovePaper) -> dict[str, Any]:
    """Lays a paper into a folder, or on the shelf itself. Refused: `thrown_away`."""
    _own(tx)
    _paper(tx, wanted.paper_id).folder_id = _folder(tx, wanted.folder_id).id if wanted.folder_id is not None else None
    return {}


@act("shelf.throw_away", Action.KEEP_SHELF)
def throw_away(tx: Tx, wanted: OnePaper) -> dict[str, Any]:
    """Throws a paper away; for 30 days it can be taken back, then an own upload is erased. Calling twice is harmless."""
    _own(tx)
    paper = _any_paper(tx, wanted.paper_id)
    paper.thrown_at = paper.thrown_at or tx.now
    return {}


@act("shelf.take_back", Action.KEEP_SHELF)
def take_back(tx: Tx, wanted: OnePaper) -> dict[str, Any]:
    """Takes back what was thrown away. Calling twice is harmless."""
    _own(tx)
    _any_paper(tx, wanted.paper_id).thrown_at = None
    return {}


@act("shelf.sweep", Action.READ_OUT_DOCUMENT)
def sweep(tx: Tx, _wanted: SweepShelves) -> dict[str, Any]:
    """For the worker: what was thrown away 30 days ago goes; an own upload that stands nowhere else is erased."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record(PRIVATE)
    gone = list(tx.scalars(select(ShelfPaper).where(ShelfPaper.thrown_at < tx.now - timedelta(days=rules.KEPT_DAYS)).limit(20)))
    for paper in gone:
        file, own = paper.file, paper.file.uploaded_by == paper.person_id
        tx.delete(paper)
        tx.flush()
        if own:
            tx.execute(delete(ShelfText).where(ShelfText.file_id == file.id))
            forget(tx, file)
    return {"removed": len(gone)}


def _own(tx: Tx) -> None:
    tx.require(Action.KEEP_SHELF)
    tx.nothing_to_record(PRIVATE)


def _folders(tx: Tx) -> list[Folder]:
    return list(tx.scalars(select(Folder).where(Folder.person_id == tx.actor.person_id)))


def _folder(tx: Tx, folder_id: int) -> Folder:
    folder = tx.get(Folder, folder_id)
    if folder.person_id != tx.actor.person_id:
        raise Missing()
    return folder


def _any_paper(tx: Tx, paper_id: int) -> ShelfPaper:
    paper = tx.get(ShelfPaper, paper_id)
    if paper.person_id != tx.actor.person_id:
        raise Missing()
    return paper


def _paper(tx: Tx, paper_id: int) -> ShelfPaper:
    paper = _any_paper(tx, paper_id)
    if paper.thrown_at is not None:
        raise Refused("thrown_away")
    return paper


def _held(tx: Tx) -> tuple[int, int]:
    mine = ShelfPaper.person_id == tx.actor.person_id
    count = tx.scalar(select(func.count()).select_from(ShelfPaper).where(mine)) or 0
    own = select(func.sum(File.size_bytes)).join(ShelfPaper, ShelfPaper.file_id == File.id)
    return count, tx.scalar(own.where(mine, File.uploaded_by == tx.actor.person_id)) or 0
