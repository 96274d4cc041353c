"""Check-ins gathered in one run and check-ins taken one by one leave the same rows, the same journal and the same answers."""

import random
import shutil
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.acts import parse
from meeting.batch import Waiting
from meeting.journal import Entry
from meeting.live.models import Attendance
from meeting.writer import writer
from tests.conftest import MORNING, Council

PEOPLE = ("hoa", "tuan", "hung", "khach", "minh", "dung", "admin")


def coming(council: Council, meeting_id: int, seed: int) -> list[Waiting]:
    """Members, a guest, staff without a seat and strangers, some of them twice."""
    chance = random.Random(seed)
    waiting = []
    for number in range(30):
        act, model = parse("live.check_in", {"meeting_id": meeting_id})
        waiting.append(Waiting(council.actor(chance.choice(PEOPLE)), act, model, f"r-{number}", f"d-{number}"))
    return waiting


def picture(council: Council) -> dict[str, Any]:
    rows = council.all(select(Attendance).order_by(Attendance.person_id))
    entries = council.all(select(Entry).where(Entry.event == "live.checked_in").order_by(Entry.seq))
    return {
        "rows": [(row.person_id, row.presence, row.arrived_at) for row in rows],
        "entries": [(entry.seq, entry.actor_id, entry.facts, entry.hash) for entry in entries],
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_ways_leave_the_same(council: Council, store: Path, at: Callable[..., None], seed: int) -> None:
    at(MORNING)
    found = council.meeting()
    council.invite(found, "khach")
    council.write(Attendance(meeting_id=found, person_id=council.person("tuan"), presence="left", arrived_at=MORNING))
    database.database().empty_log()
    shutil.copy(store / "storage" / "meeting.db", store / "before.db")

    together = coming(council, found, seed)
    queue = deque(together)
    while queue:
        writer._batch(queue)
    gathered = picture(council), [(each.answer.status, each.answer.body) for each in together]

    database.use(None)
    shutil.copy(store / "before.db", store / "storage" / "again.db")
    database.use(database.Database(f"sqlite:///{store / 'storage' / 'again.db'}"))
    alone = coming(council, found, seed)
    for waiting in alone:
        writer._batch(deque([waiting]))
    one_by_one = picture(council), [(each.answer.status, each.answer.body) for each in alone]

    assert gathered == one_by_one
    assert len(gathered[0]["rows"]) >= 3
