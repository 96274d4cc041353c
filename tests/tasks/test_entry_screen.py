"""The form of a task and the one step that comes next: what is offered to whom, in which state."""

from collections.abc import Callable
from typing import Any

import pytest

from meeting.conclusions.models import NoticeLine
from meeting.tasks.models import Task
from meeting.tasks.possible import Steps
from meeting.tasks.screens import next_step
from tests.tasks.conftest import Board

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], Any]
MISSING = ("person",)


@pytest.mark.parametrize(
    ("can", "waits", "step"),
    [
        (Steps(), {}, ""),
        (Steps(receive=True, report=True, propose=True), {}, "receive"),
        (Steps(report=True, propose=True, raise_obstacle=True), {}, "report"),
        (Steps(review=True, extend=True, decide=(1,)), {"proposed": True}, "accept"),
        (Steps(assign=True, edit=True), {}, "assign"),
        (Steps(assign=True, edit=True, missing=MISSING), {}, "edit"),  # type: ignore[arg-type]
        (Steps(edit=True, urge=True, decide=(1,), settle=True), {"proposed": True, "hindered": True}, "decide"),
        (Steps(edit=True, urge=True, settle=True), {"hindered": True}, "settle"),
        (Steps(edit=True, urge=True), {"overdue": True}, "urge"),
        (Steps(edit=True, urge=True), {}, ""),
    ],
)
def test_one_step_comes_next(can: Steps, waits: dict[str, bool], step: str) -> None:
    asked = {"proposed": False, "hindered": False, "overdue": False, **waits}

    assert next_step(can, **asked) == step


@pytest.mark.parametrize("username", ["minh", "hung", "dung", "truong", "hoa"])
def test_a_page_has_one_solid_button_at_most(board: Board, client: Client, do: Do, username: str) -> None:
    def solid() -> int:
        page = client(username).get(f"/tasks/{board.task_id}").get_data(as_text=True)
        return page.partition("<dialog")[0].count('class="btn btn-primary')

    counts = [solid()]
    do("dung", "tasks.receive", task_id=board.task_id)
    do("dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-30", text="Mưa")
    do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí")
    counts.append(solid())
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=100, text="Xong", done=True)
    counts.append(solid())

    assert max(counts) <= 1
    assert max(counts) == (0 if username == "hoa" else 1)


def test_the_page_tells_old_dates_results_and_answers(board: Board, client: Client, do: Do) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)
    change = do("dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-30", text="Mưa kéo dài")
    waiting = client("minh").get(f"/tasks/{board.task_id}").get_data(as_text=True)
    do("minh", "tasks.decide_change", change_id=change["change_id"], granted=True, answer="Đồng ý lần này")
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=100, text="Đã bàn giao cả 20 hộ", done=True)
    page = client("minh").get(f"/tasks/{board.task_id}").get_data(as_text=True)

    assert "Mưa kéo dài" in waiting
    assert 'data-act="tasks.decide_change"' in waiting
    assert "<s>15/12/2026</s>" in page
    assert "30/12/2026" in page
    assert page.index("Kết quả báo cáo") < page.index("Đã bàn giao cả 20 hộ") < page.index("Năm rõ")
    assert "Đồng ý lần này" in page


def test_once_given_only_who_and_how_are_changed(board: Board, client: Client) -> None:
    page = client("minh").get(f"/tasks/{board.task_id}/edit").get_data(as_text=True)

    assert [name for name in ("text", "lead_unit_id", "due_on", "product") if f'name="{name}"' in page] == []
    assert [name for name in ("officer_id", "leader_id", "process", "urgency", "is_key") if f'name="{name}"' not in page] == []
    assert client("dung").get(f"/tasks/{board.task_id}/edit").status_code == 404
    assert client("lan").get(f"/tasks/{board.task_id}/edit").status_code == 404


def test_of_a_draft_the_form_asks_for_what_the_document_left_open(board: Board, client: Client, council: Any) -> None:
    council.update(Task, board.task_id, state="draft", given=False, process="", officer_id=None)
    council.update(NoticeLine, board.task().line_id, process="", officer_id=None)

    page = client("minh").get(f"/tasks/{board.task_id}/edit").get_data(as_text=True)

    assert [name for name in ("text", "lead_unit_id", "due_on", "leader_id", "product") if f'name="{name}"' in page] == []
    assert [name for name in ("officer_id", "process") if f'name="{name}"' not in page] == []
    assert page.count("data-filled") == 3


def test_the_next_task_of_a_document_keeps_its_source(council: Any, client: Client, do: Do) -> None:
    first = do(
        "minh",
        "tasks.enter",
        body_id=council.body("UBND"),
        origin="superior",
        text="Rà soát quỹ đất công",
        source_symbol="145/TB-UBND",
        source_issuer="UBND thành phố",
        source_on="2026-11-20",
        lead_unit_id=council.unit("kinh_te"),
    )

    page = client("minh").get(f"/tasks/new?like={first['task_id']}").get_data(as_text=True)

    assert 'value="145/TB-UBND"' in page
    assert 'value="20/11/2026"' in page
    assert "Rà soát quỹ đất công" in page  # beside the form, as entered already
    assert client("hoa").get(f"/tasks/new?like={first['task_id']}").status_code == 404
