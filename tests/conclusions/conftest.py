"""A meeting that is over, with its minutes drafted; ways to come to each state of its notice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.conclusions.models import Minutes, MinutesVersion, Notice
from meeting.journal import Entry
from tests.counting import asked

HELD = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Tuesday 24 November 2026, 8:00 in Viet Nam
EVENING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)

TASK = {"text": "Tháo gỡ mặt bằng ngõ 115", "due_on": "2026-12-15"}


@dataclass
class Desk:
    """The desk after a meeting: shortcuts that go through the acts."""

    council: Any
    do: Callable[..., dict[str, Any]]
    meeting_id: int

    def draft(self, *lines: dict[str, Any]) -> int:
        """A draft by Minh with these lines; returns the notice's id."""
        return int(self.do("minh", "conclusions.draft", meeting_id=self.meeting_id, lines=list(lines))["notice_id"])

    def task(self, **changes: Any) -> dict[str, Any]:
        """A line that is a complete task of the economic unit."""
        return {**TASK, "lead_unit_id": self.council.unit("kinh_te"), **changes}

    def approved(self, *lines: dict[str, Any]) -> int:
        """A notice that the chair approved."""
        notice_id = self.draft(*(lines or (self.task(),)))
        self.do("hung", "conclusions.approve", notice_id=notice_id)
        return notice_id

    def signed(self, *lines: dict[str, Any]) -> int:
        """A notice that the Chánh Văn phòng signed."""
        notice_id = self.approved(*lines)
        self.do("minh", "conclusions.sign", notice_id=notice_id)
        return notice_id

    def issued(self, *lines: dict[str, Any], **wanted: Any) -> int:
        """A notice with number and date, sent out."""
        notice_id = self.signed(*lines)
        self.do("van", "conclusions.issue", notice_id=notice_id, **wanted)
        return notice_id

    def notice(self) -> Notice:
        """The notice as it is now."""
        return self.council.one(select(Notice).where(Notice.meeting_id == self.meeting_id))  # type: ignore[no-any-return]

    def meeting(self) -> Meeting:
        """The meeting as it is now."""
        return self.council.one(select(Meeting).where(Meeting.id == self.meeting_id))  # type: ignore[no-any-return]

    def items(self) -> list[int]:
        """The ids of the meeting's items."""
        return self.council.all(select(Item.id).where(Item.meeting_id == self.meeting_id).order_by(Item.position))  # type: ignore[no-any-return]

    def told(self, event: str) -> list[dict[str, Any]]:
        """The facts of all entries of this kind in the meeting's journal."""
        wanted = select(Entry.facts).where(Entry.chain == self.meeting_id, Entry.event == event).order_by(Entry.seq)
        return self.council.all(wanted)  # type: ignore[no-any-return]


@pytest.fixture
def desk(council: Any, do: Callable[..., dict[str, Any]], at: Callable[[datetime], None]) -> Desk:
    """The evening after a UBND session with minutes in draft."""
    at(EVENING)
    meeting_id = council.meeting(state="held", starts_at=HELD, opened_at=HELD, closed_at=EVENING, minutes_state="draft")
    text = "I. THÀNH PHẦN THAM DỰ\n1. Có mặt: 3/3 thành viên."
    (minutes_id,) = council.write(Minutes(meeting_id=meeting_id, text=text, drafted_at=clock.now()))
    council.write(MinutesVersion(minutes_id=minutes_id, version=1, text=text, edited_at=clock.now()))
    return Desk(council, do, meeting_id)


@pytest.fixture
def queries_of(council: Any) -> Callable[[Callable[[], Any]], int]:
    """How many statements a call sends to the store."""

    def count(call: Callable[[], Any]) -> int:
        with asked() as sent:
            call()
        return len(sent)

    return count
