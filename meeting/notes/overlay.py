"""The reader's own notes as they are drawn into a copy of the paper; others' notes never."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.documents.models import File
from meeting.documents.overlays import Drawing, Overlay, Told, overlays
from meeting.notes.models import Note
from meeting.notes.queries import numbers_of, origin
from meeting.permissions import Actor


@overlays.provide
def my_notes(session: Session, actor: Actor, file: File) -> Overlay | None:
    """Drawings by page, and on the sheet at the end what the notes say; those that lost their passage stand on the sheet only."""
    wanted = select(Note).where(Note.file_id == file.id, Note.person_id == actor.person_id, Note.removed_at.is_(None))
    notes = list(session.scalars(wanted.order_by(Note.lost, Note.page, Note.id)))
    if not notes:
        return None
    pages: dict[int, list[Drawing]] = {}
    sheet: list[Told] = []
    for note in notes:
        number = len(sheet) + 1 if note.text else 0
        if not note.lost:
            pages.setdefault(note.page, []).append(_drawing(note, number))
        if note.text:
            sheet.append({"page": note.page, "number": number, "name": note.person.called, "text": _said(session, note)})
    return {"pages": pages, "sheet": sheet}


def _drawing(note: Note, number: int) -> Drawing:
    drawn: Drawing = {"kind": note.kind, "color": note.color}  # type: ignore[typeddict-item]
    if note.kind == "ink":
        drawn["strokes"] = note.strokes
    else:
        drawn["boxes"] = note.anchor.get("boxes") or []
    if note.anchor.get("at"):
        drawn["at"] = note.anchor["at"]
    if number:
        drawn["number"] = number
    return drawn


def _said(session: Session, note: Note) -> str:
    source = origin(note) if note.lost else None
    if source is None:
        return note.text
    number = numbers_of(session, [source.file_id]).get(source.file_id)
    return f"(Trang {source.page} của bản {number}) {note.text}"
