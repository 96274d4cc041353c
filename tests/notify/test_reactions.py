"""Papers and tasks: the unit concerned is told, the office hears of results, reminders come once."""

from datetime import UTC, datetime, timedelta

from tests.conftest import Council
from tests.notify.conftest import MORNING, At, Do, told
from tests.tasks.conftest import Board, board

__all__ = ["board"]


def test_the_unit_is_told_of_the_paper_it_owes_and_nobody_else(do: Do, council: Council, at: At) -> None:
    at(MORNING)
    meeting_id = council.meeting(state="draft", starts_at=MORNING + timedelta(days=20))

    do("minh", "materials.request", meeting_id=meeting_id, unit_id=council.unit("kinh_te"), what="Tờ trình ngân sách")

    assert (told(council, "dung"), told(council, "truong")) == (["papers_requested"], ["papers_requested"])
    assert [told(council, each) for each in ("minh", "hoa", "van", "khach")] == [[], [], [], []]


def test_a_notice_goes_from_hand_to_hand_and_its_task_to_the_unit(board: Board, council: Council) -> None:
    assert "task_assigned" in told(council, "dung")
    assert "task_assigned" in told(council, "truong")
    assert "notice_approved" in told(council, "minh")
    assert "notice_signed" in told(council, "van")
    assert "notice_issued" in told(council, "hoa")
    assert told(council, "khach") == []


def test_the_office_hears_of_a_result_but_not_of_every_step(board: Board, do: Do, council: Council) -> None:
    before = len(told(council, "minh"))

    do("dung", "tasks.report", task_id=board.task_id, progress_percent=40, text="Đã kiểm đếm")
    assert len(told(council, "minh")) == before
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=100, text="Xong", done=True)
    assert told(council, "minh")[before:] == ["task_reported"]
    do("minh", "tasks.send_back", task_id=board.task_id, reason="Thiếu số liệu")

    assert told(council, "dung")[-1] == "task_sent_back"


def test_a_task_is_recalled_before_it_is_due_and_when_it_is_overdue(board: Board, do: Do, council: Council, at: At) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)
    for day in (11, 12, 13, 16, 17):
        at(datetime(2026, 12, day, 3, 0, tzinfo=UTC))
        do("system", "notify.remind")

    assert [each for each in told(council, "dung") if each.startswith(("task_due", "task_over"))] == [
        "task_due_soon",
        "task_overdue",
    ]
