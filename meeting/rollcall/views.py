"""Pages and papers of presence: the page behind a code, the seats in colours, the attendance sheet, the cards."""

from flask import Blueprint, Response

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.asyncmode import run_blocking
from meeting.documents import handing
from meeting.documents.typeset import typeset
from meeting.errors import Forbidden, Missing
from meeting.live import codes
from meeting.permissions import Action, Role, allows
from meeting.rollcall import cards, qr, screens, sheets, tables
from meeting.web.api import asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("rollcall", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _meeting(meeting_id: int, action: Action) -> tuple[Meeting, frozenset[Role]]:
    meeting, hats = meeting_of(session(), actor(), meeting_id)
    if not allows(Action.JOIN_LIVE, hats) or meeting.is_private:
        raise Missing()
    if not allows(action, hats):
        raise Forbidden()
    return meeting, hats


@pages.get("/meetings/<int:meeting_id>/seat/<code>")
def seat(meeting_id: int, code: str) -> str:
    """What a scanned code leads to: one tap and one is here; at somebody else's seat, whose it is and what to do."""
    meeting, hats = _meeting(meeting_id, Action.JOIN_LIVE)
    return page("rollcall/seat.html", **screens.seat_page(session(), actor(), meeting, hats, code))


@pages.get("/meetings/<int:meeting_id>/seat-map")
def seat_map(meeting_id: int) -> str:
    """Who is here, seat by seat?"""
    meeting, _ = _meeting(meeting_id, Action.JOIN_LIVE)
    return page("rollcall/seat_map.html", meeting=meeting)


@pages.get("/meetings/<int:meeting_id>/attendance.pdf")
def sheet_pdf(meeting_id: int) -> Response:
    """The attendance sheet to sign; with `?item=` of one item."""
    meeting, _ = _meeting(meeting_id, Action.MAKE_SHEETS)
    words = sheets.sheet_of(sheets.roll(session(), meeting, asked_number("item")))
    made = run_blocking(typeset, "paper", words, clock.now().replace(microsecond=0))
    return _file(made, "application/pdf", f"diem-danh-{meeting_id}.pdf", "inline")


@pages.get("/meetings/<int:meeting_id>/attendance.xlsx")
def sheet_xlsx(meeting_id: int) -> Response:
    """The same as a table, with the numbers of each item."""
    meeting, _ = _meeting(meeting_id, Action.MAKE_SHEETS)
    found = sheets.roll(session(), meeting, asked_number("item"))
    return _file(tables.workbook(session(), found), XLSX, f"diem-danh-{meeting_id}.xlsx", "attachment")


@pages.get("/meetings/<int:meeting_id>/seat-cards.pdf")
def cards_pdf(meeting_id: int) -> Response:
    """The cards with the codes of the seats, once they are made."""
    _meeting(meeting_id, Action.MAKE_SHEETS)
    try:
        made = run_blocking(handing.fetch, cards.card_file(meeting_id))
    except FileNotFoundError:
        raise Missing() from None
    return _file(made, "application/pdf", f"the-cho-ngoi-{meeting_id}.pdf", "inline")


@pages.get("/meetings/<int:meeting_id>/hall-code.svg")
def hall_code(meeting_id: int) -> Response:
    """The code at the door as a picture, for the big screen."""
    meeting, _ = _meeting(meeting_id, Action.SHOW_HALL)
    drawn = qr.svg(qr.address(meeting.id, codes.door_code(meeting.id, clock.now())))
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


def _file(content: bytes, kind: str, name: str, how: str) -> Response:
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=kind, headers=headers)
