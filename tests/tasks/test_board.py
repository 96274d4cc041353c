"""The board: what stands in which column and list, what the address keeps, and that many tasks stay quick."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from meeting import database
from meeting.organization.models import Person
from meeting.tasks.board import DONE_SHOWN, IN_COLUMN, IN_LIST, board_of, by_unit, columns, counts
from meeting.tasks.listing import Asked, Row, rows, with_helpers
from meeting.tasks.models import Task
from meeting.tasks.panels import why
from tests.counting import asked
from tests.tasks.conftest import Board
from tests.tasks.many import put_tasks

TODAY = date(2026, 12, 4)
GIVEN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
Client = Callable[[str], Any]


def row(key: int = 1, **values: Any) -> Row:
    """A task as lists have it."""
    known: dict[str, Any] = {
        "text": "Tháo gỡ mặt bằng ngõ 115",
        "state": "in_progress",
        "urgency": "normal",
        "is_key": False,
        "origin": "line",
        "progress_percent": 35,
        "due_on": date(2026, 12, 20),
        "first_due_on": date(2026, 12, 20),
        "done_on": None,
        "assigned_at": GIVEN,
        "accepted_at": None,
        "released_at": None,
        "source_symbol": "",
        "body_id": 1,
        "body": "UBND",
        "lead_unit_id": 10,
        "unit": "Phòng Kinh tế",
        "leader_id": 5,
        "leader": "Ông Đỗ Mạnh Hùng",
        "officer": "Hồ Tiến Dũng",
        "assigner_id": None,
        "assigner": "",
        "meeting_id": 3,
        "meeting": "Phiên họp tháng 11",
        "met_at": GIVEN,
        "number": "142/TB-UBND",
        "product": "",
        "source_on": None,
        "issued_on": date(2026, 11, 24),
    }
    return Row(id=key, **{**known, **values})


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ({"state": "draft"}, "draft"),
        ({"due_on": date(2026, 12, 3)}, "overdue"),
        ({"due_on": date(2026, 12, 4)}, "due_soon"),  # the due day itself is in time
        ({"due_on": date(2026, 12, 7)}, "due_soon"),
        ({"due_on": date(2026, 12, 8)}, "on_track"),
        ({"due_on": None}, "on_track"),
        ({"state": "received", "due_on": date(2026, 11, 1)}, "overdue"),
        ({"state": "reported", "due_on": date(2026, 11, 1)}, "reported"),  # the unit has done its part
        ({"state": "accepted", "due_on": date(2026, 11, 1), "done_on": date(2026, 11, 30)}, "done"),
        ({"state": "cancelled", "due_on": date(2026, 11, 1)}, "cancelled"),
    ],
)
def test_a_task_stands_under_one_word(values: dict[str, Any], stands: str) -> None:
    assert row(**values).standing(TODAY) == stands


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [1, 2, 3]),
        ({"q": "thao go mat bang"}, [1]),  # without marks
        ({"q": "THÁO GỠ"}, [1]),
        ({"q": "145"}, [2]),
        ({"q": "ho tien dung mat"}, [1]),
        ({"unit": "11"}, [2]),
        ({"leader": "7"}, [3]),
        ({"meeting": "3"}, [1, 3]),
        ({"origin": "superior"}, [2]),
        ({"key": "1"}, [3]),
        ({"since": "2026-12-01", "until": "2026-12-10"}, [2]),
        ({"since": "01/12/2026"}, [1, 2]),
        ({"until": "31/02/2026"}, [1, 2, 3]),  # no such day: passed over
        ({"body": "2"}, []),
        ({"unit": "x", "view": "?", "state": "nothing"}, [1, 2, 3]),
    ],
)
def test_filters_of_the_address(query: dict[str, str], found: list[int]) -> None:
    tasks = [
        row(1),
        row(
            2,
            text="Trả lời cử tri",
            lead_unit_id=11,
            unit="Công an",
            officer="",
            leader_id=None,
            leader="",
            origin="superior",
            number="",
            source_symbol="145/TB-UBND",
            meeting_id=None,
            meeting="",
            due_on=date(2026, 12, 10),
        ),
        row(3, text="Chợ", officer="", is_key=True, leader_id=7, leader="Bà Hà", due_on=None, number="9/TB-UBND"),
    ]
    asked = Asked.of(query)

    assert [task.id for task in tasks if asked.matches(task)] == found


def test_what_is_asked_stands_in_the_address_again() -> None:
    query = {"view": "unit", "q": "ngõ 115", "state": "overdue", "unit": "3", "key": "1", "since": "2026-12-01", "page": "2"}

    assert Asked.of(query).kept == query
    assert Asked.of({"view": "board", "page": "1"}).kept == {}
    assert Asked.of(query).narrowed == 3


def test_the_columns_are_the_states_with_late_ones_first() -> None:
    tasks = [
        row(1, due_on=date(2026, 12, 1)),
        row(2, due_on=date(2026, 12, 5)),
        row(3, state="assigned"),
        row(4, state="received"),
        row(5, state="draft"),
        row(6, state="reported"),
        row(7, state="accepted", accepted_at=GIVEN, done_on=date(2026, 11, 20)),
        row(8, state="accepted", accepted_at=GIVEN + timedelta(days=1), done_on=date(2026, 11, 21)),
    ]

    made = columns(tasks, TODAY)

    assert [(each.key, [task.id for task in each.tasks]) for each in made] == [
        ("draft", [5]),
        ("assigned", [3, 4]),
        ("in_progress", [1, 2]),
        ("reported", [6]),
        ("done", [8, 7]),  # the last one first
    ]
    assert (made[2].overdue, made[2].due_soon) == (1, 1)


def test_a_column_shows_so_many_and_counts_all() -> None:
    made = columns([row(n) for n in range(IN_COLUMN + 5)], TODAY)

    assert (len(made[2].tasks), made[2].total) == (IN_COLUMN, IN_COLUMN + 5)


def test_what_is_given_is_asked_for_as_its_column_shows_it() -> None:
    tasks = [row(1, state="assigned"), row(2, state="received"), row(3)]

    board = board_of(tasks, Asked(view="due", state="assigned"), TODAY)

    assert [task.id for group in board.groups for task in group.tasks] == [1, 2]


def test_cancelled_tasks_are_shown_only_when_asked_for() -> None:
    tasks = [row(1), row(2, state="cancelled")]

    usual = board_of(tasks, Asked(view="due"), TODAY)
    asked = board_of(tasks, Asked(view="due", state="cancelled"), TODAY)

    assert [[task.id for task in group.tasks] for group in usual.groups] == [[1]]
    assert [[task.id for task in group.tasks] for group in asked.groups] == [[2]]


@pytest.mark.parametrize(
    ("view", "heads"),
    [
        ("unit", ["Công an", "Phòng Kinh tế"]),
        ("leader", ["Bà Nguyễn Thu An", "Ông Đỗ Mạnh Hùng", ""]),  # by given name; nobody in charge last
        ("meeting", ["Phiên họp tháng 12", "Phiên họp tháng 11", "7/CV"]),
        ("month", ["11/2026", "12/2026", ""]),
    ],
)
def test_lists_under_their_heads(view: str, heads: list[str]) -> None:
    later = GIVEN + timedelta(days=10)
    tasks = [
        row(1, due_on=date(2026, 11, 30)),
        row(2, lead_unit_id=9, unit="Công an", leader_id=6, leader="Bà Nguyễn Thu An"),
        row(3, leader_id=None, leader="", due_on=None),
        row(4, meeting_id=4, meeting="Phiên họp tháng 12", met_at=later),
        row(
            5,
            meeting_id=None,
            meeting="",
            met_at=None,
            assigned_at=GIVEN - timedelta(days=9),
            number="",
            source_symbol="7/CV",
            origin="superior",
        ),
    ]

    assert [group.name for group in board_of(tasks, Asked(view=view), TODAY).groups] == heads


def test_a_long_list_has_pages_and_each_task_stands_on_one() -> None:
    tasks = [row(n, lead_unit_id=n % 3, unit=f"Đơn vị {n % 3}") for n in range(IN_LIST * 2 + 7)]

    pages = [board_of(tasks, Asked(view="unit", page=page), TODAY) for page in (1, 2, 3)]
    seen = [task.id for page in pages for group in page.groups for task in group.tasks]

    assert [sum(len(group.tasks) for group in page.groups) for page in pages] == [IN_LIST, IN_LIST, 7]
    assert sorted(seen) == list(range(IN_LIST * 2 + 7))
    assert {page.pages for page in pages} == {3}
    assert pages[0].groups[0].total == 69  # of the whole list, not of the page


def test_of_what_is_done_a_usual_list_shows_the_last_ones() -> None:
    done = [row(n, state="accepted", accepted_at=GIVEN + timedelta(hours=n), done_on=TODAY) for n in range(DONE_SHOWN + 10)]

    usual = board_of(done, Asked(view="due"), TODAY)
    asked = board_of(done, Asked(view="due", state="done"), TODAY)

    assert [len(usual.groups[0].tasks), usual.groups[0].tasks[0].id] == [DONE_SHOWN, DONE_SHOWN + 9]
    assert asked.found == DONE_SHOWN + 10


def test_figures_stay_whatever_state_is_asked_for() -> None:
    tasks = [
        row(1, due_on=date(2026, 12, 1), obstacle=True),
        row(2, asked=True),
        row(3, state="accepted", done_on=date(2026, 12, 1)),
        row(4, state="accepted", done_on=date(2026, 12, 30)),
    ]
    found = board_of(tasks, Asked(view="due", state="overdue"), TODAY)

    assert (found.counts["overdue"], found.counts["asked"], found.counts["obstacle"], found.counts["done"]) == (1, 1, 1, 2)
    assert (found.on_time, found.late, found.share, found.open_total) == (1, 1, 50, 2)
    assert counts(tasks, TODAY)["on_track"] == 1
    assert [(load.name, load.overdue, load.due_soon, load.rest) for load in by_unit(tasks, TODAY)] == [("Phòng Kinh tế", 1, 0, 1)]


def test_the_rows_hold_what_the_store_knows(board: Board, council: Any, do: Callable[..., Any]) -> None:
    do("dung", "tasks.receive", task_id=board.task_id)
    do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí")
    do("dung", "tasks.ask_time", task_id=board.task_id, due_on="2026-12-30", text="Mưa")

    with database.reading() as session:
        (found,) = with_helpers(session, rows(session, council.actor("minh")))

    assert (found.text, found.symbol, found.unit, found.body) == (
        "Tháo gỡ mặt bằng ngõ 115",
        "01/TB-UBND",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "UBND",
    )
    assert (found.leader, found.officer) == ("Ông Đỗ Mạnh Hùng", "Hồ Tiến Dũng")
    assert (found.obstacle, found.asked, found.helpers) == (True, True, ("Phòng Văn hóa – Xã hội",))
    assert found.given_on == date(2026, 11, 24)


def test_a_task_that_was_handed_over_leaves_its_former_unit(board: Board, council: Any, client: Client, do: Any) -> None:
    council.update(Person, council.person("truong"), unit_id=council.unit("van_hoa"))
    link = f'href="/tasks/{board.task_id}"'
    before = link in client("dung").get("/tasks").get_data(as_text=True)
    council.update(Task, board.task_id, cooperating=[])
    do("hung", "tasks.transfer", task_id=board.task_id, unit_id=council.unit("van_hoa"), reason="Đúng chức năng")

    shown = {name: link in client(name).get("/tasks").get_data(as_text=True) for name in ("dung", "truong", "minh")}
    assert (before, shown) == (True, {"dung": False, "truong": True, "minh": True})
    assert client("dung").get(f"/tasks/{board.task_id}").status_code == 200  # what happened until then


def test_the_board_asks_few_questions_however_many_tasks(council: Any, client: Client) -> None:
    def questions() -> int:
        with asked() as statements:
            assert client("minh").get("/tasks").status_code == 200
            assert client("minh").get("/tasks?view=unit").status_code == 200
        return len(statements)

    put_tasks(council, 20)
    few = questions()
    put_tasks(council, 300, seed=20)

    assert questions() == few


@pytest.mark.parametrize("view", ["board", "due", "unit", "leader", "meeting", "month"])
def test_every_view_opens_with_many_tasks(council: Any, client: Client, view: str) -> None:
    put_tasks(council, 130)

    shown = client("hung").get(f"/tasks?view={view}").get_data(as_text=True)

    assert 'href="/tasks/' in shown
    assert 'class="on" aria-current="page"' in shown


@pytest.mark.parametrize(
    ("values", "mine", "decides", "reason"),
    [
        ({"due_on": date(2026, 12, 1)}, True, False, "overdue"),
        ({"state": "assigned"}, True, False, "receive"),
        ({"state": "assigned", "due_on": date(2026, 12, 1)}, True, False, "overdue"),
        ({"due_on": date(2026, 12, 5)}, True, False, "due_soon"),
        ({}, True, False, ""),
        ({"due_on": date(2026, 12, 1)}, False, True, ""),  # the unit's own matter
        ({"state": "reported"}, False, True, "accept"),
        ({"state": "reported"}, True, False, ""),
        ({"asked": True}, False, True, "asked"),
        ({"obstacle": True}, False, True, "obstacle"),
        ({"obstacle": True}, True, False, ""),
        ({"state": "draft"}, False, True, "draft"),
        ({"state": "draft"}, False, False, ""),
    ],
)
def test_why_a_task_stands_on_the_home_page(values: dict[str, Any], mine: bool, decides: bool, reason: str) -> None:
    assert why(row(**values), TODAY, mine=mine, decides=decides) == reason


def test_the_home_page_names_the_most_pressing_and_counts_the_rest(council: Any, client: Client) -> None:
    put_tasks(council, 200)

    office = client("minh").get("/").get_data(as_text=True)
    unit = client("dung").get("/").get_data(as_text=True)

    assert "Kết quả chờ nghiệm thu" in office
    assert 'href="/tasks?view=due&amp;state=draft"' in office
    assert "Chờ tiếp nhận" in unit
    assert 'href="/tasks?view=due&amp;state=overdue"' in unit
    assert 'href="/tasks/' not in client("khach").get("/").get_data(as_text=True)


def test_a_stranger_sees_an_empty_board(council: Any, client: Client) -> None:
    put_tasks(council, 5)

    shown = client("lan").get("/tasks").get_data(as_text=True)

    assert 'href="/tasks/1"' not in shown
    assert "Chưa có nhiệm vụ" in shown or "Không có nhiệm vụ" in shown


@pytest.mark.parametrize(
    ("username", "enters", "reviews"), [("minh", True, True), ("hung", True, True), ("dung", False, False), ("hoa", False, False)]
)
def test_each_is_offered_their_own_doors(board: Board, client: Client, username: str, enters: bool, reviews: bool) -> None:
    shown = client(username).get("/tasks").get_data(as_text=True)

    assert ('href="/tasks/new"' in shown, 'href="/tasks/review"' in shown) == (enters, reviews)
    assert client(username).get("/tasks/new").status_code == (200 if enters else 404)
    assert client(username).get("/tasks/review").status_code == (200 if reviews else 404)
