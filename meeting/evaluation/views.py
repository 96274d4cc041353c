"""Pages of evaluation: grading one meeting and its sheet, the survey, the form of a body."""

from flask import Blueprint, Response

from meeting.asyncmode import run_blocking
from meeting.documents.typeset import typeset
from meeting.evaluation import screens, sheets, survey_results
from meeting.evaluation.criteria import LEVEL_NAMES
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, language, page, session

pages = Blueprint("evaluation", __name__)


@pages.get("/meetings/<int:meeting_id>/evaluation")
def meeting(meeting_id: int) -> str:
    """One meeting: what the system recorded, and what its chair judges."""
    return page("evaluation/meeting.html", **screens.grading_page(session(), actor(), meeting_id, language()))


@pages.get("/meetings/<int:meeting_id>/evaluation.pdf")
def sheet(meeting_id: int) -> Response:
    """The sheet of one meeting's evaluation, to print and to file; in Vietnamese."""
    words = sheets.sheet_of(screens.grading_page(session(), actor(), meeting_id, "vi"))
    content = run_blocking(typeset, "paper", words)
    headers = {"Content-Disposition": f'inline; filename="phieu-danh-gia-{meeting_id}.pdf"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/pdf", headers=headers)


@pages.get("/meetings/<int:meeting_id>/survey")
def survey(meeting_id: int) -> str:
    """Half a minute for whoever took part."""
    turn = survey_results.turn_of(session(), actor(), meeting_id)
    return page("evaluation/survey.html", turn=turn, meeting=turn.meeting, levels=LEVEL_NAMES)


@pages.get("/evaluation/form")
def form() -> str:
    """By what a body judges its meetings."""
    usual = asked("usual") == "1"
    return page("evaluation/form.html", **screens.form_page(session(), actor(), asked_number("body"), usual))
