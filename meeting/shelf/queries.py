"""Reads of one's own shelf: folders, papers, what was thrown away, finding."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.documents.access import Place, opens, place_of
from meeting.documents.models import File, Page
from meeting.documents.rules import bare
from meeting.errors import Missing
from meeting.materials.models import ReadingMark
from meeting.permissions import INSTALLATION as HOUSE
from meeting.permissions import Action, Actor, allows
from meeting.shelf.models import Folder, ShelfPaper, ShelfText
from meeting.shelf.rules import MAX_BYTES, MAX_PAPERS, folded, snippet

FOUND_PAPERS = 50
FOUND_PAGES = 5


def may_keep(actor: Actor) -> bool:
    """Whether this person has a shelf."""
    return bool(actor.person_id) and allows(Action.KEEP_SHELF, HOUSE.hats_of(actor, None))


@opens
def own_paper(session: Session, actor: Actor, file: File) -> Place | None:
    """One's own uploads on the shelf. Papers of meetings lying there are opened by their own room's right only."""
    if not actor.person_id or file.uploaded_by != actor.person_id:
        return None
    wanted = select(ShelfPaper).where(ShelfPaper.person_id == actor.person_id, ShelfPaper.file_id == file.id)
    paper = session.scalar(wanted)
    if paper is None:
        return None
    return Place(paper.title, f"/shelf?folder={paper.folder_id}" if paper.folder_id else "/shelf")


@dataclass(frozen=True)
class Row:
    """A paper as its owner sees it on the shelf."""

    paper: ShelfPaper
    own: bool  # sent by the owner
    detail: str  # where it comes from, for papers of meetings
    readable: bool  # may be opened now
    seen: int  # pages
    pages: list[tuple[int, str]] = field(default_factory=list)  # found: page number and the words around


@dataclass(frozen=True)
class Shelf:
    """What one place of the shelf shows."""

    folder: Folder | None
    path: list[Folder]  # from the shelf down to this folder, without it
    folders: list[tuple[Folder, int]]  # with how many papers lie in each, at any depth
    papers: list[Row]
    every: list[Folder]  # all folders, for moving
    count: int
    size_bytes: int
    thrown: int
    most_bytes: int = MAX_BYTES
    most_papers: int = MAX_PAPERS


def shelf(session: Session, actor: Actor, folder_id: int | None = None, words: str = "", thrown: bool = False) -> Shelf:
    """One place of one's own shelf, or what was found on all of it. Missing for another's folder."""
    if not may_keep(actor):
        raise Missing()
    every = list(session.scalars(select(Folder).where(Folder.person_id == actor.person_id).order_by(Folder.name)))
    folder = next((each for each in every if each.id == folder_id), None)
    if folder_id is not None and folder is None:
        raise Missing()
    mine = list(
        session.scalars(select(ShelfPaper).where(ShelfPaper.person_id == actor.person_id).order_by(ShelfPaper.added_at.desc()))
    )
    lying = [each for each in mine if each.thrown_at is None]
    if words.strip():
        shown = _found(session, actor, lying, words)
    else:
        here = [each for each in mine if each.thrown_at] if thrown else [each for each in lying if each.folder_id == folder_id]
        shown = _rows(session, actor, here)
    own = [each for each in mine if each.file.uploaded_by == actor.person_id]
    below = [each for each in every if each.parent_id == folder_id] if not thrown and not words.strip() else []
    return Shelf(
        folder,
        _path(folder, every),
        [(each, _inside(each, every, lying)) for each in below],
        shown,
        every,
        len(lying),
        sum(each.file.size_bytes for each in own),
        len(mine) - len(lying),
    )


def choices(every: list[Folder], top: str, but: int | None = None) -> list[tuple[int | str, str]]:
    """Where something can be laid: the shelf itself, then every folder with what it lies in; not into `but` or below it."""
    return [
        ("", top),
        *sorted(((each.id, _named(each, every)) for each in every if not _lies_in(each, but, every)), key=lambda pair: pair[1]),
    ]


def _named(folder: Folder, every: list[Folder]) -> str:
    return " / ".join(each.name for each in (*_path(folder, every), folder))


def _lies_in(folder: Folder, outer: int | None, every: list[Folder]) -> bool:
    return outer is not None and outer in {each.id for each in (*_path(folder, every), folder)}


def _path(folder: Folder | None, every: list[Folder]) -> list[Folder]:
    by_id, path = {each.id: each for each in every}, list[Folder]()
    above = folder.parent_id if folder else None
    while above is not None:
        path.insert(0, by_id[above])
        above = by_id[above].parent_id
    return path


def _inside(folder: Folder, every: list[Folder], papers: list[ShelfPaper]) -> int:
    count = sum(paper.folder_id == folder.id for paper in papers)
    return count + sum(_inside(each, every, papers) for each in every if each.parent_id == folder.id)


def _rows(session: Session, actor: Actor, papers: list[ShelfPaper]) -> list[Row]:
    wanted = select(ReadingMark).where(
        ReadingMark.person_id == actor.person_id, ReadingMark.file_id.in_([each.file_id for each in papers])
    )
    seen = {mark.file_id: len(mark.seen_pages) for mark in session.scalars(wanted)}
    return [_row(session, actor, paper, seen.get(paper.file_id, 0)) for paper in papers]


def _row(session: Session, actor: Actor, paper: ShelfPaper, seen: int) -> Row:
    own = paper.file.uploaded_by == actor.person_id
    place = None if own else place_of(session, actor, paper.file)
    readable = (own or (place is not None and paper.file.first_page_read)) and not paper.file.was_refused
    return Row(paper, own, place.detail if place else "", readable, seen)


def _found(session: Session, actor: Actor, papers: list[ShelfPaper], words: str) -> list[Row]:
    """Papers whose title or text holds the words, titles first. Papers of meetings are found by their title only:
    their text is searched where the right to it is asked, in the search of all meetings.
    """
    by_title = [each for each in papers if bare(words.strip()) in bare(each.title)]
    own = [each.file_id for each in papers if each.file.uploaded_by == actor.person_id]
    sought = folded(words)
    hits: dict[int, list[int]] = {}
    if sought.strip():
        holding = (
            select(ShelfText.file_id, ShelfText.page)
            .where(ShelfText.file_id.in_(own), ShelfText.text.contains(sought, autoescape=True))
            .order_by(ShelfText.file_id, ShelfText.page)
        )
        for file_id, page in session.execute(holding):
            hits.setdefault(file_id, []).append(page)
    chosen = by_title + [each for each in papers if each.file_id in hits and each not in by_title]
    rows = _rows(session, actor, chosen[:FOUND_PAPERS])
    return [
        Row(row.paper, row.own, row.detail, row.readable, row.seen, _snippets(session, row.paper.file_id, hits, words))
        for row in rows
    ]


def _snippets(session: Session, file_id: int, hits: dict[int, list[int]], words: str) -> list[tuple[int, str]]:
    pages = hits.get(file_id, [])[:FOUND_PAGES]
    wanted = select(Page.number, Page.text).where(Page.file_id == file_id, Page.number.in_(pages)).order_by(Page.number)
    return [(number, snippet(words, text)) for number, text in session.execute(wanted)]
