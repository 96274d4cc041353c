"""From the issued line to the accepted result: each act works, refuses, is closed to strangers, stands in the journal."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from meeting.agenda.models import Meeting
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.organization.models import Person
from meeting.tasks.models import Task
from tests.tasks.conftest import Board

Do = Callable[..., dict[str, Any]]
DONE = {"progress_percent": 100, "text": "Đã bàn giao mặt bằng", "done": True}


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def test_each_task_line_becomes_a_task_when_the_notice_is_issued(board: Board, council: Any) -> None:
    task = board.task()

    assert council.one(select(func.count(Task.id))) == 1  # the line without a lead unit gives no task
    assert (task.text, task.state, task.due_on, task.first_due_on, task.product) == (
        "Tháo gỡ mặt bằng ngõ 115",
        "assigned",
        date(2026, 12, 15),
        date(2026, 12, 15),
        "Báo cáo kết quả",
    )
    assert (task.lead_unit.short_name, [unit.short_name for unit in task.cooperating]) == ("kinh_te", ["van_hoa"])
    assert board.told("tasks.task_assigned") == [{"task_id": task.id, "unit_id": task.lead_unit_id, "due_on": "2026-12-15"}]


def test_the_unit_receives_reports_and_the_desk_accepts(board: Board, do: Do) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=40, text="Đã kiểm đếm", obstacle="Thiếu kinh phí")
    done = do("truong", "tasks.report", task_id=board.task_id, **DONE)
    accepted = do("minh", "tasks.accept", task_id=board.task_id, text="Đạt")

    task = board.task()
    assert (done, accepted) == ({"state": "reported"}, {"on_time": True})
    assert (task.state, task.progress_percent, task.obstacle, task.done_on) == ("accepted", 100, "", date(2026, 11, 24))
    assert [(s.kind, s.progress_percent, s.obstacle) for s in board.steps()] == [
        ("received", None, ""),
        ("progress", 40, "Thiếu kinh phí"),
        ("done", 100, ""),
        ("accepted", None, ""),
    ]
    assert board.told("tasks.task_received") == [{"task_id": task.id}]
    assert [facts["done"] for facts in board.told("tasks.task_reported")] == [False, True]
    assert board.told("tasks.task_accepted") == [{"task_id": task.id, "on_time": True}]


def test_a_late_result_is_told_as_late(board: Board, do: Do, at: Callable[[datetime], None]) -> None:
    at(datetime(2026, 12, 16, 3, 0, tzinfo=UTC))
    do("dung", "tasks.report", task_id=board.task_id, **DONE)

    assert do("minh", "tasks.accept", task_id=board.task_id) == {"on_time": False}


def test_a_result_that_is_not_good_enough_goes_back(board: Board, do: Do) -> None:
    do("dung", "tasks.report", task_id=board.task_id, **DONE)

    assert refusal(do, "minh", "tasks.send_back", task_id=board.task_id, reason="") == "reason_needed"
    do("minh", "tasks.send_back", task_id=board.task_id, reason="Thiếu biên bản bàn giao")

    assert (board.task().state, board.task().done_on) == ("in_progress", None)
    assert board.told("tasks.task_sent_back")[0]["reason"] == "Thiếu biên bản bàn giao"
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    do("hung", "tasks.accept", task_id=board.task_id)


def test_urging_is_kept(board: Board, do: Do) -> None:
    do("minh", "tasks.urge", task_id=board.task_id, text="Đề nghị báo cáo trước thứ Sáu")

    assert [(s.kind, s.text) for s in board.steps()] == [("urged", "Đề nghị báo cáo trước thứ Sáu")]
    assert board.told("tasks.task_urged") == [{"task_id": board.task_id}]


def test_an_extension_keeps_the_date_before(board: Board, do: Do) -> None:
    same = refusal(do, "hung", "tasks.extend", task_id=board.task_id, due_on="2026-12-15", reason="Mưa bão")
    no_reason = refusal(do, "hung", "tasks.extend", task_id=board.task_id, due_on="2026-12-20", reason="")
    do("hung", "tasks.extend", task_id=board.task_id, due_on="2026-12-20", reason="Mưa bão")

    step = board.steps()[0]
    assert (same, no_reason) == ("extension_not_later", "reason_needed")
    assert (board.task().due_on, board.task().first_due_on) == (date(2026, 12, 20), date(2026, 12, 15))
    assert (step.due_before, step.due_after) == (date(2026, 12, 15), date(2026, 12, 20))
    assert board.told("tasks.task_extended") == [{"task_id": board.task_id, "before": "2026-12-15", "after": "2026-12-20"}]


@pytest.mark.parametrize(
    ("username", "act", "wanted", "code"),
    [
        ("khach", "tasks.receive", {}, "not_found"),
        ("minh", "tasks.receive", {}, "forbidden"),
        ("hoa", "tasks.report", DONE, "forbidden"),
        ("khach", "tasks.report", DONE, "not_found"),
        ("dung", "tasks.accept", {}, "forbidden"),
        ("khach", "tasks.accept", {}, "not_found"),
        ("dung", "tasks.send_back", {"reason": "X"}, "forbidden"),
        ("hoa", "tasks.urge", {}, "forbidden"),
        ("dung", "tasks.extend", {"due_on": "2027-01-01", "reason": "X"}, "forbidden"),
        ("admin", "tasks.urge", {}, "not_found"),
        ("minh", "tasks.accept", {}, "task_not_reported"),
        ("minh", "tasks.send_back", {"reason": "X"}, "task_not_reported"),
        ("dung", "tasks.report", {"progress_percent": 10, "text": " "}, "report_empty"),
        ("dung", "tasks.report", {"progress_percent": 110, "text": "X"}, "malformed"),
    ],
)
def test_who_may_not_and_what_may_not(board: Board, do: Do, username: str, act: str, wanted: dict[str, Any], code: str) -> None:
    assert refusal(do, username, act, task_id=board.task_id, **wanted) == code


def test_a_helping_unit_reads_but_does_not_report(board: Board, do: Do, council: Any) -> None:
    council.update(Person, council.person("dung"), unit_id=council.unit("van_hoa"))

    assert refusal(do, "dung", "tasks.report", task_id=board.task_id, **DONE) == "not_your_unit"


def test_another_unit_does_not_know_of_the_task(board: Board, do: Do, council: Any) -> None:
    council.update(Person, council.person("dung"), unit_id=council.unit("van_phong"))

    assert refusal(do, "dung", "tasks.receive", task_id=board.task_id) == "not_found"


def test_the_office_does_not_accept_its_own_task(board: Board, do: Do, council: Any) -> None:
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    council.update(Task, board.task_id, lead_unit_id=council.unit("van_phong"))

    assert refusal(do, "minh", "tasks.accept", task_id=board.task_id) == "own_unit"
    do("hung", "tasks.accept", task_id=board.task_id)


def test_nobody_accepts_their_own_report(board: Board, do: Do, council: Any) -> None:
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    council.update(Task, board.task_id, reported_by_id=council.person("minh"))

    assert refusal(do, "minh", "tasks.accept", task_id=board.task_id) == "own_report"


def test_a_waiting_result_is_not_reported_again_and_a_closed_task_is_closed(board: Board, do: Do) -> None:
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    again = refusal(do, "dung", "tasks.report", task_id=board.task_id, **DONE)
    do("minh", "tasks.accept", task_id=board.task_id)

    closed = refusal(do, "minh", "tasks.urge", task_id=board.task_id)
    assert (again, closed) == ("task_reported", "task_accepted")


def test_tasks_of_the_party_stay_with_people_who_have_a_role_there(board: Board, do: Do, council: Any) -> None:
    council.update(Meeting, board.meeting_id, body_id=council.body("Đảng ủy"))
    council.update(Task, board.task_id, body_id=council.body("Đảng ủy"))

    assert refusal(do, "dung", "tasks.receive", task_id=board.task_id) == "not_found"


def test_a_proof_is_a_file_of_ones_own(board: Board, do: Do, council: Any) -> None:
    values = {"sha256": "a" * 64, "media_type": "application/pdf", "size_bytes": 1, "uploaded_at": board.task().assigned_at}
    mine, others = council.write(
        File(name="bien-ban.pdf", uploaded_by=council.person("dung"), **values),
        File(name="khac.pdf", uploaded_by=council.person("truong"), **values),
    )

    foreign = refusal(do, "dung", "tasks.report", task_id=board.task_id, **DONE, file_id=others)
    do("dung", "tasks.report", task_id=board.task_id, **DONE, file_id=mine)

    assert foreign == "not_found"
    assert board.files() == [[mine]]
