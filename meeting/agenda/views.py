"""Pages of this room: home, meetings, one meeting, its forms and editors."""

from datetime import date, timedelta

from flask import Blueprint, Response, request, url_for

from meeting import clock
from meeting.agenda import queries, screens
from meeting.agenda.ical import calendar_file
from meeting.agenda.panels import home_card, panel
from meeting.agenda.rules import OVER_STATES, RUNNING_STATES, STATE_NAMES
from meeting.errors import Forbidden
from meeting.rulebook.queries import types_for
from meeting.web.doors import actor, page, session

__all__ = ["home_card", "pages", "panel"]

pages = Blueprint("agenda", __name__)


@pages.app_context_processor
def in_templates() -> dict[str, object]:
    """What templates of all rooms may ask about meetings."""
    return {"state_of": screens.state_of, "days_left": screens.days_left}


@pages.get("/")
def home() -> str:
    """What must I attend, answer, read and do?"""
    return page("agenda/home.html", **screens.home(session(), actor()))


@pages.get("/meetings")
def meetings() -> str:
    """Which meetings are there, and in what state?"""
    asked = request.args
    when = asked.get("when", "upcoming")
    wanted = queries.Wanted(asked.get("body", ""), "", None, when, asked.get("state", ""), asked.get("q", ""))
    found = queries.visible_meetings(session(), actor(), wanted)
    shown = found[: max(50, min(asked.get("show", 50, type=int), 1000))]
    return page(
        "agenda/meetings.html",
        when=when,
        wanted=wanted,
        found=shown,
        total=len(found),
        bodies=queries.bodies_of(session(), actor()),
        states=STATE_NAMES,
        replies=queries.replies_to(session(), [each.id for each in shown]),
        may_create=bool(types_for(session(), actor())),
    )


@pages.get("/meetings/week")
def week() -> str:
    """What takes place this week, day by day?"""
    asked = request.args.get("day", "")
    day = date.fromisoformat(asked) if asked else clock.today()
    step = timedelta(days=7)
    days = queries.week_of(session(), actor(), day)
    return page("agenda/week.html", days=days, before=day - step, after=day + step, today=clock.today())


@pages.get("/invitations")
def invitations() -> str:
    """Who has answered which invitation?"""
    prepared = [each for each in queries.prepared_by(session(), actor()) if each.state not in OVER_STATES]
    replies = queries.replies_to(session(), [each.id for each in prepared])
    return page("agenda/invitations.html", prepared=prepared, replies=replies)


@pages.get("/meetings/new")
def new() -> str:
    """A new meeting from a type."""
    content = screens.form(session(), actor())
    if not content["types"]:
        raise Forbidden()
    return page("agenda/form.html", **content)


@pages.get("/meetings/<int:meeting_id>")
def meeting(meeting_id: int) -> str:
    """When, where, what is discussed, what is still to do?"""
    content = screens.meeting_page(session(), actor(), meeting_id, request.args.get("tab", ""))
    return page("agenda/meeting.html", **content, running=content["meeting"].state in RUNNING_STATES)


@pages.get("/meetings/<int:meeting_id>/edit")
def edit(meeting_id: int) -> str:
    """Title, time, place, chair."""
    content = screens.editor(session(), actor(), meeting_id)
    return page("agenda/form.html", **{**content, **screens.form(session(), actor(), content["meeting"])})


@pages.get("/meetings/<int:meeting_id>/programme")
def programme(meeting_id: int) -> str:
    """The items in their order, with unit, presenter and minutes."""
    content = screens.editor(session(), actor(), meeting_id)
    lists = {"units": queries.units_on_file(session()), "people": queries.people_on_file(session())}
    return page("agenda/programme.html", **content, **lists)


@pages.get("/meetings/<int:meeting_id>/participants")
def participants(meeting_id: int) -> str:
    """Who is invited, as what, to which items?"""
    content = screens.editor(session(), actor(), meeting_id)
    invited = queries.by_given_name(content["meeting"].participants)
    ids = {each.person_id for each in invited}
    others = [each for each in queries.people_on_file(session()) if each.id not in ids]
    members = {each.id for each in queries.members_of(session(), content["meeting"].body_id, clock.today())}
    return page("agenda/participants.html", **content, invited=invited, others=others, members=members)


@pages.get("/meetings/<int:meeting_id>/meeting.ics")
def calendar(meeting_id: int) -> Response:
    """The meeting for the calendar of a telephone."""
    found, _ = queries.meeting_of(session(), actor(), meeting_id)
    address = url_for("agenda.meeting", meeting_id=meeting_id, _external=True)
    content = calendar_file(found, address, clock.now())
    names = {"Content-Disposition": f'attachment; filename="hop-{meeting_id}.ics"'}
    return Response(content, mimetype="text/calendar", headers=names)
