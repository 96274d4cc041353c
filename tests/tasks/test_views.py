"""The board and the page of a task: who sees what, and what is offered to whom."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.tasks.conftest import Board

Client = Callable[[str], Any]


def text_of(client: Client, username: str, address: str) -> str:
    heard = client(username).get(address)
    assert heard.status_code == 200
    return str(heard.get_data(as_text=True))


def test_the_board_groups_by_what_a_task_asks_for(board: Board, client: Client, at: Callable[[datetime], None]) -> None:
    on_track = text_of(client, "minh", "/tasks?view=due")
    at(datetime(2026, 12, 13, 3, 0, tzinfo=UTC))
    soon = text_of(client, "minh", "/tasks?view=due&state=due_soon")
    at(datetime(2026, 12, 18, 3, 0, tzinfo=UTC))
    late = text_of(client, "minh", "/tasks?view=due&state=overdue")

    assert "còn 21 ngày" in on_track
    assert "còn 2 ngày" in soon
    assert "quá 3 ngày" in late
    assert "Số 01/TB-UBND" in late


def test_the_board_is_filtered_by_unit_and_keeps_its_figures(board: Board, client: Client, council: Any) -> None:
    other = text_of(client, "minh", f"/tasks?view=unit&unit={council.unit('van_hoa')}")
    own = text_of(client, "minh", f"/tasks?view=unit&unit={council.unit('kinh_te')}")

    task = f"/tasks/{board.task_id}"
    assert (f'href="{task}"' in other, f'href="{task}"' in own) == (False, True)
    assert "1</b> <span>Sắp đến hạn" not in other
    assert "Theo đơn vị chủ trì" in own


@pytest.mark.parametrize(
    ("username", "status"),
    [("minh", 200), ("hung", 200), ("hoa", 200), ("dung", 200), ("lan", 404), ("khach", 404), ("admin", 404)],
)
def test_a_task_is_seen_by_its_meeting_and_its_units(board: Board, client: Client, username: str, status: int) -> None:
    assert client(username).get(f"/tasks/{board.task_id}").status_code == status


def test_the_list_and_the_page_agree_on_who_may_see(board: Board, client: Client) -> None:
    people = ("minh", "hung", "hoa", "dung", "truong", "lan", "khach", "van")

    listed = {u for u in people if f'"/tasks/{board.task_id}"' in client(u).get("/tasks").get_data(as_text=True)}
    opened = {u for u in people if client(u).get(f"/tasks/{board.task_id}").status_code == 200}

    assert listed == opened == {"minh", "hung", "hoa", "dung", "truong", "van"}


@pytest.mark.parametrize(
    ("username", "offered"),
    [
        ("dung", {"tasks.receive", "tasks.report", "tasks.ask_time", "tasks.propose_change", "tasks.raise_obstacle"}),
        ("minh", {"tasks.urge", "tasks.extend", "tasks.transfer", "tasks.cancel", "tasks.release"}),
        ("hoa", set()),
    ],
)
def test_each_is_offered_their_own_acts(board: Board, client: Client, username: str, offered: set[str]) -> None:
    shown = text_of(client, username, f"/tasks/{board.task_id}")

    assert set(re.findall(r'data-act="(tasks\.[a-z_]+)"', shown)) == offered


@pytest.mark.parametrize(("username", "shown"), [("minh", True), ("hung", True), ("dung", False)])
def test_the_column_of_what_is_not_given_yet_stands_before_those_who_give(
    board: Board, client: Client, username: str, shown: bool
) -> None:
    assert ('data-key="draft"' in text_of(client, username, "/tasks")) == shown


def test_a_result_reported_late_does_not_look_as_if_in_time(board: Board, client: Client, do: Any, at: Any) -> None:
    at(datetime(2026, 12, 18, 3, 0, tzinfo=UTC))
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=100, text="Xong", done=True)

    assert re.search(r't-oppose[^>]*">\s*quá hạn', text_of(client, "minh", "/tasks?view=unit"))


def test_what_a_unit_proposes_with_an_obstacle_stands_as_its_proposal(board: Board, client: Client, do: Any) -> None:
    words = {"text": "Chủ chợ vắng mặt", "proposal": "Công an phường mời làm việc"}
    do("dung", "tasks.raise_obstacle", task_id=board.task_id, **words)

    shown = text_of(client, "minh", f"/tasks/{board.task_id}")

    assert "Kiến nghị: Công an phường mời làm việc" in shown
    assert "Vướng mắc: Công an phường" not in shown


@pytest.mark.parametrize(("granted", "words"), [(True, "<b>Đồng ý</b>"), (False, "<b>Không đồng ý</b>")])
def test_an_answered_proposal_says_how_it_was_answered(
    board: Board, client: Client, do: Any, council: Any, granted: bool, words: str
) -> None:
    asked = do("dung", "tasks.propose_change", task_id=board.task_id, kind="content", text="Trùng việc", wanted_text="Việc khác")
    do("minh", "tasks.decide_change", change_id=asked["change_id"], granted=granted, answer="Đã xem xét")

    assert words in text_of(client, "minh", f"/tasks/{board.task_id}")


def test_a_reported_result_is_offered_for_acceptance_with_its_history(board: Board, client: Client, do: Any) -> None:
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=100, text="Đã bàn giao", done=True)

    shown = text_of(client, "minh", f"/tasks/{board.task_id}")

    assert 'data-act="tasks.accept"' in shown
    assert "Đã bàn giao" in shown
    assert "Báo cáo hoàn thành" in shown


def test_programs_read_tasks_by_unit_and_state(board: Board, api: Callable[[str], Any], council: Any) -> None:
    unit = council.unit("kinh_te")

    status, found = api("dung").get(f"/tasks?unit={unit}&state=assigned")
    assert (status, [row["id"] for row in found["data"]], found["next"]) == (200, [board.task_id], None)
    assert found["data"][0]["timeliness"] == "on_track"
    assert found["data"][0]["symbol"] == "01/TB-UBND"
    assert api("dung").get("/tasks?state=overdue")[1]["data"] == []
    assert api("lan").get("/tasks")[1]["data"] == []
    assert api("lan").get(f"/tasks/{board.task_id}")[0] == 404
    status, one = api("minh").get(f"/tasks/{board.task_id}")
    assert (status, one["steps"], one["due_on"]) == (200, [], "2026-12-15")


def test_the_tasks_stand_on_their_meetings_page_and_on_the_home_page(board: Board, client: Client) -> None:
    meeting = text_of(client, "minh", f"/meetings/{board.meeting_id}?tab=tasks")
    home = text_of(client, "dung", "/")

    assert f"/tasks/{board.task_id}" in meeting
    assert f"/tasks/{board.task_id}" in home
