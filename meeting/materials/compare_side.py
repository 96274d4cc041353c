"""What the screen that lays two versions beside each other needs, in one value."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.documents.queries import shapes
from meeting.documents.rules import WIDTHS
from meeting.materials.compare_queries import Changes
from meeting.materials.models import Submission
from meeting.permissions import Actor


def comparing(session: Session, actor: Actor, found: Changes) -> dict[str, Any]:
    """Both versions with the shapes of their pages, every page's fate with its passages, and the ways to and from here."""
    row, older, newer = found.requirement, found.older, found.newer
    assert older is not None  # there are pages to tell of
    assert found.comparison is not None
    here = f"/papers/{row.id}/changes"
    return {
        "title": row.what,
        "back": f"/documents/{newer.file_id}",
        "here": here,
        "text_url": f"{here}?from={older.number}&to={newer.number}&view=text",
        "read_number": found.read_number,
        "reader": actor.name,
        "marked": found.comparison.marked,
        "older": _version(session, older),
        "newer": _version(session, newer),
        "versions": [{"number": each.number, "read": each.number == found.read_number} for each in found.versions],
        "pages": [
            {
                **{name: getattr(each, name) for name in ("kind", "old_page", "new_page", "recognised", "rough")},
                "marks": each.marks,
            }
            for each in found.pages
        ],
    }


def _version(session: Session, version: Submission) -> dict[str, Any]:
    return {
        "submission_id": version.id,
        "number": version.number,
        "id": version.file_id,
        "sha256": version.file.sha256,
        "widths": list(WIDTHS),
        "pages": shapes(session, version.file_id),
    }
