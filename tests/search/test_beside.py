"""What stands with a hit: its state in a word, each place once, the tasks that came of a document as far as one may see them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.conclusions.models import NoticeLine
from meeting.database import reading
from meeting.search.beside import TaskStates, beside, places_of, sign_of, task_states
from meeting.search.finding.answers import Hit, Place
from meeting.search.finding.queries import Found
from meeting.tasks.models import Task
from tests.conftest import Council

TODAY = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("standing", "due_on", "says"),
    [
        ("running", date(2026, 11, 23), "Overdue"),
        ("running", date(2026, 11, 24), "Being carried out"),
        ("waiting", date(2026, 11, 1), "Overdue"),
        ("running", None, "Being carried out"),
        ("reported", date(2026, 11, 1), "Reported as done"),
        ("done", date(2026, 11, 1), "Done"),
        ("draft", None, "Draft"),
        ("not_passed", None, "Not passed"),
        ("in_force", None, None),
        ("", None, None),
    ],
)
def test_a_state_is_one_word_and_late_comes_first(standing: str, due_on: date | None, says: str | None) -> None:
    with clock.frozen(TODAY):
        sign = sign_of(standing, due_on)

    assert (sign and sign.says) == says


@pytest.fixture
def hits(council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Callable[..., Found]) -> list[Hit]:
    """One notice of three lines, two of which answer "vỉa hè"; the second line is a task that is late, the first one is done."""
    meeting_id = council.meeting(state="held")
    notice_id = notice(
        "Chỉnh trang vỉa hè, trồng cây trên vỉa hè.", "Giữ vỉa hè cho người đi bộ.", "Lắp đèn.", meeting_id=meeting_id
    )
    with reading() as session:
        lines = [
            line.id
            for line in session.scalars(select(NoticeLine).where(NoticeLine.notice_id == notice_id).order_by(NoticeLine.position))
        ]
    for line_id, state in zip(lines, ("accepted", "in_progress", "in_progress"), strict=True):
        council.write(
            Task(
                body_id=council.body("UBND"),
                meeting_id=meeting_id,
                notice_id=notice_id,
                line_id=line_id,
                text="Giữ vỉa hè",
                lead_unit_id=council.unit("kinh_te"),
                due_on=date(2026, 11, 1) if line_id == lines[1] else None,
                no_due=line_id != lines[1],
                state=state,
                assigned_at=clock.now(),
            )
        )
    feed(meeting_id)
    return find("hoa", "vỉa hè", kind="notice").hits


def test_each_place_is_named_once_with_all_its_words(hits: list[Hit]) -> None:
    assert places_of(hits[0]) == [Place(None, 2, "Mục 1"), Place(None, 1, "Mục 2")]


def test_the_tasks_of_a_notice_are_counted_for_those_who_may_see_them(council: Council, hits: list[Hit]) -> None:
    with clock.frozen(TODAY), reading() as session:
        found = beside(session, council.actor("hoa"), hits)[hits[0].name]
        strangers = task_states(session, council.actor("khach"), {hits[0].passage.source_id})

    assert found.tasks == TaskStates(done=1, running=1, overdue=1)
    assert found.matter <= 1
    assert found.citation.startswith("Thông báo số 142/TB-UBND ngày 20/11/2026")
    assert strangers == {}
