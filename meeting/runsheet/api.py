"""What other programs, and the screens, read of the run sheet."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.permissions import Actor
from meeting.runsheet import queries
from meeting.web.api import resource


@resource("/meetings/<int:meeting_id>/script", "The run sheet of whoever presides: the words of each item")
def script(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Each item with `written` and `usual` words, questions prepared and papers. Only for those who preside and the desk."""
    return queries.sheet_of(session, actor, meeting_id)
