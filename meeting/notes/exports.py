"""The doors of the export: notes as Web Annotations, of a document and of a meeting."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import config
from meeting.agenda.queries import meeting_of
from meeting.documents.models import Page
from meeting.documents.queries import readable
from meeting.notes import annotations, queries
from meeting.notes.annotations import Annotated
from meeting.notes.models import Note
from meeting.permissions import Actor
from meeting.web.api import PREFIX, answers_as, asked_number, resource


@answers_as(media_type=annotations.PLAIN_TYPE)
@resource("/documents/<int:file_id>/notes.jsonld", "The notes on a document as W3C Web Annotations", page="0, 1, 2 …")
def document_annotations(session: Session, actor: Actor, file_id: int) -> Response:
    """An AnnotationCollection with its first page, or one page of it: own notes and those shared with the reader."""
    _, place = readable(session, actor, file_id)
    notes = queries.notes_on(session, actor, file_id)
    titles = dict.fromkeys([file_id], place.title)
    return _answer(f"/documents/{file_id}/notes.jsonld", place.title, annotated(session, actor, notes, titles))


@answers_as(media_type=annotations.PLAIN_TYPE)
@resource("/meetings/<int:meeting_id>/notes.jsonld", "The notes of a meeting as W3C Web Annotations", page="0, 1, 2 …")
def meeting_annotations(session: Session, actor: Actor, meeting_id: int) -> Response:
    """The same for all papers of a meeting, each note once."""
    meeting, _ = meeting_of(session, actor, meeting_id)
    leaves = queries.notes_in(session, actor, meeting_id)
    titles = {leaf.note.file_id: leaf.place.title for leaf in leaves}
    found = annotated(session, actor, [leaf.note for leaf in leaves], titles)
    return _answer(f"/meetings/{meeting_id}/notes.jsonld", meeting.title, found)


def annotated(session: Session, actor: Actor, notes: Sequence[Note], titles: dict[int, str]) -> list[Annotated]:
    """Notes with what the export needs besides."""
    written = queries.wire(session, actor, notes)
    texts = _texts(session, notes)
    return [_one(note, each, titles.get(note.file_id, ""), texts) for note, each in zip(notes, written, strict=True)]


def _one(note: Note, written: dict[str, Any], title: str, texts: dict[tuple[int, int], str]) -> Annotated:
    lost_in = written["carried_from"]["file_id"] if note.lost and written["carried_from"] else None
    text = texts.get((lost_in or note.file_id, note.page), "")
    return Annotated(
        written,
        f"{_base()}/documents/{note.file_id}",
        title,
        note.made_at,
        note.changed_at,
        annotations.position_in(text, note.anchor.get("quote")),
        f"{_base()}/documents/{lost_in}" if lost_in else "",
    )


def _texts(session: Session, notes: Sequence[Note]) -> dict[tuple[int, int], str]:
    """The text of the pages on which something is quoted."""
    wanted = {(note.file_id, note.page) for note in notes if note.anchor.get("quote")}
    wanted |= {(source.file_id, note.page) for note in notes if note.lost and (source := queries.origin(note))}
    files, numbers = {file_id for file_id, _ in wanted}, {number for _, number in wanted}
    rows = session.execute(select(Page.file_id, Page.number, Page.text).where(Page.file_id.in_(files), Page.number.in_(numbers)))
    return {(row.file_id, row.number): row.text for row in rows if (row.file_id, row.number) in wanted}


def _base() -> str:
    return (config.settings().public_url or request.url_root).rstrip("/")


def _answer(path: str, title: str, found: Sequence[Annotated]) -> Response:
    address, number = f"{_base()}{PREFIX}{path}", asked_number("page")
    if number is None:
        modified = max((each.changed_at for each in found), default=None)
        body = annotations.collection(address, gettext("Notes: %(title)s", title=title), found, modified)
    else:
        body = annotations.page(address, found, max(0, number))
    answer = Response(json.dumps(body, ensure_ascii=False, indent=1) + "\n", content_type=annotations.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="ghi-chu.jsonld"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
