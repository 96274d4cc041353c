"""A UBND meeting on Friday; the economic unit is asked for a paper on its second item."""

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.documents import store as files
from meeting.documents.models import File, Page, packed
from meeting.journal import Entry
from meeting.materials.models import Requirement, Submission
from meeting.materials.queries import WHOLE
from tests.documents.papers import paper

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 8:00 in Viet Nam
FRIDAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # two working days before Friday, 17:00


@dataclass
class Desk:
    """What the tests ask for and look at."""

    council: Any
    do: Callable[..., dict[str, Any]]
    meeting_id: int
    requirement_id: int

    def file(self, username: str = "dung", pages: int = 2) -> int:
        """A file that somebody sent and the worker has read (put there past the worker, which takes its time)."""
        row = File(
            sha256=secrets.token_hex(32),
            name="To trinh.pdf",
            media_type="application/pdf",
            size_bytes=1000,
            uploaded_by=self.council.person(username),
            uploaded_at=clock.now(),
            state="ready",
            page_count=pages,
            pages_done=pages,
            refusal_facts={},
        )
        (file_id,) = self.council.write(row)
        numbers = range(1, pages + 1)
        self.council.write(
            *(
                Page(file_id=file_id, number=n, width=595, height=842, text=f"Trang {n}", boxes=packed([]), source="text")
                for n in numbers
            )
        )
        return int(file_id)

    def unread(self, username: str = "dung", heading: str = "TỜ TRÌNH") -> int:
        """A real file that waits for the worker (`jobs.run_waiting()`)."""
        ticket = files.take_in(io.BytesIO(paper(1, heading))).ticket
        return int(self.do(username, "documents.receive", ticket=ticket, name="To trinh.pdf")["file_id"])

    def send(self, username: str = "dung", **wanted: Any) -> dict[str, Any]:
        """Sends a new version."""
        file_id = wanted.pop("file_id", None) or self.file(username)
        return self.do(username, "materials.submit", requirement_id=self.requirement_id, file_id=file_id, **wanted)

    def requirement(self) -> Requirement:
        """The requirement as it is now."""
        found: Requirement = self.council.one(select(Requirement).where(Requirement.id == self.requirement_id).options(*WHOLE))
        return found

    def versions(self) -> list[Submission]:
        """Its versions in order."""
        wanted = select(Submission).where(Submission.requirement_id == self.requirement_id).order_by(Submission.number)
        found: list[Submission] = self.council.all(wanted)
        return found

    def told(self, event: str) -> list[dict[str, Any]]:
        """The facts of all entries of this kind."""
        wanted = select(Entry.facts).where(Entry.chain == self.meeting_id, Entry.event == event).order_by(Entry.seq)
        found: list[dict[str, Any]] = self.council.all(wanted)
        return found

    def close(self) -> None:
        """The meeting is over."""
        self.council.update(Meeting, self.meeting_id, state="held")


@pytest.fixture
def desk(council: Any, do: Callable[..., dict[str, Any]], at: Callable[[datetime], None]) -> Desk:
    """Asked on Monday by the rule of the meeting's type."""
    at(MONDAY)
    meeting_id = council.meeting(starts_at=FRIDAY)
    asked = do(
        "minh",
        "materials.request",
        meeting_id=meeting_id,
        item_id=council.items(meeting_id)[1],
        unit_id=council.unit("kinh_te"),
        what="Tờ trình dự toán ngân sách năm 2027",
    )
    return Desk(council, do, meeting_id, asked["requirement_id"])
