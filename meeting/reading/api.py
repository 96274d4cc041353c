"""The viewer's data: what it needs to open a paper."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.permissions import Actor
from meeting.reading import opening as rooms
from meeting.web.api import resource


@resource("/documents/<int:file_id>/reading", "Everything the viewer shows around the pages of a document")
def opening(session: Session, actor: Actor, file_id: int) -> dict[str, Any]:
    """The paper, its pages' sizes, contents and signatures, how far one has read, the papers beside it."""
    return rooms.opening(session, actor, file_id)
