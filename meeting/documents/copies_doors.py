"""The doors of copies: how far one is, and its bytes, for nobody but its asker."""

from typing import Any

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from meeting import clock
from meeting.documents import queries, serving, store_shared
from meeting.documents.copies import BEING_MADE, copy_path
from meeting.documents.copies_models import Copy
from meeting.documents.copies_rules import check_copy, file_name
from meeting.documents.views import saved_as
from meeting.errors import Missing, Refused
from meeting.permissions import Actor
from meeting.web.api import asked, resource
from meeting.web.doors import actor, say, session

pages = Blueprint("copies", __name__)


@resource("/copies/<int:copy_id>", "How far a copy is that the reader asked for")
def copy(session: Session, actor: Actor, copy_id: int) -> dict[str, Any]:
    """Its state, pages done of how many, until when it lies ready, and where it can be fetched."""
    found = own(session, actor, copy_id)
    gone = found.state == "expired" or found.expires_at <= clock.now()
    return {
        "id": found.id,
        "file_id": found.file_id,
        "kind": found.kind,
        "state": "expired" if gone else found.state,
        "pages_done": found.pages_done,
        "page_count": found.file.page_count,
        "size_bytes": found.size_bytes,
        "asked_at": found.asked_at.isoformat(),
        "ready_at": found.ready_at.isoformat() if found.ready_at else None,
        "expires_at": found.expires_at.isoformat(),
        "refusal": found.refusal or None,
        "message": say(found.refusal, {}) if found.refusal else "",
        "address": f"/copies/{found.id}/file" if found.state == "ready" and not gone else None,
    }


def own(session: Session, actor: Actor, copy_id: int) -> Copy:
    """A copy of the actor's own; Missing for everybody else."""
    found = session.get(Copy, copy_id)
    if found is None or not actor.person_id or found.person_id != actor.person_id:
        raise Missing()
    return found


@pages.get("/copies/<int:copy_id>/file")
def copy_file(copy_id: int) -> Response:
    """The copy, to be saved; with `?print=1` to be opened by the browser's own reader and printed.

    The right to the paper is asked again: one taken back meanwhile gives no copy any more.
    """
    found = own(session(), actor(), copy_id)
    _, place = queries.readable(session(), actor(), found.file_id)
    check_copy(place.takeable, found.file.state)
    path = store_shared.here(copy_path(found.id))
    if found.state in BEING_MADE:
        raise Refused("copy_being_made")
    if found.state != "ready" or found.expires_at <= clock.now() or not path.exists():
        raise Refused(found.refusal or "copy_gone")
    answer = serving.whole_file(path, "application/pdf", f"copy-{found.id}")
    name = saved_as(file_name(found.title, actor().name, found.kind == "noted"))
    answer.headers["Content-Disposition"] = name.replace("attachment", "inline", 1) if asked("print") else name
    answer.headers["Cache-Control"] = "no-store"
    return answer
