"""Reads of files and pages, always with the reader's right."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from meeting.documents.access import Place, open_file
from meeting.documents.models import File, Page
from meeting.errors import Missing, Refused
from meeting.permissions import Actor


def readable(session: Session, actor: Actor, file_id: int) -> tuple[File, Place]:
    """A file that this person may open, and where it belongs."""
    file = session.get(File, file_id)
    place = open_file(session, actor, file)
    assert file is not None
    return file, place


def page_of(session: Session, actor: Actor, file_id: int, number: int) -> tuple[File, Page]:
    """One page with its words. Refused as `page_not_ready` while it is being made."""
    file, _ = readable(session, actor, file_id)
    page = session.scalar(select(Page).where(Page.file_id == file_id, Page.number == number).options(undefer(Page.boxes)))
    if page is None:
        if file.state in ("waiting", "reading") and number <= max(file.page_count, 1):
            raise Refused("page_not_ready")
        raise Missing()
    return file, page


def progress(session: Session, actor: Actor, file_ids: Sequence[int]) -> list[File]:
    """How far the reading of one's own files is, in the order asked for; others are left out."""
    mine = {
        file.id: file for file in session.scalars(select(File).where(File.id.in_(file_ids), File.uploaded_by == actor.person_id))
    }
    return [mine[file_id] for file_id in file_ids if file_id in mine]


def shapes(session: Session, file_id: int) -> list[list[int]]:
    """[width, height] of each page made so far, in order."""
    rows = session.execute(select(Page.width, Page.height).where(Page.file_id == file_id).order_by(Page.number))
    return [[width, height] for width, height in rows]


def page_texts(session: Session, file_id: int) -> list[tuple[int, str]]:
    """Number and text of each page (for the search room and for hits in the viewer)."""
    rows = session.execute(select(Page.number, Page.text).where(Page.file_id == file_id).order_by(Page.number))
    return [(number, text) for number, text in rows]


def worded_pages(session: Session, file_id: int, first: int, last: int) -> list[Page]:
    """The pages from `first` to `last` that are made, with text and words, in order."""
    wanted = select(Page).where(Page.file_id == file_id, Page.number.between(first, last))
    return list(session.scalars(wanted.order_by(Page.number).options(undefer(Page.boxes))))


def numbers_by_source(session: Session, file_id: int) -> dict[str, list[int]]:
    """Page numbers by where their text is from: `text`, `ocr`, `none`; in order."""
    found: dict[str, list[int]] = {}
    for number, source in session.execute(select(Page.number, Page.source).where(Page.file_id == file_id).order_by(Page.number)):
        found.setdefault(source, []).append(number)
    return found


def text_pages(session: Session, file_id: int) -> int:
    """How many pages have text that can be searched."""
    counted = select(func.count()).where(Page.file_id == file_id, Page.source != "none")
    return session.scalar(counted) or 0


def file_json(file: File) -> dict[str, Any]:
    """A file on the wire."""
    return {
        "id": file.id,
        "name": file.name,
        "sha256": file.sha256,
        "media_type": file.media_type,
        "size_bytes": file.size_bytes,
        "state": file.state,
        "page_count": file.page_count,
        "pages_done": file.pages_done,
        "uploaded_at": file.uploaded_at.isoformat(),
        "refusal": file.refusal or None,
    }
