"""What becomes of tasks when a later document corrects, replaces or withdraws the one they come from."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.models import NoticeLine
from meeting.notify.models import Notification
from meeting.organization.models import Person
from meeting.tasks.models import Task
from tests.tasks.conftest import Board

Do = Callable[..., dict[str, Any]]
DONE = {"progress_percent": 100, "text": "Đã bàn giao mặt bằng", "done": True}


def later(board: Board, do: Do, relation: str, reason: str = "Thay đổi chủ trương", **change: Any) -> int:
    """A later document about the first one; `change` is done to the line that carries the task on. Answers its id."""
    council = board.council
    old = council.one(select(Task.notice_id).where(Task.id == board.task_id))
    new = do("minh", "conclusions.draft", about_id=old, relation=relation, reason=reason)["notice_id"]
    carried = council.one(
        select(NoticeLine.id).where(
            NoticeLine.notice_id == new, NoticeLine.carries_id.is_not(None), NoticeLine.lead_unit_id.is_not(None)
        )
    )
    if carried is not None and change:
        council.update(NoticeLine, carried, **change)
    do("hung", "conclusions.approve", notice_id=new)
    do("minh", "conclusions.sign", notice_id=new)
    do("van", "conclusions.issue", notice_id=new)
    return int(new)


def test_a_replaced_line_goes_on_with_its_task(board: Board, do: Do, council: Any) -> None:
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=40, text="Đã kiểm đếm")
    new = later(board, do, "replaces", text="Tháo gỡ mặt bằng ngõ 115 và 117", due_on=date(2026, 12, 31))

    task = board.task()
    assert len(council.all(select(Task))) == 1
    assert (task.notice_id, task.state, task.progress_percent) == (new, "in_progress", 40)
    assert (task.text, task.due_on, task.first_due_on) == (
        "Tháo gỡ mặt bằng ngõ 115 và 117",
        date(2026, 12, 31),
        date(2026, 12, 15),
    )
    step = board.steps()[-1]
    assert (step.kind, step.text, step.text_before) == ("carried", "02/TB-UBND", "Tháo gỡ mặt bằng ngõ 115")
    assert (step.due_before, step.due_after) == (date(2026, 12, 15), date(2026, 12, 31))
    told = council.all(select(Notification.kind).where(Notification.person_id == council.person("dung")))
    assert told.count("task_renewed") == 1
    assert board.told("tasks.task_edited")[0]["carried"] is True


def test_the_other_open_tasks_of_a_replaced_document_are_cancelled(board: Board, do: Do, council: Any) -> None:
    later(board, do, "replaces", lead_unit_id=None, due_on=None, product="", officer_id=None, leader_id=None, cooperating=[])

    task = board.task()
    assert (task.state, task.cancel_reason) == ("cancelled", "thay thế bởi 02/TB-UBND")
    assert len(council.all(select(Task))) == 1
    assert board.told("tasks.task_cancelled")[0]["reason"] == "thay thế bởi 02/TB-UBND"


def test_what_is_accepted_stays_with_its_document(board: Board, do: Do, council: Any) -> None:
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    do("minh", "tasks.accept", task_id=board.task_id)
    first = board.task().notice_id
    later(board, do, "replaces")

    assert (board.task().state, board.task().notice_id) == ("accepted", first)
    assert len(council.all(select(Task))) == 1


def test_a_replacement_may_name_another_unit(board: Board, do: Do, council: Any) -> None:
    culture = council.unit("van_hoa")
    council.update(Person, council.person("truong"), unit_id=culture)
    later(board, do, "replaces", lead_unit_id=culture, officer_id=council.person("truong"), cooperating=[])

    task = board.task()
    assert (task.lead_unit_id, task.officer_id, task.state) == (culture, council.person("truong"), "assigned")
    assert [step.kind for step in board.steps()] == ["carried", "transferred"]


def test_the_open_tasks_of_a_withdrawn_document_are_cancelled(board: Board, do: Do) -> None:
    later(board, do, "withdraws", reason="Ban hành nhầm")

    assert (board.task().state, board.task().cancel_reason) == ("cancelled", "01/TB-UBND bị thu hồi theo 02/TB-UBND")


def test_a_corrected_line_changes_its_task_which_stays_with_the_document(board: Board, do: Do, council: Any) -> None:
    first = board.task().notice_id
    line = council.one(select(Task.line_id).where(Task.id == board.task_id))
    new = do("minh", "conclusions.draft", about_id=first, relation="corrects", reason="Hạn 15/12 sửa thành 25/12")["notice_id"]
    (kept,) = council.write(
        NoticeLine(
            notice_id=new,
            position=90,
            text="Tháo gỡ mặt bằng ngõ 115",
            lead_unit_id=council.unit("kinh_te"),
            due_on=date(2026, 12, 25),
            carries_id=line,
        )
    )
    do("hung", "conclusions.approve", notice_id=new)
    do("minh", "conclusions.sign", notice_id=new)
    do("van", "conclusions.issue", notice_id=new)

    task = board.task()
    assert (task.notice_id, task.line_id, task.due_on, task.state) == (first, line, date(2026, 12, 25), "assigned")
    assert (task.officer_id, task.product) == (council.person("dung"), "Báo cáo kết quả")  # what it does not say stays
    assert council.all(select(Task).where(Task.line_id == kept)) == []


@pytest.mark.parametrize("relation", ["replaces", "withdraws"])
def test_drafts_go_the_same_way_without_a_word_to_the_unit(board: Board, do: Do, council: Any, relation: str) -> None:
    council.update(Task, board.task_id, state="draft", given=False, officer_id=None)
    before = council.one(select(Notification.id).order_by(Notification.id.desc()).limit(1))
    later(board, do, relation, **({"officer_id": None} if relation == "replaces" else {}))

    assert board.task().state == ("draft" if relation == "replaces" else "cancelled")
    fresh = council.all(select(Notification).where(Notification.id > before, Notification.kind.like("task\\_%", escape="\\")))
    assert fresh == []
