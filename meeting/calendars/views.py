"""Pages of calendars: one's own, the unit's, the weekly programme, the private feed, answers that came by mail."""

from flask import Blueprint, Response, redirect, request, url_for
from limits import parse
from werkzeug.wrappers import Response as AnyResponse

from meeting import clock, config
from meeting.agenda.queries import meeting_of
from meeting.calendars import feed_file, queries, screens
from meeting.calendars.feeds import NOTED_AFTER
from meeting.calendars.ical import calendar_file
from meeting.errors import Forbidden, Missing
from meeting.organization import identity
from meeting.permissions import SYSTEM, Action, allows
from meeting.web import doors, security
from meeting.web.doors import actor, page, session
from meeting.writer import perform

pages = Blueprint("calendars", __name__)

FEED_PER_ADDRESS = parse("120 per hour")
FEEDS_PER_PLACE = parse("300 per 5 minutes")


@pages.get("/calendar")
def calendar() -> str:
    """Which meetings do I have, when?"""
    return page("calendars/calendar.html", **screens.calendar_page(session(), actor(), screens.Asked.of(request.args), "mine"))


@pages.get("/calendar/unit")
def unit() -> str:
    """Which meetings do people of my unit attend, and for which does it prepare papers?"""
    return page("calendars/calendar.html", **screens.calendar_page(session(), actor(), screens.Asked.of(request.args), "unit"))


@pages.get("/calendar/feed")
def feed() -> str:
    """How do I get my meetings into the calendar of my telephone?"""
    return page("calendars/feed.html", feed=queries.own_feed(session(), actor()))


@pages.post("/calendar/feed")
def open_feed() -> str:
    """A new private address, shown this once; the old one ends."""
    token, digest = identity.new_token()
    perform(actor(), "calendars.open_feed", {"sha256": digest, "shows_closed": request.form.get("shows_closed") == "on"})
    address = url_for("calendars.private_feed", token=token, _external=True)
    return page("calendars/feed.html", feed=queries.own_feed(session(), actor()), address=address)


@pages.get("/feed/<token>.ics")
@doors.open_to_all
def private_feed(token: str) -> AnyResponse:
    """The private calendar of whoever holds the address: no sign-in, no cookie, nothing else."""
    security.limit(FEEDS_PER_PLACE, "feeds", request.remote_addr or "")
    digest = identity.hashed(token)
    found = queries.feed_of(session(), digest)
    if found is None:
        raise Missing()
    security.limit(FEED_PER_ADDRESS, "feed", digest)
    answer = feed_file.answer(session(), found, config.settings().public_url or request.url_root.rstrip("/"))
    if found.read_at is None or clock.now() - found.read_at >= NOTED_AFTER:
        perform(SYSTEM, "calendars.note_read", {"feed_id": found.id})
    return answer.make_conditional(request)


@pages.get("/week")
def week() -> str:
    """What takes place this week in my body: day, time, matter, chair, people, place?"""
    asked = request.args
    return page(
        "calendars/week.html",
        **screens.week_page(session(), actor(), asked.get("body", ""), screens.day_of(asked.get("day", ""))),
    )


@pages.get("/meetings/week")
def week_before() -> AnyResponse:
    """The week stood here in the first version."""
    return redirect(url_for("calendars.week", day=request.args.get("day")), 301)


@pages.get("/week.ics")
def week_file() -> Response:
    """The week for the calendar of a telephone: what the reader sees of it."""
    asked = request.args
    content = screens.week_page(session(), actor(), asked.get("body", ""), screens.day_of(asked.get("day", "")))
    found = content["week"]
    written = calendar_file(feed_file.week_appointments(found, request.url_root.rstrip("/")))
    return _file(written, f"lich-tuan-{found.monday.isoformat()}.ics")


@pages.get("/meetings/<int:meeting_id>/meeting.ics")
def meeting_file(meeting_id: int) -> Response:
    """One meeting for the calendar of a telephone."""
    found, _ = meeting_of(session(), actor(), meeting_id)
    address = url_for("agenda.meeting", meeting_id=meeting_id, _external=True)
    return _file(feed_file.one_meeting(session(), actor(), found, address), f"hop-{meeting_id}.ics")


def _file(written: bytes, name: str) -> Response:
    return Response(written, mimetype="text/calendar", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@pages.get("/meetings/<int:meeting_id>/mailed")
def mailed(meeting_id: int) -> str:
    """What came by mail in answer to the invitations, and what became of it?"""
    found, hats = meeting_of(session(), actor(), meeting_id)
    if not allows(Action.SEE_DESK, hats):
        raise Forbidden()
    return page("calendars/mailed.html", meeting=found, replies=queries.mailed_replies(session(), meeting_id))
