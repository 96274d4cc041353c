"""Notes over the API: of a document, of a meeting, one's own; as Web Annotations too."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import meeting_of
from meeting.documents.queries import readable
from meeting.notes import queries
from meeting.permissions import Actor
from meeting.web.api import asked_number, paged, resource


@resource("/documents/<int:file_id>/notes", "My notes on a document and those shared with me", since="the version you have")
def document_notes(session: Session, actor: Actor, file_id: int) -> dict[str, Any]:
    """`version` grows with every change that concerns the reader; with `since` at that version nothing is sent (`same`),
    but where notes are shared with groups everything is: who has left a group no longer keeps its notes."""
    readable(session, actor, file_id)
    version = queries.version_of(session, actor, file_id)
    if version and asked_number("since") == version and not queries.depends_on_groups(session, actor, file_id):
        return {"data": [], "version": version, "same": True}
    return {"data": queries.wire(session, actor, queries.notes_on(session, actor, file_id)), "version": version, "same": False}


@resource("/meetings/<int:meeting_id>/notes", "My notes on the papers of a meeting and those shared with me")
def meeting_notes(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Each note once, on the newest version the reader may open, with its paper; lost ones first in their paper."""
    meeting_of(session, actor, meeting_id)
    return paged(*_listed(session, actor, queries.notes_in(session, actor, meeting_id)))


@resource("/me/notes", "All my notes, the latest first")
def my_notes(session: Session, actor: Actor) -> dict[str, Any]:
    """On papers that may be opened now."""
    return paged(*_listed(session, actor, queries.my_notes(session, actor)))


def _listed(session: Session, actor: Actor, leaves: list[queries.Leaf]) -> tuple[list[queries.Leaf], Any]:
    written = {each["id"]: each for each in queries.wire(session, actor, [leaf.note for leaf in leaves])}

    def shape(leaf: queries.Leaf) -> dict[str, Any]:
        paper = {"title": leaf.place.title, "version": leaf.place.version, "item_number": leaf.place.item_number}
        url = f"/documents/{leaf.note.file_id}?page={leaf.note.page}"
        return {**written[leaf.note.id], "paper": paper, "passage": leaf.passage, "url": url}

    return leaves, shape
