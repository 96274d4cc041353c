"""Calendar files (RFC 5545) and the invitations and cancellations that go by mail in them (iTIP, RFC 5546). Values in, bytes out.

A calendar program knows an appointment by its UID and takes the newest by SEQUENCE and DTSTAMP: the same UID at every change
replaces instead of adding. Times carry the council's zone, described in the file, so that no program has to know it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vDuration, vText, vUri

from meeting.clock import LOCAL

PRODUCT = "-//Hop khong giay//VI"
DOMAIN = "hop-khong-giay"
ZONE = "Asia/Ho_Chi_Minh"
HALF_DAY = timedelta(hours=4)  # how long a meeting without an end is taken to last
REMIND_BEFORE = timedelta(hours=1)
REFRESH = timedelta(hours=1)  # how often subscribed calendars should look again

Method = Literal["REQUEST", "CANCEL", ""]
Role = Literal["CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT"]
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True)
class Contact:
    """A name and a mail address."""

    name: str
    email: str


@dataclass(frozen=True)
class Attendee:
    """Somebody on the list: `answer` is a PARTSTAT; a substitute and the person stood for name each other."""

    who: Contact
    role: Role
    answer: str = "NEEDS-ACTION"
    asked: bool = False  # an answer is wanted
    stands_for: str = ""  # mail addresses
    sends: str = ""


@dataclass(frozen=True)
class Appointment:
    """One meeting as calendars take it."""

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime | None
    title: str
    place: str = ""
    address: str = ""  # of its page
    text: str = ""
    categories: tuple[str, ...] = ()
    status: Status = "CONFIRMED"
    busy: bool = True
    organizer: Contact | None = None
    attendees: tuple[Attendee, ...] = ()


def calendar_file(appointments: Sequence[Appointment], method: Method = "", name: str = "") -> bytes:
    """The appointments as one calendar. Without a method it is a file to keep or, with a name, a feed to subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", _line(name))
        calendar.add("x-wr-timezone", ZONE)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_zone())
    for each in appointments:
        calendar.add_component(_event(each, invites=bool(method)))
    written: bytes = calendar.to_ical()
    return written


def _zone() -> Timezone:
    """The council's zone: seven hours before UTC, no summer time since 1975."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - RFC 5545 3.6.5: a local time without a zone
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _event(each: Appointment, invites: bool) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("sequence", each.sequence)
    event.add("dtstamp", each.stamp)
    event.add("dtstart", each.starts_at.astimezone(LOCAL))
    event.add("dtend", (each.ends_at or each.starts_at + HALF_DAY).astimezone(LOCAL))
    event.add("summary", _line(each.title))
    event.add("status", each.status)
    event.add("transp", "OPAQUE" if each.busy and each.status != "CANCELLED" else "TRANSPARENT")
    if each.place:
        event.add("location", _line(each.place))
    if each.address:
        event.add("url", vUri(each.address))
    if text := "\n".join(line for line in (_text(each.text), each.address) if line):
        event.add("description", text)
    if each.categories:
        event.add("categories", [_line(name) for name in each.categories if name])
    if each.organizer:
        event["organizer"] = _address(each.organizer)
    if invites:
        for attendee in each.attendees:
            event.add("attendee", _attendee(attendee))
    if each.status != "CANCELLED":
        event.add_component(_alarm(each.title))
    return event


def _address(who: Contact) -> vCalAddress:
    address = vCalAddress(f"mailto:{who.email}")
    if who.name:
        address.params["CN"] = vText(_line(who.name).replace("\\", ""))  # readers take a backslash there for an escape
    return address


def _attendee(attendee: Attendee) -> vCalAddress:
    address = _address(attendee.who)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = attendee.role
    address.params["PARTSTAT"] = attendee.answer
    if attendee.asked:
        address.params["RSVP"] = "TRUE"
    if attendee.stands_for:
        address.params["DELEGATED-FROM"] = f"mailto:{attendee.stands_for}"
    if attendee.sends:
        address.params["DELEGATED-TO"] = f"mailto:{attendee.sends}"
    return address


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _line(title))
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm


def _text(text: str) -> str:
    """Text of several lines, without letters no calendar file may hold."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs")).strip()


def _line(text: str) -> str:
    """The same on one line."""
    return " ".join(_text(text).split())
