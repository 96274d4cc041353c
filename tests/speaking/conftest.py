"""A meeting in session, and looks at its floor."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.journal import Entry
from meeting.live import state
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]

HOA, TUAN, HUNG = "Ông Phan Thị Hoa", "Ông Lê Anh Tuấn", "Ông Đỗ Mạnh Hùng"


class Chamber:
    """What people in the room see of the floor."""

    def __init__(self, council: Council, meeting_id: int) -> None:
        self.council = council
        self.id = meeting_id

    def joined(self, username: str) -> dict[str, Any]:
        """What somebody's screens know."""
        with database.reading() as session:
            return state.joined(session, self.id, self.council.actor(username))

    def floor(self, username: str = "tuan", section: str = "speaking") -> dict[str, Any]:
        """The section of the floor as somebody sees it."""
        found: dict[str, Any] = self.joined(username)["state"][section]
        return found

    def mine(self, username: str) -> dict[str, Any]:
        """What somebody knows of themselves on the floor."""
        found: dict[str, Any] = self.joined(username)["me"]["floor"]
        return found

    def names(self, section: str = "speaking") -> list[str]:
        """Who waits, in order."""
        return [line["person"]["name"] for line in self.floor("hoa", section)["queue"]]

    def told(self) -> list[str]:
        """The events of the journal, oldest first."""
        return self.council.all(select(Entry.event).where(Entry.chain == self.id).order_by(Entry.seq))

    def last(self) -> Any:
        """The newest entry of the journal."""
        return self.council.one(select(Entry).where(Entry.chain == self.id).order_by(Entry.seq.desc()).limit(1))


@pytest.fixture
def meeting(council: Council, do: Do) -> int:
    """A UBND meeting in session with all three members here, on its first item."""
    found = council.meeting()
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    do("hung", "live.go_to_item", meeting_id=found, item_id=council.items(found)[0])
    return found


@pytest.fixture
def chamber(council: Council, meeting: int) -> Chamber:
    """That meeting's room."""
    return Chamber(council, meeting)
