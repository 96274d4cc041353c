"""The doors to the papers of votes: result sheets, ballot papers, minutes, lists, and the voting record of members."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.asyncmode import run_blocking
from meeting.documents.typeset import typeset
from meeting.documents.views import saved_as
from meeting.errors import Missing
from meeting.live import queries as live_queries
from meeting.live import state as live_state
from meeting.organization.models import Body
from meeting.permissions import Action, Role, allows
from meeting.voting import ballots, official, queries, record, record_book, reports, sheets
from meeting.voting.models import Question
from meeting.voting.official_paper import Made, close_entry
from meeting.voting.outcomes import Outcome, outcomes_of
from meeting.voting.tab import reading_language
from meeting.voting.telling import told
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("voting", __name__)
MOST_COPIES = 500
PDF = "application/pdf"


def question_of(question_id: int) -> tuple[Question, frozenset[Role]]:
    """A question with the hats worn towards it. Missing for strangers, and where the meeting was never handed out."""
    question = session().get(Question, question_id)
    hats = question.hats_of(actor(), session()) if question else frozenset()
    if question is None or question.meeting.is_private or not reads(hats):
        raise Missing()
    return question, hats


def reads(hats: frozenset[Role]) -> bool:
    """Whether somebody may see published results: whoever takes part in the meeting, and who inspects the body."""
    return allows(Action.JOIN_LIVE, hats) or allows(Action.READ_VOTING_RECORD, hats)


def knows_result(question: Question, hats: frozenset[Role]) -> bool:
    """Published: everybody inside; closed: the desk; called off: everybody, once it had been opened."""
    if question.state == "published":
        return True
    if question.state == "cancelled":
        return question.opened_at is not None or allows(Action.SEE_DESK, hats)
    return question.state == "closed" and allows(Action.SEE_DESK, hats)


def handles_paper(hats: frozenset[Role]) -> bool:
    """Who prints ballots and minutes: desk, chair, and who counts."""
    return allows(Action.KEEP_COMMITTEE, hats) or allows(Action.ENTER_FIGURES, hats)


@pages.get("/questions/<int:question_id>/result.pdf")
def result_pdf(question_id: int) -> Response:
    """What came out of this vote, by which rule, and who voted how?"""
    question, hats = _known(question_id)
    made = sheets.result_of(session(), question, desk=allows(Action.SEE_DESK, hats))
    return _pdf(made, f"Kết quả biểu quyết {question.id} - {question.title}")


@pages.get("/questions/<int:question_id>/result.xlsx")
def result_xlsx(question_id: int) -> Response:
    """The same as a table."""
    question, hats = _known(question_id)
    (outcome,) = outcomes_of(session(), [question], desk=allows(Action.SEE_DESK, hats))
    return _xlsx(
        reports.question_book(outcome, close_entry(session(), question)), f"Kết quả biểu quyết {question.id} - {question.title}"
    )


def _known(question_id: int) -> tuple[Question, frozenset[Role]]:
    question, hats = question_of(question_id)
    if not knows_result(question, hats):
        raise Missing()
    return question, hats


@pages.get("/questions/<int:question_id>/ballots.pdf")
def ballots_pdf(question_id: int) -> Response:
    """The ballot papers to print: as many as there are voters, or `?copies=`."""
    question, hats = question_of(question_id)
    if not handles_paper(hats) or not is_secret(question):
        raise Missing()
    copies = max(1, min(asked_number("copies") or usual_copies(question), MOST_COPIES))
    return _pdf(ballots.ballot_of(session(), question, copies), f"Phiếu {question.id} - {question.title}")


def usual_copies(question: Question) -> int:
    """One for everybody on the register; before it is frozen, for everybody who will be on it."""
    listed = len(queries.register(session(), question.id)) or question.total
    return max(1, min(listed or live_queries.quorum(session(), question.meeting).total, MOST_COPIES))


@pages.get("/questions/<int:question_id>/counting-minutes.pdf")
def minutes_pdf(question_id: int) -> Response:
    """The counting minutes: blank before the count, with figures afterwards. Of a vote that was called off there are none."""
    question, hats = question_of(question_id)
    if not has_minutes(question) or not (handles_paper(hats) or question.state == "published"):
        raise Missing()
    return _pdf(official.minutes_of(session(), question), f"Biên bản kiểm phiếu {question.id} - {question.title}")


@pages.get("/questions/<int:question_id>/sealing-minutes.pdf")
def sealing_pdf(question_id: int) -> Response:
    """The minutes of the sealing of paper ballots."""
    question, hats = question_of(question_id)
    if not (question.on_paper and has_minutes(question)) or not (handles_paper(hats) or question.state == "published"):
        raise Missing()
    return _pdf(official.sealing_of(session(), question), f"Biên bản niêm phong {question.id} - {question.title}")


def is_secret(question: Question) -> bool:
    """Whether ballots are secret, on paper or on tablets: only these have ballot papers and counting minutes."""
    return question.kind == "secret" or question.on_paper


def has_minutes(question: Question) -> bool:
    """Whether there are minutes to sign: of a secret vote that stands, or will be held."""
    return is_secret(question) and question.state != "cancelled"


# ---- all votes of a meeting -------------------------------------------------------------------------------------------------


@pages.get("/meetings/<int:meeting_id>/votes")
def votes(meeting_id: int) -> str:
    """What was voted on in this meeting, and where are the papers?"""
    meeting, hats = meeting_read(meeting_id)
    prints = handles_paper(hats)
    found = outcomes_read(meeting, hats, also_waiting=prints)
    secret = {each.question.id: each.question for each in found if is_secret(each.question)}
    return page(
        "voting/reports.html",
        meeting=meeting,
        outcomes=found,
        told={each.question.id: told(each, reading_language()) for each in found},
        known={each.question.id for each in found if knows_result(each.question, hats)},
        prints=prints,
        secret=secret,
        copies={number: usual_copies(each) for number, each in secret.items()} if prints else {},
        most_copies=MOST_COPIES,
        own=record.has_own(actor()),
        evidence=allows(Action.TAKE_EVIDENCE, hats),
    )


@pages.get("/meetings/<int:meeting_id>/votes.pdf")
def votes_pdf(meeting_id: int) -> Response:
    """All votes of a meeting on one list."""
    meeting, hats = meeting_read(meeting_id)
    moment = meeting.closed_at or meeting.starts_at
    return _pdf(sheets.votes_of(meeting, outcomes_read(meeting, hats), moment), f"Kết quả biểu quyết - {meeting.title}")


@pages.get("/meetings/<int:meeting_id>/votes.xlsx")
def votes_xlsx(meeting_id: int) -> Response:
    """The same as a table."""
    meeting, hats = meeting_read(meeting_id)
    return _xlsx(reports.meeting_book(outcomes_read(meeting, hats)), f"Kết quả biểu quyết - {meeting.title}")


def meeting_read(meeting_id: int) -> tuple[Meeting, frozenset[Role]]:
    """A meeting whose votes the reader may know. Missing for everybody else."""
    meeting, hats = meeting_of(session(), actor(), meeting_id)
    if not reads(hats) or meeting.is_private:
        raise Missing()
    return meeting, hats


def outcomes_read(meeting: Meeting, hats: frozenset[Role], *, also_waiting: bool = False) -> list[Outcome]:
    """The votes whose result the reader may know, in the order in which they were opened; a limited guest's items only.

    For who prints papers also the secret votes to come.
    """
    only = live_state.item_limit(session(), meeting, actor()) if live_state.audience_of(hats) == "guest" else None
    found = [
        each
        for each in queries.questions_of(session(), meeting.id)
        if (only is None or each.item_id in only)
        and (knows_result(each, hats) or (also_waiting and is_secret(each) and each.state != "cancelled"))
    ]
    found.sort(key=lambda each: (each.opened_at is None, each.opened_at or each.prepared_at, each.position))
    return outcomes_of(session(), found, desk=allows(Action.SEE_DESK, hats))


# ---- the voting record ------------------------------------------------------------------------------------------------------


@pages.get("/voting-record")
def own_record() -> str:
    """How did I vote, in which meetings; or how did somebody whose record I may read?"""
    if not asked("person") and not record.has_own(actor()):
        return members_record()
    person, bodies = record.check_reader(session(), actor(), asked_number("person") or actor().person_id)
    wanted = wanted_of(bodies)
    found = record.votes_of(session(), wanted, [person.id]).get(person.id, [])
    tally = record.tally(person, found)
    return page("voting/record.html", person=person, found=found, tally=tally, **_filters("voting.own_record", wanted))


@pages.get("/voting-record/members")
def members_record() -> str:
    """How often did each member vote openly, and how?"""
    wanted = wanted_of(record.check_overview(actor()))
    found = record.overview(session(), wanted)
    return page("voting/record_members.html", found=found, **_filters("voting.members_record", wanted))


@pages.get("/voting-record.xlsx")
def record_xlsx() -> Response:
    """One member's record as a table."""
    person, bodies = record.check_reader(session(), actor(), asked_number("person") or actor().person_id)
    wanted = wanted_of(bodies)
    found = record.votes_of(session(), wanted, [person.id]).get(person.id, [])
    return _xlsx(record_book.of_member(person, wanted, found), f"Lịch sử biểu quyết - {person.full_name}")


