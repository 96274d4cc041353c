"""The door to the evidence pack of a vote."""

from flask import Blueprint, Response

from meeting.asyncmode import run_blocking
from meeting.documents.typeset import typeset
from meeting.errors import Forbidden, Missing
from meeting.permissions import Action, allows
from meeting.voting import evidence, official, sheets
from meeting.voting.models import Question, Result
from meeting.web.doors import actor, session
from meeting.writer import perform

pages = Blueprint("voting_evidence", __name__)


@pages.get("/questions/<int:question_id>/evidence.zip")
def evidence_pack(question_id: int) -> Response:
    """Who may count this vote again, and with what? Taking the pack is noted in the journal, with its hash."""
    question = session().get(Question, question_id)
    hats = question.hats_of(actor(), session()) if question else frozenset()
    if question is None or not hats:
        raise Missing()
    if not allows(Action.TAKE_EVIDENCE, hats):
        raise Forbidden()
    evidence.check_over(question, hats)
    data, papers = evidence.data_files(session(), question), _papers(question)
    made, manifest = run_blocking(evidence.bound, evidence.about(question), data, papers)
    perform(actor(), "voting.make_evidence", {"question_id": question_id, "manifest": manifest})
    headers = {
        "Content-Disposition": f'attachment; filename="bang-chung-bieu-quyet-{question_id}.zip"',
        "Cache-Control": "no-store",
    }
    return Response(made, mimetype="application/zip", headers=headers)


def _papers(question: Question) -> evidence.Files:
    """The result sheet, and of a secret vote the counting minutes, as they are signed: each names the entry of the close."""
    if session().get(Result, question.id) is None:
        return []
    wanted = [("result.pdf", sheets.result_of(session(), question))]
    if (question.kind == "secret" or question.on_paper) and question.state != "cancelled":
        wanted.append(("minutes.pdf", official.minutes_of(session(), question)))
    return [(name, run_blocking(typeset, *words)) for name, words in wanted]
