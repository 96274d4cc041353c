"""Reports over the API."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.errors import N_, Malformed
from meeting.evaluation import counting, queries
from meeting.permissions import Actor
from meeting.web.api import asked, resource
from meeting.web.doors import language

WRONG_DAY = N_("A date is expected.")


@resource(
    "/reports/meetings",
    "Meetings counted by body in a period",
    **{"from": "first day, 2026-01-01", "to": "last day", "body": "short name of a body"},
)
def report_meetings(session: Session, actor: Actor) -> dict[str, Any]:
    """The figures of each body whose figures one may see, and the sentence on each. Without days: this year so far."""
    until = day("to") or today()
    report = queries.report(session, actor, day("from") or date(until.year, 1, 1), until, asked("body"))
    return {
        "from": report.since.isoformat(),
        "to": report.until.isoformat(),
        "data": [figures_json(figures) for figures in report.figures],
        "sentences": [counting.sentence(figures, language()) for figures in report.figures],
    }


def day(name: str) -> date | None:
    """A day of the query; refused as malformed when it is not one."""
    text = asked(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed({name: WRONG_DAY}) from None


def figures_json(figures: counting.Figures) -> dict[str, Any]:
    """One body's figures on the wire."""
    return {
        "body": figures.body,
        "meetings": figures.meetings,
        "with_notice": figures.with_notice,
        "not_meeting_requirements": figures.not_meeting_requirements,
        "ungraded": figures.ungraded,
        "good": figures.good,
    }
