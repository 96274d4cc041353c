"""Showing tasks to the public: who may, what is refused, what the journal says."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.tasks.models import Task
from tests.tasks.conftest import Board

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], Any]
WORDS = {"public_text": "Giải phóng mặt bằng ngõ 115", "public_result": ""}


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def test_a_task_is_shown_in_the_offices_own_words(board: Board, do: Do) -> None:
    do("hung", "tasks.release", task_id=board.task_id, **WORDS)
    first = board.task()
    do("minh", "tasks.release", task_id=board.task_id, **{**WORDS, "public_result": "Đã bàn giao"})
    do("minh", "tasks.release", task_id=board.task_id, **{**WORDS, "public_result": " Đã bàn giao "})

    task = board.task()
    assert (first.public_text, first.public_result) == ("Giải phóng mặt bằng ngõ 115", "")
    assert (task.public_result, task.released_at) == ("Đã bàn giao", first.released_at)
    assert task.text == "Tháo gỡ mặt bằng ngõ 115"
    assert board.told("tasks.task_released") == [
        {"task_id": task.id, "with_result": False},
        {"task_id": task.id, "with_result": True},
    ]


def test_a_task_is_taken_off_again_with_a_reason(board: Board, do: Do) -> None:
    never = refusal(do, "hung", "tasks.unrelease", task_id=board.task_id, reason="X")
    do("hung", "tasks.release", task_id=board.task_id, **WORDS)
    silent = refusal(do, "hung", "tasks.unrelease", task_id=board.task_id, reason=" ")
    do("hung", "tasks.unrelease", task_id=board.task_id, reason="Chờ thẩm định lại")

    task = board.task()
    assert (never, silent) == ("not_released", "reason_needed")
    assert (task.released_at, task.released_by_id, task.public_text) == (None, None, WORDS["public_text"])
    assert board.told("tasks.task_unreleased") == [{"task_id": task.id, "reason": "Chờ thẩm định lại"}]


@pytest.mark.parametrize(
    ("username", "code"),
    [("dung", "forbidden"), ("hoa", "forbidden"), ("van", "forbidden"), ("lan", "not_found"), ("khach", "not_found")],
)
def test_who_may_not(board: Board, do: Do, username: str, code: str) -> None:
    assert refusal(do, username, "tasks.release", task_id=board.task_id, **WORDS) == code
    assert refusal(do, username, "tasks.unrelease", task_id=board.task_id, reason="X") == code


def test_a_secretary_who_is_no_chief_may_not(board: Board, do: Do, council: Any) -> None:
    chief = council.all(select(Membership).where(Membership.person_id == council.person("minh"), Membership.role == Role.CHIEF))
    for each in chief:
        council.update(Membership, each.id, role=Role.CLERK)

    assert refusal(do, "minh", "tasks.release", task_id=board.task_id, **WORDS) == "forbidden"


@pytest.mark.parametrize(
    ("values", "code"),
    [({"state": "draft", "given": False}, "release_not_given"), ({"state": "cancelled"}, "release_not_given")],
)
def test_what_is_not_given_stays_inside(board: Board, do: Do, council: Any, values: dict[str, Any], code: str) -> None:
    council.update(Task, board.task_id, **values)

    assert refusal(do, "hung", "tasks.release", task_id=board.task_id, **WORDS) == code


def test_what_comes_from_a_closed_meeting_stays_inside(board: Board, do: Do, council: Any) -> None:
    council.update(Meeting, board.meeting_id, closed=True)

    assert refusal(do, "hung", "tasks.release", task_id=board.task_id, **WORDS) == "release_closed_meeting"


def test_without_words_nothing_is_shown(board: Board, do: Do) -> None:
    assert refusal(do, "hung", "tasks.release", task_id=board.task_id, public_text="  ") == "public_text_empty"


def test_programs_release_too(board: Board, api: Callable[[str], Any]) -> None:
    assert api("hung").act("tasks.release", task_id=board.task_id, **WORDS)[0] == 200
    assert api("hoa").act("tasks.unrelease", task_id=board.task_id, reason="X")[0] == 403


def test_the_list_of_what_is_shown(board: Board, do: Do, client: Client, council: Any) -> None:
    council.update(Task, board.task_id, is_key=True)
    offered = client("hung").get("/tasks/public").get_data(as_text=True)
    do("hung", "tasks.release", task_id=board.task_id, **WORDS)
    shown = client("minh").get("/tasks/public").get_data(as_text=True)

    assert f"/tasks/{board.task_id}#release" in offered
    assert WORDS["public_text"] in shown
    assert client("dung").get("/tasks/public").status_code == 404
