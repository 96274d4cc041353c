"""Result sheets and lists of votes: what they tell, to whom, as PDF and XLSX."""

import io
import re
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from meeting import clock, database
from meeting.journal import Entry
from meeting.voting import sheets
from meeting.voting.models import Question
from tests.conftest import Council, Program
from tests.voting.conftest import Chamber
from tests.voting.paper_votes import PEOPLE, counted, line, put

Room = Callable[..., Chamber]
Browser = Callable[[str], FlaskClient]
Api = Callable[[str], Program]


def words_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        return re.sub(r"\s+", " ", " ".join(page.get_text() for page in opened))


def cells_of(book: bytes, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(book))[sheet].iter_rows()]


@pytest.fixture
def voted(room: Room) -> tuple[Chamber, int]:
    """An open vote of eleven delegates: eight for, one against, one abstains, one is silent; published."""
    chamber = room(crowd=8)
    question = chamber.open("open", title="Thông qua Nghị quyết =1+1")
    for name in chamber.crowd[:6]:
        chamber.cast(question, **{name: "for"})
    chamber.cast(question, lan="for", hoa="for", tuan="against", **{chamber.crowd[6]: "abstain"})
    chamber.finish(question)
    return chamber, question


def test_result_sheet_tells_the_whole_vote(voted: tuple[Chamber, int], client: Browser, council: Council) -> None:
    _, question = voted

    answer = client("hoa").get(f"/questions/{question}/result.pdf")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = words_of(answer.data)
    for words in [
        "KẾT QUẢ BIỂU QUYẾT Thông qua Nghị quyết =1+1",
        "Nội dung: 1. Nội dung 1",
        "Hình thức: biểu quyết công khai điện tử; một nội dung",
        "Danh sách biểu quyết: 11 đại biểu trên tổng số 11",
        "Điều kiện tiến hành: khi mở có mặt 11/11 đại biểu, cần ít nhất 8; khi đóng có mặt 11/11",
        "Tán thành 8 72,73%",
        "Không tán thành 1 9,09%",
        "Không biểu quyết 1 9,09%",
        "Đại biểu có mặt không bỏ phiếu 1 9,09%",
        "Kết luận: ",
        "Chi tiết biểu quyết (10)",
        "Ông Lê Anh Tuấn Không tán thành",
        "Có trong danh sách, không bỏ phiếu (1): Bà Đại Biểu 007.",
        "CHỦ TỌA",
        "THƯ KÝ",
    ]:
        assert words in text, words
    closed = [each for each in council.all(select(Entry)) if each.event == "voting.vote_closed"]
    assert f"bản ghi số {closed[0].seq}, mã {closed[0].hash}" in re.sub(r"(?<=[0-9a-f]) (?=[0-9a-f])", "", text)


def test_result_table_counts_and_names(voted: tuple[Chamber, int], client: Browser) -> None:
    _, question = voted

    book = client("tuan").get(f"/questions/{question}/result.xlsx").data

    rows = cells_of(book, "Kết quả")
    assert rows[0][0] == "Thông qua Nghị quyết =1+1"
    assert ["Tán thành", 8, 8 / 11] in [row[:3] for row in rows]
    sheet = load_workbook(io.BytesIO(book))["Kết quả"]
    shares = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float)]
    assert {cell.number_format for cell in shares} == {"0.00%"}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    names = cells_of(book, "Chi tiết")
    assert names[0][:3] == ["STT", "Họ và tên", "Biểu quyết"]
    assert len(names) == 12
    assert names[-1][1:3] == ["Bà Đại Biểu 007", "Không bỏ phiếu"]


def test_a_title_like_a_formula_stays_a_text(room: Room, client: Browser) -> None:
    chamber = room(crowd=3)
    question = chamber.open("open", title="=HYPERLINK(1)")
    chamber.cast(question, lan="for")
    chamber.finish(question)

    for book, sheet in [
        (client("hoa").get(f"/questions/{question}/result.xlsx").data, "Kết quả"),
        (client("hoa").get(f"/meetings/{chamber.meeting_id}/votes.xlsx").data, "Biểu quyết"),
        (client("lan").get("/voting-record.xlsx").data, "Lịch sử biểu quyết"),
    ]:
        assert any("'=HYPERLINK(1)" in row for row in cells_of(book, sheet)), sheet


