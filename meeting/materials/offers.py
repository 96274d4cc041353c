"""What the forms for asking papers offer: kinds of documents, and the sequence of the book with its due times."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.catalogues.queries import choices
from meeting.materials.due import due_by_rule
from meeting.materials.sequence import stages


def offered(session: Session, meeting: Meeting) -> dict[str, Any]:
    """Kinds of documents in the body's style, and each stage of an item's papers with when it is due."""
    style = "party" if meeting.body.is_party else "state"
    return {
        "document_types": choices(session, "document_type", style=style),
        "sequence": [(stage, due_by_rule(session, meeting, stage.key)) for stage in stages(meeting.book.sequence)],
    }
