"""What other programs read of calendars."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.calendars import queries, screens, week_queries
from meeting.calendars.models import MailedReply
from meeting.calendars.queries import Sought
from meeting.calendars.rules import Marked, decided_by, monday_of
from meeting.errors import Forbidden
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked, paged, resource

FILTERS = {
    "when": "upcoming or past",
    "state": "state of the meeting",
    "body": "short name",
    "q": "words in title, place or programme",
    "from": "first day, YYYY-MM-DD",
    "to": "last day, YYYY-MM-DD",
}


def _sought() -> Sought:
    first, last = asked("from"), asked("to")
    return Sought(
        asked("q"),
        asked("when"),
        asked("state"),
        asked("body"),
        screens.day_of(first) if first else None,
        screens.day_of(last) if last else None,
    )


@resource("/calendar", "One's own meetings, the soonest first", **FILTERS)
def own_calendar(session: Session, actor: Actor) -> dict[str, Any]:
    """Meetings one is invited to, chairs or keeps, with one's answer."""
    found = queries.mine(session, actor, _sought())
    replies = queries.replies_of(session, actor, found)
    return paged(found, lambda each: {**line_of(each), "reply": replies[each.id].reply if each.id in replies else None})


@resource("/calendar/unit", "Meetings one's unit attends or prepares papers for", role="attends or prepares", **FILTERS)
def unit_calendar(session: Session, actor: Actor) -> dict[str, Any]:
    """Meetings of one's unit, with who of it is on the list and whether it prepares papers."""
    found = queries.of_unit(session, actor, _sought(), asked("role"))
    prepared, attending = queries.prepared_by_unit(session, actor, found), queries.attending_of_unit(session, actor, found)
    return paged(found, lambda each: {**line_of(each), "prepares": each.id in prepared, "attending": attending.get(each.id, [])})


def line_of(each: Meeting) -> dict[str, Any]:
    """A meeting in a calendar."""
    return {
        "id": each.id,
        "title": each.title,
        "body": each.body.short_name,
        "state": each.state,
        "starts_at": clock.local(each.starts_at).isoformat(),
        "ends_at": clock.local(each.ends_at).isoformat() if each.ends_at else None,
        "place": each.place,
        "chair": each.chair.called if each.chair else None,
    }


@resource("/weeks", "The weekly work calendar of a body, or of all one's bodies", body="short name", day="a day of the week")
def weeks(session: Session, actor: Actor) -> dict[str, Any]:
    """What the reader may see of a week; after the publication each line says whether it was added, changed or dropped."""
    monday = monday_of(screens.day_of(asked("day")))
    if asked("body"):
        week = week_queries.week_of_body(session, actor, week_queries.body_named(session, actor, asked("body")), monday)
    else:
        week = week_queries.week_of_all(session, actor, monday)
    programme = week.programme
    return {
        "monday": monday.isoformat(),
        "body": week.body.short_name if week.body else None,
        "state": programme.state if programme else "draft",
        "version": programme.version if programme else 0,
        "decided_by": decided_by(monday).isoformat(),
        "published_at": clock.local(programme.published_at).isoformat() if programme and programme.published_at else None,
        "data": [_week_line(each, week.links) for _, lines in week.days for each in lines],
    }


def _week_line(each: Marked, links: set[int]) -> dict[str, Any]:
    line = each.line
    said = {
        name: getattr(line, name) for name in ("day", "half", "starts", "ends", "title", "chair", "people", "place", "entry_id")
    }
    return {
        **said,
        "meeting_id": line.meeting_id if line.meeting_id in links else None,
        "mark": each.mark,
        "changed": list(each.changed),
    }


@resource("/meetings/<int:meeting_id>/mailed-replies", "Answers that came by mail, for the desk")
def mailed_replies(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """What came by mail in answer to the invitations, and what became of it."""
    _, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.SEE_DESK, hats):
        raise Forbidden()
    return paged(queries.mailed_replies(session, meeting_id), reply_line)


def reply_line(each: MailedReply) -> dict[str, Any]:
    """A mail that answered."""
    return {
        "id": each.id,
        "person_id": each.person_id,
        "name": each.person.called if each.person else None,
        "answer": each.answer,
        "words": each.words,
        "outcome": each.outcome,
        "proposed": each.proposed.called if each.proposed else each.delegate or None,
        "received_at": clock.local(each.received_at).isoformat(),
    }


@resource("/calendar/feed", "Whether one has a private calendar address")
def own_feed(session: Session, actor: Actor) -> dict[str, Any]:
    """When it was made and last fetched. The address itself is shown once, when it is made."""
    feed = queries.own_feed(session, actor)
    if feed is None:
        return {"exists": False}
    read = clock.local(feed.read_at).isoformat() if feed.read_at else None
    return {
        "exists": True,
        "created_at": clock.local(feed.created_at).isoformat(),
        "read_at": read,
        "shows_closed": feed.shows_closed,
    }
