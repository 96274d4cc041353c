"""What the pages of planning show: the form of a meeting, the series, the templates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import planning_queries, queries
from meeting.agenda.models import Meeting
from meeting.agenda.panels import PIECES
from meeting.agenda.recurrence import EVERY, HOLIDAY, Pattern
from meeting.agenda.rules import FORMS
from meeting.errors import SENTENCES, Forbidden, Refused
from meeting.permissions import Action, Actor, actions_of
from meeting.rulebook.models import MeetingType
from meeting.rulebook.queries import book_on, types_for


def form(session: Session, actor: Actor, meeting: Meeting | None = None) -> dict[str, Any]:
    """The form of a new or an existing meeting: types with their rules, rooms, people who may chair or keep the minutes."""
    types = types_for(session, actor)
    chosen = meeting.type if meeting else (types[0] if types else None)
    return {
        "meeting": meeting,
        "types": types,
        "type": chosen,
        "people": queries.people_on_file(session),
        "rooms": planning_queries.rooms_on_file(session, meeting.room_id if meeting else None),
        "forms": FORMS,
        "head": _head_of(meeting) if meeting else {"form": "in_person"},
        "rules": {each.id: rule_of(session, each) for each in types},
        "pieces": piece_labels(),
        "series": planning_queries.series_of(session, meeting) if meeting else [],
    }


def _head_of(meeting: Meeting) -> dict[str, Any]:
    names = ("title", "place", "room_id", "form", "link", "closed", "chair_id", "secretary_id", "urgent", "shared_reason")
    return {**{name: getattr(meeting, name) for name in names}, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}


def new_form(session: Session, actor: Actor, template_id: int | None, copy_id: int | None) -> dict[str, Any]:
    """The form of a new meeting, empty or filled from a template or an earlier meeting."""
    content = form(session, actor)
    content["templates"] = planning_queries.templates_for(session, actor)
    content["copyable"] = planning_queries.copyable(session, actor)
    if template_id is not None:
        template = planning_queries.template_of(session, actor, template_id)
        content |= {"made_from": template, "type": template.type, "head": template.head, "brought": list(template.pieces)}
        content["source"] = {"template_id": template.id}
    elif copy_id is not None:
        source = planning_queries.source_of(session, actor, copy_id)
        head = _head_of(source) | {"starts_at": None, "ends_at": None, "shared_reason": "", "urgent": False}
        content |= {"made_like": source, "type": source.type, "head": head, "brought": list(PIECES)}
        content["source"] = {"copied_from_id": source.id}
    return content


def rule_of(session: Session, meeting_type: MeetingType) -> dict[str, Any]:
    """What the form says of a type's rule as it holds today."""
    book = book_on(session, meeting_type.id, clock.today())
    return {
        "papers": [book.papers_due_days, book.papers_due_unit],
        "invitation": [book.invite_days, book.invite_unit],
        "programme": [book.programme_days, book.programme_unit],
        "approval": book.needs_approval,
        "closed": book.closed,
        "source": book.instrument,
        "verified": book.verified,
    }


def piece_labels() -> dict[str, str]:
    """What can come along, by key: message ids."""
    return {key: piece.label for key, piece in PIECES.items()}


def repeating(session: Session, actor: Actor, meeting_id: int, asked: dict[str, Any]) -> dict[str, Any]:
    """The form of a series, with the days it would meet on and what is on then already, once a pattern is given."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    if Action.PREPARE_MEETING not in actions_of(hats):
        raise Forbidden()
    content: dict[str, Any] = {"meeting": meeting, "every": EVERY, "holidays": HOLIDAY, "asked": asked, "days": [], "refused": ""}
    content["pieces"] = piece_labels()
    content["series"] = planning_queries.series_of(session, meeting)
    if not asked.get("every") or content["series"]:
        return content
    pattern = Pattern(asked["every"], asked["interval"], asked["holiday"], asked["until"], asked["count"])
    try:
        days = planning_queries.series_days(session, meeting, pattern)
        content["days"] = planning_queries.series_clashes(session, meeting, days)
    except Refused as refused:
        content["refused"] = SENTENCES[refused.code], refused.facts
    return content


def asked_pattern(given: Any) -> dict[str, Any]:
    """The pattern out of an address; what makes no sense is left out."""
    every = given.get("every", "")
    return {
        "every": every if every in EVERY else "",
        "interval": min(max(given.get("interval", 1, type=int), 1), 12),
        "holiday": given.get("holiday") if given.get("holiday") in HOLIDAY else "next",
        "until": read_day(given.get("until", "")),
        "count": given.get("count", None, type=int),
    }


def read_day(text: str) -> date | None:
    """A day as people write it (24/11/2026) or as programs do (2026-11-24)."""
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
