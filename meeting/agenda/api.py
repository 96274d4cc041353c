"""What other programs read of this room. `GET /meetings/ID` itself is the live state and belongs to the live room."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import queries
from meeting.agenda.answers import DueTimes, InviteeLine, MeetingLine, MeetingTypeLine, ProgrammeItem
from meeting.agenda.clashes import clashes
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.planning_screens import read_day
from meeting.errors import N_, Malformed, Missing
from meeting.permissions import Action, Actor, allows
from meeting.rulebook.deadlines import Span
from meeting.rulebook.models import MeetingType
from meeting.rulebook.queries import book_on, invitation_due_at, papers_due_at, programme_due_at, types_for
from meeting.web.api import Page, asked, asked_number, page_of, resource


@resource(
    "/meetings",
    "Meetings one may know of",
    body="short name or id",
    unit="short name or id of a unit with an item",
    attending="id of a unit one of whose people is invited",
    since="first day",
    until="last day",
    person="id of somebody who takes part",
    when="upcoming or past",
    state="one state",
    q="words of the title, the place or an item",
    limit="at most 200",
    cursor="from `next`",
)
def meetings(session: Session, actor: Actor) -> Page[MeetingLine]:
    """Upcoming meetings soonest first, all others latest first."""
    if asked("when") not in ("", "upcoming", "past"):
        raise Malformed({"when": N_("This is not one of the possible choices.")})
    days = read_day(asked("since")), read_day(asked("until"))
    known = asked("body"), asked("unit"), asked_number("person"), asked("when"), asked("state"), asked("q")
    wanted = queries.Wanted(*known, *days, asked_number("attending"))
    return page_of(queries.visible_meetings(session, actor, wanted), meeting_line)


def meeting_line(meeting: Meeting) -> MeetingLine:
    """A meeting in a list."""
    return {
        "id": meeting.id,
        "title": meeting.title,
        "body": meeting.body.short_name,
        "state": meeting.state,
        "starts_at": _local(meeting.starts_at),
        "ends_at": _local(meeting.ends_at),
        "place": meeting.place,
        "form": meeting.form,
        "closed": meeting.closed,
        "minutes": meeting.minutes_state,
        "notice": meeting.notice_state,
        "evaluation": meeting.evaluation_state,
        "programme_version": meeting.programme_version,
        "type": meeting.type.name,
    }


def _local(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat() if moment else None


@resource("/meetings/<int:meeting_id>/programme", "The items of a meeting in order")
def programme(session: Session, actor: Actor, meeting_id: int) -> Page[ProgrammeItem]:
    """The items this person may see."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    return {"data": [item_line(item) for item in queries.limited_items(meeting, actor, hats)], "next": None}


def item_line(item: Item) -> ProgrammeItem:
    """An item of a programme."""
    return {
        "id": item.id,
        "number": item.number,
        "label": item.label,
        "parent_id": item.parent_id,
        "position": item.position,
        "title": item.title,
        "kind": item.kind,
        "state": item.state,
        "unit": item.unit.name if item.unit else None,
        "presenter": item.presenter.called if item.presenter else None,
        "presenters": [each.called for each in item.presenters],
        "reason": item.reason,
        "minutes_planned": item.minutes_planned,
        "outside": item.outside,
    }


@resource("/meetings/<int:meeting_id>/participants", "Who is invited; for the desk also their answers")
def participants(session: Session, actor: Actor, meeting_id: int) -> Page[InviteeLine]:
    """Voting members first, sorted by given name. Reasons of absence are for the chair and the secretariat."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    desk = allows(Action.SEE_DESK, hats)
    return page_of(queries.by_given_name(meeting.participants), lambda each: invitee_line(each, desk))


def invitee_line(each: Participant, desk: bool) -> InviteeLine:
    """Somebody invited."""
    who = each.person
    line: InviteeLine = {"person_id": who.id, "name": who.called, "position": who.position, "voting": each.voting}
    if not desk:
        return line
    return {
        **line,
        "reply": each.reply,
        "reason": each.reason,
        "replied_at": _local(each.replied_at),
        "invited_at": _local(each.invited_at),
        "seen_at": _local(each.seen_at),
    }


@resource("/meeting-types", "Types of meetings one may prepare, with their rules", body="short name")
def meeting_types(session: Session, actor: Actor) -> Page[MeetingTypeLine]:
    """The types of the bodies whose meetings this person prepares."""
    found = [each for each in types_for(session, actor) if asked("body") in ("", each.body.short_name)]
    return page_of(found, partial(type_line, session))


def type_line(session: Session, each: MeetingType) -> MeetingTypeLine:
    """A type of meeting with the rules that hold today."""
    book = book_on(session, each.id, clock.today())
    return {
        "id": each.id,
        "code": each.code,
        "name": each.name,
        "body": each.body.short_name,
        "papers_due": {"days": book.papers_due_days, "unit": book.papers_due_unit},
        "invitation_due": {"days": book.invite_days, "unit": book.invite_unit},
        "quorum": book.quorum,
        "needs_approval": book.needs_approval,
        "source": book.instrument,
        "verified": book.verified,
    }


@resource(
    "/meeting-types/<int:type_id>/due",
    "When papers and the invitation of a meeting of this type are due, and what else is on then",
    starts_at="ISO 8601 with offset",
    ends_at="ISO 8601 with offset",
    place="where",
    room="id of a room of the catalogue",
    meeting="id of the meeting itself, when it exists",
)
def due(session: Session, actor: Actor, type_id: int) -> DueTimes:
    """For the form of a meeting: the due times and the clashes follow what is typed."""
    found = next((each for each in types_for(session, actor) if each.id == type_id), None)
    if found is None:
        raise Missing()
    starts_at, ends_at = _moment("starts_at"), _moment("ends_at")
    if starts_at is None:
        raise Malformed({"starts_at": N_("A date and time are expected.")})
    itself = asked_number("meeting")
    people = _people(session, actor, found, itself, starts_at)
    found_clashes = clashes(session, Span(starts_at, ends_at), asked("place"), people, itself, asked_number("room"))
    book = book_on(session, found.id, clock.local(starts_at).date())
    invitation = invitation_due_at(session, book, starts_at)
    return {
        "papers_due_at": _local(papers_due_at(session, book, starts_at)),
        "invitation_due_at": _local(invitation),
        "invitation_late": clock.now() > invitation,
        "programme_due_at": _local(programme_due_at(session, book, starts_at)) if book.needs_approval else None,
        "place_taken": found_clashes.place_taken,
        "room_taken": found_clashes.room_taken,
        "busy": list(found_clashes.people),
    }


def _moment(name: str) -> datetime | None:
    raw = asked(name).replace(" ", "+")
    if not raw:
        return None
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        raise Malformed({name: N_("A date and time are expected.")}) from None
    return found if found.tzinfo else found.replace(tzinfo=clock.LOCAL)


def _people(session: Session, actor: Actor, found: MeetingType, itself: int | None, starts_at: datetime) -> list[int]:
    """Who would be busy: those on the list of the meeting, or the members of the body for a new one."""
    if itself is None:
        return [each.id for each in queries.members_of(session, found.body_id, clock.local(starts_at).date())]
    meeting, _ = queries.meeting_of(session, actor, itself)
    return [each.person_id for each in meeting.participants]
