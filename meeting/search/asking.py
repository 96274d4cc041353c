"""Reads a question from the address: words, kind, body, days. What makes no sense is left out, never an error."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import queries as agenda
from meeting.agenda.models import Meeting
from meeting.organization.models import Body
from meeting.permissions import Actor
from meeting.search.queries import Asked
from meeting.search.rules import LABELS
from meeting.web.api import asked


def asked_for(session: Session) -> Asked:
    """The question of this request."""
    kind = asked("kind")
    body = asked("body")
    return Asked(
        typed=asked("q"),
        kind=kind if kind in LABELS else "",
        body_id=session.scalar(select(Body.id).where(Body.short_name == body)) if body else None,
        since=_day(asked("since")) or _year(asked("year"), 1, 1),
        until=_day(asked("until")) or _year(asked("year"), 12, 31),
    )


@dataclass(frozen=True)
class Filters:
    """What the page offers to narrow a search by."""

    bodies: list[str]
    years: list[int]


def filters(session: Session, actor: Actor) -> Filters:
    """The bodies and years of the meetings that the actor may know of, so that the choice itself tells nothing more."""
    visible = agenda.visible_to(actor).with_only_columns(Meeting.body_id, Meeting.starts_at)
    rows = session.execute(visible).all()
    wanted = select(Body.short_name).where(Body.id.in_({row.body_id for row in rows})).order_by(Body.id)
    years = {clock.local(row.starts_at).year for row in rows}
    return Filters(list(session.scalars(wanted)), sorted(years, reverse=True))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _year(text: str, month: int, day: int) -> date | None:
    return date(int(text), month, day) if text.isascii() and text.isdigit() and len(text) == 4 and text > "1900" else None