@pages.get("/voting-record/members.xlsx")
def members_xlsx() -> Response:
    """All members' numbers as a table."""
    wanted = wanted_of(record.check_overview(actor()))
    return _xlsx(
        record_book.of_members(wanted, record.overview(session(), wanted)), "Thống kê biểu quyết của đại biểu, thành viên"
    )


def wanted_of(bodies: frozenset[int] | None) -> record.Wanted:
    """The period and the body of this request: this year by default."""
    until = _day("to") or clock.today()
    since = _day("from") or date(until.year, 1, 1)
    body = session().scalar(Body.__table__.select().with_only_columns(Body.id).where(Body.short_name == asked("body")))
    if body is not None:
        bodies = frozenset({body}) if bodies is None else bodies & {body}
    return record.Wanted(min(since, until), max(since, until), bodies)


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(asked(name))
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2100, 1, 1) - timedelta(days=1) else None


def _filters(endpoint: str, wanted: record.Wanted) -> dict[str, Any]:
    kept = {name: request.args[name] for name in ("body", "from", "to", "person") if request.args.get(name)}
    return {
        "wanted": wanted,
        "kept": kept,
        "endpoint": url_for(endpoint),
        "bodies": record.bodies_of(session(), actor()),
        "own": record.has_own(actor()),
        "mine": actor().person_id,
        "silent": record.SILENT,
    }


# ---- how they are sent ------------------------------------------------------------------------------------------------------


def _pdf(made: Made, name: str) -> Response:
    layout, words, moment = made
    content = run_blocking(typeset, layout, words, moment)
    return _file(content, PDF, f"{name[:120]}.pdf", inline=True)


def _xlsx(content: bytes, name: str) -> Response:
    return _file(content, reports.XLSX, f"{name[:120]}.xlsx", inline=False)


def _file(content: bytes, kind: str, name: str, *, inline: bool) -> Response:
    how = saved_as(name.replace("/", "-"))
    headers = {
        "Content-Disposition": how.replace("attachment", "inline", 1) if inline else how,
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype=kind, headers=headers)
