"""A notice of the UBND is issued; the economic unit leads one task, the culture unit helps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.journal import Entry
from meeting.tasks import queries
from meeting.tasks.models import Task, TaskStep

HELD = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@dataclass
class Board:
    """The task that was given, and what happened to it."""

    council: Any
    meeting_id: int
    task_id: int

    def task(self) -> Task:
        """The task as it is now."""
        return self.council.one(select(Task).where(Task.id == self.task_id))  # type: ignore[no-any-return]

    def steps(self) -> list[TaskStep]:
        """Its history, oldest first."""
        return self.council.all(select(TaskStep).where(TaskStep.task_id == self.task_id).order_by(TaskStep.id))  # type: ignore[no-any-return]

    def files(self) -> list[list[int]]:
        """The files that came with each step, oldest first."""
        with database.reading() as session:
            found = queries.files_of(session, self.steps())
        return [[file.id for file in found.get(step.id, [])] for step in self.steps()]

    def told(self, event: str) -> list[dict[str, Any]]:
        """The facts of all entries of this kind."""
        wanted = select(Entry.facts).where(Entry.chain == self.meeting_id, Entry.event == event).order_by(Entry.seq)
        return self.council.all(wanted)  # type: ignore[no-any-return]


@pytest.fixture
def board(council: Any, do: Callable[..., dict[str, Any]], at: Callable[[datetime], None]) -> Board:
    """Issued on 24 November, due on 15 December."""
    at(EVENING)
    meeting_id = council.meeting(state="held", starts_at=HELD, opened_at=HELD, closed_at=EVENING)
    task = {
        "text": "Tháo gỡ mặt bằng ngõ 115",
        "lead_unit_id": council.unit("kinh_te"),
        "cooperating_unit_ids": [council.unit("van_hoa")],
        "officer_id": council.person("dung"),
        "leader_id": council.person("hung"),
        "process": "Kiểm đếm, họp dân, bàn giao",
        "due_on": "2026-12-15",
        "product": "Báo cáo kết quả",
    }
    lines = [{"text": "Ghi nhận kết quả giải ngân"}, task]
    notice_id = do("minh", "conclusions.draft", meeting_id=meeting_id, lines=lines)["notice_id"]
    do("hung", "conclusions.approve", notice_id=notice_id)
    do("minh", "conclusions.sign", notice_id=notice_id)
    do("van", "conclusions.issue", notice_id=notice_id)
    return Board(council, meeting_id, council.one(select(Task.id)))
