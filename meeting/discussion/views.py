"""What can be taken away: all opinions of a meeting as a file."""

from flask import Blueprint, Response

from meeting.agenda.queries import meeting_of
from meeting.discussion import export
from meeting.discussion.docx import DOCUMENT
from meeting.discussion.panel import collected
from meeting.errors import Missing
from meeting.permissions import Action, allows
from meeting.web.doors import actor, session

pages = Blueprint("discussion", __name__)
KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.as_xlsx),
    "docx": (DOCUMENT, export.as_docx),
}


@pages.get("/meetings/<int:meeting_id>/opinions.<any(xlsx, docx):form>")
def download(meeting_id: int, form: str) -> Response:
    """Opinions with replies and marks, item by item; what is hidden only for who moderates."""
    meeting, hats = meeting_of(session(), actor(), meeting_id)
    if meeting.is_private or not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    kind, made = KINDS[form]
    headers = {"Content-Disposition": f'attachment; filename="y-kien-{meeting.id}.{form}"'}
    return Response(made(collected(session(), actor(), meeting)), mimetype=kind, headers=headers)
