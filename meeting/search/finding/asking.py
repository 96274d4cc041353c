"""Reads a question from the address: words, filters, order, page. What makes no sense is never an error."""

from collections.abc import Mapping
from datetime import date

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.organization.models import Body
from meeting.search.finding.answers import MOST_A_PAGE, PAGE_SIZE, Asked
from meeting.search.finding.facets import days_of
from meeting.search.rules import LABELS, STANDINGS


def asked_for(session: Session) -> Asked:
    """The question of this request."""
    return asked_of(session, request.args)


def asked_of(session: Session, values: Mapping[str, str]) -> Asked:
    """The question of an address, by the names in it.

    q, kind, body, unit, meeting, person, state, from, to, year, sort, page, size. A body of which nobody
    has heard leaves nothing to find; whatever else makes no sense is left out.
    """
    kind, body, state = (values.get(name, "").strip() for name in ("kind", "body", "state"))
    since, until = days_of(values.get("year", "").strip(), clock.today()) or (None, None)
    return Asked(
        typed=values.get("q", "").strip(),
        kind=kind if kind in LABELS else "",
        body_id=(session.scalar(select(Body.id).where(Body.short_name == body)) or 0) if body else None,
        unit_id=_number(values.get("unit", "")),
        meeting_id=_number(values.get("meeting", "")),
        person_id=_number(values.get("person", "")),
        state=state if state in STANDINGS else "",
        since=_day(values.get("from", values.get("since", ""))) or since,
        until=_day(values.get("to", values.get("until", ""))) or until,
        sort="date" if values.get("sort") == "date" else "relevance",
        page=max(_number(values.get("page", "")) or 1, 1),
        size=min(max(_number(values.get("size", "")) or PAGE_SIZE, 1), MOST_A_PAGE),
    )


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
