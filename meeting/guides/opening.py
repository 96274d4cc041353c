"""Who may open the pictures of guides: everybody who reads guides."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.guides.models import GuideFile
from meeting.guides.queries import may
from meeting.permissions import Action, Actor


@opens
def guide_picture(session: Session, actor: Actor, file: File) -> Place | None:
    """A picture that stands, or may stand, in a guide."""
    if file.uploaded_by is not None or actor.only_meeting or not may(session, actor, Action.READ_GUIDES):
        return None
    row = session.scalar(select(GuideFile).where(GuideFile.file_id == file.id))
    return Place(row.title, "/guides") if row else None
