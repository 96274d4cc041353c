"""Reads of calendars: one's own meetings, those of one's unit, the private feed, answers that came by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.queries import visible_to
from meeting.agenda.rules import OVER_STATES, PRIVATE_STATES, RUNNING_STATES, folded
from meeting.calendars import appointments
from meeting.calendars.ical import Appointment
from meeting.calendars.models import CalendarFeed, MailedReply
from meeting.calendars.rules import FEED_PAST
from meeting.organization.models import Account, Body, Person
from meeting.organization.queries import actor_of
from meeting.permissions import ALLOWED, Action, Actor

CLOSED_TITLE = "Họp"
GONE = PRIVATE_STATES | {"cancelled"}


@dataclass(frozen=True)
class Sought:
    """Which meetings of a calendar are asked for; empty means any. Dates are local, both included."""

    text: str = ""  # in title, place, or an item of the programme
    when: str = ""  # upcoming, past
    state: str = ""
    body: str = ""  # short name
    first: date | None = None
    last: date | None = None


def takes_part(person_id: int) -> Any:
    """Meetings a person is on the list of, chairs or keeps the minutes of."""
    invited = select(Participant.meeting_id).where(Participant.person_id == person_id)
    return or_(Meeting.id.in_(invited), Meeting.chair_id == person_id, Meeting.secretary_id == person_id)


def mine(session: Session, actor: Actor, sought: Sought) -> list[Meeting]:
    """One's own meetings, the soonest first: those one is invited to, chairs or keeps."""
    return _found(session, actor, visible_to(actor).where(takes_part(actor.person_id)), sought)


def of_unit(session: Session, actor: Actor, sought: Sought, role: str = "") -> list[Meeting]:
    """Meetings that people of one's unit attend (`attends`) and those it prepares papers for (`prepares`); both when empty.

    Only meetings that the reader may know of; somebody without a unit has none.
    """
    if actor.unit_id is None:
        return []
    people = select(Person.id).where(Person.unit_id == actor.unit_id)
    attended = Meeting.id.in_(select(Participant.meeting_id).where(Participant.person_id.in_(people)))
    prepared = Meeting.id.in_(select(Item.meeting_id).where(Item.unit_id == actor.unit_id))
    chosen = {"attends": attended, "prepares": prepared}.get(role, or_(attended, prepared))
    return _found(session, actor, visible_to(actor).where(chosen), sought)


def prepared_by_unit(session: Session, actor: Actor, meetings: Sequence[Meeting]) -> set[int]:
    """Which of these meetings the reader's unit prepares papers for."""
    wanted = select(Item.meeting_id).where(Item.unit_id == actor.unit_id, Item.meeting_id.in_([each.id for each in meetings]))
    return set(session.scalars(wanted)) if actor.unit_id else set()


def attending_of_unit(session: Session, actor: Actor, meetings: Sequence[Meeting]) -> dict[int, list[str]]:
    """Who of the reader's unit is on the list of these meetings, by meeting."""
    if actor.unit_id is None:
        return {}
    wanted = (
        select(Participant)
        .join(Person, Person.id == Participant.person_id)
        .where(Person.unit_id == actor.unit_id, Participant.meeting_id.in_([each.id for each in meetings]))
        .order_by(Participant.id)
    )
    found: dict[int, list[str]] = {}
    for each in session.scalars(wanted):
        found.setdefault(each.meeting_id, []).append(each.person.called)
    return found


def replies_of(session: Session, actor: Actor, meetings: Sequence[Meeting]) -> dict[int, Participant]:
    """One's own invitations to these meetings, by meeting."""
    wanted = select(Participant).where(
        Participant.person_id == actor.person_id, Participant.meeting_id.in_([each.id for each in meetings])
    )
    return {each.meeting_id: each for each in session.scalars(wanted)}


def _found(session: Session, actor: Actor, wanted: Select[Meeting], sought: Sought) -> list[Meeting]:
    wanted = wanted.where(Meeting.body.has(Body.practice_of_id.is_(None)))  # nobody's day is full of a practice
    if sought.when == "upcoming":
        wanted = wanted.where(upcoming())
    elif sought.when == "past":
        wanted = wanted.where(~upcoming())
    if sought.state:
        wanted = wanted.where(Meeting.state == sought.state)
    if sought.body:
        wanted = wanted.where(Meeting.body_id.in_(select(Body.id).where(Body.short_name == sought.body)))
    if sought.first:
        begin = clock.at_local(sought.first)
        wanted = wanted.where(or_(Meeting.starts_at >= begin, Meeting.ends_at > begin, Meeting.resumes_at >= begin))
    if sought.last:
        wanted = wanted.where(Meeting.starts_at < clock.at_local(sought.last + timedelta(days=1)))
    rows = session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id).options(joinedload(Meeting.chair)))
    return _with_words(session, actor, list(rows), sought.text)


