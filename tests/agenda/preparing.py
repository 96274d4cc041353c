"""What the tests of preparing a meeting do again and again."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Item, Meeting
from meeting.catalogues.models import Room
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
START = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)  # a Thursday, eight o'clock in Viet Nam


def made(do: Do, council: Council, body: str = "UBND", **values: Any) -> int:
    """A draft with three items, made by Minh."""
    items = [{"title": "Khai mạc"}, {"title": "Ngân sách"}, {"title": "Bế mạc"}]
    wanted = {"type_id": council.type(body), "title": "Phiên họp tháng 12", "starts_at": START.isoformat(), "items": items}
    return int(do("minh", "agenda.create", **{**wanted, "place": "Phòng 2", **values})["meeting_id"])


def issued(do: Do, council: Council, **values: Any) -> int:
    """The same, with its invitations out."""
    meeting_id = made(do, council, **values)
    do("minh", "agenda.issue", meeting_id=meeting_id)
    return meeting_id


def row(council: Council, meeting_id: int) -> Meeting:
    """A meeting read fresh."""
    found = council.one(select(Meeting).where(Meeting.id == meeting_id))
    assert isinstance(found, Meeting)
    return found


def tree_of(council: Council, meeting_id: int) -> list[str]:
    """The programme as it is read: 1 Khai mạc, 2 Ngân sách, 2.1 Thu."""
    rows = council.all(select(Item).where(Item.meeting_id == meeting_id).order_by(Item.position))
    assert [each.position for each in rows] == list(range(1, len(rows) + 1))
    return [f"{each.label} {each.title}" for each in rows]


def told(council: Council, event: Event) -> list[dict[str, Any]]:
    """What the journal says of one kind of event."""
    return [each.facts for each in council.all(select(Entry).where(Entry.event == event).order_by(Entry.id))]


def code(do: Do, username: str, act: str, **wanted: Any) -> str:
    """The code an act is refused with."""
    with pytest.raises(Refused) as refused:
        do(username, act, **wanted)
    return refused.value.code


def room(council: Council, name: str = "Phòng họp 2") -> int:
    """A room of the catalogue."""
    return council.write(Room(name=name, place="Tầng 2", capacity=30))[0]
