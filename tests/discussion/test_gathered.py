"""Opinions gathered in one run and opinions taken one by one leave the same rows, the same journal and the same answers."""

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
from meeting.agenda.models import Item
from meeting.batch import StoredAnswer, Waiting
from meeting.discussion.models import Opinion
from meeting.journal import Entry
from meeting.search.models import StaleMark
from meeting.speaking.models import Floor
from meeting.writer import writer
from tests.conftest import MORNING, Council
from tests.counting import asked

PEOPLE = ("hoa", "tuan", "hung", "hoa", "tuan", "hung", "khach", "minh", "admin", "lan")
TEXTS = ("Nhất trí với dự thảo.", "Đề nghị làm rõ tiến độ.", "   ", "Bổ sung số liệu quý IV.")


def said(council: Council, meeting_id: int, seed: int) -> list[Waiting]:
    """Members, a limited guest, staff and strangers, on items and on the meeting; repeats, replies, empty words."""
    chance = random.Random(seed)
    places = [None, *council.items(meeting_id), 987_654]
    waiting = []
    for number in range(60):
        who, again = chance.choice(PEOPLE), chance.random() < 0.2
        wanted: dict[str, Any] = {"meeting_id": meeting_id, "item_id": chance.choice(places), "text": chance.choice(TEXTS)}
        if chance.random() < 0.1:
            wanted |= {"item_id": None, "parent_id": 1}
        act, model = parse("discussion.post", wanted)
        waiting.append(Waiting(council.actor(who), act, model, f"r-{who}" if again else f"r-{number}", str(sorted(wanted))))
    return waiting


def picture(council: Council) -> dict[str, Any]:
    opinions = council.all(select(Opinion).order_by(Opinion.id))
    entries = council.all(select(Entry).where(Entry.event == "discussion.opinion_posted").order_by(Entry.seq))
    answers = council.all(select(StoredAnswer).order_by(StoredAnswer.account_id, StoredAnswer.request_id))
    marks = council.all(select(StaleMark).order_by(StaleMark.kind, StaleMark.scope, StaleMark.source_id))
    return {
        "opinions": [(row.id, row.person_id, row.item_id, row.parent_id, row.text, row.before, row.at) for row in opinions],
        "entries": [(row.seq, row.actor_id, row.facts, row.hash) for row in entries],
        "answers": [(row.account_id, row.request_id, row.status, row.body) for row in answers],
        "marks": [(row.kind, row.scope, row.source_id, row.times) for row in marks],
        "written": [row.stopped_at for row in council.all(select(Floor))],
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_ways_leave_the_same(council: Council, store: Path, at: Callable[..., None], seed: int) -> None:
    at(MORNING)
    found = council.meeting(state="in_session")
    item = council.items(found)[0]
    council.invite(found, "khach", voting=False, item_ids=[item])
    council.update(Item, council.items(found)[1], outside=True)
    handed = {"queue": "speaking", "kind": "speech", "state": "done", "written": True, "limit_seconds": 300, "asked_at": MORNING}
    council.write(Floor(meeting_id=found, item_id=item, person_id=council.person("hoa"), **handed))
    database.database().empty_log()
    shutil.copy(store / "storage" / "meeting.db", store / "before.db")

    together = said(council, found, seed)
    queue = deque(together)
    while queue:
        writer._batch(queue)
    gathered = picture(council), [(each.answer.status, each.answer.body) for each in together if each.answer]

    database.use(None)
    shutil.copy(store / "before.db", store / "storage" / "again.db")
    database.use(database.Database(f"sqlite:///{store / 'storage' / 'again.db'}"))
    alone = said(council, found, seed)
    for each in alone:
        writer._batch(deque([each]))
    one_by_one = picture(council), [(each.answer.status, each.answer.body) for each in alone if each.answer]

    assert gathered == one_by_one
    assert {status for status, _ in gathered[1]} >= {200, 404, 409}
    assert len(gathered[0]["opinions"]) >= 5


def test_many_on_one_matter_cost_few_questions(council: Council) -> None:
    """Those who write in the same moment wait for one another: the store is asked a few times for each, not a dozen."""
    found = council.meeting(state="in_session")
    act, model = parse("discussion.post", {"meeting_id": found, "item_id": council.items(found)[0], "text": "Nhất trí."})
    crowd = [Waiting(council.actor(who), act, model, f"r-{who}", "d") for who in ("hoa", "tuan", "hung")]

    with asked(database.database().writing) as statements:
        writer._batch(deque(crowd))

    assert [each.answer.status for each in crowd if each.answer] == [200] * len(crowd)
    assert len(statements) <= 14 + 5 * len(crowd)
