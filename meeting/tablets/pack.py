"""What a device fetches to keep a meeting: only what this person may read, each thing with its size and a mark of its content."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.api import item_line
from meeting.agenda.models import Meeting
from meeting.agenda.queries import limited_items, meeting_of
from meeting.documents import store
from meeting.documents.models import File, Page
from meeting.documents.rules import WIDTHS, nearest_width
from meeting.errors import Forbidden
from meeting.materials import papers as papers_of
from meeting.materials.api import paper_json
from meeting.permissions import Action, Actor, Role, allows
from meeting.tables import canonical
from meeting.tablets.rules import Entry, chunks, version_of, words_bytes

OPENING_BYTES = 2_500
NOTES_BYTES = 1_500
SHELL_BYTES = 20_000
VIEWER_BYTES = 5_000
THUMB = WIDTHS[0]


#: What upper rooms keep beside the programme: asked for each reader, they answer named parts, or nothing for who may not.
BESIDE: list[Callable[[Session, Actor, Meeting, frozenset[Role]], dict[str, Any]]] = []


def keeps_beside(function: Callable[[Session, Actor, Meeting, frozenset[Role]], dict[str, Any]]) -> None:
    """Registers a part that is kept with a meeting."""
    BESIDE.append(function)


def kept_programme(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The meeting as it is read without a line: when, where, the items and their papers, as far as this person may see them."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    papers = papers_of.papers_by_item(session, actor, meeting)
    items = [
        {**item_line(item), "papers": [paper_json(each) for each in papers.get(item.id, [])]}
        for item in limited_items(meeting, actor, hats)
    ]
    return {
        "id": meeting.id,
        "title": meeting.title,
        "body": meeting.body.short_name,
        "state": meeting.state,
        "place": meeting.place,
        "starts_at": clock.local(meeting.starts_at).isoformat(),
        "ends_at": clock.local(meeting.ends_at).isoformat() if meeting.ends_at else None,
        "may_post": allows(Action.POST_OPINION, hats),
        "papers": [paper_json(each) for each in papers.get(None, [])],
        "items": items,
        **{name: part for beside in BESIDE for name, part in beside(session, actor, meeting, hats).items()},
    }


def pack_of(session: Session, actor: Actor, meeting_id: int, width: int, held: str = "") -> dict[str, Any]:
    """The pack of a meeting for a screen of so many pixels; without its entries when the device holds this version already.

    Refused as Forbidden to who may not read papers.
    """
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.READ_PAPERS, hats):
        raise Forbidden()
    files = files_of(session, actor, meeting)
    programme = canonical(_lasting(kept_programme(session, actor, meeting_id)))
    entries = [
        Entry("/kept", SHELL_BYTES, "", "shell"),
        Entry("/documents/shell", VIEWER_BYTES, "", "shell"),
        Entry(f"/api/v1/meetings/{meeting_id}/kept", len(programme.encode()), _mark(programme), "programme"),
    ]
    letters = _letters(session, [file.id for file in files])
    for file in files:
        entries += _paper(file, letters.get(file.id, {}), nearest_width(width))
    version = version_of(entries)
    if version == held:
        return {"meeting_id": meeting_id, "version": version, "unchanged": True}
    return {
        "meeting_id": meeting_id,
        "title": meeting.title,
        "version": version,
        "documents": len(files),
        "pages": sum(file.page_count for file in files),
        "bytes": sum(each.size_bytes for each in entries),
        "entries": [[each.url, each.size_bytes, each.mark, each.kind] for each in entries],
    }


def files_of(session: Session, actor: Actor, meeting: Meeting) -> list[File]:
    """The papers of a meeting that this person may read now, each once."""
    papers = papers_of.papers_by_item(session, actor, meeting)
    found = {paper.file.id: paper.file for each in papers.values() for paper in each}
    return list(found.values())


def _lasting(programme: dict[str, Any]) -> dict[str, Any]:
    """Without what changes by reading alone, so that turning a page makes no new version."""
    return {**programme, "papers": _unread(programme["papers"])} | {
        "items": [{**item, "papers": _unread(item["papers"])} for item in programme["items"]]
    }


def _unread(papers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: each[name] for name in ("document_id", "title", "version", "page_count")} for each in papers]


def _letters(session: Session, file_ids: list[int]) -> dict[int, dict[int, int]]:
    """Letters of text on each page of some files."""
    found: dict[int, dict[int, int]] = {}
    wanted = select(Page.file_id, Page.number, func.length(Page.text)).where(Page.file_id.in_(file_ids))
    for file_id, number, length in session.execute(wanted):
        found.setdefault(file_id, {})[number] = int(length or 0)
    return found


def _paper(file: File, letters: dict[int, int], width: int) -> list[Entry]:
    short = file.sha256[:12]
    place = f"/api/v1/documents/{file.id}"
    read = _mark(f"{file.sha256} {file.state} {file.page_count} {len(letters)} {sum(letters.values())}")
    entries = [
        Entry(f"{place}/reading", OPENING_BYTES + 15 * file.page_count, "", "opening"),
        Entry(f"{place}/notes", NOTES_BYTES, "", "notes"),
    ]
    for first, last in chunks(file.page_count):
        size = sum(words_bytes(letters.get(number, 0)) for number in range(first, last + 1))
        entries.append(Entry(f"{place}/words?from={first}&to={last}", size, read, "words"))
    for number in range(1, file.page_count + 1):
        for wide, kind in ((width, "image"), (THUMB, "thumb")):
            path = store.image_path(file.sha256, number, wide)
            if path is not None:
                url = f"/documents/{file.id}/pages/{number}?w={wide}&v={short}"
                entries.append(Entry(url, path.stat().st_size, f"{short}-{number}-{wide}", kind))
    return entries


def _mark(content: str) -> str:
    return sha256(content.encode()).hexdigest()[:16]
