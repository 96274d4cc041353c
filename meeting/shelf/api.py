"""One's own shelf as JSON."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.permissions import Actor
from meeting.shelf import queries
from meeting.shelf.queries import Row
from meeting.web.api import asked, asked_number, resource


@resource("/shelf", "One's own shelf", folder="id; the shelf itself without it", q="words", thrown="1: what was thrown away")
def shelf(session: Session, actor: Actor) -> dict[str, Any]:
    """Folders and papers of one place, or what was found; how full the shelf is."""
    shown = queries.shelf(session, actor, asked_number("folder"), asked("q")[:200], asked("thrown") == "1")
    return {
        "folder": {"id": shown.folder.id, "name": shown.folder.name} if shown.folder else None,
        "path": [{"id": each.id, "name": each.name} for each in shown.path],
        "folders": [{"id": each.id, "name": each.name, "papers": inside} for each, inside in shown.folders],
        "data": [_paper(row) for row in shown.papers],
        "papers": shown.count,
        "size_bytes": shown.size_bytes,
        "most_bytes": shown.most_bytes,
        "thrown": shown.thrown,
    }


def _paper(row: Row) -> dict[str, Any]:
    paper, file = row.paper, row.paper.file
    return {
        "id": paper.id,
        "document_id": file.id,
        "title": paper.title,
        "folder_id": paper.folder_id,
        "own": row.own,
        "readable": row.readable,
        "state": file.state,
        "page_count": file.page_count,
        "pages_seen": row.seen,
        "size_bytes": file.size_bytes,
        "added_at": paper.added_at.isoformat(),
        "thrown_at": paper.thrown_at.isoformat() if paper.thrown_at else None,
        "found": [{"page": number, "passage": passage} for number, passage in row.pages],
    }
