"""Another name of a person, a unit or a kind of meeting: what it stands in is found by the new one, and no longer by the old."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from meeting import jobs
from meeting.agenda.models import FurtherPresenter, Item, Meeting
from meeting.database import database
from meeting.discussion.models import Opinion
from meeting.permissions import SYSTEM
from meeting.questioning.models import Promise
from meeting.rounds.models import OpinionRound
from meeting.search.models import Passage
from meeting.search.passages import service
from meeting.tasks.models import Task, cooperation
from meeting.writer import perform
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]
PERSON, UNIT = "Lê Anh Tuấn", "Phòng Kinh tế, Hạ tầng và Đô thị"


def add(model: Any, values: dict[str, Any]) -> int:
    """A row of a table, past all acts; its number."""
    with Session(database().writing) as session:
        key = session.execute(insert(model).values(**values).returning(*model.__table__.primary_key)).first()
        session.commit()
    assert key is not None
    return int(key[0])


@pytest.fixture
def named(council: Council) -> int:
    """A meeting in which both names stand in everything that can hold them; the meeting."""
    tuan, minh, unit = council.person("tuan"), council.person("minh"), council.unit("kinh_te")
    ubnd = {"body_id": council.body("UBND")}
    meeting_id = council.meeting(state="held")
    council.update(Meeting, meeting_id, chair_id=tuan)
    first, second, third = council.items(meeting_id)
    council.update(Item, first, presenter_id=tuan)
    council.update(Item, third, unit_id=unit)
    add(FurtherPresenter, {"item_id": second, "person_id": tuan, "rank": 1})
    add(Opinion, {"meeting_id": meeting_id, "person_id": tuan, "at": MORNING, "text": "Đồng ý."})
    promised = {**ubnd, "meeting_id": meeting_id, "due_on": date(2026, 12, 1), "made_at": MORNING, "noted_by_id": minh}
    add(Promise, {**promised, "person_id": tuan, "text": "Sẽ làm.", "unit_id": unit})
    given = {**ubnd, "origin": "superior", "assigned_at": MORNING, "given": True, "lead_unit_id": council.unit("van_hoa")}
    task_id = add(Task, {**given, "source_symbol": "1/CV-TP", "text": "Rà soát.", "officer_id": tuan})
    add(Task, {**given, "source_symbol": "2/CV-TP", "text": "Đôn đốc.", "leader_id": tuan})
    _helps(task_id, unit)
    asked = {**ubnd, "title": "Lấy ý kiến", "options": ["for"], "rule": "more_than_half", "tie": "none", "ground": "urgent"}
    kept = {"due_at": MORNING, "state": "open", "officer_id": minh, "wanted": [], "created_by_id": minh, "created_at": MORNING}
    add(OpinionRound, {**asked, **kept, "sent_at": MORNING, "unit_id": unit})
    perform(SYSTEM, "search.anew", {"version": service.FEED_VERSION})
    jobs.run_waiting()
    return meeting_id


def _helps(task_id: int, unit_id: int) -> None:
    with Session(database().writing) as session:
        session.execute(insert(cooperation).values(task_id=task_id, unit_id=unit_id))
        session.commit()


def where(council: Council, name: str) -> list[str]:
    """The kinds of the documents in whose text a name stands."""
    rows: Iterable[Passage] = council.all(select(Passage).where(~Passage.gone))
    return sorted(row.kind for row in rows if name in row.text)


def test_another_name_of_a_person(council: Council, do: Do, named: int) -> None:
    before = where(council, PERSON)
    assert before == ["item", "item", "meeting", "opinion", "person", "promise", "task", "task"]

    do("admin", "organization.edit_person", person_id=council.person("tuan"), full_name="Ngô Thanh Bách")
    jobs.run_waiting()

    assert (where(council, PERSON), where(council, "Ngô Thanh Bách")) == ([], before)


def test_another_name_of_a_unit(council: Council, do: Do, named: int) -> None:
    before = where(council, UNIT)
    assert {"item", "person", "promise", "round", "task", "unit"} == set(before)

    do("admin", "organization.edit_unit", unit_id=council.unit("kinh_te"), name="Phòng Quy hoạch", short_name="kinh_te")
    jobs.run_waiting()

    assert (where(council, UNIT), where(council, "Phòng Quy hoạch")) == ([], before)


def test_another_name_of_a_kind_of_meeting(council: Council, do: Do, named: int) -> None:
    do("minh", "rulebook.edit_type", type_id=council.type("UBND"), name="Phiên họp mở rộng")
    jobs.run_waiting()

    assert where(council, "Phiên họp mở rộng") == ["meeting"]
