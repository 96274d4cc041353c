"""The iCalendar file of a meeting, for the calendars of telephones and mail programs (RFC 5545)."""

from datetime import datetime

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from meeting.agenda.models import Meeting
from meeting.rulebook.deadlines import HALF_DAY

CALLED_OFF = frozenset({"cancelled", "postponed"})


def calendar_file(meeting: Meeting, address: str, stamp: datetime, sequence: int = 0, organizer: str = "") -> bytes:
    """One meeting as a calendar: the same UID at every change, so that calendars replace instead of adding.

    `address` is the page of the meeting, `sequence` grows with every change that was told.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Hop khong giay//VI")
    calendar.add("version", "2.0")
    called_off = meeting.state in CALLED_OFF
    calendar.add("method", "CANCEL" if called_off else "PUBLISH")
    entry = Event()
    entry.add("uid", f"meeting-{meeting.id}@hop-khong-giay")
    entry.add("sequence", sequence)
    entry.add("dtstamp", stamp)
    entry.add("dtstart", meeting.starts_at)
    entry.add("dtend", meeting.ends_at or meeting.starts_at + HALF_DAY)
    entry.add("summary", meeting.title)
    entry.add("location", meeting.place)
    entry.add("status", "CANCELLED" if called_off else "CONFIRMED")
    if address:
        entry.add("url", address)
        entry.add("description", address)
    if organizer:
        sender = vCalAddress(f"MAILTO:{organizer}")
        sender.params["cn"] = vText(meeting.body.name)
        entry["organizer"] = sender
    if not called_off:
        entry.add_component(_alarm(meeting.title))
    calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -HALF_DAY / 4)  # an hour before
    return alarm
