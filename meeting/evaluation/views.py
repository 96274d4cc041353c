"""Pages of evaluation: grading one meeting, the report."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from meeting import clock
from meeting.errors import N_
from meeting.evaluation import counting, export, facts, ledger, queries
from meeting.evaluation.periods import Period, chosen, emphasised, offered
from meeting.evaluation.rules import CRITERIA
from meeting.permissions import Action, allows
from meeting.web.api import asked
from meeting.web.doors import actor, language, page, session

pages = Blueprint("evaluation", __name__)

HEADINGS = (
    N_("Body"),
    N_("Meetings"),
    N_("With a conclusion notice"),
    N_("Good"),
    N_("Meeting the requirements"),
    N_("Not meeting the requirements"),
    N_("Not graded"),
)


def asked_day(name: str) -> date | None:
    """A day of the address; None when it is not one."""
    try:
        return date.fromisoformat(asked(name))
    except ValueError:
        return None


def period() -> Period:
    """The period of this request."""
    years = queries.years(session(), actor())
    return chosen(asked("period"), asked_day("from"), asked_day("to"), clock.today(), years)


def address(**changes: Any) -> str:
    """The report's address with some of its filters changed; an empty one goes away."""
    kept = {name: request.args[name] for name in ("body", "period", "from", "to") if request.args.get(name)}
    wanted = {name: value for name, value in (kept | changes).items() if value}
    return url_for("evaluation.report", **wanted)


@pages.get("/meetings/<int:meeting_id>/evaluation")
def meeting(meeting_id: int) -> str:
    """One meeting: what the system recorded, and what its chair judges."""
    found = queries.gradable(session(), actor(), meeting_id)
    return page(
        "evaluation/meeting.html",
        meeting=found,
        facts=facts.facts_of(session(), found),
        grade=queries.meeting_grade(session(), found.id),
        papers=queries.paper_grades(session(), found.id),
        statements=queries.statement_grades(session(), found.id),
        criteria=CRITERIA,
        may_grade=found.evaluation_state == "open" and allows(Action.GRADE, found.hats_of(actor(), session())),
    )


@pages.get("/reports")
def report() -> str:
    """The sentence for the report, and what explains it."""
    when = period()
    found = queries.report(session(), actor(), when.since, when.until, asked("body"))
    said = counting.period_words(when.since, when.until, language())
    return page(
        "evaluation/report.html",
        report=found,
        period=when,
        periods=offered(clock.today(), queries.years(session(), actor())),
        said=said,
        sentences=[emphasised(counting.sentence(each, language())) for each in found.figures],
        bodies=[body.short_name for body in queries.reported_bodies(session(), actor())],
        total=counting.together(found.figures, gettext("All bodies")),
        ledger=ledger.lines(session(), actor(), when.since, when.until, asked("body")),
        address=address,
    )


def _table() -> list[list[str | int]]:
    when = period()
    found = queries.report(session(), actor(), when.since, when.until, asked("body"))
    lines: list[list[str | int]] = [[gettext(heading) for heading in HEADINGS]]
    for each in found.figures:
        met = each.meeting_requirements - each.good
        lines.append([each.body, each.meetings, each.with_notice, each.good, met, each.not_meeting_requirements, each.ungraded])
    return lines


@pages.get("/reports/meetings.<any(csv, xlsx):form>")
def download(form: str) -> Response:
    """The figures as a file."""
    lines = _table()
    content = export.as_csv(lines) if form == "csv" else export.as_xlsx(gettext("Report"), lines)
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-cuoc-hop.{form}"'}
    return Response(content, mimetype=export.KINDS[form], headers=headers)
