"""From rows to appointments: one meeting as one person's calendar has to hold it, and the part of a mail that says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import config
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import OVER_STATES
from meeting.calendars.ical import DOMAIN, Appointment, Attendee, Contact, Method, Role, calendar_file
from meeting.calendars.models import CalendarInvitation, CalendarState
from meeting.organization.models import Person

PARTSTATS = {"accepted": "ACCEPTED", "declined": "DECLINED", "none": "NEEDS-ACTION"}
FILE_NAME = "hop.ics"


@dataclass(frozen=True)
class InvitationPart:
    """The calendar part of a mail: its bytes and what they ask of a calendar program, REQUEST or CANCEL."""

    content: bytes
    method: Method


def uid_of(meeting_id: int, token: str = "") -> str:
    """The fixed name of the appointment. Who has no token holds the same appointment without the means to answer it by mail."""
    return f"meeting-{meeting_id}.{token}@{DOMAIN}" if token else f"meeting-{meeting_id}@{DOMAIN}"


def invitation_part(session: Session, meeting: Meeting, person_id: int, address: str, stamp: datetime) -> InvitationPart | None:
    """What a mail about a meeting carries for one person's calendar; None for who is not and was not on the list.

    REQUEST asks (again) for an answer; CANCEL takes the appointment out: the meeting is cancelled, postponed without a date,
    or the person was taken off the list. Only the chair, the person and, for a substitute, the member stood for are named.
    """
    held = session.scalar(
        select(CalendarInvitation).where(CalendarInvitation.meeting_id == meeting.id, CalendarInvitation.person_id == person_id)
    )
    mine = session.scalar(select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == person_id))
    if held is None and mine is None:
        return None
    made = appointment_of(meeting, state_of(session, meeting.id), held, mine, address)
    method: Method = "CANCEL" if made.status == "CANCELLED" else "REQUEST"
    sender = Contact(meeting.body.name, config.settings().smtp_from)
    made = replace(made, stamp=stamp, organizer=sender, attendees=_attendees(session, meeting, person_id, mine))
    return InvitationPart(calendar_file([made], method), method)


def attach(message: EmailMessage, part: InvitationPart) -> None:
    """Puts the part into a mail: as an alternative that mail programs act on (RFC 6047), and as a file for those that do not."""
    message.add_alternative(part.content, maintype="text", subtype="calendar", params={"method": part.method, "charset": "utf-8"})
    message.add_attachment(part.content, maintype="application", subtype="ics", filename=FILE_NAME)


def state_of(session: Session, meeting_id: int) -> CalendarState | None:
    """How far calendars have to be with a meeting; None when it was never told to any."""
    return session.scalar(select(CalendarState).where(CalendarState.meeting_id == meeting_id))


def states_of(session: Session, meetings: Iterable[int]) -> dict[int, CalendarState]:
    """The same for many meetings, by meeting."""
    found = session.scalars(select(CalendarState).where(CalendarState.meeting_id.in_(list(meetings))))
    return {each.meeting_id: each for each in found}


def held_by(session: Session, person_id: int, meetings: Iterable[int]) -> dict[int, CalendarInvitation]:
    """The appointments a person holds of these meetings, by meeting."""
    wanted = select(CalendarInvitation).where(
        CalendarInvitation.person_id == person_id, CalendarInvitation.meeting_id.in_(list(meetings))
    )
    return {each.meeting_id: each for each in session.scalars(wanted)}


def appointment_of(
    meeting: Meeting,
    state: CalendarState | None,
    held: CalendarInvitation | None,
    mine: Participant | None,
    address: str,
) -> Appointment:
    """The appointment of one meeting for one person, without the people on it."""
    gone = held is not None and held.withdrawn_at is not None
    called_off = meeting.state == "cancelled" or (meeting.state == "postponed" and (state is None or state.called_off))
    waiting = meeting.state == "postponed"
    return Appointment(
        uid=uid_of(meeting.id, held.token if held else ""),
        sequence=sequence_of(state, held),
        stamp=state.changed_at if state else meeting.issued_at or meeting.created_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.title,
        place=" – ".join(each for each in (meeting.place, meeting.link) if each),
        address=address,
        text="\n".join(_lines(meeting)),
        categories=tuple(dict.fromkeys([meeting.body.short_name, meeting.type.name])),
        status="CANCELLED" if gone or called_off else "TENTATIVE" if waiting else "CONFIRMED",
        busy=mine is None or mine.reply != "declined",
    )


def going_on(meeting: Meeting, address: str) -> Appointment:
    """The day on which an adjourned meeting goes on: an appointment of its own, beside the one that has begun."""
    return Appointment(
        uid=f"meeting-{meeting.id}.goes-on@{DOMAIN}",
        sequence=0,
        stamp=meeting.resumes_at or meeting.starts_at,
        starts_at=meeting.resumes_at or meeting.starts_at,
        ends_at=None,
        title=f"{meeting.title} (họp tiếp)",
        place=" – ".join(each for each in (meeting.place, meeting.link) if each),
        address=address,
        text="\n".join(_lines(meeting)),
        categories=tuple(dict.fromkeys([meeting.body.short_name, meeting.type.name])),
        status="CONFIRMED",
        busy=True,
    )


def sequence_of(state: CalendarState | None, held: CalendarInvitation | None) -> int:
    """The sequence of one person's appointment: the meeting's, and the person's own steps."""
    return (state.sequence if state else 0) + (held.raised if held else 0)