def test_a_secret_vote_names_nobody(room: Room, client: Browser) -> None:
    chamber = room(crowd=8)
    question = chamber.open("secret")
    for name in ("lan", "hoa", "tuan", *chamber.crowd):
        chamber.cast(question, **{name: "for"})
    chamber.finish(question)

    text = words_of(client("hoa").get(f"/questions/{question}/result.pdf").data)
    book = client("hoa").get(f"/questions/{question}/result.xlsx").data

    assert "Tán thành 11 100%" in text
    assert "Chi tiết biểu quyết" not in text
    assert "Lê Anh Tuấn" not in text
    assert load_workbook(io.BytesIO(book)).sheetnames == ["Kết quả"]


def test_results_are_for_insiders_once_published_and_for_the_desk_once_closed(
    room: Room, client: Browser, council: Council
) -> None:
    chamber = room(crowd=3)
    question = chamber.open("open")
    chamber.cast(question, lan="for", hoa="for", tuan="against")
    paths = [f"/questions/{question}/result.pdf", f"/questions/{question}/result.xlsx"]
    assert {client(name).get(path).status_code for path in paths for name in ("minh", "lan", "hoa")} == {404}
    chamber.do("lan", "voting.close", question_id=question)
    for path in paths:
        assert client("minh").get(path).status_code == 200
        assert client("hoa").get(path).status_code == 404
    assert "Chi tiết" not in words_of(client("minh").get(paths[0]).data)  # names only of what is published
    chamber.do("lan", "voting.publish", question_id=question)
    council.invite(chamber.meeting_id, "khach", item_ids=chamber.items[1:])
    for path in paths:
        assert client("hoa").get(path).status_code == 200
        assert {client(name).get(path).status_code for name in ("khach", "dung", "hung", "admin")} == {404}, path
        assert client("").get(path).status_code == 302


def test_a_vote_called_off_and_held_again_says_so(room: Room, client: Browser) -> None:
    chamber = room(crowd=3)
    question = chamber.open("open", title="Thông qua quy hoạch")
    chamber.do("lan", "voting.cancel", question_id=question, reason="Nhầm dự thảo")
    again = int(chamber.do("minh", "voting.repeat", question_id=question)["question_id"])
    chamber.do("lan", "voting.open", question_id=again)
    chamber.cast(again, lan="for", hoa="for", tuan="for", **{chamber.crowd[0]: "for"})
    chamber.finish(again)

    first = words_of(client("hoa").get(f"/questions/{question}/result.pdf").data)
    second = words_of(client("hoa").get(f"/questions/{again}/result.pdf").data)

    assert "Đã hủy: Nhầm dự thảo" in first
    assert "Đã biểu quyết lại: Thông qua quy hoạch" in first
    assert "Biểu quyết lại của: Thông qua quy hoạch" in second


def test_a_paper_with_lines_names_every_mark(room: Room, client: Browser, council: Council) -> None:
    chamber = room(crowd=3)
    lines = [{"title": "Đường số 1"}, {"title": "Đường số 2"}]
    question = chamber.open("open", form="paper", title="Danh mục đầu tư", lines=lines)
    with database.reading() as session:
        one, two = (line.id for line in session.get_one(Question, question).lines)
    for name in ("lan", "hoa", "tuan", *chamber.crowd):
        mark = "for" if name != "tuan" else "against"
        chamber.do(name, "voting.cast", question_id=question, choices={str(one): "for", str(two): mark})
    chamber.finish(question)

    text = words_of(client("hoa").get(f"/questions/{question}/result.pdf").data)
    names = cells_of(client("hoa").get(f"/questions/{question}/result.xlsx").data, "Chi tiết")
    listed = cells_of(client("hoa").get(f"/meetings/{chamber.meeting_id}/votes.xlsx").data, "Biểu quyết")

    assert "1 Đường số 1 6 (100%) 0 (0%)" in text
    assert "2 Đường số 2 5 (83,33%) 1 (16,67%)" in text
    assert names[0][:4] == ["STT", "Họ và tên", "Đường số 1", "Đường số 2"]
    assert ["Tán thành", "Không tán thành"] in [row[2:4] for row in names]
    assert {row[3] for row in listed[1:]} == {"Đường số 1", "Đường số 2"}


