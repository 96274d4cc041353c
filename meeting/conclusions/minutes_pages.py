"""The pages of minutes as they will be printed, as pictures for the screen beside their text."""

from typing import Any

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from meeting.conclusions import minutes_queries, minutes_sheets, queries
from meeting.conclusions.editing_pages import KEPT_SECONDS, PICTURE_POLICY
from meeting.conclusions.models import Minutes
from meeting.conclusions.views import pages
from meeting.documents.drawing import Drawing, drawer
from meeting.errors import Missing
from meeting.permissions import Actor
from meeting.web.api import resource
from meeting.web.doors import actor, session


def drawn(reader: Session, who: Actor, found: Minutes) -> Drawing:
    """The minutes drawn as this reader meets them. Refused: `page_being_drawn`."""
    sheet = minutes_sheets.minutes_sheet(reader, found, minutes_queries.shown_to(reader, who, found))
    reader.close()  # what follows waits for another process
    return drawer.drawing("minutes", sheet)


@resource("/meetings/<int:meeting_id>/minutes/pages", "The pages of the minutes as they will be printed")
def minutes_pages(reader: Session, who: Actor, meeting_id: int) -> dict[str, Any]:
    """The addresses of the pictures: of what is being written for those who write, of what was signed for all others."""
    made = drawn(reader, who, queries.readable_minutes(reader, who, meeting_id))
    numbers = range(1, len(made.pages) + 1)
    address = [url_for("conclusions.minutes_page", meeting_id=meeting_id, number=number, v=made.digest) for number in numbers]
    return {"digest": made.digest, "pages": address}


@pages.get("/meetings/<int:meeting_id>/minutes/pages/<int:number>")
def minutes_page(meeting_id: int, number: int) -> Response:
    """One page as a picture (SVG). `v` names the drawing; one that is no longer kept is drawn again if the text is the same."""
    found = queries.readable_minutes(session(), actor(), meeting_id)
    wanted = request.args.get("v", "")
    made = drawn(session(), actor(), found)
    if not 1 <= number <= len(made.pages) or (wanted and made.digest != wanted):
        raise Missing()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(made.page(number, packed), mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}, immutable" if wanted else "no-store"
    answer.headers["Vary"] = "Accept-Encoding, Cookie"
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer
