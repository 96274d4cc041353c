"""Mail is set up, everybody has an address, and a meeting can be issued."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from meeting import config
from meeting.calendars.appointments import uid_of
from meeting.calendars.models import CalendarInvitation
from meeting.organization.models import Person
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
PEOPLE = ("lan", "hung", "minh", "hoa", "tuan", "khach", "dung")


@pytest.fixture
def issued(council: Council, do: Do) -> int:
    """An issued meeting of the UBND with everybody's appointment in calendars."""
    for username in PEOPLE:
        council.update(Person, council.person(username), email=f"{username}@giangbien.example")
    config.use(replace(config.settings(), smtp_from="vanphong@giangbien.example", public_url="https://hop.example"))
    wanted = {"type_id": council.type(), "title": "Phiên họp tháng 12", "starts_at": "2026-12-10T08:00:00+07:00"}
    made = do("minh", "agenda.create", **wanted, place="Phòng họp 2", items=[{"title": "Ngân sách"}])
    do("minh", "agenda.issue", meeting_id=made["meeting_id"])
    return int(made["meeting_id"])


def invitation(council: Council, meeting_id: int, username: str) -> CalendarInvitation:
    """The appointment somebody holds."""
    wanted = select(CalendarInvitation).where(
        CalendarInvitation.meeting_id == meeting_id, CalendarInvitation.person_id == council.person(username)
    )
    found = council.one(wanted)
    assert isinstance(found, CalendarInvitation)
    return found


def uid(council: Council, meeting_id: int, username: str) -> str:
    """The UID that only this person was sent."""
    return uid_of(meeting_id, invitation(council, meeting_id, username).token)
