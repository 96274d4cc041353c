"""A council in the middle of its questioning."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.live import state
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]


@dataclass
class Chamber:
    """An HĐND meeting: Lan presides, Hoa and Tuấn are deputies, Trường answers; Minh keeps the desk, Khách is nobody here."""

    council: Council
    do: Do
    meeting: int
    item: int
    other_item: int

    def group(self, title: str = "Trật tự đô thị", respondent: str = "truong", **values: Any) -> int:
        """A planned group."""
        known = {"meeting_id": self.meeting, "title": title, "respondent_id": self.council.person(respondent)}
        return int(self.do("minh", "questioning.make_group", **known, **values)["group_id"])

    def question(self, who: str, text: str = "Ngõ 91 bao giờ thoát nước?", **values: Any) -> int:
        """A registered question."""
        return int(self.do(who, "questioning.ask", meeting_id=self.meeting, text=text, **values)["floor_id"])

    def put(self, floor: int) -> None:
        """Called, and speaking."""
        self.do("lan", "speaking.call", floor_id=floor)
        self.do("lan", "speaking.start", floor_id=floor)

    def answered(self, who: str = "hoa") -> tuple[int, int]:
        """An open group with a question that is being answered: (group, question)."""
        group = self.group()
        self.do("lan", "questioning.open_group", group_id=group)
        question = self.question(who)
        self.put(question)
        self.do("lan", "questioning.answer", floor_id=question)
        return group, question

    def seen(self, who: str, audience: str = "") -> dict[str, Any]:
        """The section of questioning and one's own part of it, as somebody's screen has it."""
        with database.reading() as session:
            found = state.joined(session, self.meeting, self.council.actor(who), audience)
        return {**found["state"]["questioning"], "me": found["me"]["questioning"]}

    def last(self) -> Any:
        """The newest entry of the journal."""
        from meeting.journal import Entry

        return self.council.one(select(Entry).where(Entry.chain == self.meeting).order_by(Entry.seq.desc()).limit(1))


def make(council: Council, do: Do, *, opened: bool) -> Chamber:
    meeting = council.meeting("HĐND", items=2)
    first, second = council.items(meeting)
    council.invite(meeting, "truong")
    if opened:
        for who in ("lan", "hoa", "tuan", "truong"):
            do(who, "live.check_in", meeting_id=meeting)
        do("lan", "live.open", meeting_id=meeting)
        do("lan", "live.go_to_item", meeting_id=meeting, item_id=first)
    return Chamber(council, do, meeting, first, second)


@pytest.fixture
def chamber(council: Council, do: Do) -> Chamber:
    """In session, on the first item."""
    return make(council, do, opened=True)


@pytest.fixture
def ahead(council: Council, do: Do) -> Chamber:
    """Issued, before the day."""
    return make(council, do, opened=False)
