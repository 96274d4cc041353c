"""The live page beside the editor: a document's pages as they will be printed, as pictures, with where each line stands."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from meeting.conclusions import queries, sheets
from meeting.conclusions.models import Instrument
from meeting.documents.drawing import Drawing, drawer
from meeting.documents.models import File
from meeting.documents.typeset import Layout, Sheet
from meeting.errors import Missing
from meeting.permissions import Action, Actor, allows
from meeting.web.api import resource
from meeting.web.doors import actor, session

KEPT_SECONDS = 3600
#: A picture is a document of its own when it is opened alone: it may nothing but be seen.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

door = Blueprint("conclusions_pages", __name__)


def drawn(reader: Session, document: Instrument) -> Drawing:
    """The document drawn as it stands. Refused: `page_being_drawn`."""
    layout, sheet = _sheet(reader, document)
    reader.close()  # what follows waits for another process
    return drawer.drawing(layout, sheet)


def _sheet(reader: Session, document: Instrument) -> tuple[Layout, Sheet]:
    return sheets.layout_of(document), sheets.instrument_sheet(reader, document)


def file_of(reader: Session, document: Instrument) -> File | None:
    """The PDF that was issued, or that carries signatures so far: from then on nothing is drawn anew. None before its pages are
    made."""
    fixed = document.document_id or (document.signed_file_id if document.state in ("signed", "numbered", "issued") else None)
    found = reader.get(File, fixed) if fixed else None
    return found if found is not None and 0 < found.page_count <= found.pages_done else None


@resource("/notices/<int:notice_id>/pages", "The pages of a document as they will be printed, or as they were signed")
def notice_pages(reader: Session, who: Actor, notice_id: int) -> dict[str, Any]:
    """The addresses of the pictures, and where each line and part stands: page, from and to in millimetres of its height.

    Of a document that is signed or issued these are the pages of its file, without such places.
    """
    found = queries.readable_notice(reader, who, notice_id)
    version = found.version
    file = file_of(reader, found)
    if file is not None:
        numbers = range(1, file.page_count + 1)
        shown = [f"/documents/{file.id}/pages/{number}?w=1200&v={file.sha256[:16]}" for number in numbers]
        return {"version": version, "digest": file.sha256, "pages": shown, "places": []}
    made = drawn(reader, found)
    address = [
        url_for("conclusions_pages.page", notice_id=notice_id, number=number, v=made.digest)
        for number in range(1, len(made.pages) + 1)
    ]
    return {"version": version, "digest": made.digest, "pages": address, "places": places_of(made.marks)}


@door.get("/notices/<int:notice_id>/pages/<int:number>")
def page(notice_id: int, number: int) -> Response:
    """One page as a picture (SVG). `v` names the drawing; one that is no longer kept is drawn again if the text is the same."""
    found = session().get(Instrument, notice_id)
    if found is None or not allows(Action.READ_CONCLUSIONS, found.hats_of(actor(), session())):
        raise Missing()
    wanted = request.args.get("v", "")
    made = drawer.known(wanted) or drawn(session(), found)
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


def places_of(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where each part stands on each page: from the top of its first to the bottom of its last line there. Pure."""
    found: dict[tuple[str, int], list[float]] = {}
    begun: dict[str, tuple[int, float]] = {}
    for mark in marks:
        name, page_number, y = str(mark["name"]), int(mark["page"]), float(mark["y"])
        if mark["edge"] == "start":
            begun[name] = (page_number, y)
            continue
        first, top = begun.pop(name, (page_number, y))
        for each in range(first, page_number + 1):
            begins = top if each == first else PAGE_TOP
            ends = y if each == page_number else PAGE_BOTTOM
            found.setdefault((name, each), []).extend((begins, ends))
    return [{"name": name, "page": on, "from": min(ys), "to": max(ys)} for (name, on), ys in found.items()]


PAGE_TOP, PAGE_BOTTOM = 20.0, 277.0  # between these millimetres of A4 the text goes on over a page's end