def _lines(meeting: Meeting) -> list[str]:
    chair = [f"Chủ trì: {meeting.chair.called}"] if meeting.chair else []
    reason = [f"Lý do: {meeting.reason}"] if meeting.reason and meeting.state in ("postponed", "cancelled") else []
    return [meeting.body.name, *chair, *reason]


def _attendees(session: Session, meeting: Meeting, person_id: int, mine: Participant | None) -> tuple[Attendee, ...]:
    """The chair, the person, and who stands for whom; each only with a mail address on file."""
    wanted = {person_id, meeting.chair_id, mine.stands_for_id if mine else None} - {None}
    listed = select(Participant).where(Participant.meeting_id == meeting.id)
    rows = {each.person_id: each for each in session.scalars(listed.where(Participant.person_id.in_(wanted)))}
    substitute = session.scalar(listed.where(Participant.stands_for_id == person_id))
    if substitute is not None:
        rows[substitute.person_id] = substitute
        wanted.add(substitute.person_id)
    people = {each.id: each for each in session.scalars(select(Person).where(Person.id.in_(wanted)))}
    found = [_attendee(meeting, people, people[each], rows.get(each), substitute) for each in _ordered(meeting, wanted)]
    return tuple(each for each in found if each.who.email)


def _ordered(meeting: Meeting, people: Iterable[int | None]) -> Sequence[int]:
    return sorted((each for each in people if each), key=lambda each: (each != meeting.chair_id, each))


def _attendee(
    meeting: Meeting, people: dict[int, Person], person: Person, row: Participant | None, substitute: Participant | None
) -> Attendee:
    role: Role = "CHAIR" if person.id == meeting.chair_id else "REQ-PARTICIPANT" if row and row.voting else "OPT-PARTICIPANT"
    stood_for = people.get(row.stands_for_id) if row and row.stands_for_id else None
    sent = people.get(substitute.person_id) if substitute and substitute.stands_for_id == person.id else None
    answer = "DELEGATED" if sent else PARTSTATS[row.reply] if row else "NEEDS-ACTION"
    asked = answer == "NEEDS-ACTION" and meeting.state not in OVER_STATES
    return Attendee(_contact(person), role, answer, asked, mail_of(stood_for), mail_of(sent))


def _contact(person: Person) -> Contact:
    return Contact(person.called, mail_of(person))


def mail_of(person: Person | None) -> str:
    """A person's mail address when it is one; otherwise empty."""
    found = "".join((person.email if person else "").split())
    return found if found.count("@") == 1 else ""
