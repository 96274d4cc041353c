"""The progress sheet: thirteen columns as workbook and as paper, made at once or by the worker."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pymupdf
import pytest
from openpyxl import load_workbook

from meeting import database, jobs
from meeting.errors import Refused
from meeting.organization.models import Body
from meeting.tasks import monthly, sheet_jobs, sheets
from meeting.tasks.models import Task
from meeting.tasks.monthly import Month
from tests.tasks.conftest import Board
from tests.tasks.many import put_tasks

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], Any]
At = Callable[[datetime], None]
LATE = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def told(board: Board, do: Do, at: At) -> Board:
    """The unit reported 40 percent, stands before an obstacle, was urged and got more time."""
    do("dung", "tasks.receive", task_id=board.task_id)
    do("dung", "tasks.report", task_id=board.task_id, progress_percent=40, text="Đã kiểm đếm 12/20 hộ")
    do("minh", "tasks.urge", task_id=board.task_id, text="Gấp")
    do("hung", "tasks.extend", task_id=board.task_id, due_on="2026-12-18", reason="Mưa")
    do("dung", "tasks.raise_obstacle", task_id=board.task_id, text="Thiếu kinh phí", proposal="Bổ sung dự phòng")
    do("hung", "tasks.review", task_id=board.task_id, month="2026-11", text="Khẩn trương")
    return board


def book_of(client: Client, username: str, query: str) -> Any:
    heard = client(username).get(f"/tasks/sheet.xlsx?{query}")
    assert heard.status_code == 200
    return load_workbook(io.BytesIO(heard.data)).active


def lines_of(sheet: Any) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "STT")
    return rows[head:]


def test_the_rows_of_the_workbook_are_high_enough_for_their_words(told: Board, client: Client, council: Any) -> None:
    council.update(Task, told.task_id, text="Tháo gỡ mặt bằng ngõ 115 " * 12)

    sheet = book_of(client, "minh", f"body={council.body('UBND')}&month=2026-11")

    line = next(row for row in sheet.iter_rows() if "ngõ 115" in str(row[1].value))
    assert sheet.row_dimensions[line[0].row].height > 5 * sheets.LINE_POINTS


def test_the_workbook_has_thirteen_columns_with_real_dates(told: Board, client: Client, council: Any) -> None:
    sheet = book_of(client, "minh", f"body={council.body('UBND')}&month=2026-11")
    head, line = lines_of(sheet)

    assert head == list(sheets.HEAD)
    assert [cell.date() if isinstance(cell, datetime) else cell for cell in line] == [
        1,
        "Tháo gỡ mặt bằng ngõ 115",
        "01/TB-UBND",
        date(2026, 11, 24),
        date(2026, 12, 18),
        "Phòng Kinh tế, Hạ tầng và Đô thị (Hồ Tiến Dũng)",
        "Phòng Văn hóa – Xã hội",
        "Ông Đỗ Mạnh Hùng",
        0.4,
        "Đang thực hiện",
        "Đã kiểm đếm 12/20 hộ",
        "Thiếu kinh phí; kiến nghị: Bổ sung dự phòng",
        "Gia hạn, hạn ban đầu 15/12/2026; Đã đôn đốc 1 lần; Kiểm điểm: Khẩn trương",
    ]
    row = sheet.max_row
    assert (sheet.cell(row, 4).number_format, sheet.cell(row, 9).number_format) == ("dd/mm/yyyy", "0%")


def test_the_workbook_prints_on_a4_lying_with_its_head_on_every_page(told: Board, client: Client, council: Any) -> None:
    sheet = book_of(client, "minh", f"body={council.body('UBND')}&month=2026-11")
    top = next(cell.row for cell in sheet["A"] if cell.value == "STT")

    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.freeze_panes == f"C{top + 1}"


def test_no_cell_becomes_a_formula(told: Board, council: Any, client: Client) -> None:
    council.update(Task, told.task_id, text='=HYPERLINK("http://x";"bấm")')

    sheet = book_of(client, "minh", f"body={council.body('UBND')}&month=2026-11")

    assert lines_of(sheet)[1][1] == '\'=HYPERLINK("http://x";"bấm")'
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_paper_lies_on_its_side_with_the_heading_of_the_body(told: Board, client: Client, council: Any) -> None:
    heard = client("minh").get(f"/tasks/sheet.pdf?body={council.body('UBND')}&month=2026-11")
    page = pymupdf.open(stream=heard.data)[0]
    text = " ".join(page.get_text().split())

    assert round(page.rect.width / 72 * 25.4) == 297
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN", "BIỂU TIẾN ĐỘ CÔNG VIỆC", "NGƯỜI LẬP BIỂU"):
        assert words in text
    assert "Nhận mới: 1 nhiệm vụ" in text
    assert "Đã kiểm đếm" in text
    assert "filename*=UTF-8''Bi%E1%BB%83u" in heard.headers["Content-Disposition"]


def test_the_head_of_the_table_stands_on_every_page_of_the_paper(council: Any) -> None:
    put_tasks(council, 60)
    with database.reading() as session:
        body = session.get_one(Body, council.body("UBND"))
        found = monthly.sheet_of(session, council.actor("minh"), Month.of(""), body.id)
        made = sheets.pdf(sheets.Asked(body), found)
    paper = pymupdf.open(stream=made)

    assert len(paper) > 2
    assert all("Trạng thái" in " ".join(page.get_text().split()) for page in list(paper)[:-1])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Chưa thực hiện"),
        ({"state": "reported", "done_on": date(2026, 11, 25)}, "Chờ nghiệm thu"),
        ({"due_on": date(2026, 11, 20)}, "Quá hạn"),
        ({"state": "accepted", "done_on": date(2026, 11, 26)}, "Hoàn thành đúng hạn"),
        (
            {"state": "accepted", "due_on": date(2026, 11, 20), "done_on": date(2026, 11, 26)},
            "Hoàn thành quá hạn",
        ),
    ],
)
def test_the_state_in_the_words_of_the_sheet(
    board: Board, council: Any, client: Client, at: At, values: dict[str, Any], words: str
) -> None:
    at(datetime(2026, 11, 28, 3, 0, tzinfo=UTC))
    council.update(Task, board.task_id, **values)

    sheet = book_of(client, "minh", f"body={council.body('UBND')}&month=2026-11")

    assert lines_of(sheet)[1][9] == words


def test_a_sheet_of_one_unit_and_an_empty_one(told: Board, client: Client, council: Any) -> None:
    of = f"body={council.body('UBND')}&month=2026-11"

    own = lines_of(book_of(client, "dung", f"{of}&unit={council.unit('kinh_te')}"))
    other = lines_of(book_of(client, "minh", f"{of}&unit={council.unit('van_hoa')}"))

    assert (len(own), other[1][1]) == (2, sheets.NOTHING)


def test_the_sheet_holds_what_its_asker_may_read(told: Board, client: Client, council: Any) -> None:
    body = council.body("UBND")

    assert client("lan").get(f"/tasks/sheet.xlsx?body={body}&month=2026-11").status_code == 404
    assert client("khach").get("/tasks/sheet.pdf?month=2026-11").status_code == 404
    assert client("minh").get(f"/tasks/sheet.xlsx?body={body}&unit=999").status_code == 404
    assert "Tháo gỡ mặt bằng" in client("hoa").get(f"/tasks/sheet?body={body}&month=2026-11").get_data(as_text=True)


def test_many_tasks_are_set_by_the_worker(council: Any, client: Client, api: Callable[[str], Any], do: Do) -> None:
    put_tasks(council, sheet_jobs.LARGE["pdf"] + 30)
    body = council.body("UBND")
    page = client("minh").get(f"/tasks/sheet?body={body}").get_data(as_text=True)
    assert "data-sheet=" in page
    assert client("minh").get(f"/tasks/sheet.pdf?body={body}").status_code == 302

    made = do("minh", "tasks.ask_sheet", body_id=body, month="2026-11", form="pdf")
    waits = api("minh").get(f"/tasks/sheets/{made['sheet_id']}")[1]
    early = client("minh").get(f"/tasks/sheets/{made['sheet_id']}").status_code
    jobs.run_waiting()
    ready = api("minh").get(f"/tasks/sheets/{made['sheet_id']}")[1]

    assert (waits["state"], waits["address"], early) == ("waiting", None, 409)
    assert ready == {"id": made["sheet_id"], "state": "ready", "address": f"/tasks/sheets/{made['sheet_id']}"}
    assert client("minh").get(ready["address"]).data.startswith(b"%PDF")
    assert client("hung").get(ready["address"]).status_code == 404  # nobody's but the asker's
    assert api("hung").get(f"/tasks/sheets/{made['sheet_id']}")[0] == 404


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"body_id": 99}, "not_found"),
        ({"unit_id": 99}, "not_found"),
        ({"month": "2026-44"}, "malformed"),
        ({"form": "doc"}, "malformed"),
    ],
)
def test_what_sheet_cannot_be_asked_for(council: Any, do: Do, wanted: dict[str, Any], code: str) -> None:
    asked = {"body_id": council.body("UBND"), "month": "2026-11", **wanted}

    with pytest.raises(Refused) as caught:
        do("minh", "tasks.ask_sheet", **asked)

    assert caught.value.code == code


def test_a_stranger_gets_an_empty_sheet(told: Board, council: Any, do: Do, client: Client) -> None:
    made = do("khach", "tasks.ask_sheet", body_id=council.body("UBND"), month="2026-11", form="xlsx")
    jobs.run_waiting()

    sheet = load_workbook(io.BytesIO(client("khach").get(f"/tasks/sheets/{made['sheet_id']}").data)).active
    assert lines_of(sheet)[1][1] == sheets.NOTHING