def _with_words(session: Session, actor: Actor, meetings: list[Meeting], text: str) -> list[Meeting]:
    """Those whose title, place, body or a matter on the programme holds the words, without regard to marks and case.

    Matters that a guest is not invited to are not looked into.
    """
    words = folded(text.strip())
    if not words:
        return meetings
    limits = {key: set(each.item_ids) for key, each in replies_of(session, actor, meetings).items() if each.item_ids}
    items: dict[int, str] = {}
    named = select(Item.id, Item.meeting_id, Item.title).where(Item.meeting_id.in_([each.id for each in meetings]))
    for item_id, meeting_id, title in session.execute(named):
        if item_id in limits.get(meeting_id, {item_id}):
            items[meeting_id] = f"{items.get(meeting_id, '')}\n{title}"
    return [
        each for each in meetings if words in folded(f"{each.title}\n{each.place}\n{each.body.name}\n{items.get(each.id, '')}")
    ]


def upcoming() -> Any:
    """Meetings that are ahead or going on."""
    today = clock.at_local(clock.today())
    ahead = and_(or_(Meeting.starts_at >= today, Meeting.ends_at >= today), Meeting.state.not_in(OVER_STATES))
    return or_(Meeting.state.in_(RUNNING_STATES), ahead)


# the private feed


def feed_of(session: Session, sha256: str) -> CalendarFeed | None:
    """The feed behind an address that still holds, of somebody who can still sign in."""
    held = select(CalendarFeed).where(CalendarFeed.sha256 == sha256, CalendarFeed.revoked_at.is_(None))
    feed = session.scalar(held)
    if feed is None or feed.person.retired_on:
        return None
    return feed if _owner(session, feed) else None


def own_feed(session: Session, actor: Actor) -> CalendarFeed | None:
    """One's own feed, if one was made and not revoked."""
    wanted = select(CalendarFeed).where(CalendarFeed.person_id == actor.person_id, CalendarFeed.revoked_at.is_(None))
    return session.scalar(wanted)


def _owner(session: Session, feed: CalendarFeed) -> Actor | None:
    account = session.scalar(select(Account).where(Account.person_id == feed.person_id))
    return actor_of(session, account)


def feed_appointments(session: Session, feed: CalendarFeed, now: datetime, address: str) -> list[Appointment]:
    """One's own meetings of the past 90 days and all to come. Meetings of the Party only by invitation.

    `address` is that of the site. Drafts and meetings that were called off are left out.
    """
    owner = _owner(session, feed)
    if owner is None:
        return []
    invited = select(Participant.meeting_id).where(Participant.person_id == owner.person_id)
    party = select(Body.id).where(Body.kind == "party")
    wanted = visible_to(owner).where(
        takes_part(owner.person_id),
        Meeting.state.not_in(GONE),
        Meeting.starts_at >= now - FEED_PAST,
        or_(Meeting.id.in_(invited), Meeting.body_id.not_in(party)),
    )
    meetings = list(session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id).options(joinedload(Meeting.chair))))
    ids = [each.id for each in meetings]
    states, held = appointments.states_of(session, ids), appointments.held_by(session, owner.person_id, ids)
    mine = replies_of(session, owner, meetings)
    made = [
        _shown(
            each,
            feed.shows_closed,
            appointments.appointment_of(
                each, states.get(each.id), held.get(each.id), mine.get(each.id), f"{address}/meetings/{each.id}"
            ),
        )
        for each in meetings
    ]
    made += [
        _shown(each, feed.shows_closed, appointments.going_on(each, f"{address}/meetings/{each.id}"))
        for each in meetings
        if each.is_adjourned
    ]
    return [each for each in made if each.status != "CANCELLED"]


def _shown(meeting: Meeting, shows_closed: bool, made: Appointment) -> Appointment:
    """A closed meeting says only when it is and where its page lies."""
    if not meeting.closed or shows_closed:
        return made
    return Appointment(
        uid=made.uid,
        sequence=made.sequence,
        stamp=made.stamp,
        starts_at=made.starts_at,
        ends_at=made.ends_at,
        title=CLOSED_TITLE,
        address=made.address,
        status=made.status,
        busy=made.busy,
    )


# answers that came by mail


def mailed_replies(session: Session, meeting_id: int) -> list[MailedReply]:
    """The mails that answered invitations to a meeting, the newest first."""
    wanted = select(MailedReply).where(MailedReply.meeting_id == meeting_id).order_by(MailedReply.id.desc())
    return list(session.scalars(wanted.options(joinedload(MailedReply.person), joinedload(MailedReply.proposed))))


def undecided(session: Session, meeting_id: int) -> list[MailedReply]:
    """The last word of each person by mail where it is still open: perhaps, or somebody else instead."""
    last: dict[int | None, MailedReply] = {}
    for each in reversed(mailed_replies(session, meeting_id)):
        if each.outcome in ("taken", "same", "tentative", "proposed"):
            last[each.person_id] = each
    return [each for each in last.values() if each.outcome in ("tentative", "proposed")]


def keeps_weeks_of(actor: Actor) -> frozenset[int]:
    """The bodies whose weekly programme this person keeps."""
    return actor.bodies_as(*ALLOWED[Action.KEEP_WEEK])
