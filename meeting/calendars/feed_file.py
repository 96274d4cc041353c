"""Calendar files to fetch: the private feed with its times for caches, one meeting, one week."""

from datetime import datetime, timedelta
from hashlib import sha256

from flask import Response
from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import my_invitation
from meeting.calendars import appointments, queries
from meeting.calendars.ical import DOMAIN, Appointment, calendar_file
from meeting.calendars.models import CalendarFeed
from meeting.calendars.rules import Line
from meeting.calendars.week_queries import Week
from meeting.errors import N_
from meeting.permissions import Actor

FEED_NAME = N_("Meetings of %(name)s")
KEPT_SECONDS = 300


def answer(session: Session, feed: CalendarFeed, site: str) -> Response:
    """The feed with an ETag of its content and the time of its newest change, so that nothing is sent twice."""
    found = queries.feed_appointments(session, feed, clock.now(), site)
    with force_locale("vi"):
        name = gettext(FEED_NAME) % {"name": feed.person.called}
    written = calendar_file(found, name=name)
    response = Response(written, mimetype="text/calendar")
    response.set_etag(sha256(written).hexdigest()[:32])
    response.last_modified = max([feed.created_at, *(each.stamp for each in found)])
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response.headers["Content-Disposition"] = 'inline; filename="hop.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def one_meeting(session: Session, actor: Actor, meeting: Meeting, address: str) -> bytes:
    """One meeting for one reader's calendar: the same appointment that the mail and the feed bring."""
    held = appointments.held_by(session, actor.person_id, [meeting.id]).get(meeting.id)
    state, mine = appointments.state_of(session, meeting.id), my_invitation(meeting, actor)
    return calendar_file([appointments.appointment_of(meeting, state, held, mine, address)])


def week_appointments(week: Week, site: str) -> list[Appointment]:
    """The lines of a week as appointments, each day of a longer meeting on its own."""
    return [_line(line, week, site) for line in week.lines]


def _line(line: Line, week: Week, site: str) -> Appointment:
    starts = _at(line.day, line.starts)
    linked = line.meeting_id is not None and line.meeting_id in week.links
    return Appointment(
        uid=f"week-{line.key}@{DOMAIN}",
        sequence=week.programme.version if week.programme else 0,
        stamp=clock.now().replace(microsecond=0),
        starts_at=starts,
        ends_at=_at(line.day, line.ends) if line.ends > line.starts else starts + timedelta(hours=1),
        title=line.title,
        place=line.place,
        address=f"{site}/meetings/{line.meeting_id}" if linked else "",
        text="\n".join(each for each in (line.chair, line.people) if each),
        categories=(week.body.short_name,) if week.body else (),
    )


def _at(day: str, hours: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{hours}").replace(tzinfo=clock.LOCAL)
