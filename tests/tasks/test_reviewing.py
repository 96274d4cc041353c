"""The monthly review: where each task stood, the line of figures, and the decision kept by task and month."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.errors import Malformed, Refused
from meeting.notify.models import Notification
from meeting.tasks import monthly
from meeting.tasks.counting import Place, TaskFigures
from meeting.tasks.models import TaskReview
from meeting.tasks.monthly import Month, figures_words
from meeting.tasks.reviewing import check_review
from tests.tasks.conftest import Board

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], Any]
At = Callable[[datetime], None]
LATE = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def month_of(council: Any, key: str, username: str = "minh") -> monthly.Sheet:
    with database.reading() as session:
        return monthly.sheet_of(session, council.actor(username), Month.of(key), council.body("UBND"))


@pytest.mark.parametrize(
    ("key", "first", "last", "before", "after"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "2026-10", "2026-12"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026-11", "2027-01"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028-01", "2028-03"),
    ],
)
def test_months(key: str, first: date, last: date, before: str, after: str) -> None:
    month = Month.of(key)

    assert (month.first, month.last, month.before.key, month.after.key, month.key) == (first, last, before, after, key)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-1", "26-11", "1900-01", "x-y", "2026-11-01"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(Malformed):
        Month.of(text)


@pytest.mark.parametrize(
    ("figures", "line"),
    [
        (
            # seed 002: 24.389 received, 1.967 carried over, 25.925 in time, 44 late, 387 within time
            TaskFigures(new=24_389, carried=1_967, done_on_time=25_925, done_late=44, in_progress=387),
            "Nhận mới: 24.389 nhiệm vụ, kỳ trước chuyển sang: 1.967 nhiệm vụ; đúng hạn: 25.925/25.969 (99,83%), "
            "quá hạn: 44/25.969 (0,17%); đang thực hiện trong hạn: 387.",
        ),
        (
            TaskFigures(new=3, carried=1, done_on_time=1, overdue=1, in_progress=2),
            "Nhận mới: 3 nhiệm vụ, kỳ trước chuyển sang: 1 nhiệm vụ; đúng hạn: 1/2 (50%), quá hạn: 1/2 (50%) "
            "(trong đó chưa hoàn thành: 1); đang thực hiện trong hạn: 2.",
        ),
        (
            TaskFigures(),
            "Nhận mới: 0 nhiệm vụ, kỳ trước chuyển sang: 0 nhiệm vụ; đúng hạn: 0/0, quá hạn: 0/0; đang thực hiện trong hạn: 0.",
        ),
    ],
)
def test_the_line_of_figures(figures: TaskFigures, line: str) -> None:
    assert figures_words(figures) == line
    assert str(figures.new) in figures_words(figures, "en").replace(".", "")


@pytest.mark.parametrize(
    ("month", "text", "given", "today", "code"),
    [
        ("2026-11", " ", date(2026, 11, 24), date(2026, 12, 1), "monthly_decision_empty"),
        ("2027-01", "X", date(2026, 11, 24), date(2026, 12, 1), "month_not_begun"),
        ("2026-10", "X", date(2026, 11, 24), date(2026, 12, 1), "month_before_task"),
        ("2026-12", "X", date(2026, 11, 24), date(2026, 12, 1), None),
    ],
)
def test_what_may_be_decided_for_which_month(month: str, text: str, given: date, today: date, code: str | None) -> None:
    if code is None:
        check_review(Month.of(month), text, given, today)
        return
    with pytest.raises(Refused) as caught:
        check_review(Month.of(month), text, given, today)
    assert caught.value.code == code


def test_a_month_tells_where_a_task_stood_whatever_came_later(board: Board, council: Any, do: Do, at: At) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=30, text="Đã kiểm đếm")
    at(LATE)
    do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí", proposal="Bổ sung dự phòng")
    do("minh", "tasks.urge", task_id=board.task_id, text="Gấp")
    (november,), (december,) = month_of(council, "2026-11").tasks, month_of(council, "2026-12").tasks

    assert (november.place, november.percent, november.obstacles, november.urged) == (Place.IN_PROGRESS, 30, (), 0)
    assert (december.place, december.urged, december.days_over, december.is_new) == (Place.OVERDUE, 1, 5, False)
    assert [(one.text, one.proposal) for one in december.obstacles] == [("Thiếu kinh phí", "Bổ sung dự phòng")]
    assert month_of(council, "2026-10").tasks == []
    assert month_of(council, "2026-12").figures == TaskFigures(carried=1, overdue=1)


def test_an_extension_counts_from_the_day_it_was_given(board: Board, council: Any, do: Do, at: At) -> None:
    at(datetime(2027, 1, 5, 3, 0, tzinfo=UTC))
    do("hung", "tasks.extend", task_id=board.task_id, due_on="2027-02-01", reason="Mưa bão")

    assert month_of(council, "2026-12").figures.overdue == 1
    assert month_of(council, "2027-01").figures.in_progress == 1
    assert month_of(council, "2027-01").tasks[0].said == ("Mưa bão",)


def test_a_decision_is_kept_by_month_and_said_again_replaces_itself(board: Board, council: Any, do: Do, at: At) -> None:
    at(LATE)
    do("hung", "tasks.review", task_id=board.task_id, month="2026-12", text="Hoàn thành trước 25/12")
    first = do("hung", "tasks.review", task_id=board.task_id, month="2026-11", text="Tập trung giải phóng mặt bằng")
    again = do("minh", "tasks.review", task_id=board.task_id, month="2026-12", text="Hoàn thành trước 28/12")
    same = do("minh", "tasks.review", task_id=board.task_id, month="2026-12", text="Hoàn thành trước 28/12 ")

    kept = council.all(select(TaskReview).order_by(TaskReview.month))
    assert [(each.month, each.text) for each in kept] == [
        ("2026-11", "Tập trung giải phóng mặt bằng"),
        ("2026-12", "Hoàn thành trước 28/12"),
    ]
    assert again == same != first
    assert board.told("tasks.task_reviewed") == [
        {"task_id": board.task_id, "month": month} for month in ("2026-12", "2026-11", "2026-12")
    ]
    assert (month_of(council, "2026-12").tasks[0].decision, month_of(council, "2026-12").tasks[0].earlier) == (
        "Hoàn thành trước 28/12",
        "Tập trung giải phóng mặt bằng",
    )


@pytest.mark.parametrize(
    ("username", "values", "code"),
    [
        ("dung", {}, "forbidden"),
        ("hoa", {}, "forbidden"),
        ("lan", {}, "not_found"),
        ("khach", {}, "not_found"),
        ("hung", {"text": " "}, "monthly_decision_empty"),
        ("hung", {"month": "2027-03"}, "month_not_begun"),
        ("hung", {"month": "2026-10"}, "month_before_task"),
        ("hung", {"month": "11/2026"}, "malformed"),
        ("hung", {"month": "2026-19"}, "malformed"),
        ("hung", {"task_id": 99}, "not_found"),
    ],
)
def test_who_may_not_decide_and_what(board: Board, do: Do, username: str, values: dict[str, Any], code: str) -> None:
    wanted = {"task_id": board.task_id, "month": "2026-11", "text": "Khẩn trương", **values}

    assert refusal(do, username, "tasks.review", **wanted) == code


def test_programs_decide_too(board: Board, api: Callable[[str], Any], do: Do) -> None:
    wanted = {"task_id": board.task_id, "month": "2026-11", "text": "Khẩn trương"}

    assert api("hung").act("tasks.review", **wanted)[0] == 200
    assert api("hoa").act("tasks.review", **wanted)[0] == 403
    assert api("lan").act("tasks.review", **wanted)[0] == 404


def test_the_page_puts_what_is_late_first_with_its_reasons(board: Board, client: Client, do: Do, at: At) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)
    at(LATE)
    do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí", proposal="Bổ sung dự phòng")
    do("hung", "tasks.review", task_id=board.task_id, month="2026-11", text="Tập trung giải phóng mặt bằng")

    shown = client("hung").get("/tasks/review?month=2026-12").get_data(as_text=True)

    for words in ("quá 5 ngày", "Thiếu kinh phí", "Bổ sung dự phòng", "Tập trung giải phóng mặt bằng", "kỳ trước chuyển sang: 1"):
        assert words in shown
    assert shown.count('data-act="tasks.review"') == 1
    assert client("minh").get("/tasks/review?month=2026-99").status_code == 422
    assert client("minh").get("/tasks/review?body=999").status_code == 404


def test_programs_read_the_month(board: Board, api: Callable[[str], Any], council: Any, do: Do, at: At) -> None:
    at(LATE)
    do("hung", "tasks.review", task_id=board.task_id, month="2026-12", text="Khẩn trương")
    body = council.body("UBND")

    status, found = api("minh").get(f"/tasks/months/2026-12?body={body}")
    assert (status, found["figures"]["overdue"], found["figures"]["total"], found["next"]) == (200, 1, 1, None)
    assert [(row["id"], row["place"], row["decision"]) for row in found["data"]] == [(board.task_id, "overdue", "Khẩn trương")]
    assert "kỳ trước chuyển sang: 1" in found["sentence"]
    assert api("lan").get(f"/tasks/months/2026-12?body={body}")[1]["data"] == []
    assert api("minh").get("/tasks/months/2026-12")[0] == 404
    assert api("minh").get(f"/tasks/months/2026-44?body={body}")[0] == 422


def test_the_unit_is_told_what_was_decided(board: Board, council: Any, do: Do) -> None:
    before = council.all(select(Notification.id))
    do("hung", "tasks.review", task_id=board.task_id, month="2026-11", text="Tập trung giải phóng mặt bằng")

    told = council.all(select(Notification).where(Notification.id.not_in(before), Notification.kind == "task_reviewed"))
    assert {each.person_id for each in told} == {council.person("dung"), council.person("truong")}
    assert {each.facts["says"] for each in told} == {"Tập trung giải phóng mặt bằng"}


def test_the_decision_is_read_on_the_page_of_the_task(board: Board, client: Client, do: Do) -> None:
    do("hung", "tasks.review", task_id=board.task_id, month="2026-11", text="Tập trung giải phóng mặt bằng")

    assert "Tập trung giải phóng mặt bằng" in client("dung").get(f"/tasks/{board.task_id}").get_data(as_text=True)


def test_one_late_among_very_many_is_not_all_in_time() -> None:
    line = figures_words(TaskFigures(new=100_000, done_on_time=99_999, done_late=1))

    assert "đúng hạn: 99.999/100.000 (99,99%), quá hạn: 1/100.000 (0,01%)" in line
