"""The calendar of a body as other systems fetch it: the writer is that of people's own calendars."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from flask import Response
from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.calendars import appointments
from meeting.calendars.ical import Appointment, calendar_file
from meeting.errors import N_
from meeting.exchange.models import BodyFeed
from meeting.exchange.reading import TOLD
from meeting.exchange.rules import is_public_sitting

PAST = timedelta(days=90)
MOST = 2000
KEPT_SECONDS = 300
NAMES = {"issued": N_("Meetings of %(name)s"), "public": N_("Public sittings of %(name)s")}


def feed_of(session: Session, digest: str) -> BodyFeed | None:
    """The calendar an address leads to; None when it was never made, renewed or ended."""
    return session.scalar(select(BodyFeed).where(BodyFeed.sha256 == digest, BodyFeed.ended_at.is_(None)))


def meetings_of(session: Session, feed: BodyFeed) -> list[Meeting]:
    """The meetings in it: from 90 days ago on; never a closed one, in the public one only what anybody may come to."""
    since = clock.at_local(clock.today()) - PAST
    wanted = select(Meeting).where(Meeting.body_id == feed.body_id, TOLD, Meeting.starts_at >= since)
    rows = session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id).options(joinedload(Meeting.chair)).limit(MOST))
    found = list(rows)
    if feed.kind == "issued":
        return found
    return [each for each in found if is_public_sitting(each.body.kind, each.closed, each.sitting)]


def answer(session: Session, feed: BodyFeed, site: str) -> Response:
    """The calendar with an ETag of its content, so that nothing is sent twice. No link that lets somebody join, no people."""
    meetings = meetings_of(session, feed)
    states = appointments.states_of(session, [each.id for each in meetings])
    found = []
    for each in meetings:
        made = appointments.appointment_of(each, states.get(each.id), None, None, f"{site}/meetings/{each.id}")
        found.append(_without_ways_in(made, each, feed.kind))
    with force_locale("vi"):
        name = gettext(NAMES[feed.kind]) % {"name": feed.body.name}
    written = calendar_file(found, name=name)
    response = Response(written, mimetype="text/calendar")
    response.set_etag(sha256(written).hexdigest()[:32])
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response.headers["Content-Disposition"] = 'inline; filename="hop.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _without_ways_in(made: Appointment, meeting: Meeting, kind: str) -> Appointment:
    address = made.address if kind == "issued" else ""
    text = made.text if kind == "issued" else meeting.body.name
    return replace(made, place=meeting.place, address=address, text=text)
