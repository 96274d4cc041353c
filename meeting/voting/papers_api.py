"""What other programs may read of the papers of votes: committees, all votes of a meeting, the voting record of members."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import meeting_of
from meeting.errors import Missing
from meeting.permissions import Actor
from meeting.voting import committee, record, views
from meeting.voting.outcomes import Outcome
from meeting.voting.record import Tally, Vote
from meeting.web.api import asked_number, resource

PERIOD = {
    "from": "The first day, as 2026-01-31; the first of January by default",
    "to": "The last day; today by default",
    "body": "The short name of a body",
}


@resource("/meetings/<int:meeting_id>/counting-committee", "The counting committee of a meeting: its head and members")
def counting_committee(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The committee that stands now, or null; for all who take part."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not views.reads(hats) or meeting.is_private:
        raise Missing()
    return {"committee": committee.shown(committee.standing_of(session, meeting.id))}


@resource("/meetings/<int:meeting_id>/votes", "All votes of a meeting with their counts, verdicts and papers")
def meeting_votes(_session: Session, _actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Published ones for all who take part, closed ones for the desk; the paper addresses lead to PDF and XLSX files."""
    meeting, hats = views.meeting_read(meeting_id)
    return {"data": [_vote(each) for each in views.outcomes_read(meeting, hats)], "next": None}


def _vote(outcome: Outcome) -> dict[str, Any]:
    question, result = outcome.question, outcome.result
    return {
        "id": question.id,
        "title": question.title,
        "item_id": question.item_id,
        "kind": question.kind,
        "on_paper": question.on_paper,
        "form": question.form,
        "state": question.state,
        "round": question.round,
        "again_of": question.again_of_id,
        "opened_at": _iso(question.opened_at),
        "closed_at": _iso(question.closed_at),
        "counts": result.counts if result else None,
        "lines": outcome.lines() if result else None,
        "total": result.total if result else question.total,
        "invalid": result.invalid if result else None,
        "passed": result.passed if result else None,
        "verdict": outcome.verdict,
        "papers": _papers(outcome),
    }


def _papers(outcome: Outcome) -> dict[str, str]:
    at = f"/questions/{outcome.question.id}"
    found = {"result_pdf": f"{at}/result.pdf", "result_xlsx": f"{at}/result.xlsx"}
    if views.has_minutes(outcome.question):
        found["counting_minutes"] = f"{at}/counting-minutes.pdf"
    return found


@resource(
    "/voting-record", "How a member voted in open votes: one's own, or `person` where one may read it", person="Whose", **PERIOD
)
def voting_record(session: Session, actor: Actor) -> dict[str, Any]:
    """Published open votes only, the latest first, with the numbers by mark. Secret votes never stand here."""
    person, bodies = record.check_reader(session, actor, asked_number("person") or actor.person_id)
    wanted = views.wanted_of(bodies)
    found = record.votes_of(session, wanted, [person.id]).get(person.id, [])
    who = {"id": person.id, "name": person.called}
    return {"person": who, **_period(wanted), "sums": record.tally(person, found).marks, "data": [_line(each) for each in found]}


@resource("/voting-record/members", "How often each member voted openly, and how; for chair, office and inspectors", **PERIOD)
def voting_record_members(session: Session, actor: Actor) -> dict[str, Any]:
    """One line a member: how often they could vote openly, how often they did, by mark."""
    wanted = views.wanted_of(record.check_overview(actor))
    return {**_period(wanted), "data": [_sums(each) for each in record.overview(session, wanted)], "next": None}


def _period(wanted: record.Wanted) -> dict[str, str]:
    return {"from": wanted.since.isoformat(), "to": wanted.until.isoformat()}


def _line(vote: Vote) -> dict[str, Any]:
    return {
        "question_id": vote.question.id,
        "meeting_id": vote.meeting.id,
        "at": _iso(vote.question.opened_at),
        "meeting": vote.meeting.title,
        "title": vote.title,
        "line": vote.line,
        "mark": vote.mark,
        "text": vote.text,
        "spoken": vote.spoken,
        "passed": vote.passed,
    }


def _sums(tally: Tally) -> dict[str, Any]:
    return {
        "person": {"id": tally.person.id, "name": tally.person.called},
        "asked": tally.asked,
        "given": tally.given,
        "marks": tally.marks,
        "spoken": tally.spoken,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