def test_all_votes_of_a_meeting_stand_on_one_list(voted: tuple[Chamber, int], client: Browser, council: Council) -> None:
    chamber, _ = voted
    meeting = chamber.meeting_id
    election, (number,) = put(council, meeting, "election", 1, title="Bầu Phó Chủ tịch", opened_at=clock.now())
    counted(council, election, [line(number, PEOPLE[0], {"for": 22, "against": 3}, True)])
    put(council, meeting, "matter", title="Chưa đến", state="draft", kind="open")

    text = words_of(client("hoa").get(f"/meetings/{meeting}/votes.pdf").data)
    rows = cells_of(client("hoa").get(f"/meetings/{meeting}/votes.xlsx").data, "Biểu quyết")

    assert "TỔNG HỢP KẾT QUẢ BIỂU QUYẾT" in text
    assert "Tổng số: 2 lần biểu quyết: thông qua 1, bầu cử 1." in text
    assert "Trúng cử 1/1" in text
    assert "tán thành 8 (72,73%); không tán thành 1 (9,09%)" in text
    assert "1. Nguyễn Thị An: tán thành 22, không tán thành 3" in text
    assert "Chưa đến" not in text
    assert [row[10] for row in rows[1:]] == [8, 1, 1, 22, 3]
    assert {client(name).get(f"/meetings/{meeting}/votes.pdf").status_code for name in ("khach", "dung", "hung")} == {404}


def test_the_page_of_papers_offers_what_each_may_take(voted: tuple[Chamber, int], client: Browser, council: Council) -> None:
    chamber, question = voted
    waiting, _ = put(council, chamber.meeting_id, "election", 1, title="Bầu Phó Chủ tịch", state="draft")

    desk = client("minh").get(f"/meetings/{chamber.meeting_id}/votes").get_data(as_text=True)
    member = client("hoa").get(f"/meetings/{chamber.meeting_id}/votes").get_data(as_text=True)

    assert f"/questions/{question}/result.pdf" in desk
    assert f"/questions/{waiting}/ballots.pdf" in desk
    field = f'id="copies-{waiting}" name="copies" type="number" inputmode="numeric" min="1" max="500" step="1"'
    assert "Số lượng phiếu cần in" in desk
    assert re.search(field + r' value="[1-9]\d*"', desk)
    assert f"/questions/{question}/result.pdf" in member
    assert "Bầu Phó Chủ tịch" not in member
    assert "ballots.pdf" not in member
    assert client("khach").get(f"/meetings/{chamber.meeting_id}/votes").status_code == 404


def test_the_page_of_papers_is_read_in_ones_own_language(voted: tuple[Chamber, int], client: Browser) -> None:
    chamber, _ = voted
    before = client("minh").get(f"/meetings/{chamber.meeting_id}/votes").get_data(as_text=True)
    chamber.do("minh", "organization.set_language", language="en")
    after = client("minh").get(f"/meetings/{chamber.meeting_id}/votes").get_data(as_text=True)

    assert "Biểu quyết công khai điện tử" in before
    assert "công khai" not in after
    assert "Open vote" in after
    assert "In favour" in after


def test_programs_read_all_votes_with_the_addresses_of_their_papers(voted: tuple[Chamber, int], api: Api) -> None:
    chamber, question = voted

    status, found = api("hoa").get(f"/meetings/{chamber.meeting_id}/votes")

    assert status == 200
    ((each,),) = [found["data"]]
    assert (each["id"], each["passed"], each["counts"]) == (question, True, {"for": 8, "against": 1, "abstain": 1})
    assert each["papers"]["result_pdf"] == f"/questions/{question}/result.pdf"
    assert api("khach").get(f"/meetings/{chamber.meeting_id}/votes")[0] == 404


def test_what_the_secretary_entered_is_marked(room: Room, client: Browser) -> None:
    chamber = room(crowd=3)
    question = chamber.open("open")
    chamber.cast(question, lan="for", hoa="for")
    wanted = {"question_id": question, "person_id": chamber.council.person("tuan"), "choice": "for", "reason": "Máy hỏng"}
    spoken = chamber.do("minh", "voting.cast_for", **wanted)["spoken_id"]
    chamber.do("lan", "voting.confirm_spoken", spoken_id=spoken)
    chamber.finish(question)

    text = words_of(client("hoa").get(f"/questions/{question}/result.pdf").data)

    assert "Ông Lê Anh Tuấn Tán thành ghi hộ" in text
    assert "Ghi hộ: 1 đại biểu nói miệng" in text


def test_the_same_sheet_gives_the_same_words_each_time(voted: tuple[Chamber, int]) -> None:
    _, question = voted

    with database.reading() as session:
        found = session.get_one(Question, question)
        assert sheets.result_of(session, found) == sheets.result_of(session, found)
        assert found.published_at is not None
        assert sheets.result_of(session, found)[2] == found.published_at.replace(microsecond=0)
