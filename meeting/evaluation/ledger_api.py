"""The punctuality ledger over the API."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.evaluation import ledger
from meeting.evaluation.api import PERIOD, day
from meeting.evaluation.ledger import Evidence
from meeting.evaluation.periods import chosen
from meeting.evaluation.punctuality import UnitLedger
from meeting.permissions import Actor
from meeting.web.api import asked, asked_number, resource


def _span() -> tuple[date, date]:
    """The days asked for, or those of a period; without either this year so far."""
    found = chosen(asked("period"), day("from"), day("to"), today(), [])
    return found.since, found.until


@resource("/reports/units", "How the units kept their days for papers; a unit's people read only of their own", **PERIOD)
def ledger_lines(session: Session, actor: Actor) -> dict[str, Any]:
    """One line a unit. Without days: this year so far."""
    since, until = _span()
    found = ledger.lines(session, actor, since, until, asked("body"))
    return {"from": since.isoformat(), "to": until.isoformat(), "data": [line_json(line) for line in found]}


@resource(
    "/reports/units/<int:unit_id>",
    "The papers behind a figure of a unit",
    figure="asked, on_time, late, missing, returned, granted, graded or not_met",
    page="1 is the first; 40 papers a page",
    **PERIOD,
)
def ledger_record(session: Session, actor: Actor, unit_id: int) -> dict[str, Any]:
    """The unit's line, and each paper that the figure counts."""
    since, until = _span()
    figure, page = asked("figure") or "asked", asked_number("page") or 1
    found = ledger.record(session, actor, unit_id, figure, since, until, asked("body"), page)
    papers = [evidence_json(each) for each in found.papers]
    kept = {"from": since.isoformat(), "to": until.isoformat(), "figure": found.figure}
    return {**kept, **line_json(found.line), "papers": papers, "page": found.page, "pages": found.pages}


def line_json(line: UnitLedger) -> dict[str, Any]:
    """One unit's line on the wire."""
    return {**vars(line), "on_time_percent": line.on_time_percent, "met_percent": line.met_percent}


def evidence_json(each: Evidence) -> dict[str, Any]:
    """One paper behind a figure."""
    paper, requirement = each.paper, each.requirement
    return {
        "requirement_id": requirement.id,
        "meeting_id": requirement.meeting_id,
        "meeting": requirement.meeting.title,
        "what": requirement.what,
        "asked_at": requirement.asked_at.isoformat(),
        "first_due_at": requirement.first_due_at.isoformat(),
        "due_at": requirement.due_at.isoformat(),
        "first_received_at": paper.first_at.isoformat() if paper.first_at else None,
        "late_minutes": paper.late_minutes,
        "standing": paper.standing,
        "returned": paper.returned,
        "granted": paper.granted,
        "verdict": paper.verdict,
    }
