"""Pages of minutes: the text with the page beside it, what was corrected; and the Word files of minutes and documents."""

from flask import Response, url_for

from meeting.asyncmode import run_blocking
from meeting.conclusions import minutes_queries, minutes_rules, minutes_sheets, part_queries, queries, sealing_views, sheets
from meeting.conclusions.course import open_places
from meeting.conclusions.minutes_rules import changed_paragraphs
from meeting.conclusions.models import Minutes
from meeting.conclusions.rules import GROWING, MINUTES
from meeting.conclusions.views import pages
from meeting.documents.docx_paper import docx_of
from meeting.documents.models import File
from meeting.documents.typeset import Layout, Sheet
from meeting.documents.views import saved_as
from meeting.errors import Missing
from meeting.organization.symbols import symbol
from meeting.web.doors import actor, page, session

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("/meetings/<int:meeting_id>/minutes")
def minutes(meeting_id: int) -> str:
    """The minutes of a meeting: while it runs they grow; then the text while it is written, and the printed page beside it."""
    if queries.minutes_of(session(), meeting_id) is None:
        meeting, _ = part_queries.readable_parts(session(), actor(), meeting_id)
        if meeting.state not in GROWING:
            raise Missing()
        return page("conclusions/minutes_live.html", meeting=meeting)
    found = queries.readable_minutes(session(), actor(), meeting_id)
    can = minutes_queries.steps_for(session(), actor(), found)
    written = minutes_queries.shown_to(session(), actor(), found)
    return page(
        "conclusions/minutes.html",
        minutes=found,
        meeting=found.meeting,
        writing=written,
        can=can,
        seal_keys=sealing_views.own_shown(session(), actor()) if can.sign else [],
        needs_number=minutes_rules.needs_number(can.sign, found.meeting.body.numbering, found.number is not None),
        symbol_tail=symbol(MINUTES, found.meeting.body.symbol_code, found.meeting.body.is_party),
        lines=[minutes_sheets.minutes_block(line) for line in written.text.splitlines() if line.strip()],
        me=actor().person_id,
        document_url=_opened(found.document_id),
        versions=minutes_queries.stretches_of(session(), found) if can.edit or can.correct else [],
        signed=_signed(found),
        open_places=open_places(written.text),
        secretary_signed=written.second_signed_by if written.second_signed_at and not written.signed_at else None,
    )


@pages.get("/meetings/<int:meeting_id>/minutes/history")
def minutes_history(meeting_id: int) -> str:
    """Every signed text of the minutes with its PDF, and what each correction changed, word by word."""
    found = queries.readable_minutes(session(), actor(), meeting_id)
    return page("conclusions/minutes_history.html", minutes=found, meeting=found.meeting, signed=_signed(found))


@pages.get("/meetings/<int:meeting_id>/minutes/docx")
def minutes_docx(meeting_id: int) -> Response:
    """The minutes as a Word file: of a draft for those who write them, of signed ones for every reader."""
    found = queries.readable_minutes(session(), actor(), meeting_id)
    sheet = minutes_sheets.minutes_sheet(session(), found, minutes_queries.shown_to(session(), actor(), found))
    return _word("minutes", sheet, found.number.symbol if found.number else f"bien-ban-{meeting_id}")


@pages.get("/notices/<int:notice_id>/docx")
def notice_docx(notice_id: int) -> Response:
    """A notice, resolution or decision as a Word file, for whoever may read it."""
    found = queries.readable_notice(session(), actor(), notice_id)
    sheet = sheets.instrument_sheet(session(), found)
    return _word(sheets.layout_of(found), sheet, found.number.symbol if found.number else f"du-thao-{notice_id}")


def _word(layout: Layout, sheet: Sheet, name: str) -> Response:
    answer = Response(run_blocking(docx_of, layout, sheet), mimetype=DOCX)
    answer.headers["Content-Disposition"] = saved_as(f"{name.replace('/', '-')}.docx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _signed(found: Minutes) -> list[dict[str, object]]:
    """The signed texts, the newest first, each with what it changed in the one before."""
    rows = minutes_queries.signed_versions(session(), found)
    told = []
    for place, row in enumerate(rows):
        before = rows[place + 1] if place + 1 < len(rows) else None
        changes = changed_paragraphs(before.text, row.text) if before else []
        turn = len(rows) - place - 1
        reason, url = minutes_queries.reason_of(session(), found, row), _opened(row.document_id)
        told.append({"version": row, "turn": turn, "changes": changes, "url": url, "reason": reason})
    return told


def _opened(document_id: int | None) -> str | None:
    """Where a PDF is opened, once it is made."""
    file = session().get(File, document_id) if document_id else None
    return url_for("reading.viewer", file_id=file.id) if file is not None and file.first_page_read else None
