"""Proposals, obstacles, transfer and cancelling: each works, refuses, is closed to strangers and stands in the journal."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting.errors import Refused
from meeting.organization.models import Person, Unit
from meeting.tasks.models import Task, TaskChange, TaskFormerUnit, TaskObstacle
from tests.tasks.conftest import Board

Do = Callable[..., dict[str, Any]]
DONE = {"progress_percent": 100, "text": "Đã bàn giao mặt bằng", "done": True}
TIME = {"kind": "time", "due_on": "2026-12-30", "text": "Chờ vốn"}
CONTENT = {"kind": "content", "wanted_text": "Tháo gỡ mặt bằng ngõ 115 và 117", "text": "Hai ngõ liền nhau"}


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def ask(board: Board, do: Do, **wanted: Any) -> int:
    return int(do("dung", "tasks.propose_change", task_id=board.task_id, **wanted)["change_id"])


def change(board: Board, change_id: int) -> TaskChange:
    return board.council.one(select(TaskChange).where(TaskChange.id == change_id))  # type: ignore[no-any-return]


# more time


def test_granted_time_moves_the_date_and_keeps_the_old_one(board: Board, do: Do) -> None:
    asked = do("dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-30", text="Chờ vốn")["change_id"]
    again = refusal(do, "truong", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-31", text="Chờ vốn")
    decided = do("hung", "tasks.decide_change", change_id=asked, granted=True, due_on="2026-12-25", answer="Đến 25/12")

    task = board.task()
    assert (again, decided) == ("change_waits", {"state": "granted"})
    assert (task.due_on, task.first_due_on) == (date(2026, 12, 25), date(2026, 12, 15))
    assert [(s.kind, s.due_before, s.due_after) for s in board.steps()] == [
        ("asked", None, date(2026, 12, 30)),
        ("extended", date(2026, 12, 15), date(2026, 12, 25)),
    ]
    asked_facts = {"task_id": task.id, "change_id": asked, "kind": "time"}
    assert board.told("tasks.task_change_asked") == [asked_facts]
    assert board.told("tasks.task_change_decided") == [{**asked_facts, "state": "granted"}]
    assert board.told("tasks.task_extended") == [{"task_id": task.id, "before": "2026-12-15", "after": "2026-12-25"}]


def test_time_given_by_hand_answers_what_was_asked(board: Board, do: Do) -> None:
    asked = ask(board, do, **TIME)
    do("hung", "tasks.extend", task_id=board.task_id, due_on="2026-12-20", reason="Đến 20/12")

    assert (change(board, asked).state, change(board, asked).answer) == ("granted", "Đến 20/12")
    assert refusal(do, "hung", "tasks.decide_change", change_id=asked, granted=True) == "change_decided"


def test_time_asked_before_the_report_may_still_be_given_after_it(board: Board, do: Do, at: Callable[[datetime], None]) -> None:
    asked = ask(board, do, **TIME)
    at(datetime(2026, 12, 16, 3, 0, tzinfo=UTC))
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    do("hung", "tasks.decide_change", change_id=asked, granted=True)

    assert do("minh", "tasks.accept", task_id=board.task_id) == {"on_time": True}


# words


def test_granted_words_replace_the_old_ones_which_stay_in_the_history(board: Board, do: Do) -> None:
    asked = ask(board, do, **CONTENT)
    do("minh", "tasks.decide_change", change_id=asked, granted=True)

    assert board.task().text == "Tháo gỡ mặt bằng ngõ 115 và 117"
    assert [(s.kind, s.text_before) for s in board.steps()] == [("asked", ""), ("reworded", "Tháo gỡ mặt bằng ngõ 115")]


def test_a_refused_proposal_is_answered_and_changes_nothing(board: Board, do: Do) -> None:
    asked = ask(board, do, **CONTENT)
    silent = refusal(do, "minh", "tasks.decide_change", change_id=asked, granted=False, answer=" ")
    do("minh", "tasks.decide_change", change_id=asked, granted=False, answer="Ngõ 117 chưa có chủ trương")

    assert silent == "answer_needed"
    assert (change(board, asked).state, board.task().text) == ("refused", "Tháo gỡ mặt bằng ngõ 115")
    assert (board.steps()[-1].kind, board.steps()[-1].text) == ("refused", "Ngõ 117 chưa có chủ trương")
    ask(board, do, **CONTENT)  # it may be proposed anew


def test_who_asked_takes_it_back_and_nobody_else(board: Board, do: Do) -> None:
    asked = ask(board, do, **CONTENT)
    foreign = refusal(do, "truong", "tasks.withdraw_change", change_id=asked)
    do("dung", "tasks.withdraw_change", change_id=asked)

    assert foreign == "not_your_proposal"
    assert change(board, asked).state == "withdrawn"
    assert refusal(do, "dung", "tasks.withdraw_change", change_id=asked) == "change_decided"
    assert board.told("tasks.task_change_decided")[-1]["state"] == "withdrawn"


# another unit


def test_a_granted_unit_takes_the_task_over(board: Board, do: Do, council: Any) -> None:
    culture = council.unit("van_hoa")
    asked = ask(board, do, kind="unit", unit_id=culture, text="Thuộc lĩnh vực văn hóa")
    nobody = refusal(do, "hung", "tasks.decide_change", change_id=asked, granted=True)
    council.update(Person, council.person("hoa"), unit_id=culture)
    do("hung", "tasks.decide_change", change_id=asked, granted=True, officer_id=council.person("hoa"))

    task = board.task()
    assert nobody == "officer_needed"
    assert (task.lead_unit_id, task.state, task.officer_id, task.cooperating) == (culture, "assigned", council.person("hoa"), [])
    assert change(board, asked).state == "granted"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"kind": "time", "text": "X"}, "change_incomplete"),
        ({"kind": "time", "due_on": "2026-12-15", "text": "X"}, "extension_not_later"),
        ({"kind": "time", "due_on": "2026-12-30", "text": " "}, "reason_needed"),
        ({"kind": "content", "text": "X"}, "change_incomplete"),
        ({"kind": "content", "text": "X", "wanted_text": "Tháo gỡ mặt bằng ngõ 115"}, "text_same"),
        ({"kind": "unit", "text": "X"}, "change_incomplete"),
        ({"kind": "unit", "text": "X", "unit_id": 1}, "same_unit"),
        ({"kind": "unit", "text": "X", "unit_id": 999}, "not_found"),
        ({"kind": "unit", "text": "X", "unit_id": 2}, "unit_retired"),
        ({"kind": "other", "text": "X"}, "malformed"),
    ],
)
def test_what_may_not_be_proposed(board: Board, do: Do, council: Any, wanted: dict[str, Any], code: str) -> None:
    units = {1: council.unit("kinh_te"), 2: council.unit("van_phong"), 999: 999}
    council.update(Unit, units[2], retired_on=date(2026, 11, 1))
    if "unit_id" in wanted:
        wanted = {**wanted, "unit_id": units[wanted["unit_id"]]}

    assert refusal(do, "dung", "tasks.propose_change", task_id=board.task_id, **wanted) == code


def test_a_task_without_a_due_date_needs_no_more_time(board: Board, do: Do, council: Any) -> None:
    council.update(Task, board.task_id, due_on=None, no_due=True)

    assert refusal(do, "dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-30", text="X") == "task_no_due"


def test_asked_when_it_is_overdue_the_new_date_lies_ahead(board: Board, do: Do, at: Callable[[datetime], None]) -> None:
    at(datetime(2026, 12, 20, 3, 0, tzinfo=UTC))

    assert refusal(do, "dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-18", text="X") == "extension_past"


# who may not


@pytest.mark.parametrize(
    ("username", "act", "wanted", "code"),
    [
        ("khach", "tasks.propose_change", TIME, "not_found"),
        ("admin", "tasks.propose_change", TIME, "not_found"),
        ("hoa", "tasks.propose_change", TIME, "forbidden"),
        ("minh", "tasks.ask_time", {"due_on": "2026-12-30", "text": "X"}, "forbidden"),
        ("khach", "tasks.raise_obstacle", {"text": "X"}, "not_found"),
        ("hung", "tasks.raise_obstacle", {"text": "X"}, "forbidden"),
        ("dung", "tasks.raise_obstacle", {"text": " "}, "obstacle_empty"),
        ("dung", "tasks.transfer", {"unit_id": 1, "reason": "X"}, "forbidden"),
        ("hoa", "tasks.cancel", {"reason": "X"}, "forbidden"),
        ("van", "tasks.cancel", {"reason": "X"}, "forbidden"),
        ("khach", "tasks.cancel", {"reason": "X"}, "not_found"),
        ("minh", "tasks.cancel", {"reason": " "}, "reason_needed"),
    ],
)
def test_who_may_not_and_what_may_not(board: Board, do: Do, username: str, act: str, wanted: dict[str, Any], code: str) -> None:
    assert refusal(do, username, act, task_id=board.task_id, **wanted) == code


def test_nobody_decides_for_their_own_unit_or_on_their_own_proposal(board: Board, do: Do, council: Any) -> None:
    asked = ask(board, do, **CONTENT)
    stranger = refusal(do, "hoa", "tasks.decide_change", change_id=asked, granted=True)
    council.update(TaskChange, asked, asked_by_id=council.person("minh"))
    own = refusal(do, "minh", "tasks.decide_change", change_id=asked, granted=True)
    council.update(Person, council.person("minh"), unit_id=council.unit("kinh_te"))
    unit = refusal(do, "minh", "tasks.decide_change", change_id=asked, granted=True)
    longer = refusal(do, "minh", "tasks.extend", task_id=board.task_id, due_on="2026-12-30", reason="X")
    away = refusal(do, "minh", "tasks.cancel", task_id=board.task_id, reason="X")
    council.update(Task, board.task_id, officer_id=council.person("hung"))
    work = refusal(do, "hung", "tasks.decide_change", change_id=asked, granted=True)

    assert (stranger, own, unit, longer, away, work) == (
        "forbidden",
        "own_proposal",
        "own_unit",
        "own_unit",
        "own_unit",
        "own_work",
    )


# obstacles


def test_obstacles_stand_until_they_are_settled(board: Board, do: Do, api: Any) -> None:
    first = do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí", proposal="Bổ sung 2 tỷ")
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=20, text="Đã kiểm đếm", obstacle="Vướng 3 hộ dân")
    again = do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí ")
    second = board.council.one(select(TaskObstacle.id).where(TaskObstacle.text == "Vướng 3 hộ dân"))

    assert again == first
    assert board.task().obstacle == "Vướng 3 hộ dân"
    assert refusal(do, "minh", "tasks.settle_obstacle", obstacle_id=second, answer=" ") == "answer_needed"
    do("minh", "tasks.settle_obstacle", obstacle_id=second, answer="Đã họp dân")
    assert board.task().obstacle == "Thiếu kinh phí"
    assert refusal(do, "minh", "tasks.settle_obstacle", obstacle_id=second, answer="X") == "obstacle_settled"
    assert refusal(do, "dung", "tasks.settle_obstacle", obstacle_id=second, answer="X") == "forbidden"
    assert refusal(do, "khach", "tasks.settle_obstacle", obstacle_id=second, answer="X") == "not_found"
    do("hung", "tasks.settle_obstacle", **first, answer="Đã bổ sung")
    assert board.task().obstacle == ""
    assert [facts["obstacle_id"] for facts in board.told("tasks.task_obstacle_raised")] == [first["obstacle_id"], second]
    assert [facts["obstacle_id"] for facts in board.told("tasks.task_obstacle_settled")] == [second, first["obstacle_id"]]
    read = api("dung").get(f"/tasks/{board.task_id}/obstacles")[1]["data"]
    assert {row["text"]: row["answer"] for row in read} == {"Thiếu kinh phí": "Đã bổ sung", "Vướng 3 hộ dân": "Đã họp dân"}


def test_what_still_stands_is_over_with_the_task(board: Board, do: Do, council: Any) -> None:
    do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí")
    words, time = ask(board, do, **CONTENT), ask(board, do, **TIME)
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    waiting = change(board, time).state

    do("minh", "tasks.accept", task_id=board.task_id)

    assert (change(board, words).state, waiting, change(board, time).state) == ("withdrawn", "asked", "withdrawn")
    assert board.task().obstacle == ""
    assert council.all(select(TaskObstacle).where(TaskObstacle.settled_at.is_(None))) == []


# transfer


def test_a_transferred_task_is_new_for_one_unit_and_past_for_the_other(
    board: Board, do: Do, council: Any, api: Any, at: Callable[[datetime], None]
) -> None:
    culture = council.unit("van_hoa")
    council.update(Person, council.person("truong"), unit_id=culture)
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=30, text="Đã kiểm đếm")
    do("minh", "tasks.transfer", task_id=board.task_id, unit_id=culture, reason="Đúng chức năng", due_on="2026-12-31")
    at(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    do("truong", "tasks.report", task_id=board.task_id, progress_percent=50, text="Đã họp dân")

    task = board.task()
    assert (task.lead_unit_id, task.officer_id, task.progress_percent) == (culture, council.person("truong"), 50)
    assert (task.due_on, task.first_due_on, task.cooperating) == (date(2026, 12, 31), date(2026, 12, 15), [])
    before, after = api("dung").get(f"/tasks/{board.task_id}")[1], api("truong").get(f"/tasks/{board.task_id}")[1]
    assert [step["kind"] for step in before["steps"]] == ["transferred", "progress"]
    assert [step["kind"] for step in after["steps"]] == ["progress", "transferred", "progress"]
    assert after["steps"][1]["unit_before"]["name"] == "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert refusal(do, "dung", "tasks.report", task_id=board.task_id, progress_percent=60, text="X") == "not_your_unit"
    assert board.told("tasks.task_transferred")[0]["reason"] == "Đúng chức năng"
    assert len(council.all(select(TaskFormerUnit))) == 1


def test_a_former_unit_that_leads_again_reads_everything(board: Board, do: Do, council: Any, api: Any) -> None:
    culture, economy = council.unit("van_hoa"), council.unit("kinh_te")
    council.update(Person, council.person("hoa"), unit_id=culture)
    there = {"unit_id": culture, "officer_id": council.person("hoa")}
    do("minh", "tasks.transfer", task_id=board.task_id, **there, reason="Đúng chức năng")
    do("minh", "tasks.transfer", task_id=board.task_id, unit_id=economy, reason="Nhầm")

    assert board.task().officer_id == council.person("truong")  # the head, where nobody was named
    assert len(api("dung").get(f"/tasks/{board.task_id}")[1]["steps"]) == 2


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"unit_id": "kinh_te", "reason": "X"}, "same_unit"),
        ({"unit_id": "van_phong", "reason": " "}, "reason_needed"),
        ({"unit_id": "van_phong", "reason": "X"}, "officer_needed"),
        ({"unit_id": "van_phong", "reason": "X", "officer_id": "dung"}, "officer_not_of_unit"),
        ({"unit_id": "van_phong", "reason": "X", "officer_id": "van", "due_on": "2026-12-01"}, "extension_not_later"),
        ({"unit_id": "van_hoa", "reason": "X"}, "unit_retired"),
    ],
)
def test_what_may_not_be_transferred(board: Board, do: Do, council: Any, wanted: dict[str, Any], code: str) -> None:
    council.update(Unit, council.unit("van_hoa"), retired_on=date(2026, 11, 1))
    named = {**wanted, "unit_id": council.unit(wanted["unit_id"])}
    if "officer_id" in wanted:
        named["officer_id"] = council.person(wanted["officer_id"])

    assert refusal(do, "hung", "tasks.transfer", task_id=board.task_id, **named) == code


# cancelling


def test_a_cancelled_task_is_closed_to_everything(board: Board, do: Do, council: Any) -> None:
    asked = ask(board, do, **TIME)
    do("minh", "tasks.cancel", task_id=board.task_id, reason="Dự án dừng")

    task, now = board.task(), {"task_id": board.task_id}
    assert (task.state, task.cancel_reason, change(board, asked).state) == ("cancelled", "Dự án dừng", "withdrawn")
    assert board.told("tasks.task_cancelled") == [{"task_id": task.id, "reason": "Dự án dừng", "given": True}]
    closed = [
        refusal(do, "dung", "tasks.receive", **now),
        refusal(do, "dung", "tasks.report", **now, **DONE),
        refusal(do, "dung", "tasks.propose_change", **now, **TIME),
        refusal(do, "dung", "tasks.raise_obstacle", **now, text="X"),
        refusal(do, "minh", "tasks.accept", **now),
        refusal(do, "minh", "tasks.send_back", **now, reason="X"),
        refusal(do, "minh", "tasks.urge", **now),
        refusal(do, "minh", "tasks.extend", **now, due_on="2026-12-30", reason="X"),
        refusal(do, "minh", "tasks.transfer", **now, unit_id=council.unit("van_hoa"), reason="X"),
        refusal(do, "minh", "tasks.cancel", **now, reason="X"),
        refusal(do, "minh", "tasks.edit", **now, is_key=True),
        refusal(do, "minh", "tasks.assign", **now),
    ]
    assert set(closed) == {"task_cancelled"}


def test_what_is_accepted_is_no_longer_cancelled(board: Board, do: Do) -> None:
    do("dung", "tasks.report", task_id=board.task_id, **DONE)
    do("minh", "tasks.accept", task_id=board.task_id)

    assert refusal(do, "hung", "tasks.cancel", task_id=board.task_id, reason="X") == "task_accepted"
    assert board.task().accepted_by_id == board.council.person("minh")


# reports


def test_progress_goes_back_only_with_a_reason(board: Board, do: Do) -> None:
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=60, text="Đã kiểm đếm")
    less = {"task_id": board.task_id, "progress_percent": 40, "text": "Đo lại"}
    with pytest.raises(Refused) as caught:
        do("dung", "tasks.report", **less)
    do("dung", "tasks.report", **less, back_reason="Một phần khối lượng phải làm lại")

    assert (caught.value.code, caught.value.facts) == ("progress_back", {"before": 60})
    assert (board.task().progress_percent, board.steps()[-1].text) == (40, "Đo lại\nMột phần khối lượng phải làm lại")
    assert refusal(do, "dung", "tasks.report", task_id=board.task_id, **{**DONE, "text": " "}) == "result_empty"
    many = list(range(1, 12))
    assert refusal(do, "dung", "tasks.report", task_id=board.task_id, **DONE, file_ids=many) == "report_files"


def test_the_head_names_who_carries_it_out_when_receiving(board: Board, do: Do, council: Any) -> None:
    foreign = refusal(do, "truong", "tasks.receive", task_id=board.task_id, officer_id=council.person("hoa"))
    do("truong", "tasks.receive", task_id=board.task_id, officer_id=council.person("truong"))

    assert foreign == "officer_not_of_unit"
    assert (board.task().state, board.task().officer_id) == ("received", council.person("truong"))


def test_proposals_and_answers_go_through_the_api(board: Board, api: Any) -> None:
    status, made = api("dung").act("tasks.propose_change", task_id=board.task_id, **TIME)
    again, refused = api("truong").act("tasks.propose_change", task_id=board.task_id, **TIME)
    api("hung").act("tasks.decide_change", change_id=made["change_id"], granted=True)
    read = api("dung").get(f"/tasks/{board.task_id}/changes")[1]["data"]

    assert (status, again, refused["code"]) == (200, 409, "change_waits")
    assert [(row["kind"], row["state"], row["wanted_due_on"]) for row in read] == [("time", "granted", "2026-12-30")]
    assert api("khach").get(f"/tasks/{board.task_id}/changes")[0] == 404
    assert api("khach").get(f"/tasks/{board.task_id}/obstacles")[0] == 404


def test_a_task_without_a_day_that_goes_on_with_one_has_it(board: Board, do: Do, council: Any) -> None:
    council.update(Task, board.task_id, due_on=None, no_due=True)
    where = {"unit_id": council.unit("van_phong"), "officer_id": council.person("van")}

    past = refusal(do, "minh", "tasks.transfer", task_id=board.task_id, reason="X", due_on="2026-11-20", **where)
    do("hung", "tasks.transfer", task_id=board.task_id, reason="X", due_on="2026-12-31", **where)

    assert past in ("extension_past", "own_unit")
    assert (board.task().due_on, board.task().no_due) == (date(2026, 12, 31), False)
